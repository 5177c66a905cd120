"""The archive: what did the world say? Feed bodies, pages and entries as they came, in WARC files.

    writer       pages, revisits and entries, one record each
    files        which file a writer writes to, and until when
    mending      files that end in the middle of a record
    records      how a record is named by its place, and read back whole or not at all
    examination  every record of every file, beside what the ledger refers to

A record's id is `<file>#<offset>`, so a page can be read back by its id alone. What was written is never changed. The
ledger is told of records only after the writer has made them durable: a worker that dies leaves at most records that
nothing refers to. The folder may be local or any address that fsspec knows (s3://, gs://, …).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

import fsspec

from vigie.adapters.archive.examination import Examination, examine
from vigie.adapters.archive.files import Place
from vigie.adapters.archive.records import ADDRESSES, REQUESTED, WITH_HTTP, Record, read_record, split_place
from vigie.adapters.archive.writer import ArchiveWriter
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.model import Entry, Page, RecordId
from vigie.wire import load_json

__all__ = ["Archive", "ArchiveWriter", "Examination"]

FILE_BYTES = 1_000_000_000
"""The usual size of a WARC file: the format's guidelines say 1 GB."""


class Archive:
    """An archive under one address, its files begun anew at `file_bytes`; `UsageError` when it cannot be one."""

    def __init__(self, url: str, *, file_bytes: int = FILE_BYTES) -> None:
        try:
            filesystem, root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise UsageError(f"VIGIE_ARCHIVE_URL: {url}: {error}") from error
        self._place = Place(filesystem=filesystem, root=root, file_bytes=file_bytes)

    @contextmanager
    def writer(self, now: datetime) -> Iterator[ArchiveWriter]:
        """A writer whose records are durable when the block has ended; `TransientError` when the disk refuses."""
        writer = ArchiveWriter(self._place, now, self._read)
        try:
            yield writer
            writer.close()
        finally:
            writer.abandon()

    def read_page(self, record_id: RecordId) -> Page:
        """A page as it was had; `PermanentError` when it is not there.

        A visit that found nothing new gives the body that it stands for. Where it got a 304, so with the status and
        headers that go with that body, those of the 304 put over them (RFC 9111, 3.2).
        """
        record = self._read(record_id)
        if record.kind not in WITH_HTTP:
            raise PermanentError(f"record {record_id}: a {record.kind} lies there, not a page")
        with _as_we_write(record_id):
            found = _page(record)
            if record.original is None:
                return found
            return _fill_in(found, _page(self._read(record.original)))

    def read_entry(self, record_id: RecordId) -> Entry:
        """An entry as it was seen; `PermanentError` when it is not there."""
        record = self._read(record_id)
        if record.kind != "resource":
            raise PermanentError(f"record {record_id}: a {record.kind} lies there, not an entry")
        with _as_we_write(record_id):
            return load_json(Entry, record.body)

    def examine(self, references: Iterable[tuple[RecordId, str]]) -> Examination:
        """Read every record of every file, beside the records that are referred to and what each of them is."""
        return examine(self._file_names(), references, self._open)

    def _read(self, record_id: RecordId) -> Record:
        try:
            with self._open(split_place(record_id)[0]) as file:
                return read_record(file, record_id)
        except PermanentError as error:
            raise PermanentError(f"record {record_id}: {error}") from error

    def _file_names(self) -> list[str]:
        self._place.filesystem.invalidate_cache()
        with self._named_faults():
            paths = self._place.filesystem.find(self._place.root)
        return sorted(path[len(self._place.root) + 1 :] for path in paths if path.endswith(".warc.gz"))

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        with self._named_faults(), self._place.filesystem.open(f"{self._place.root}/{name}", "rb") as file:
            yield file

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, IsADirectoryError) as error:
            raise PermanentError("the file is not there") from error
        except OSError as error:
            raise TransientError(f"the archive {self._place.root} cannot be read: {error}") from error


@contextmanager
def _as_we_write(record_id: RecordId) -> Iterator[None]:
    """A record of another's, or of another version's, may be whole and still lack what we put into ours."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise PermanentError(f"record {record_id}: it is whole, and not as Vigie writes them") from error


def _page(record: Record) -> Page:
    if record.http is None:
        raise PermanentError(f"a {record.kind} lies there, not a page")
    return Page(
        requested_url=record.headers.get_header(REQUESTED),
        addresses=tuple(json.loads(record.headers.get_header(ADDRESSES))),
        status=int(record.http.get_statuscode()),
        headers=tuple(record.http.headers),
        body=record.body,
        fetched_at=datetime.fromisoformat(record.headers.get_header("WARC-Date")),
    )


def _fill_in(visit: Page, original: Page) -> Page:
    """What a visit would have brought, had it brought a body."""
    fresh = {name.lower() for name, _ in visit.headers}
    kept = [(name, value) for name, value in original.headers if name.lower() not in fresh]
    not_modified = visit.status == 304
    return Page(
        requested_url=visit.requested_url,
        addresses=visit.addresses,
        status=original.status if not_modified else visit.status,
        headers=(*kept, *visit.headers) if not_modified else visit.headers,
        body=original.body,
        fetched_at=visit.fetched_at,
    )
