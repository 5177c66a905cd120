"""The labelled material beside the project, made by others: measured on where it is there, never copied."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "evals"


def shared_evals() -> Path | None:
    """The folder of the shared sets, or None on a machine that has none."""
    return _FOLDER if _FOLDER.is_dir() else None
