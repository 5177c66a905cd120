"""Where the embedded stores lie, and whether a restore may write there."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import fsspec
import sqlalchemy as sa
from fsspec.implementations.local import LocalFileSystem

from vigie.errors import UsageError

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: an old one would be read into the new."""
_ELSEWHERE = "is not kept in a file of this machine: see `Backup` in docs/operating.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The ledger's file, and the folders of the archive and the index."""

    ledger: Path
    archive: Path
    index: Path


def find_places(ledger_url: str, archive_url: str, index_url: str) -> Places:
    """Where they are; `UsageError` names the first that is not an embedded store."""
    return Places(ledger=_ledger(ledger_url), archive=_archive(archive_url), index=_index(index_url))


def check_free(places: Places) -> None:
    """`UsageError` names what is there already: a restore overwrites nothing."""
    for ending in _BESIDE:
        there = places.ledger.with_name(places.ledger.name + ending)
        if there.exists():
            raise UsageError(f"{there} is there already: restore into an empty VIGIE_HOME")
    for folder in (places.archive, places.index):
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty: restore into an empty VIGIE_HOME")


def _ledger(url: str) -> Path:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError(f"VIGIE_LEDGER_URL: not a database address: {error}") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise UsageError(f"VIGIE_LEDGER_URL: the ledger {_ELSEWHERE}")
    return Path(parsed.database)


def _archive(url: str) -> Path:
    try:
        filesystem, root = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise UsageError(f"VIGIE_ARCHIVE_URL: {url}: {error}") from error
    if not isinstance(filesystem, LocalFileSystem):
        raise UsageError(f"VIGIE_ARCHIVE_URL: the archive {_ELSEWHERE}")
    return Path(root)


def _index(url: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "tantivy":
        raise UsageError(f"VIGIE_INDEX_URL: the index {_ELSEWHERE}")
    return Path(unquote(parts.path))
