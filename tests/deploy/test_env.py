"""`make env`: random, secret, never overwritten unasked, and whole."""

import base64
import stat
import subprocess
import sys

import pytest

from deploy.env import Choice, EnvError, add_missing, main, write_env
from tests.deploy.compose import read_compose, read_env, variables_used
from vigie.settings import PROJECT

LOCAL, CELERY = Choice(celery=False, cores=4), Choice(celery=True, cores=2)
SECRETS = ("PASSWORD", "KEY", "SECRET")


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".env"


def read(file):
    return read_env(file.read_text(encoding="utf-8"))


def test_only_its_owner_may_read_it(file):
    write_env(file, LOCAL)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [".env"]


def test_every_secret_is_random_and_long(file, tmp_path):
    write_env(file, LOCAL)
    write_env(tmp_path / "other", LOCAL)
    first, second = read(file), read(tmp_path / "other")
    secret = [name for name in first if name.endswith(SECRETS)]
    assert len(secret) == 11
    assert not {first[name] for name in secret} & {second[name] for name in secret}
    assert len({first[name] for name in secret}) == len(secret)
    assert all(len(first[name]) >= 32 for name in secret)
    assert len(base64.urlsafe_b64decode(first["AIRFLOW_FERNET_KEY"])) == 32


def test_it_is_never_overwritten_unasked(file):
    write_env(file, LOCAL)
    before = file.read_bytes()
    with pytest.raises(EnvError, match="left alone"):
        write_env(file, LOCAL)
    assert file.read_bytes() == before
    write_env(file, LOCAL, overwrite=True)
    assert file.read_bytes() != before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_celery_is_switched_by_it(file):
    write_env(file, LOCAL)
    assert (read(file)["COMPOSE_PROFILES"], read(file)["AIRFLOW_EXECUTOR"]) == ("", "LocalExecutor")
    write_env(file, CELERY, overwrite=True)
    assert (read(file)["COMPOSE_PROFILES"], read(file)["AIRFLOW_EXECUTOR"]) == ("celery", "CeleryExecutor")


def test_it_goes_by_the_cores(file):
    write_env(file, LOCAL)
    assert (read(file)["AIRFLOW_PARALLELISM"], read(file)["WORK_MEMORY"]) == ("4", "4096m")


def test_what_a_newer_version_wants_is_added_and_nothing_else_changes(file):
    write_env(file, LOCAL)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if "REDIS" not in line) + "\nMINE=kept\n")
    kept = read(file)
    assert add_missing(file, CELERY) == ["REDIS_PASSWORD"]
    assert kept.items() < read(file).items()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert add_missing(file, CELERY) == []


def test_adding_to_nothing_is_refused(file):
    with pytest.raises(EnvError, match="make env"):
        add_missing(file, LOCAL)


def test_everything_compose_wants_is_there(file):
    write_env(file, LOCAL)
    env = read(file)
    assert {name for name, op, _ in variables_used() if op in (None, "?", ":?")} <= env.keys()
    assert read_compose(env)["services"].keys() >= {"api-server", "scheduler", "elasticsearch", "kibana"}


def test_nothing_is_written_that_compose_does_not_read(file):
    write_env(file, LOCAL)
    assert read(file).keys() - {name for name, _, _ in variables_used()} == {"COMPOSE_PROFILES"}


def test_the_command_says_one_line(file, capsys):
    assert main(["--file", str(file), "--celery", "--cores", "3"]) == 0
    assert read(file)["AIRFLOW_PARALLELISM"] == "3"
    assert main(["--file", str(file)]) == 1
    said = capsys.readouterr()
    assert "left alone" in said.err
    assert not any(secret in said.out + said.err for secret in read(file).values() if len(secret) > 20)
    assert main(["--file", str(file), "--add-missing"]) == 0


def test_it_needs_nothing_installed(file):
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import runpy;",
    ]
    command[-1] += (
        f"sys.argv = ['env', '--file', {str(file)!r}]; runpy.run_module('deploy.env', run_name='__main__')"
    )
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert read(file)["AIRFLOW_EXECUTOR"] == "LocalExecutor"
