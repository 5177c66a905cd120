"""Records of a WARC file: how each is named by its place, and how one is read back whole or not at all."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record, whole: `kind` is WARC's type, `body` is without the HTTP headers."""

    kind: str
    headers: StatusAndHeaders
    http: StatusAndHeaders | None
    body: bytes


class ExactHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """HTTP headers as they came: warcio would percent-encode what is not ASCII, and not say so."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        encoded: bytes = self.to_bytes(filter_func)
        return encoded


def warc_id(record_id: RecordId) -> str:
    """Made from the place: a record that slid to another place in its file no longer passes for the one there."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:vigie:record:{record_id}')}>"


def read_record(file: IO[bytes], record_id: RecordId) -> Record:
    """The record at a place, all of it; `PermanentError` says what is wrong there."""
    offset = record_id.partition("#")[2]
    if not offset.isdecimal():
        raise PermanentError("not a place in a file")
    file.seek(int(offset))
    try:
        record = _parse(_inflate(file))
    except (zlib.error, EOFError, StatusAndHeadersParserException, TypeError, ValueError) as error:
        raise PermanentError("no whole record lies there") from error
    if record.headers.get_header("WARC-Record-ID") != warc_id(record_id):
        raise PermanentError("another record lies there")
    return record


def _inflate(file: IO[bytes]) -> bytes:
    """One member of the gzip file, which is one record. Its check sum tells every damage; `EOFError` when it is cut."""
    member, parts = zlib.decompressobj(wbits=31), []
    while not member.eof:
        chunk = file.read(CHUNK_BYTES)
        if not chunk:
            raise EOFError
        parts.append(member.decompress(chunk))
    return b"".join(parts)


def _parse(raw: bytes) -> Record:
    """Not through warcio's own iterator: it reads no HTTP headers where the address is no http(s) one."""
    stream = io.BytesIO(raw)
    headers = StatusAndHeadersParser(["WARC/1.1"]).parse(stream)
    kind, length = headers.get_header("WARC-Type"), int(headers.get_header("Content-Length"))
    block = io.BytesIO(stream.read(length))
    http = StatusAndHeadersParser(["HTTP/1.1"]).parse(block) if kind == "response" else None
    return Record(kind=kind, headers=headers, http=http, body=block.read())
