"""Undo a Content-Encoding while it streams, without ever holding more than was allowed. Pure.

A few kilobytes of gzip can hold gigabytes: output is asked for in pieces and stops at the limit.
"""

import zlib
from collections.abc import Iterable, Iterator

PIECE_BYTES = 64 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS


class TooLargeError(Exception):
    """More bytes than were allowed, on the wire or once decoded."""


class BodyCutError(Exception):
    """The body ends inside its compression: what came is not all of it."""


class BadEncodingError(Exception):
    """A Content-Encoding that is not known, or bytes that are not what it says."""


def decode_pieces(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The decoded body as it comes, in pieces of bounded size. `encoding` is the header's value ("" for none).

    Raises `TooLargeError` past `max_bytes` on the wire or decoded, `BadEncodingError` for other encodings than gzip and
    deflate, for several at once and for bytes that are not so encoded, `BodyCutError` where the end is missing.
    """
    bounded = _bound(chunks, max_bytes)
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return bounded
    if name not in ("gzip", "x-gzip", "deflate"):
        raise BadEncodingError(f"content encoding {name[:40]!r}")
    return _bound(_inflate(bounded), max_bytes)


def _bound(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            raise TooLargeError(f"more than {max_bytes} bytes")
        yield chunk


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = None
    for chunk in chunks:
        if decoder is None:
            decoder = zlib.decompressobj(_wbits(chunk))
        data = chunk
        while data:
            try:
                yield decoder.decompress(data, PIECE_BYTES)
            except zlib.error as error:
                raise BadEncodingError(f"body is not what its content encoding says: {error}") from error
            if not decoder.eof:
                data = decoder.unconsumed_tail
            elif data := decoder.unused_data.lstrip(b"\x00"):
                # The next member of a gzip file; what is none is dropped, as gunzip does.
                decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
                data = data if data.startswith(b"\x1f\x8b") else b""
    if decoder is not None and not decoder.eof:
        raise BodyCutError("body ends inside its compression")


def _wbits(head: bytes) -> int:
    """Some servers call raw deflate "deflate"; zlib and gzip have a signature."""
    return _GZIP_OR_ZLIB if head[:2] == b"\x1f\x8b" or head[:1] == b"\x78" else _RAW_DEFLATE
