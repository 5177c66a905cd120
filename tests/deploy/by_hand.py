"""docker-compose.yml once through without Docker, with workers: `python -m tests.deploy.by_hand FOLDER`.

Run by hand and not by `make test`: it takes minutes and wants what the image has. With the Python of an environment
that has requirements-production.txt (`uv pip install --no-deps --require-hashes -r requirements-production.txt`), and
`redis-server` on the PATH (Debian's redis-server and redis-tools):

    PYTHONPATH=include python -m tests.deploy.by_hand /somewhere/empty

`make env` writes an `.env`; each service's command runs with the environment that the file gives it (machine.py); the
demo's newsroom is the outside world; the demo's play is what must happen. docs/operating.md has what came of it.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

import demo.play
from demo.airflow_client import AirflowClient
from demo.newsroom.past import past_lines
from demo.play import Outcome, play
from demo.services import running
from demo.stage import PAST_DAYS, USER, Stage
from deploy.env import Choice, write_env
from tests.deploy.compose import read_compose, read_env
from tests.deploy.machine import BIN, Machine, choose_ports, make_folders
from tests.deploy.memory import watch_memory
from tests.deploy.sizes import describe, measure_stores
from tests.servers.elasticsearch import running_secured_elasticsearch
from tests.servers.postgresql import find_binaries
from tests.servers.processes import as_plain_user, give_away
from vigie.settings import PROJECT

CORES = 2
LONG_RUNNING = ("api-server", "scheduler", "dag-processor", "triggerer", "worker")
HEALTHY_S = 240.0
ANSWERS_S = 180.0
Services = Mapping[str, Mapping[str, Any]]


class PatientStage(Stage):
    """On a machine with other work on it an answer of Airflow's may take longer than the demo would wait."""

    def client(self, user: str = USER) -> AirflowClient:
        client = super().client(user)
        client._http.timeout = httpx.Timeout(ANSWERS_S)
        return client


def main() -> None:
    """Bring everything up, play, look, take everything down; the report on standard output."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True)
    make_folders(folder)
    write_env(folder / ".env", Choice(celery=True, cores=CORES))
    env = read_env((folder / ".env").read_text(encoding="utf-8"))
    demo.play.STEP_S = HEALTHY_S * 4
    with ExitStack() as stack:
        newsroom = stack.enter_context(_newsroom(folder))
        elasticsearch = stack.enter_context(running_secured_elasticsearch())
        services = read_compose(env | {"ELASTIC_PASSWORD": elasticsearch.password})["services"]
        machine = Machine(
            folder=folder,
            ports=choose_ports(),
            elasticsearch=urlsplit(elasticsearch.url).netloc,
            extra=_outside(folder, newsroom),
        )
        stack.enter_context(_postgresql(machine, services, env))
        stack.enter_context(_service(machine, services, "redis", shell=True))
        _healthy(machine, services, "redis")
        _once(machine, services, "certificates")
        # This server has certificates of its own.
        shutil.copy(elasticsearch.ca, folder / "srv/certificates/ca.crt")
        _once(machine, services, "set-up")
        started = {name: stack.enter_context(_service(machine, services, name)) for name in LONG_RUNNING}
        for name in LONG_RUNNING:
            _healthy(machine, services, name)
        with watch_memory({name: process.pid for name, process in started.items()}) as peaks:
            outcome = play(_stage(machine, services, env, newsroom), _tell)
        for name in LONG_RUNNING:
            _healthy(machine, services, name)
        sizes = measure_stores(
            folder / "vigie", folder / "postgresql", machine.ports["postgresql"], elasticsearch
        )
        _report(outcome, peaks, sizes, _vigie(machine, services, "audit"))


def _outside(folder: Path, newsroom: Mapping[str, str]) -> dict[str, str]:
    host_port = newsroom["host_port"]
    return {
        "VIGIE_FEEDS": str(folder / "feeds.yml"),
        "VIGIE_ALLOWED_PRIVATE_HOSTS": host_port,
        "VIGIE_HOST_DELAY_S": "0.05",
        "VIGIE_CHANNELS": f"json://{host_port}/hooks/alerts",
    }


@contextmanager
def _newsroom(folder: Path) -> Iterator[dict[str, str]]:
    ready = folder / "newsroom.json"
    command = [sys.executable, "-m", "demo.newsroom", "--past-days", str(PAST_DAYS)]
    command += ["--ready-file", str(ready), "--feeds-file", str(folder / "feeds.yml")]
    with running(command, log=folder / "logs/newsroom.log", env=os.environ, cwd=PROJECT):
        _until(ready.exists, "the newsroom", 30)
        yield json.loads(ready.read_text(encoding="utf-8"))


@contextmanager
def _postgresql(machine: Machine, services: Services, env: Mapping[str, str]) -> Iterator[None]:
    """What the image's entry point does: initdb, the server with the file's command, the file's script."""
    binaries, folder = find_binaries(), machine.folder / "postgresql"
    service, port = services["postgresql"], str(machine.ports["postgresql"])
    folder.mkdir()
    (folder / "password").write_text(env["POSTGRES_PASSWORD"], encoding="utf-8")
    give_away(folder)
    initdb = [
        str(binaries / "initdb"),
        "-D",
        f"{folder}/data",
        "-U",
        "postgres",
        f"--pwfile={folder}/password",
    ]
    initdb += service["environment"]["POSTGRES_INITDB_ARGS"].split()
    subprocess.run([*as_plain_user(), *initdb], check=True, capture_output=True, cwd="/")
    program, *options = service["command"]
    command = [*as_plain_user(), str(binaries / program), "-D", f"{folder}/data", *options]
    command += ["-h", "127.0.0.1", "-p", port, "-k", str(folder)]
    with running(command, log=machine.folder / "logs/postgresql.log", env=os.environ, cwd=folder):
        check = [str(binaries / "pg_isready"), *service["healthcheck"]["test"][2:], "--port", port]
        _until(lambda: subprocess.run(check, check=False).returncode == 0, "PostgreSQL", 60)
        inside = machine.environment(service) | {
            "POSTGRES_USER": "postgres",
            "PGHOST": str(folder),
            "PGPORT": port,
        }
        subprocess.run(["bash", str(PROJECT / "deploy/databases.sh")], check=True, env=inside)
        yield


@contextmanager
def _service(
    machine: Machine, services: Services, name: str, *, shell: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    command = services[name]["command"] if shell else ["airflow", *services[name]["command"]]
    log = machine.folder / "logs" / f"{name}.log"
    with running(
        machine.command(command), log=log, env=machine.environment(services[name]), cwd=PROJECT
    ) as process:
        yield process


def _once(machine: Machine, services: Services, name: str) -> None:
    service, began = services[name], time.monotonic()
    command = machine.command([*service["entrypoint"], *service.get("command", [])])
    with (machine.folder / "logs" / f"{name}.log").open("wb") as log:
        for _ in range(2):  # twice is once
            subprocess.run(
                command, check=True, env=machine.environment(service), cwd=PROJECT, stdout=log, stderr=log
            )
    _tell(name, f"ran twice, in {time.monotonic() - began:.0f} s")


def _healthy(machine: Machine, services: Services, name: str) -> None:
    """The file's own health check, until it is content."""
    kind, *check = services[name]["healthcheck"]["test"]
    command = machine.command(check) if kind == "CMD" else ["sh", "-c", machine.place(check[0])]
    environment = machine.environment(services[name])
    if name == "redis":
        command = ["sh", "-c", check[0].replace("redis-cli", f"redis-cli -p {machine.ports['redis']}")]
    began = time.monotonic()

    def content() -> bool:
        done = subprocess.run(
            command, env=environment, capture_output=True, check=False, timeout=120, cwd=PROJECT
        )
        return done.returncode == 0

    _until(content, name, HEALTHY_S)
    _tell(name, f"healthy after {time.monotonic() - began:.0f} s")


def _stage(
    machine: Machine, services: Services, env: Mapping[str, str], newsroom: Mapping[str, str]
) -> PatientStage:
    past = machine.folder / "past.jsonl"
    lines = past_lines(datetime.fromisoformat(newsroom["now"]), PAST_DAYS, newsroom["base_url"])
    past.write_text("\n".join(lines) + "\n", encoding="utf-8")
    seen = machine.environment(services["worker"])
    return PatientStage(
        folder=machine.folder,
        newsroom_url=newsroom["base_url"],
        airflow_url=f"http://127.0.0.1:{machine.ports['api']}",
        passwords={USER: env["AIRFLOW_ADMIN_PASSWORD"]},
        past=past,
        settings={name: value for name, value in seen.items() if name.startswith("VIGIE_") and value},
    )


def _vigie(machine: Machine, services: Services, *arguments: str) -> dict[str, Any]:
    """`docker compose exec scheduler vigie …`."""
    command = [str(BIN / "python"), str(PROJECT / "deploy/bin/vigie"), *arguments, "--json"]
    done = subprocess.run(
        command, env=machine.environment(services["scheduler"]), capture_output=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"exit": done.returncode}


def _report(
    outcome: Outcome, peaks: Mapping[str, float], sizes: Mapping[str, int], audit: Mapping[str, Any]
) -> None:
    report = {
        "audit": audit,
        "alerts": [f"{alert.kind}: {', '.join(alert.terms)}" for alert in outcome.alerts],
        "delivered": len(outcome.delivered),
        "peak_mb": dict(peaks),
        "bytes": dict(sizes),
        "bytes_an_article": describe(sizes, outcome.counts.indexed),
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _until(done: Any, what: str, timeout_s: float) -> None:
    until = time.monotonic() + timeout_s
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: not there after {timeout_s:.0f} s")
        time.sleep(0.5)


_said: dict[str, str] = {}


def _tell(step: str, how_far: str) -> None:
    if _said.get(step) != how_far:
        _said[step] = how_far
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {step}: {how_far}\n")


if __name__ == "__main__":
    if shutil.which("redis-server") is None:
        raise SystemExit("redis-server is not on the PATH")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that everything is taken down then too
    with contextlib.suppress(KeyboardInterrupt):
        main()
