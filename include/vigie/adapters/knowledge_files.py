"""Reads what the desk edits (`include/leaders`, `include/topics`) from disk."""

from pathlib import Path

from vigie.errors import UsageError
from vigie.knowledge import FILES, leaders, read_knowledge
from vigie.knowledge.rules import read_file
from vigie.knowledge.types.events import EventFile
from vigie.knowledge.types.whole import Knowledge
from vigie.topics.never_new import NeverNew, read_never_new

DEFAULT_FOLDER = Path(__file__).resolve().parents[2]
"""`include/`, beside the package."""


def load_knowledge(folder: Path = DEFAULT_FOLDER) -> Knowledge:
    """Read and check the files under a folder that has `leaders/` and `topics/`; `UsageError` names what is wrong."""
    return read_knowledge({name: _read_text(folder / name) for name in FILES})


def load_leaders(folder: Path = DEFAULT_FOLDER) -> leaders.Leaders:
    """Read and check the tables of who held which office when; `UsageError` names what is wrong."""
    return leaders.read_leaders({name: _read_text(folder / name) for name in leaders.FILES})


def load_event_labels(folder: Path = DEFAULT_FOLDER) -> dict[str, str]:
    """What people call each kind of event, from the desk's file."""
    name = "events/kinds.yml"
    return dict(read_file(name, _read_text(folder / name), EventFile).labels)


def load_never_new(folder: Path = DEFAULT_FOLDER) -> NeverNew:
    """Read `topics/never_new.yml` under a folder; `UsageError` names what is wrong."""
    path = folder / "topics" / "never_new.yml"
    return read_never_new(_read_text(path), where=str(path))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
