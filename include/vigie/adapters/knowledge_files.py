"""Reads what the desk edits (`include/leaders`, `include/topics`) from disk."""

from pathlib import Path

from vigie.errors import UsageError
from vigie.knowledge import FILES, read_knowledge
from vigie.knowledge.types.whole import Knowledge
from vigie.topics.never_new import NeverNew, read_never_new

DEFAULT_FOLDER = Path(__file__).resolve().parents[2]
"""`include/`, beside the package."""


def load_knowledge(folder: Path = DEFAULT_FOLDER) -> Knowledge:
    """Read and check the files under a folder that has `leaders/` and `topics/`; `UsageError` names what is wrong."""
    return read_knowledge({name: _read_text(folder / name) for name in FILES})


def load_never_new(folder: Path = DEFAULT_FOLDER) -> NeverNew:
    """Read `topics/never_new.yml` under a folder; `UsageError` names what is wrong."""
    path = folder / "topics" / "never_new.yml"
    return read_never_new(_read_text(path), where=str(path))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
