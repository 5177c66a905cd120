"""The archive: what did the world say? Feed bodies, pages and entries as they came, in WARC files.

A writer makes one new file and never touches another; a record's id is `<file>#<offset>`, so a page can be read back
by its id alone. The ledger is told of records only after the writer has closed its file: a worker that dies leaves at
most a file that nothing refers to. The folder may be local or any address that fsspec knows (s3://, gs://, …).
"""

import io
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import IO, Any

import fsspec
from warcio.warcwriter import WARCWriter

from vigie.adapters.warc_records import ExactHeaders, Record, read_record, warc_id
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.model import Entry, Page, RecordId
from vigie.wire import dump_json, load_json

ADDRESSES = "Vigie-Addresses"
REQUESTED = "Vigie-Requested-URL"
NOT_AS_STORED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Bodies are kept decoded: these headers would describe bytes that are not there."""


class ArchiveWriter:
    """Writes records to one new WARC file, made when the first record comes."""

    def __init__(self, filesystem: Any, root: str, now: datetime) -> None:
        self._filesystem = filesystem
        self._now = now
        self._name = f"{now:%Y/%m/%d}/vigie-{now:%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"
        self._path = f"{root}/{self._name}"
        self._file: IO[bytes] | None = None
        self._warc: WARCWriter | None = None

    def write_page(self, page: Page) -> RecordId:
        """A feed body or a page, with the request that brought it."""
        headers = [(k, v) for k, v in page.headers if k.lower() not in NOT_AS_STORED]
        extra = {ADDRESSES: json.dumps(page.addresses), REQUESTED: page.requested_url}
        http = ExactHeaders(f"{page.status} ", headers, protocol="HTTP/1.1")
        record_id = self._write("response", page.url, page.body, page.fetched_at, extra, http)
        asked = ExactHeaders(f"GET {page.url} HTTP/1.1", list(page.request_headers), is_http_request=True)
        self._write("request", page.url, b"", page.fetched_at, {}, asked)
        return record_id

    def write_entry(self, entry: Entry) -> RecordId:
        """One entry as its feed, or an import, gave it."""
        return self._write(
            "resource", f"urn:vigie:entry:{entry.id}", dump_json(entry).encode(), self._now, {}, None
        )

    def close(self) -> None:
        """Make all that was written durable."""
        if self._file is None:
            return
        self._file.flush()
        with suppress(
            io.UnsupportedOperation
        ):  # what is no local file has no descriptor, and is durable once closed
            os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file after a failure. What is in it stays; nothing will ever refer to it."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _write(
        self,
        kind: str,
        uri: str,
        body: bytes,
        at: datetime,
        extra: Mapping[str, str],
        http: ExactHeaders | None,
    ) -> RecordId:
        writer, file = self._open()
        record_id = RecordId(f"{self._name}#{file.tell()}")
        record = writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/json" if kind == "resource" else "",
            warc_headers_dict={
                "WARC-Record-ID": warc_id(record_id),
                "WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
                **extra,
            },
            http_headers=http,
        )
        writer.write_record(record)
        return record_id

    def _open(self) -> tuple[WARCWriter, IO[bytes]]:
        if self._file is None or self._warc is None:
            self._filesystem.makedirs(self._path.rsplit("/", 1)[0], exist_ok=True)
            self._file = self._filesystem.open(self._path, "wb")
            self._warc = WARCWriter(self._file, gzip=True, warc_version="1.1")
            self._warc.write_record(self._warc.create_warcinfo_record(self._name, {"software": "Vigie"}))
        return self._warc, self._file


class Archive:
    """An archive under one address; `UsageError` when it cannot be one."""

    def __init__(self, url: str) -> None:
        try:
            self._filesystem, self._root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise UsageError(f"VIGIE_ARCHIVE_URL: {url}: {error}") from error

    @contextmanager
    def writer(self, now: datetime) -> Iterator[ArchiveWriter]:
        """A writer whose records are durable when the block has ended."""
        writer = ArchiveWriter(self._filesystem, self._root, now)
        try:
            yield writer
            writer.close()
        except OSError as error:
            raise TransientError(f"the archive {self._root} cannot be written: {error}") from error
        finally:
            writer.abandon()

    def read_page(self, record_id: RecordId) -> Page:
        """A page as it was fetched; `PermanentError` when it is not there."""
        record = self._read(record_id)
        if record.http is None:
            raise PermanentError(f"record {record_id}: a {record.kind} lies there, not a page")
        return Page(
            requested_url=record.headers.get_header(REQUESTED),
            addresses=tuple(json.loads(record.headers.get_header(ADDRESSES))),
            status=int(record.http.get_statuscode()),
            headers=tuple(record.http.headers),
            body=record.body,
            fetched_at=datetime.fromisoformat(record.headers.get_header("WARC-Date")),
        )

    def read_entry(self, record_id: RecordId) -> Entry:
        """An entry as it was seen; `PermanentError` when it is not there."""
        record = self._read(record_id)
        if record.kind != "resource":
            raise PermanentError(f"record {record_id}: a {record.kind} lies there, not an entry")
        return load_json(Entry, record.body)

    def problems(self, references: Iterable[tuple[RecordId, str]]) -> Iterator[str]:
        """One sentence for each record that is referred to and cannot be read whole. Opens each file once."""
        for name, group in groupby(sorted(set(references), key=_place), key=lambda pair: _place(pair)[0]):
            wanted = list(group)
            try:
                with self._open(name) as file:
                    yield from _problems_in(file, wanted)
            except PermanentError as error:
                yield from (f"archive: {what}: record {record_id}: {error}" for record_id, what in wanted)

    def _read(self, record_id: RecordId) -> Record:
        try:
            with self._open(record_id.partition("#")[0]) as file:
                return read_record(file, record_id)
        except PermanentError as error:
            raise PermanentError(f"record {record_id}: {error}") from error

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._filesystem.open(f"{self._root}/{name}", "rb") as file:
                yield file
        except (FileNotFoundError, IsADirectoryError) as error:
            raise PermanentError("the file is not there") from error
        except OSError as error:
            raise TransientError(f"the archive {self._root} cannot be read: {error}") from error


def _place(reference: tuple[RecordId, str]) -> tuple[str, int, str]:
    name, _, offset = reference[0].partition("#")
    return name, int(offset) if offset.isdecimal() else -1, reference[1]


def _problems_in(file: IO[bytes], wanted: Iterable[tuple[RecordId, str]]) -> Iterator[str]:
    for record_id, what in wanted:
        try:
            read_record(file, record_id)
        except PermanentError as error:
            yield f"archive: {what}: record {record_id}: {error}"
