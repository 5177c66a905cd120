"""An archive in a folder as its tests see it: its files, and every record that a stranger to Vigie finds in them."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.builders import NOW, entry
from vigie.adapters.archive import Archive
from vigie.model import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One record as another tool reads it."""

    kind: str
    offset: int
    headers: dict[str, str]
    body: bytes


class Folder:
    """An archive in a folder of its own."""

    def __init__(self, path: Path, *, file_bytes: int = 1_000_000) -> None:
        self.path = path
        self.archive = Archive(str(path), file_bytes=file_bytes)

    def files(self) -> list[Path]:
        """Every file there is, of whatever name."""
        return sorted(path for path in self.path.rglob("*") if path.is_file())

    @property
    def file(self) -> Path:
        """The one that there is."""
        (only,) = self.files()
        return only

    def add(self, *names: str, length: int = 50) -> list[RecordId]:
        """A writer of its own that writes these entries."""
        with self.archive.writer(NOW) as writer:
            return [writer.write_entry(entry(name, summary="é" * length)) for name in names]

    def guids(self, ids: list[RecordId]) -> list[str]:
        """The entries that lie there."""
        return [self.archive.read_entry(record_id).guid for record_id in ids]


def offset_of(record_id: RecordId) -> int:
    """Where it lies in its file."""
    return int(record_id.partition("#")[2])


def read_with_warcio(path: Path) -> list[Seen]:
    """Every record, by warcio's own iterator; raises at the first that is not sound."""
    seen = []
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        for record in records:
            body, headers = record.content_stream().read(), dict(record.rec_headers.headers)
            seen.append(
                Seen(kind=record.rec_type, offset=records.get_record_offset(), headers=headers, body=body)
            )
    return seen


def check_with_warcio(path: Path) -> None:
    """`warcio check`, the tool, finds nothing wrong."""
    command = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
