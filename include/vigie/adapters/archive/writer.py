"""Writing to the archive: pages, entries, and visits that found nothing new."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from warcio.warcwriter import WARCWriter

from vigie.adapters.archive.files import Output, Place, take_output
from vigie.adapters.archive.records import (
    ADDRESSES,
    ORIGINAL,
    REQUESTED,
    ExactHeaders,
    Record,
    payload_digest,
    warc_id,
)
from vigie.adapters.full_disk import describe_full, is_full
from vigie.errors import PermanentError, TransientError
from vigie.model import Entry, Page, RecordId
from vigie.wire import dump_json

NOT_AS_STORED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Bodies are kept decoded: these headers would describe bytes that are not there."""
T = TypeVar("T")
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The record that a revisit stands for."""

    record_id: RecordId
    uri: str
    date: str
    digest: str


class ArchiveWriter:
    """Writes records to a file that is its own meanwhile, taken when the first record comes."""

    def __init__(self, place: Place, now: datetime, read: Callable[[RecordId], Record]) -> None:
        self._place = place
        self._now = now
        self._read = read
        self._output: Output | None = None
        self._written: dict[RecordId, Original] = {}
        self._refused = False

    def write_page(self, page: Page) -> RecordId:
        """A feed body or a page, with the request that brought it."""
        record_id = self._next_place()
        digest = payload_digest(page.body)
        self._write(
            record_id, "response", page.url, page.body, page.fetched_at, _visit(page, digest), _http(page)
        )
        self._write_request(page, record_id)
        self._written[record_id] = Original(
            record_id=record_id, uri=page.url, date=_warc_date(page.fetched_at), digest=digest
        )
        return record_id

    def write_revisit(self, page: Page, of: RecordId) -> RecordId:
        """A visit that found what the record `of` holds: the same bytes again, or 304.

        Its body is not kept again, and `Archive.read_page` gives that of `of`. Where `of` cannot be read, the same
        bytes are kept as a page of their own: they may be the only ones; `PermanentError` where there are none (304).
        """
        try:
            original = self._original(of)
        except PermanentError:
            if page.status == 304:
                raise
            return self.write_page(page)
        same = "server-not-modified" if page.status == 304 else "identical-payload-digest"
        extra = _visit(page, original.digest) | {
            "WARC-Profile": PROFILE + same,
            "WARC-Refers-To": warc_id(original.record_id),
            "WARC-Refers-To-Target-URI": original.uri,
            "WARC-Refers-To-Date": original.date,
            ORIGINAL: original.record_id,
        }
        record_id = self._next_place()
        self._write(record_id, "revisit", page.url, b"", page.fetched_at, extra, _http(page))
        self._write_request(page, record_id)
        return record_id

    def write_entry(self, entry: Entry) -> RecordId:
        """One entry as its feed, or an import, gave it."""
        record_id, body = self._next_place(), dump_json(entry).encode()
        self._write(record_id, "resource", f"urn:vigie:entry:{entry.id}", body, self._now, {}, None)
        return record_id

    def close(self) -> None:
        """Make all that was written durable: from here on the ledger may refer to it."""
        if self._output is not None:
            self._guard(self._output.close)
            self._output = None

    def abandon(self) -> None:
        """Let go after a failure. Nothing will ever refer to what was written since the file was taken."""
        if self._output is not None:
            (self._output.undo if self._refused else self._output.let_go)()
            self._output = None

    def _original(self, of: RecordId) -> Original:
        """The record that holds the body: `of`, or what `of` stands for if it is a revisit itself."""
        if of in self._written:
            return self._written[of]
        record = self._read(of)
        if record.original:
            of, record = record.original, self._read(record.original)
        uri, date = record.header("WARC-Target-URI"), record.header("WARC-Date")
        if record.kind != "response" or uri is None or date is None:
            raise PermanentError(f"record {of}: a {record.kind} lies there, not a page")
        return Original(record_id=of, uri=uri, date=date, digest=payload_digest(record.body))

    def _next_place(self) -> RecordId:
        """Where the next record will lie; a file that is full is closed, and another one taken."""
        if self._output is not None and self._output.end >= self._place.file_bytes:
            self.close()
        if self._output is None:
            self._output = self._guard(lambda: take_output(self._place, self._now))
            self._write_info(self._output)
        return RecordId(f"{self._output.name}#{self._output.end}")

    def _write_info(self, output: Output) -> None:
        """A note where a writer took up its file: it takes the place of records that were lost from a file's end."""
        raw, name = io.BytesIO(), output.name.rpartition("/")[2]
        warc = WARCWriter(raw, gzip=True, warc_version="1.1")
        record = warc.create_warcinfo_record(name, {"software": "Vigie", "format": "WARC/1.1"})
        place = RecordId(f"{output.name}#{output.end}")
        record.rec_headers.replace_header("WARC-Record-ID", warc_id(place))
        warc.write_record(record)
        self._guard(lambda: output.append(raw.getvalue()))

    def _write_request(self, page: Page, answer: RecordId) -> None:
        assert self._output  # noqa: S101 - for mypy: its answer was just written there
        asked = ExactHeaders(f"GET {page.url} HTTP/1.1", list(page.request_headers), is_http_request=True)
        place = RecordId(f"{self._output.name}#{self._output.end}")
        extra = {"WARC-Concurrent-To": warc_id(answer)}
        self._write(place, "request", page.url, b"", page.fetched_at, extra, asked)

    def _write(
        self,
        record_id: RecordId,
        kind: str,
        uri: str,
        body: bytes,
        at: datetime,
        extra: Mapping[str, str],
        http: ExactHeaders | None,
    ) -> None:
        raw = io.BytesIO()
        warc = WARCWriter(raw, gzip=True, warc_version="1.1")
        record = warc.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/json" if kind == "resource" else "",
            warc_headers_dict={"WARC-Record-ID": warc_id(record_id), "WARC-Date": _warc_date(at), **extra},
            http_headers=http,
        )
        warc.write_record(record)
        output = self._output
        assert output  # noqa: S101 - for mypy: a place was just taken in it
        self._guard(lambda: output.append(raw.getvalue()))

    def _guard(self, do: Callable[[], T]) -> T:
        """A disk that refuses is a fault that passes, and is remembered."""
        try:
            return do()
        except OSError as error:
            self._refused = True
            what = f"the archive {self._place.root}"
            said = describe_full(what) if is_full(error) else f"{what} cannot be written: {error}"
            raise TransientError(said) from error


def _visit(page: Page, digest: str) -> dict[str, str]:
    return {
        ADDRESSES: json.dumps(page.addresses),
        REQUESTED: page.requested_url,
        "WARC-Payload-Digest": digest,
    }


def _http(page: Page) -> ExactHeaders:
    headers = [(k, v) for k, v in page.headers if k.lower() not in NOT_AS_STORED]
    return ExactHeaders(f"{page.status} ", headers, protocol="HTTP/1.1")


def _warc_date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
