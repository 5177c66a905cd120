"""docker-compose.yml's services as processes of this machine: same commands, same environment, other places.

What a container has by being one is put in here: names of hosts become ports of 127.0.0.1, paths of the image become
folders. Everything else is what the file says.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.services import free_ports
from vigie.settings import PROJECT

BIN = Path(sys.executable).parent
PORTS = ("api", "scheduler", "worker_log", "trigger_log", "postgresql", "redis")


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where things are here; `elasticsearch` is its host and port. `extra` are settings that only this run needs."""

    folder: Path
    ports: Mapping[str, int]
    elasticsearch: str
    extra: Mapping[str, str]

    def place(self, text: str) -> str:
        """A string of the file with this machine's places in it."""
        for there, here in self._places():
            text = text.replace(there, here)
        return text

    def command(self, words: Sequence[str]) -> list[str]:
        """A command with its program as a path, where it is one of the environment that runs this."""
        program, *rest = map(self.place, words)
        ours = BIN / program
        return [str(ours) if ours.exists() else program, *rest]

    def environment(self, service: Mapping[str, Any]) -> dict[str, str]:
        """What a container of this service would see."""
        own = {name: self.place(str(value)) for name, value in service.get("environment", {}).items()}
        return {**self._base(), **own, **(self.extra if "VIGIE_HOME" in own else {})}

    def _places(self) -> list[tuple[str, str]]:
        ports, folder = self.ports, str(self.folder)
        return [
            ("elasticsearch:9200", self.elasticsearch),
            ("postgresql:5432", f"127.0.0.1:{ports['postgresql']}"),
            ("redis:6379", f"127.0.0.1:{ports['redis']}"),
            ("api-server:8080", f"127.0.0.1:{ports['api']}"),
            ("localhost:8080", f"127.0.0.1:{ports['api']}"),
            ("localhost:8974", f"127.0.0.1:{ports['scheduler']}"),
            ("redis-server -", f"redis-server --bind 127.0.0.1 --port {ports['redis']} -"),
            ("dir /data", f"dir {folder}/redis"),
            ("/var/lib/vigie", f"{folder}/vigie"),
            ("/opt/airflow", f"{folder}/airflow"),
            ("/srv", f"{folder}/srv"),
            ("/opt/vigie", str(PROJECT)),
            ("/desk", str(PROJECT / "include")),
        ]

    def _base(self) -> dict[str, str]:
        ports = self.ports
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {
            "PATH": os.pathsep.join((str(PROJECT / "deploy/bin"), str(BIN), os.environ["PATH"])),
            "PYTHONPATH": str(PROJECT / "include"),
            "HOSTNAME": os.uname().nodename,
            "NO_PROXY": "127.0.0.1,localhost",
            "AIRFLOW_HOME": str(self.folder / "airflow"),
            # Containers have ports of their own, and are reached from the others.
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(ports["api"]),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(ports["scheduler"]),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(ports["worker_log"]),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(ports["trigger_log"]),
        }


def choose_ports() -> dict[str, int]:
    """A free port for each server."""
    return dict(zip(PORTS, free_ports(len(PORTS)), strict=True))


def make_folders(folder: Path) -> None:
    """What the Dockerfile and the volumes make."""
    for name in ("airflow/logs", "vigie", "redis", "srv/authority", "srv/certificates", "srv/snapshots"):
        (folder / name).mkdir(parents=True)
    for name in ("writing", "reading"):
        (folder / "srv/keys" / name).mkdir(parents=True)
