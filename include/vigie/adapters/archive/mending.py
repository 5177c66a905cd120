"""What a writer that died leaves behind: a file that ends in the middle of a record. Found, cut off, and closed.

A place is never used twice: where a half record lay, a record is put that says so, and the file takes no other. So a
reference to what was lost (a disk that lied about what it had kept) leads to that note, and never to a stranger.
Damage that is no cut is left as it is: somebody may still want to look at it.
"""

import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from warcio.warcwriter import WARCWriter

from vigie.adapters.archive.records import CHUNK_BYTES, Record, read_any_record, read_record, warc_id
from vigie.errors import PermanentError
from vigie.model import RecordId

MAGIC = b"\x1f\x8b\x08"
CLOSED = "Vigie-Closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """How a file ends: `end` is the place behind its last whole record, `size` its length."""

    end: int
    size: int
    closed: bool

    @property
    def whole(self) -> bool:
        """True when it ends with a whole record, or holds nothing at all."""
        return self.end == self.size


def find_tail(file: IO[bytes], name: str) -> Tail:
    """How a file ends. Looks for its last whole record from the end: as quick for a long file as for a short one."""
    size = file.seek(0, os.SEEK_END)
    last = _last_record(file, name, size)
    return Tail(
        end=last.end if last else 0, size=size, closed=last is not None and last.header(CLOSED) is not None
    )


def is_cut(file: IO[bytes], tail: Tail) -> bool:
    """True when what follows the last whole record is the beginning of one, or of one and then zeros.

    Zeros are what a file system leaves where a length was kept and the bytes were not. Anything else is damage.
    """
    file.seek(tail.end)
    rest = file.read(tail.size - tail.end)
    return _begins_member(rest) or _begins_member(rest.rstrip(b"\0"))


def close_cut(file: IO[bytes], name: str, tail: Tail) -> None:
    """Put a note in the place of the half record and end the file there: no whole record is touched.

    Written over what is there before anything is cut off: so it can be done on a disk that is full, and again if it
    is interrupted.
    """
    file.seek(tail.end)
    write_all(file, _note(name, tail))
    os.fsync(file.fileno())
    file.truncate(file.tell())
    os.fsync(file.fileno())


def write_all(file: IO[bytes], data: bytes) -> None:
    """Write to an unbuffered file, which may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def record_starts(file: IO[bytes], low: int, high: int) -> Iterator[int]:
    """Where records may begin between two places, in order."""
    at = low
    while at < high:
        file.seek(at)
        chunk = file.read(min(CHUNK_BYTES, high - at) + len(MAGIC) - 1)
        if not chunk:
            return
        found = chunk.find(MAGIC)
        while found >= 0:
            if at + found < high:
                yield at + found
            found = chunk.find(MAGIC, found + 1)
        at += CHUNK_BYTES


def _last_record(file: IO[bytes], name: str, size: int) -> Record | None:
    high = size
    while high > 0:
        low = max(0, high - CHUNK_BYTES)
        for start in reversed(list(record_starts(file, low, high))):
            record = _try_read(file, name, start)
            if record:
                return record
        high = low
    return None


def _try_read(file: IO[bytes], name: str, start: int) -> Record | None:
    """The record that begins there, if it knows that it does: bytes inside of a body may look like one."""
    try:
        if start == 0:
            return read_any_record(
                file, start
            )  # a file's first record, which files of before 2 name by chance
        return read_record(file, RecordId(f"{name}#{start}"))
    except PermanentError:
        return None


def _begins_member(rest: bytes) -> bool:
    """True for the beginning of a member of a gzip file that is not all of it."""
    member = zlib.decompressobj(wbits=31)
    try:
        for start in range(0, len(rest), CHUNK_BYTES):
            member.decompress(rest[start : start + CHUNK_BYTES])
            if member.eof:
                return False
    except zlib.error:
        return False
    return True


def _note(name: str, tail: Tail) -> bytes:
    said = f"description: {tail.size - tail.end} bytes of a record that was cut lay here\r\n".encode()
    place = RecordId(f"{name}#{tail.end}")
    raw = io.BytesIO()
    writer = WARCWriter(raw, gzip=True, warc_version="1.1")
    note = writer.create_warc_record(
        "",
        "metadata",
        payload=io.BytesIO(said),
        length=len(said),
        warc_headers_dict={"WARC-Record-ID": warc_id(place), CLOSED: "cut"},
    )
    writer.write_record(note)
    return raw.getvalue()
