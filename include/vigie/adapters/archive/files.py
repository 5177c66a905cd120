"""Which file a writer writes to: one of its day that is free, or a new one.

On a local disk a writer goes on in a file of the same day that nobody holds and that is not full, so a collection
every two minutes makes a few files a day and not 720. It holds the file by the system's own lock, which goes with the
process. Object stores append nothing: there, each writer makes a file.
"""

import fcntl
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from fsspec.implementations.local import LocalFileSystem

from vigie.adapters.archive.mending import close_cut, find_tail, is_cut, write_all

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an archive is, and how long its files may grow before a new one is begun."""

    filesystem: Any
    root: str
    file_bytes: int

    @property
    def local(self) -> bool:
        """True for a folder of this machine, or one that it mounts."""
        return isinstance(self.filesystem, LocalFileSystem)


class Output:
    """A file that one writer alone writes to, from `start` on: whole records, one after the other."""

    def __init__(self, place: Place, name: str, file: IO[bytes], start: int) -> None:
        self.name = name
        self.end = start
        self._place = place
        self._file = file
        self._start = start

    def append(self, record: bytes) -> None:
        """Write a whole record; nothing of it stays in our memory."""
        write_all(self._file, record)
        self.end += len(record)

    def close(self) -> None:
        """Make all that was written durable, and let go."""
        if self._place.local:
            os.fsync(self._file.fileno())
            if self._start == 0:
                _sync_folder(Path(self._place.root, self.name).parent)
        self._file.close()

    def let_go(self) -> None:
        """Close after somebody else's fault: what was written stays, and nothing will ever refer to it."""
        with suppress(OSError):
            self._file.close()

    def undo(self) -> None:
        """Close after the disk refused: what was written since `start`, which nothing refers to, is taken back.

        While the file is still ours: it cannot be done twice, and nobody appends meanwhile.
        """
        if self._place.local:
            with suppress(OSError):
                self._file.truncate(self._start)
                if self._start == 0:
                    Path(self._place.root, self.name).unlink()
        self.let_go()
        if not self._place.local:
            with suppress(OSError):
                self._place.filesystem.rm(f"{self._place.root}/{self.name}")


def take_output(place: Place, now: datetime) -> Output:
    """A file to write to, held by this writer alone."""
    return (
        (_free_local_file(place, now) or _new_local_file(place, now))
        if place.local
        else _new_file(place, now)
    )


def _new_name(now: datetime) -> str:
    return f"{now:%Y/%m/%d}/vigie-{now:%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"


def _new_file(place: Place, now: datetime) -> Output:
    name = _new_name(now)
    place.filesystem.makedirs(f"{place.root}/{name}".rpartition("/")[0], exist_ok=True)
    return Output(place, name, place.filesystem.open(f"{place.root}/{name}", "wb"), 0)


def _new_local_file(place: Place, now: datetime) -> Output:
    """Begun elsewhere and held before it has its name: nobody else can find it free."""
    name = _new_name(now)
    path = Path(place.root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(".new")
    file = begun.open("x+b", buffering=0)
    _hold(file)
    begun.rename(path)
    return Output(place, name, file, 0)


def _free_local_file(place: Place, now: datetime) -> Output | None:
    """The first of today's files that takes more. The others are mended on the way, as those of the day before are.

    A file that ends well is not held for it: another worker may want it just now.
    """
    taken = None
    today = Path(place.root, f"{now:%Y/%m/%d}")
    for path in _recent_files(place, today):
        if taken is None and path.parent == today:
            taken = _take_up(place, path)
        elif _ends_badly(place, path) and (mended := _take_up(place, path)):
            mended.let_go()
    return taken


def _recent_files(place: Place, today: Path) -> list[Path]:
    """The files of today, and of the last day before it on which anything was written."""
    days = sorted(day for day in Path(place.root).glob("[0-9]*/[0-9]*/[0-9]*") if day <= today)
    return [path for day in days[-2:] for path in sorted(day.glob("vigie-*.warc.gz"))]


def _ends_badly(place: Place, path: Path) -> bool:
    with suppress(FileNotFoundError, PermissionError), path.open("rb") as file:
        return not find_tail(file, path.relative_to(place.root).as_posix()).whole
    return False


def _take_up(place: Place, path: Path) -> Output | None:
    """A file that is there, to be appended to; None when it is not for us."""
    try:
        file = path.open("r+b", buffering=0)
    except (FileNotFoundError, PermissionError):
        return None
    name = path.relative_to(place.root).as_posix()
    try:
        if _hold(file) and _takes_more(file, name, place.file_bytes):
            return Output(place, name, file, file.seek(0, os.SEEK_END))
    except BaseException:
        file.close()
        raise
    file.close()
    return None


def _hold(file: IO[bytes]) -> bool:
    """Take the file for us alone, if nobody has it and it was not removed meanwhile."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody has it, or this file system knows no locks: then nobody appends
        return False
    return os.fstat(file.fileno()).st_nlink > 0


def _takes_more(file: IO[bytes], name: str, file_bytes: int) -> bool:
    """True for a file that ends with a whole record and is not full; mends one that does not."""
    tail = find_tail(file, name)
    if tail.whole:
        return not tail.closed and tail.size < file_bytes
    if tail.closed:
        file.truncate(tail.end)  # who closed it was stopped before it had cut off the rest
    elif is_cut(file, tail):
        close_cut(file, name, tail)
        log.warning("archive: %s was cut in a record: %d bytes dropped", name, tail.size - tail.end)
    else:
        log.warning("archive: %s is damaged behind byte %d and is left as it is", name, tail.end)
    return False


def _sync_folder(folder: Path) -> None:
    """A file that is new is durable once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
