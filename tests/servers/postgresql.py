"""A real PostgreSQL for tests: the binaries that the system has, a cluster in a temporary folder."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import ServerUnavailable, as_plain_user, free_port, give_away, stop_group

START_TIMEOUT_S = 60.0


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The SQLAlchemy address of a PostgreSQL that lives as long as the block. Raises `ServerUnavailable`."""
    given = os.environ.get("VIGIE_TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    binaries = find_binaries()
    with tempfile.TemporaryDirectory(prefix="vigie-postgresql-") as name:
        folder = Path(name)
        give_away(folder)
        _run(
            [
                str(binaries / "initdb"),
                "-D",
                f"{folder}/data",
                "-U",
                "vigie",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "-N",
            ]
        )
        with _running(binaries, folder) as url:
            yield url


def find_binaries() -> Path:
    """The folder of `initdb` and `postgres`: the newest under /usr/lib/postgresql, or one of the PATH."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name.split(".")[0]))
    found = shutil.which("initdb")
    for folder in (*reversed(homes), *([Path(found).resolve().parent] if found else [])):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServerUnavailable("no PostgreSQL under /usr/lib/postgresql or on the PATH")


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    log = folder / "output.log"
    with log.open("wb") as output:
        listen = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
        quick = ["-c", "fsync=off", "-c", "max_connections=200"]
        process = subprocess.Popen(
            [*as_plain_user(), str(binaries / "postgres"), "-D", str(folder / "data"), *listen, *quick],
            cwd=folder,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until_ready(binaries, port, process, log)
        yield f"postgresql+psycopg://vigie@127.0.0.1:{port}/postgres"
    finally:
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients that forgot to leave.
        stop_group(process, signal.SIGINT)


def _wait_until_ready(binaries: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    probe = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run(probe, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise ServerUnavailable(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-1500:]}")


def _run(command: list[str]) -> None:
    done = subprocess.run([*as_plain_user(), *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise ServerUnavailable(f"`{Path(command[0]).name}` failed:\n{(done.stdout + done.stderr)[-1500:]}")
