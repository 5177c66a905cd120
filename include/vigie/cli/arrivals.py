"""JSON Lines as they arrive: many at once from a file, each as soon as it is there from a pipe that is fed slowly."""

import io
import os
import select
import time
from collections import deque
from typing import BinaryIO

from vigie.cli.lines import Object, read_object
from vigie.errors import UsageError

READ_BYTES = 1 << 16


class Arrivals:
    """The objects of a stream, blank lines left out. Nobody else may read it, nor have read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._descriptor = _descriptor_of(stream)
        self._lines: deque[tuple[int, bytes]] = deque()
        self._rest: list[bytes] = []
        self._number = 0
        self._is_over = False
        self._fault: UsageError | None = None

    def take(self, most: int, *, linger_s: float = 0.0) -> list[Object]:
        """What is there now, at most `most`: waits for the first, then `linger_s` for more; empty at the end.

        `UsageError` names the first line that is no JSON object, once what stands before it was taken.
        """
        found: list[Object] = []
        until: float | None = None
        while len(found) < most and self._fault is None and self._wait(until):
            self._read_into(found, most)
            if found and until is None:
                until = time.monotonic() + linger_s
        if self._fault and not found:
            raise self._fault
        return found

    def is_waiting(self) -> bool:
        """Whether `take` would come back at once: with a line, or the end."""
        return self._fault is not None or self._wait(time.monotonic()) or self._is_over

    def _read_into(self, found: list[Object], most: int) -> None:
        while self._lines and len(found) < most:
            number, line = self._lines.popleft()
            try:
                found.append(read_object(line, f"standard input, line {number}"))
            except UsageError as error:
                self._fault = error
                return

    def _wait(self, until: float | None) -> bool:
        """Whether there is a line; waits for one until that moment, or as long as it takes."""
        while not self._lines and not self._is_over:
            left = None if until is None else max(0.0, until - time.monotonic())
            if self._descriptor is not None and not select.select([self._descriptor], [], [], left)[0]:
                return False
            self._read_some()
        return bool(self._lines)

    def _read_some(self) -> None:
        """Read what is there; the last line of a stream may have no end."""
        if self._descriptor is None:
            chunk = self._stream.read(READ_BYTES)
        else:
            chunk = os.read(self._descriptor, READ_BYTES)
        self._is_over = not chunk
        head, mark, tail = chunk.rpartition(b"\n")
        if mark or not chunk:
            self._add_lines(b"".join((*self._rest, head)).split(b"\n"))
            self._rest = []
        if tail:
            self._rest.append(tail)

    def _add_lines(self, lines: list[bytes]) -> None:
        self._lines.extend((n, line) for n, line in enumerate(lines, self._number + 1) if line.strip())
        self._number += len(lines)


def _descriptor_of(stream: BinaryIO) -> int | None:
    try:
        return stream.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return None
