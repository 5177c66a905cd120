"""A whole copy of each store, taken while Vigie works, and its way back.

The order is index, ledger, archive. The archive only grows, and the ledger refers to nothing that is not in it yet: an
archive that was copied after the ledger holds all that the ledger refers to, and some that it will never hear of. The
index goes first, so it may lack what the ledger has just said is in it, which `mend_index` finds and indexes again.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import filelock

from vigie.adapters.backup.places import Places
from vigie.adapters.full_disk import describe_full, is_full
from vigie.errors import TransientError, UsageError

LEDGER, ARCHIVE, INDEX = "ledger.db", "archive", "index"
"""What they are called in a backup."""
LOCK_TIMEOUT_S = 60.0
_STAGED = ".restoring"
_NOT_COPIED = (".lock", "-journal", "-wal", "-shm")


def copy_stores(places: Places, folder: Path) -> None:
    """Copy the three into a folder that is empty; `UsageError` when there is no ledger to copy."""
    if not places.ledger.is_file():
        raise UsageError(f"{places.ledger}: there is no ledger to back up; is VIGIE_HOME right?")
    with _named_faults(folder):
        _copy_index(places.index, folder / INDEX)
        _copy_database(places.ledger, folder / LEDGER)
        _copy_archive(places.archive, folder / ARCHIVE)


def put_stores(folder: Path, places: Places) -> None:
    """Copy the three back, beside their places first: each appears whole, the ledger last, and none is overwritten."""
    with _named_faults(places.ledger.parent):
        pairs = [(folder / ARCHIVE, places.archive), (folder / INDEX, places.index)]
        for source, target in pairs:
            _stage_folder(source, target)
        _copy_file(folder / LEDGER, _staged(places.ledger))
        for _source, target in pairs:
            _staged(target).rename(target)  # over an empty folder at most: the system refuses another
        os.link(_staged(places.ledger), places.ledger)  # as a rename, but it overwrites nothing
        _staged(places.ledger).unlink()


def _staged(target: Path) -> Path:
    return target.with_name(target.name + _STAGED)


def _stage_folder(source: Path, target: Path) -> None:
    """What a restore that was killed left there goes first."""
    shutil.rmtree(_staged(target), ignore_errors=True)
    _staged(target).mkdir(parents=True)
    for path in _files(source):
        _copy_file(path, _staged(target) / path.relative_to(source))


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy of one moment: whoever writes goes on meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(source, timeout=LOCK_TIMEOUT_S)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        said = copy.execute("PRAGMA quick_check").fetchone()[0]
    if said != "ok":
        raise UsageError(f"{source}: the database is damaged, and is not backed up: {said}")


def _copy_index(source: Path, target: Path) -> None:
    """While nobody writes: a commit waits a little, and files do not go away under us."""
    target.mkdir(parents=True)
    if not source.is_dir():
        return
    try:
        with filelock.FileLock(source / "writer.lock", timeout=LOCK_TIMEOUT_S):
            for path in _files(source):
                (_copy_database if path.suffix == ".db" else _copy_file)(
                    path, target / path.relative_to(source)
                )
    except filelock.Timeout as cause:
        raise TransientError(
            f"the index in {source} is busy: somebody has written for {LOCK_TIMEOUT_S:g} s"
        ) from cause


def _copy_archive(source: Path, target: Path) -> None:
    """Files may grow meanwhile: what is behind the last record that the ledger refers to is nobody's yet."""
    target.mkdir(parents=True)
    for path in _files(source):
        try:
            _copy_file(path, target / path.relative_to(source))
        except FileNotFoundError:  # a writer took back a file that it had just begun
            (target / path.relative_to(source)).unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith((*_NOT_COPIED, ".new")):
            yield path


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())


@contextmanager
def _named_faults(where: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        full = is_full(error)
        raise TransientError(
            describe_full(str(where)) if full else f"{where}: cannot be written: {error}"
        ) from error
