"""JSON Lines in and out, as the filters and `--json` speak them.

What comes out is UTF-8, one object a line, and safe to show: a character that a terminal would obey, or that a script
would take for the end of a line, stands as its `\\u` escape, which reads back as the same value.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from vigie.errors import UsageError

Object = dict[str, Any]


class ReaderGone(Exception):
    """Who reads standard output has read enough. Not an OSError: typer would end the process with 1 for that."""


_ODD = re.compile(r"[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""All but what French is written with; `_escape` looks closer at each."""


def read_objects(stream: BinaryIO) -> Iterator[Object]:
    """The objects of a stream, blank lines left out; `UsageError` names the first line that is no JSON object."""
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield read_object(line, f"standard input, line {number}")


def read_batches(stream: BinaryIO, size: int) -> Iterator[list[Object]]:
    """The same in lists of at most `size`; what stands before a bad line comes out before its error does."""
    batch: list[Object] = []
    try:
        for value in read_objects(stream):
            batch.append(value)
            if len(batch) == size:
                yield batch
                batch = []
    except UsageError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def dump_line(value: Mapping[str, Any]) -> str:
    """One JSON object on one line, its end included; times as ISO 8601 in UTC."""
    return _ODD.sub(_escape, json.dumps(value, ensure_ascii=False, default=to_text)) + "\n"


def write_object(value: Mapping[str, Any]) -> None:
    """One line on standard output, at once: who reads a filter may wait for it."""
    try:
        sys.stdout.buffer.write(dump_line(value).encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error


def to_text(value: object) -> str:
    """Times as ISO 8601 in UTC; everything else as it prints itself."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def read_object(line: bytes, where: str) -> Object:
    """One line; `UsageError` says where it stood when it is no JSON object."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{where}: nested too deep") from error
    if not isinstance(value, dict):
        raise UsageError(f"{where}: a JSON object is expected, not {type(value).__name__}")
    return value


def _escape(match: re.Match[str]) -> str:
    """In JSON such characters stand in strings only, where an escape is the same value."""
    category = unicodedata.category(match[0])
    return json.dumps(match[0])[1:-1] if category[0] == "C" or category in ("Zl", "Zp") else match[0]
