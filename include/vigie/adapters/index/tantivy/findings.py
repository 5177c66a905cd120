"""Alerts, topics and standings beside the articles' index: one SQLite file.

Nothing in them is searched by words, so a second index of words would be a second schema to keep and rebuild for nothing.
SQLite is in Python, has transactions that survive a kill, and lets several processes in.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from vigie.adapters.full_disk import describe_full, has_no_room, is_full
from vigie.adapters.index.port import Refusal, check_page_size
from vigie.errors import PermanentError, TransientError
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.findings import FINDING_FIELDS, FINDING_OBJECTS, MOMENTS, FindingKind
from vigie.search.mapping import find_fault, read_milliseconds

_TABLE = """
CREATE TABLE IF NOT EXISTS findings (
    kind TEXT NOT NULL, id TEXT NOT NULL, at_ms INTEGER NOT NULL, digest TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (kind, id)
)
"""
_LONG_AGO_MS = -(10**15)
_TROUBLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class FindingsFile:
    """A `Findings` of one kind in `findings.db` of the index's folder; the file is made by the first put."""

    def __init__(self, folder: Path, kind: FindingKind, *, lock_timeout_s: float) -> None:
        self._file = folder / "findings.db"
        self._kind = kind
        self._lock_timeout_s = lock_timeout_s

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace in one transaction; what cannot be taken is refused and the rest goes in."""
        faults = [(d, find_fault(d, FINDING_FIELDS[self._kind], FINDING_OBJECTS)) for d in documents]
        rows = [self._row(document) for document, fault in faults if not fault]
        if rows:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as connection:
                connection.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?, ?)", rows)
        return tuple(Refusal(id=ArticleId(str(d.get("id"))), reason=fault) for d, fault in faults if fault)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove in one transaction."""
        if self._file.exists():
            gone = [(self._kind, finding_id) for finding_id in ids]
            with self._open() as connection:
                connection.executemany("DELETE FROM findings WHERE kind = ? AND id = ?", gone)

    def get(self, finding_id: str) -> Document | None:
        """The document, from its JSON."""
        found = self._read("SELECT document FROM findings WHERE kind = ? AND id = ?", finding_id)
        return next((_load(document) for (document,) in found), None)

    def newest(self, size: int = 100, since: datetime | None = None) -> tuple[Document, ...]:
        """By the column that says when."""
        check_page_size(size)
        query = "SELECT document FROM findings WHERE kind = ? AND at_ms >= ? ORDER BY at_ms DESC, id LIMIT ?"
        found = self._read(query, read_milliseconds(since) if since else _LONG_AGO_MS, size)
        return tuple(_load(document) for (document,) in found)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Of one moment."""
        found = self._read("SELECT id, digest FROM findings WHERE kind = ?")
        yield from ((str(finding_id), str(digest)) for finding_id, digest in found)

    def _row(self, document: Document) -> tuple[str, str, int, str, str]:
        moment = document[MOMENTS[self._kind]]
        at_ms = read_milliseconds(moment) if moment else _LONG_AGO_MS
        return self._kind, document["id"], at_ms, document["digest"], json.dumps(document, ensure_ascii=False)

    def _read(self, query: str, *values: object) -> list[tuple[object, ...]]:
        if not self._file.exists():
            return []
        with self._open() as connection:
            return connection.execute(query, (self._kind, *values)).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose block is one transaction."""
        try:
            connection = sqlite3.connect(self._file, timeout=self._lock_timeout_s)
            try:
                connection.execute(_TABLE)
                with connection:
                    yield connection
            finally:
                connection.close()
        except sqlite3.Error as cause:
            raise self._fault(cause) from cause

    def _fault(self, cause: sqlite3.Error) -> PermanentError | TransientError:
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF in _TROUBLE:
            return PermanentError(f"cannot read {self._file}: {cause}; run `vigie rebuild-index`")
        full = is_full(cause) or has_no_room(self._file.parent)
        what = f"the index in {self._file.parent}"
        return TransientError(describe_full(what) if full else f"cannot use {self._file}: {cause}")


def clear_findings(folder: Path) -> None:
    """Throw the file away: the way out of a broken one too."""
    for name in ("findings.db", "findings.db-journal"):
        (folder / name).unlink(missing_ok=True)


def _load(document: object) -> Document:
    loaded: Document = json.loads(str(document))
    return loaded
