"""What must hold for WARC files: a record is read whole or not at all, and mending touches no whole record."""

import gzip
import io
import tempfile
from pathlib import Path

import fsspec

from vigie.adapters.archive import Archive
from vigie.adapters.archive.mending import close_cut, find_tail, is_cut
from vigie.adapters.archive.records import Record, read_any_record, read_record, warc_id
from vigie.errors import PermanentError
from vigie.model import RecordId

NAME = "fuzz.warc.gz"
FIRST = RecordId(f"{NAME}#0")
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # mending waits for the disk twice
MOST_DEFLATE_CAN = 1100  # times; zlib's own documentation says 1032


def read_file(data: bytes) -> None:
    """The bytes as a file; then, so that gzip's check sum does not end it at once, as the content of a record.

    `NAME-OF-RECORD` in them stands for the name that the first record of the file must have.
    """
    raw = data.replace(b"NAME-OF-RECORD", warc_id(FIRST).encode())
    packed = gzip.compress(raw, mtime=0)
    for file in (data, packed, packed + data, packed + packed[: len(data) % len(packed)]):
        _check_mending(file)
    record = _read(packed)
    assert record is None or record.header("WARC-Record-ID") == warc_id(FIRST)
    _read_back(packed)


def _check_mending(file: bytes) -> None:
    """What lies before the tail is whole and stays as it is; a file that was closed reads to its end."""
    held = io.BytesIO(file)
    tail = find_tail(held, NAME)
    assert 0 <= tail.end <= tail.size == len(file)
    if tail.whole or not is_cut(held, tail):
        return
    with tempfile.TemporaryFile(dir=MEMORY, buffering=0) as mended:
        mended.write(file)
        close_cut(mended, NAME, tail)
        mended.seek(0)
        assert mended.read(tail.end) == file[: tail.end]
        again = find_tail(mended, NAME)
        assert again.whole
        assert again.closed


def _read(file: bytes) -> Record | None:
    held = io.BytesIO(file)
    try:
        record = read_any_record(held, 0)
        assert len(record.body) <= len(file) * MOST_DEFLATE_CAN
        assert record.end <= len(file)
        return read_record(held, FIRST)
    except PermanentError:
        return None


def _read_back(file: bytes) -> None:
    """Through the archive: a page, an entry, or an error that says which record is wrong; and the audit's view."""
    fsspec.filesystem("memory").pipe_file(f"/fuzz/{NAME}", file)
    archive = Archive("memory://fuzz")
    for read in (archive.read_page, archive.read_entry):
        try:
            read(FIRST)
        except PermanentError as error:
            if FIRST not in str(error):
                raise AssertionError(f"which record? {error}") from error
    found = archive.examine([(FIRST, "the first")])
    assert found.referred == 1
    assert (found.unreadable == 1) is bool(found.problems)
