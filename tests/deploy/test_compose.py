"""docker-compose.yml without Docker: of the schema's form, hardened, and everything that it names exists."""

import shlex
import subprocess
import sys

import pytest

from deploy.env import Choice, write_env
from tests.deploy.compose import FILE, read_compose, read_env, variables_used
from vigie.cli.app import app
from vigie.settings import PROJECT, Settings

ONE_SHOT = {"certificates", "set-up", "kibana-set-up"}
OURS = {"api-server", "scheduler", "dag-processor", "triggerer", "worker", *ONE_SHOT}
NOT_ROOT = {"50000:0", "999:999", "1000:0"}
"""Airflow's user, that of PostgreSQL and Redis on Debian, that of Elastic: each image's own."""


@pytest.fixture(scope="module")
def compose(tmp_path_factory):
    file = tmp_path_factory.mktemp("env") / ".env"
    write_env(file, Choice(celery=True, cores=2))
    return read_compose(read_env(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def test_the_schema():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_service_is_hardened_and_limited(services):
    for name, service in services.items():
        assert service["user"] in NOT_ROOT, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped"), name
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name
        assert service["mem_limit"][:-1].isdigit(), name
        assert not {"privileged", "cap_add", "pid", "ipc", "devices"} & service.keys(), name
        assert service.get("network_mode") in (None, "none"), name


def test_what_stays_up_is_checked(services):
    for name in services.keys() - ONE_SHOT:
        check = services[name]["healthcheck"]
        assert check.keys() == {"test", "interval", "timeout", "retries", "start_period"}, name
        assert _seconds(check["timeout"]) <= _seconds(check["interval"]), name


def test_nothing_is_published_beyond_this_machine(compose, services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"api-server": ["127.0.0.1:8080:8080"], "kibana": ["127.0.0.1:5601:5601"]}
    assert compose["networks"]["stores"] == {"internal": True}
    outside = {name for name, service in services.items() if "outside" in service.get("networks", [])}
    assert not outside & {"postgresql", "redis", "elasticsearch"}


def test_every_image_is_pinned(services):
    for name in services.keys() - OURS:
        repository, _, tag = services[name]["image"].rpartition(":")
        assert repository, name
        assert tag[0].isdigit(), name
        assert tag.count(".") >= 1, name
    assert {services[name]["image"] for name in OURS & services.keys()} == {"vigie:local"}
    assert services["elasticsearch"]["image"].split(":")[1] == services["kibana"]["image"].split(":")[1]


def test_elasticsearch_is_the_version_of_the_tests(services):
    from tests.servers.elasticsearch import VERSION

    assert services["elasticsearch"]["image"].endswith(f":{VERSION}")


def test_celery_is_a_profile_that_nothing_else_needs(services):
    celery = {name for name, service in services.items() if service.get("profiles")}
    assert celery == {"redis", "worker"}
    for name in services.keys() - celery:
        for needed, how in services[name].get("depends_on", {}).items():
            assert needed not in celery or how["required"] is False, name


def test_what_is_waited_for_exists_and_can_be_waited_for(services):
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            known = services[needed]
            if how["condition"] == "service_healthy":
                assert "healthcheck" in known, name
            else:
                assert (how["condition"], known["restart"]) == ("service_completed_successfully", "no"), name


def test_every_mount_exists(compose, services):
    for name, service in services.items():
        for source, target, read_only in map(_mount, service.get("volumes", [])):
            assert target.startswith("/"), name
            if source.startswith("."):
                assert (PROJECT / source).exists(), f"{name}: {source}"
                assert read_only, f"{name}: {source} is the checkout's"
            else:
                assert source in compose["volumes"], f"{name}: {source}"
    used = {_mount(volume)[0] for service in services.values() for volume in service.get("volumes", [])}
    assert compose["volumes"].keys() <= used


def test_the_desk_sees_every_folder_of_knowledge(services):
    """What a desk edits works at the next task: without a mount, the image's own copy would be read."""
    folders = {path.name for path in (PROJECT / "include").iterdir() if path.is_dir()}
    code = {"vigie", "vigie.egg-info", "elasticsearch", "kibana", "__pycache__"}
    for name in ("scheduler", "worker", "api-server"):
        mounted = {_mount(volume)[0] for volume in services[name]["volumes"]}
        assert {f"./include/{folder}" for folder in folders - code} <= mounted, name


def test_secrets_are_mounted_where_they_are_needed_and_nowhere_else(services):
    seen = {name: {_mount(v)[0]: _mount(v)[2] for v in s.get("volumes", [])} for name, s in services.items()}
    assert {name for name in seen if "authority" in seen[name]} == {"certificates"}
    assert {name for name in seen if seen[name].get("certificates") is False} == {"certificates"}
    assert {name for name in seen if seen[name].get("keys-writing") is False} == {"set-up"}
    assert "keys-writing" not in seen["api-server"], "the page only reads"
    for name, service in services.items():
        key = service.get("environment", {}).get("VIGIE_INDEX_API_KEY_FILE")
        if key and name not in ONE_SHOT:
            assert any(key.startswith(_mount(v)[1] + "/") for v in service["volumes"]), name


def test_the_superusers_passwords_stay_where_they_are_needed(services):
    def knows(variable):
        return {name for name, service in services.items() if variable in service.get("environment", {})}

    assert knows("ELASTIC_PASSWORD") == {"elasticsearch"}
    assert {name for name, s in services.items() if "elastic:" in str(s)} == {
        "elasticsearch",
        "set-up",
        "kibana-set-up",
    }
    assert knows("POSTGRES_PASSWORD") == {"postgresql"}
    assert knows("AIRFLOW_ADMIN_PASSWORD") == {"set-up"}


def test_vigies_variables_are_settings(services):
    known = {f"VIGIE_{name.upper()}" for name in Settings.model_fields}
    for name, service in services.items():
        assert {v for v in service.get("environment", {}) if v.startswith("VIGIE_")} <= known, name
    passed_on = {name for name, _, _ in variables_used() if name.startswith("VIGIE_")}
    assert passed_on - {"VIGIE_VERSION"} <= known


def test_vigies_variables_are_accepted(services, monkeypatch, tmp_path):
    monkeypatch.setattr("os.environ", {})
    (tmp_path / "index.key").write_text("a2V5\n", encoding="utf-8")
    for name in sorted(OURS - ONE_SHOT & services.keys()):
        given = {k: v for k, v in services[name].get("environment", {}).items() if k.startswith("VIGIE_")}
        given["VIGIE_INDEX_API_KEY_FILE"] = str(tmp_path / "index.key")
        monkeypatch.setattr("os.environ", given)
        settings = Settings()
        assert settings.index_api_key
        assert settings.index_api_key.get_secret_value() == "a2V5"
        assert settings.ledger_address.startswith("postgresql://vigie:"), name


def test_airflows_variables_are_options_of_airflow(services):
    """Names that Airflow does not know are ignored without a word."""
    from airflow.configuration import conf

    of_providers = {"celery", "celery_broker_transport_options", "fab"}
    for variable in services["scheduler"]["environment"]:
        if variable.startswith("AIRFLOW__"):
            _, section, option = variable.lower().split("__")
            if section not in of_providers and option != "sql_alchemy_conn_async":  # read, not listed
                assert option in conf.configuration_description[section]["options"], variable


def test_airflows_processes_are_of_one_mind(services):
    shared = None
    for name in ("api-server", "scheduler", "dag-processor", "triggerer", "worker"):
        own = services[name]["environment"]
        airflows = {variable: own[variable] for variable in own if variable.startswith("AIRFLOW__")}
        shared = shared or airflows
        assert airflows == shared, name


def test_programs_exist(services):
    """Ours: a module, a file of the checkout, or an entry point of what the image installs."""
    for name in OURS & services.keys():
        for program, *rest in _commands(services[name]):
            if program == "python":
                assert rest[0] == "-m", name
                assert (PROJECT / f"{rest[1].replace('.', '/')}.py").exists(), name
            elif program == "bash":
                assert (PROJECT / rest[0]).exists(), name
            elif program == "vigie":
                assert rest[0] in {command.name for command in app.registered_commands}, name
            else:
                assert program in {"airflow", "celery", "curl"}, name


def test_airflow_has_the_commands(services):
    """`celery` comes with the provider, which is not installed here: the by-hand run has it."""
    from airflow.cli.cli_parser import get_parser

    parser = get_parser()
    for name in ("api-server", "scheduler", "dag-processor", "triggerer"):
        parser.parse_args(services[name]["command"])
        program, *rest = services[name]["healthcheck"]["test"][1:]
        if program == "airflow":
            parser.parse_args(rest)


def test_shell_scripts_are_shell():
    scripts = sorted((PROJECT / "deploy").glob("*.sh"))
    assert {script.name for script in scripts} >= {"databases.sh", "set_up.sh"}
    for script in scripts:
        lines = script.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "#!/usr/bin/env bash"
        assert "set -euo pipefail" in lines
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0, script


def _commands(service):
    started = [*service.get("entrypoint", ["airflow"]), *service.get("command", [])]
    check = service.get("healthcheck", {}).get("test")
    if not check:
        return [started]
    return [started, check[1:] if check[0] == "CMD" else shlex.split(check[1])]


def _mount(volume):
    """(source, target, read only) of both ways to write one."""
    if isinstance(volume, dict):
        return volume["source"], volume["target"], bool(volume.get("read_only"))
    source, target, *mode = volume.split(":")
    return source, target, mode == ["ro"]


def _seconds(duration):
    assert duration.endswith("s")
    return int(duration[:-1])
