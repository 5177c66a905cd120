"""A disk of so many kilobytes, which fills up and is made larger: a real one (tmpfs), mounted by whoever may mount."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A file system of its own under `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        """Take every byte that is left."""
        with (self.path / "filling").open("ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        """Give them back, and more."""
        (self.path / "filling").unlink(missing_ok=True)
        _mount("-o", "remount,size=64m", str(self.path))


@contextmanager
def small_disk(path: Path, *, kilobytes: int) -> Iterator[SmallDisk]:
    """A new disk; the test is skipped, and says why, where mounting is not allowed."""
    path.mkdir()
    if refusal := _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(path)):
        pytest.skip(f"no disk can be mounted here ({refusal}); test_full_disk_limits.py needs none")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], timeout=30, check=True)


def _mount(*arguments: str) -> str:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, timeout=30, check=False)
    except OSError as error:
        return str(error)
    return done.stderr.strip() if done.returncode else ""
