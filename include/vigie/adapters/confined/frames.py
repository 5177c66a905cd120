"""Messages through a pipe between two processes: eight bytes that say how long it is, then the message."""

import os
import struct
from typing import IO

_LENGTH = struct.Struct(">Q")
MAX_MESSAGE_BYTES = 200_000_000
READY = b"ready"
"""What a child says first, once it has loaded what it needs."""


def write_message(pipe: IO[bytes], message: bytes) -> None:
    """Write one message, whole. `OSError` when nobody reads any more."""
    left = memoryview(_LENGTH.pack(len(message)) + message)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def read_message(pipe: IO[bytes]) -> bytes | None:
    """The next message; None when the other side ended, also in the middle of one, or says what cannot be."""
    header = _read(pipe, _LENGTH.size)
    if header is None:
        return None
    (length,) = _LENGTH.unpack(header)
    return _read(pipe, length) if length <= MAX_MESSAGE_BYTES else None


def take_stdout() -> IO[bytes]:
    """A child's end of the pipe, which its standard output was; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _read(pipe: IO[bytes], length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = pipe.read(min(length - len(parts), 1_000_000))
        if not part:
            return None
        parts += part
    return bytes(parts)
