"""Records of a WARC file: how each is named by its place, and how one is read back whole or not at all."""

import base64
import hashlib
import io
import uuid
import zlib
from dataclasses import dataclass
from typing import IO, Any

from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from vigie.errors import PermanentError
from vigie.model import RecordId

CHUNK_BYTES = 65_536
ADDRESSES = "Vigie-Addresses"
REQUESTED = "Vigie-Requested-URL"
ORIGINAL = "Vigie-Refers-To-Record"
"""The place of the record that a revisit record stands for: WARC-Refers-To is a name, and leads to no place."""
WITH_HTTP = frozenset({"response", "revisit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record, whole: `kind` is WARC's type, `body` is without the HTTP headers, `end` the place behind it."""

    kind: str
    headers: StatusAndHeaders
    http: StatusAndHeaders | None
    body: bytes
    end: int

    def header(self, name: str) -> str | None:
        """A WARC header."""
        value: str | None = self.headers.get_header(name)
        return value

    @property
    def original(self) -> RecordId | None:
        """Where the record lies that this one, a revisit, stands for."""
        place = self.header(ORIGINAL)
        return RecordId(place) if place else None


class ExactHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """HTTP headers as they came: warcio would percent-encode what is not ASCII, and not say so."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        encoded: bytes = self.to_bytes(filter_func)
        return encoded


def warc_id(record_id: RecordId) -> str:
    """Made from the place: a record that slid to another place in its file no longer passes for the one there."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:vigie:record:{record_id}')}>"


def payload_digest(body: bytes) -> str:
    """As web archives write it: SHA-1 in base 32."""
    return f"sha1:{base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"


def split_place(record_id: RecordId) -> tuple[str, int | None]:
    """File and byte offset of a record; None for what is no offset."""
    name, _, offset = record_id.partition("#")
    return name, int(offset) if offset.isascii() and offset.isdecimal() else None


def read_record(file: IO[bytes], record_id: RecordId) -> Record:
    """The record at a place, all of it; `PermanentError` says what is wrong there."""
    _, offset = split_place(record_id)
    if offset is None:
        raise PermanentError("not a place in a file")
    record = read_any_record(file, offset)
    if record.header("WARC-Record-ID") != warc_id(record_id):
        raise PermanentError("another record lies there")
    return record


def read_any_record(file: IO[bytes], offset: int) -> Record:
    """The record that begins at an offset, whatever its id; `PermanentError` when no whole one does."""
    file.seek(offset)
    try:
        raw, length = _inflate(file)
        return _parse(raw, offset + length)
    except (zlib.error, EOFError, StatusAndHeadersParserException, TypeError, ValueError) as error:
        raise PermanentError("no whole record lies there") from error


def _inflate(file: IO[bytes]) -> tuple[bytes, int]:
    """One member of the gzip file, which is one record, and its length in the file.

    Its check sum tells every damage; `EOFError` when it is cut.
    """
    member, parts, taken = zlib.decompressobj(wbits=31), [], 0
    while not member.eof:
        chunk = file.read(CHUNK_BYTES)
        if not chunk:
            raise EOFError
        taken += len(chunk)
        parts.append(member.decompress(chunk))
    return b"".join(parts), taken - len(member.unused_data)


def _parse(raw: bytes, end: int) -> Record:
    """Not through warcio's own iterator: it reads no HTTP headers where the address is no http(s) one."""
    stream = io.BytesIO(raw)
    headers = StatusAndHeadersParser(["WARC/1.1"]).parse(stream)
    kind, length = headers.get_header("WARC-Type"), int(headers.get_header("Content-Length"))
    block = io.BytesIO(stream.read(length))
    http = StatusAndHeadersParser(["HTTP/1.1"]).parse(block) if kind in WITH_HTTP else None
    return Record(kind=kind, headers=headers, http=http, body=block.read(), end=end)
