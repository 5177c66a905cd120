"""What a backup holds: every file with its size and digest. Written last, so a backup without it is not whole."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from vigie.errors import PermanentError, UsageError

NAME = "backup.json"
FORMAT = 1


class HeldFile(BaseModel):
    """A file of a backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """When a backup was made, by which Vigie, and its files by their path in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    made_at: datetime
    vigie: str
    files: dict[str, HeldFile]

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(held.bytes for held in self.files.values())


def prepare_folder(folder: Path) -> None:
    """An empty folder for a new backup; `UsageError` when something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "holds a backup" if (folder / NAME).exists() else "is not empty"
        raise UsageError(f"{folder} {what}: give a folder of its own to each backup")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error


def write_manifest(folder: Path, now: datetime) -> Manifest:
    """Read every file once more, and say what is there."""
    files = {path.relative_to(folder).as_posix(): _describe(path) for path in _files(folder)}
    manifest = Manifest(made_at=now, vigie=version("vigie"), files=files)
    begun = folder / f"{NAME}.new"
    begun.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    begun.rename(folder / NAME)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What a backup says of itself; `UsageError` when the folder holds no whole backup, or that of a newer Vigie."""
    try:
        manifest = Manifest.model_validate_json((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"{folder} is no whole backup: there is no {NAME} in it") from error
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(f"{folder / NAME} cannot be read: {str(error).splitlines()[0]}") from error
    if manifest.format > FORMAT:
        raise UsageError(
            f"{folder}: a newer Vigie ({manifest.vigie}) made this backup: restore it with that one"
        )
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """`PermanentError` names each file that is not as it was written."""
    wrong = [name for name, held in manifest.files.items() if not _is_same(folder / name, held)]
    if wrong:
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise PermanentError(
            f"{folder}: not as they were written: {', '.join(wrong[:5])}{more}; nothing was restored"
        )


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _describe(path: Path) -> HeldFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return HeldFile(bytes=path.stat().st_size, sha256=digest)


def _is_same(path: Path, held: HeldFile) -> bool:
    return path.is_file() and path.stat().st_size == held.bytes and _describe(path) == held
