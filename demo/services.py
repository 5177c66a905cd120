"""Processes that the demo starts: each in a group of its own, each ended whole, whatever happens."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil

STOP_S = 15.0


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


@contextlib.contextmanager
def running(
    command: Sequence[str], *, log: Path, env: Mapping[str, str], cwd: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process with its children, from here to the end of the block; what it prints goes to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Airflow's parts outlive a signal to their parent alone, and some lead groups of their own: the group is told
    to stop, all of the family is waited for, and what is left is made to."""
    family = _family(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    _gone, alive = psutil.wait_procs(family, timeout=STOP_S)
    for one in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(alive, timeout=STOP_S)
    process.wait(STOP_S)


def _family(pid: int) -> list[psutil.Process]:
    """The process, its descendants, and whoever is in its group although its parent is gone."""
    found = {one.pid: one for one in psutil.process_iter() if _group_of(one.pid) == pid}
    with contextlib.suppress(psutil.NoSuchProcess):
        found |= {one.pid: one for one in psutil.Process(pid).children(recursive=True)}
    return list(found.values())


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
