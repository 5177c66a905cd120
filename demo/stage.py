"""Everything the demo runs on, under one folder: the newsroom, and Airflow with Vigie's DAGs in it."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from demo.airflow_client import AirflowClient, wait_healthy
from demo.newsroom.past import past_lines
from demo.services import free_ports, running

PROJECT = Path(__file__).parents[1]
USER = "admin"
USERS = MappingProxyType({USER: "admin"})
PAST_DAYS = 30
AIRFLOW_START_S = 180.0


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What runs, and how to reach it. `settings` are the VIGIE_ variables of every process on it."""

    folder: Path
    newsroom_url: str
    airflow_url: str
    passwords: Mapping[str, str]
    past: Path
    settings: dict[str, str]

    @property
    def page_url(self) -> str:
        """Vigie's page, on "Today"."""
        return f"{self.airflow_url}/vigie/"

    @property
    def password(self) -> str:
        """That of the one who may do everything."""
        return self.passwords[USER]

    def client(self, user: str = USER) -> AirflowClient:
        """Airflow's API, logged in."""
        return AirflowClient(self.airflow_url, user, self.passwords[user])


class StageError(Exception):
    """Something did not start; the message says where its log is."""


@contextlib.contextmanager
def set_stage(
    folder: Path, extra: dict[str, str] | None = None, users: Mapping[str, str] = USERS
) -> Iterator[Stage]:
    """Start the newsroom and Airflow; end both, with all their children, whatever happens in the block.

    `users` are Airflow's, each with a role.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ready, feeds = folder / "newsroom.json", folder / "feeds.yml"
    command = [sys.executable, "-m", "demo.newsroom", "--past-days", str(PAST_DAYS)]
    command += ["--ready-file", str(ready), "--feeds-file", str(feeds)]
    with running(command, log=folder / "logs" / "newsroom.log", env=os.environ, cwd=PROJECT):
        newsroom = _wait_for_json(ready)
        past = _write_past(folder / "past.jsonl", newsroom)
        settings = _settings(folder, feeds, newsroom["host_port"]) | (extra or {})
        port, *others = free_ports(4)
        env = _without_vigie(os.environ) | settings | _airflow_settings(folder / "airflow", port, others)
        env["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] = ",".join(map(":".join, users.items()))
        airflow = [str(Path(sys.executable).parent / "airflow"), "standalone"]
        with running(airflow, log=folder / "logs" / "airflow.log", env=env, cwd=folder):
            url = f"http://127.0.0.1:{port}"
            if not wait_healthy(url, AIRFLOW_START_S):
                raise StageError(
                    f"Airflow did not start in {AIRFLOW_START_S:.0f} s; its log: {folder}/logs/airflow.log"
                )
            yield Stage(
                folder=folder,
                newsroom_url=newsroom["base_url"],
                airflow_url=url,
                passwords=_passwords(folder / "airflow"),
                past=past,
                settings=settings,
            )


def _settings(folder: Path, feeds: Path, host_port: str) -> dict[str, str]:
    return {
        "VIGIE_HOME": str(folder / "vigie"),
        "VIGIE_FEEDS": str(feeds),
        "VIGIE_ALLOWED_PRIVATE_HOSTS": host_port,
        "VIGIE_HOST_DELAY_S": "0.05",
        "VIGIE_CHANNELS": f"json://{host_port}/hooks/alerts",
    }


def _airflow_settings(home: Path, port: int, others: list[int]) -> dict[str, str]:
    """Airflow on free ports, with everything it writes under one folder, and no more workers than cores."""
    log_port, trigger_log_port, health_port = others
    url = f"http://127.0.0.1:{port}"
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(log_port),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(trigger_log_port),
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(health_port),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(PROJECT / "include"),
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _without_vigie(environment: "os._Environ[str]") -> dict[str, str]:
    """A person's own VIGIE_ and AIRFLOW_ settings are for their installation, not for the demo."""
    return {k: v for k, v in environment.items() if not k.startswith(("VIGIE_", "AIRFLOW_"))}


def _wait_for_json(path: Path, timeout_s: float = 30) -> dict[str, str]:
    until = time.monotonic() + timeout_s
    while not path.exists():
        if time.monotonic() > until:
            raise StageError(f"the newsroom did not start; its log: {path.parent}/logs/newsroom.log")
        time.sleep(0.05)
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write_past(path: Path, newsroom: dict[str, str]) -> Path:
    now = datetime.fromisoformat(newsroom["now"])
    lines = past_lines(now, PAST_DAYS, newsroom["base_url"])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _passwords(home: Path) -> dict[str, str]:
    """Airflow makes one for each user when it starts."""
    found: dict[str, str] = json.loads(
        (home / "simple_auth_manager_passwords.json.generated").read_text(encoding="utf-8")
    )
    return found
