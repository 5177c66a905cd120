"""Room in memory for large bodies: however many threads fetch, what they hold together is bounded."""

import threading
import time
import weakref

from vigie.errors import TransientError
from vigie.model import Page

LARGE_BYTES = 1_000_000
"""Smaller bodies need no room: a hundred threads hold 100 MB of them at most."""
ROOM_BYTES = 200_000_000
"""For all large bodies of a process; `vigie run` is to stay under 2 GB with spaCy's 0.6."""
LONGEST_WAIT_S = 120.0


class Room:
    """So many bytes; who takes some gives them back. Safe to share between threads."""

    def __init__(self, size: int = ROOM_BYTES) -> None:
        self._size = size
        self._left = size
        self._changed = threading.Condition()

    def take(self, size: int) -> float:
        """Wait for `size` bytes to be free, at most two minutes (`TransientError`); the seconds that it took."""
        began = time.monotonic()
        with self._changed:
            if not self._changed.wait_for(lambda: self._left >= min(size, self._size), LONGEST_WAIT_S):
                raise TransientError(f"no room in memory for a body of {size} bytes")
            self._left -= size
        return time.monotonic() - began

    def give_back(self, size: int) -> None:
        """These bytes are held no more."""
        with self._changed:
            self._left += size
            self._changed.notify_all()

    def keep(self, page: Page) -> None:
        """The bytes of this page's body are given back when nobody holds the page any more."""
        weakref.finalize(page, self.give_back, len(page.body)).atexit = False
