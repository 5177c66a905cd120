"""Starting and stopping servers of our own: a free port, a user that is not root, a process group that ends whole."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
from pathlib import Path


class ServerUnavailable(Exception):
    """This machine cannot run the server; the message says what is missing."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def plain_user(name: str = "nobody") -> pwd.struct_passwd | None:
    """Who the servers run as when we are root, which they refuse to be; None when we are somebody already."""
    return pwd.getpwnam(name) if os.geteuid() == 0 else None


def as_plain_user() -> list[str]:
    """What stands before a command so that it does not run as root."""
    user = plain_user()
    if user is None:
        return []
    if shutil.which("setpriv") is None:
        raise ServerUnavailable("no `setpriv` to start a server as somebody else than root")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def give_away(folder: Path) -> None:
    """Make a folder and all in it belong to the user that the servers run as."""
    user = plain_user()
    if user is None:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


def stop_group(process: subprocess.Popen[bytes], sign: signal.Signals = signal.SIGTERM) -> None:
    """End a process that leads its own session, and everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, sign)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
