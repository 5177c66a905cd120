"""A small file that others read while it is written: it is whole at every moment, and only written when it changes."""

import contextlib
import os
import tempfile
from pathlib import Path

from vigie.adapters.full_disk import describe_full, is_full
from vigie.errors import StoreAway, UsageError


def write_if_changed(path: Path, body: bytes, *, setting: str) -> bool:
    """Put `body` in place of the file; False when it says that already.

    Raises UsageError, naming the setting, when the file cannot be written, StoreAway when its disk is full.
    """
    try:
        if path.is_file() and path.read_bytes() == body:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, body)
    except OSError as error:
        if is_full(error):
            raise StoreAway(describe_full(f"{setting} ({path})")) from error
        raise UsageError(f"{setting}: {path}: cannot be written: {error.strerror}") from error
    return True


def _replace(path: Path, body: bytes) -> None:
    """Written beside it and renamed: a reader sees the old file or the new one."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)  # a web server is another user
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
