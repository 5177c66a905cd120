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
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import IO, Any

import fsspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vigie.errors import PermanentError, TransientError
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
        http = StatusAndHeaders(f"{page.status} ", headers, protocol="HTTP/1.1")
        record_id = self._write("response", page.url, page.body, page.fetched_at, extra, http)
        asked = StatusAndHeaders(f"GET {page.url} HTTP/1.1", list(page.request_headers), is_http_request=True)
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
        if hasattr(self._file, "fileno"):
            os.fsync(self._file.fileno())
        self._file.close()

    def _write(
        self,
        kind: str,
        uri: str,
        body: bytes,
        at: datetime,
        extra: Mapping[str, str],
        http: StatusAndHeaders | None,
    ) -> RecordId:
        writer, file = self._open()
        offset = file.tell()
        record = writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/json" if kind == "resource" else "",
            warc_headers_dict={"WARC-Date": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", **extra},
            http_headers=http,
        )
        writer.write_record(record)
        return RecordId(f"{self._name}#{offset}")

    def _open(self) -> tuple[WARCWriter, IO[bytes]]:
        if self._file is None or self._warc is None:
            self._filesystem.makedirs(self._path.rsplit("/", 1)[0], exist_ok=True)
            self._file = self._filesystem.open(self._path, "wb")
            self._warc = WARCWriter(self._file, gzip=True, warc_version="1.1")
            self._warc.write_record(self._warc.create_warcinfo_record(self._name, {"software": "Vigie"}))
        return self._warc, self._file


class Archive:
    """An archive under one address."""

    def __init__(self, url: str) -> None:
        try:
            self._filesystem, self._root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise PermanentError(f"VIGIE_ARCHIVE_URL: {url}: {error}") from error

    @contextmanager
    def writer(self, now: datetime) -> Iterator[ArchiveWriter]:
        """A writer whose records are durable when the block has ended."""
        writer = ArchiveWriter(self._filesystem, self._root, now)
        try:
            yield writer
            writer.close()
        except OSError as error:
            raise TransientError(f"the archive {self._root} cannot be written: {error}") from error

    def read_page(self, record_id: RecordId) -> Page:
        """A page as it was fetched; `PermanentError` when it is not there."""
        with self._record(record_id) as record:
            headers = record.rec_headers
            return Page(
                requested_url=headers.get_header(REQUESTED),
                addresses=tuple(json.loads(headers.get_header(ADDRESSES))),
                status=int(record.http_headers.get_statuscode()),
                headers=tuple(record.http_headers.headers),
                body=record.content_stream().read(),
                fetched_at=datetime.fromisoformat(headers.get_header("WARC-Date")),
            )

    def read_entry(self, record_id: RecordId) -> Entry:
        """An entry as it was seen; `PermanentError` when it is not there."""
        with self._record(record_id) as record:
            return load_json(Entry, record.content_stream().read())

    def problems(self, references: Iterable[tuple[RecordId, str]]) -> Iterator[str]:
        """One sentence for each record that is referred to and cannot be read whole."""
        for _file, group in groupby(sorted(set(references)), key=lambda pair: pair[0].split("#")[0]):
            for record_id, what in group:
                problem = self._problem(record_id)
                if problem:
                    yield f"archive: {what}: {problem}"

    def _problem(self, record_id: RecordId) -> str | None:
        try:
            with self._record(record_id) as record:
                record.content_stream().read()
                good = record.digest_checker is None or record.digest_checker.passed is not False
                return None if good else f"record {record_id} does not match its digest"
        except PermanentError as error:
            return str(error)

    @contextmanager
    def _record(self, record_id: RecordId) -> Iterator[ArcWarcRecord]:
        name, _, offset = record_id.partition("#")
        try:
            with self._filesystem.open(f"{self._root}/{name}", "rb") as file:
                file.seek(int(offset))
                yield next(iter(ArchiveIterator(file, check_digests=True)))
        except FileNotFoundError as error:
            raise PermanentError(f"record {record_id}: the file is not there") from error
        except (ArchiveLoadFailed, StopIteration, EOFError, ValueError, OSError) as error:
            raise PermanentError(f"record {record_id}: no whole record lies there") from error
