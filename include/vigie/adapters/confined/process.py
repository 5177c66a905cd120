"""A process that works for another, seen from the one that starts it: two pipes, deadlines, and no zombie."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import vigie
from vigie.adapters.confined.frames import READY, read_message, write_message

START_S = 120.0
"""For a child to load its libraries: 1 to 2 s on an idle machine."""
MODULE = "vigie.adapters.confined.child"
# What a Python process needs to start; everything else, keys and passwords among it, stays here.
_ENVIRONMENT = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
)  # fmt: skip


class ChildProcess:
    """One child with its worker, a process group of their own, and the two pipes to it.

    `module` is what it runs, with `settings` in its environment; one that extracts by default.
    """

    def __init__(
        self, *arguments: str, module: str = MODULE, settings: Mapping[str, str] | None = None
    ) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment |= settings or {}
        ours = str(Path(vigie.__file__).parents[1])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (ours, environment.get("PYTHONPATH"))))
        # -P: nothing is imported from the folder that we happen to stand in. Its standard error goes nowhere, because
        # Airflow waits for whoever holds that of a task.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,  # a fork in the middle of a message then holds no lock
            process_group=0,
        )
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self.is_overdue = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_over(self) -> bool:
        """Whether it died."""
        return self._process.poll() is not None

    def wait_ready(self) -> bool:
        """Whether it has loaded what it needs: its first message."""
        with self._deadline(START_S):
            return read_message(self._from) == READY

    def ask(self, *messages: bytes, wall_s: float) -> bytes | None:
        """Its answer to a question; None when there is none, because it died or was ended by the clock."""
        with self._deadline(wall_s), contextlib.suppress(OSError):
            for message in messages:
                write_message(self._to, message)
            return read_message(self._from)
        return None

    def end(self) -> None:
        """End it and its worker now, without a zombie: they hold nothing that would be lost."""
        self._kill()
        self._process.wait()
        self.abandon()

    def abandon(self) -> None:
        """Let go of it: it is over, or another process's child."""
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):
                pipe.close()
        if self._process.returncode is None:
            self._process.returncode = 0  # not ours to wait for, nor to complain about

    @contextlib.contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._end_overdue)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end_overdue(self) -> None:
        self.is_overdue = True
        self._kill()

    def _kill(self) -> None:
        # The group is gone only when the child was waited for, and until then its number is nobody else's.
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: no right to kill the dead
                os.killpg(self._process.pid, signal.SIGKILL)
