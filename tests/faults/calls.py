"""What the tests of faults say often: how a command ended, that all of it is in, and a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.desk import Desk, Outcome


def one_line(outcome: Outcome, code: int, *words: str) -> None:
    """The command ended with this code and said why in one line."""
    (line,) = outcome.err.splitlines()
    assert outcome.code == code, line
    assert line.startswith("vigie: ")
    assert all(word in line for word in words), line


def leave(desk: Desk) -> None:
    """A run that failed leaves its leases to the end of its process; this one lives on, so they must run out."""
    desk.wait(minutes=16)


def all_in(desk: Desk, count: int = 2) -> None:
    """Everything is indexed, once."""
    entries = desk.audit()["entries"]
    assert (entries["total"], entries["indexed"]) == (count, count), entries
    assert desk.ask("search", "")["total"] == count


def start(
    desk: Desk, *arguments: str, stdout: int = subprocess.DEVNULL, **settings: str
) -> "subprocess.Popen[bytes]":
    """The executable itself, in a process of its own."""
    environment = {**os.environ, **desk.environment, **settings}
    command = [str(Path(sys.executable).parent / "vigie"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=stdout, stderr=subprocess.PIPE)


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    """Until it is so."""
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.05)
