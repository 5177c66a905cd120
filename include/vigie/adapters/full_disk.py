"""A disk that is full: how each store says it, and the one line that we say."""

import errno
import os
import re
import sqlite3
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space, over the quota, over the longest file that the system allows us."""
POSTGRESQL_FULL = "53100"
LEAST_ROOM_BYTES = 65_536
"""SQLite needs twice as much for the shared memory of its write-ahead log."""
_IN_RUST = re.compile(r"(?:os error |\bcode: )(\d+)")


def is_full(error: BaseException) -> bool:
    """True for what the system, SQLite, PostgreSQL or Tantivy raises where making room is the way out."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in FULL
    if getattr(error, "sqlstate", None) == POSTGRESQL_FULL:
        return True
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    in_rust = _IN_RUST.search(str(error))
    return in_rust is not None and int(in_rust[1]) in FULL


def has_no_room(folder: Path) -> bool:
    """True where next to nothing can be written.

    SQLite says no more than "disk I/O error" of its shared memory, Tantivy that "a thread was killed".
    """
    room = os.statvfs(next(there for there in (folder, *folder.parents) if there.exists()))
    return room.f_bavail * room.f_frsize < LEAST_ROOM_BYTES


def describe_full(what: str) -> str:
    """What a person reads of it; `what` names the store and where it is."""
    return (
        f"the disk of {what} is full: make room and run again; what was not finished is not recorded as done"
    )
