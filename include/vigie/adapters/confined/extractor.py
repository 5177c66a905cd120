"""A page that makes a parser explode is its own loss: it is extracted by a child, within limits, and the worker lives.

One child a process, started for its first page and ended by the end of its pipe, so it outlives nobody. It inherits
no socket, no file and no secret. The kernel ends its worker when a page costs too much, and it has another at once
(`child`). What a page does to it is an outcome (`ExtractedPage.problem`), never an exception.
"""

import atexit
import json
import logging
import os
import signal
import threading

from vigie.adapters.confined.child import ANSWER, DIED, OUT_OF_MEMORY
from vigie.adapters.confined.process import MODULE, ChildProcess
from vigie.errors import PermanentError
from vigie.pages.extract import ExtractedPage
from vigie.wire import load_json

log = logging.getLogger(__name__)

PAGE_CPU_S = 4.5
"""Processor time for a page. Not the clock's: a busy machine must refuse no page that an idle one takes."""
PAGE_WALL_S = 60.0
"""By the clock, for a child that waits instead of working: stopped, or swapped out."""
PAGE_MEMORY_BYTES = 1_000_000_000
"""Above what the child has when it is ready."""


class ConfinedExtractor:
    """A child that extracts, one page at a time; threads take turns."""

    def __init__(
        self,
        *,
        cpu_s: float = PAGE_CPU_S,
        wall_s: float = PAGE_WALL_S,
        memory_bytes: int = PAGE_MEMORY_BYTES,
    ) -> None:
        self._cpu_s, self._wall_s, self._memory_bytes = cpu_s, wall_s, memory_bytes
        self._turn = threading.Lock()
        self._child: ChildProcess | None = None

    @property
    def pid(self) -> int | None:
        """The child's, while there is one."""
        return self._child.pid if self._child else None

    def extract(
        self, html: bytes | str, *, url: str | None, zone: str, content_type: str | None = None
    ) -> ExtractedPage:
        """`extract_page` within limits. What costs too much, or breaks the parser, gives an empty page that says so.

        `PermanentError` when no child can be started.
        """
        is_text = isinstance(html, str)
        asked = {"url": url, "zone": zone, "content_type": content_type, "is_text": is_text}
        body = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        with self._turn:
            page = self._ask(json.dumps(asked).encode(), body)
        if page.problem and page.problem.startswith("the extractor"):
            log.warning("page %s: %s", url or "without an address", page.problem)
        return page

    def close(self) -> None:
        """End the child; another page would start another."""
        with self._turn:
            self._end_child()

    def forget(self) -> None:
        """In a process that was forked from ours: the child belongs to the other, and so do its pipes."""
        self._turn = threading.Lock()
        if self._child:
            self._child.abandon()
        self._child = None

    def _ask(self, asked: bytes, body: bytes) -> ExtractedPage:
        """A child that was killed by somebody else says nothing of the page: a second one has the last word."""
        for _ in range(2):
            child = self._ready_child()
            message = child.ask(asked, body, wall_s=self._wall_s)
            if message is not None:
                return self._read(message)
            self._end_child()
            if child.is_overdue:
                return ExtractedPage(problem=f"the extractor gave no answer in {self._wall_s:g} s")
        return ExtractedPage(problem="the extractor was killed")

    def _read(self, message: bytes) -> ExtractedPage:
        """Whoever took the child over may say anything: it is read as data, and checked."""
        try:
            if message.startswith(DIED):
                return ExtractedPage(problem=self._name_death(int(message.removeprefix(DIED))))
            return load_json(ExtractedPage, message.removeprefix(ANSWER))
        except ValueError as error:
            self._end_child()
            return ExtractedPage(problem=f"the extractor gave an unreadable answer ({type(error).__name__})")

    def _ready_child(self) -> ChildProcess:
        if self._child and self._child.is_over():
            self._end_child()
        if self._child is None:
            self._child = ChildProcess(str(self._cpu_s), str(self._memory_bytes))
            if not self._child.wait_ready():
                self._end_child()
                raise PermanentError(
                    f"the extraction process does not start: python -m {MODULE} 1 1 says why"
                )
        return self._child

    def _end_child(self) -> None:
        if self._child:
            self._child.end()
        self._child = None

    def _name_death(self, code: int) -> str:
        if code == -signal.SIGPROF:
            return f"the extractor was stopped after {self._cpu_s:g} s of work"
        if code == OUT_OF_MEMORY:
            return f"the extractor was stopped at {self._memory_bytes / 1e6:.0f} MB of memory"
        return f"the extractor crashed ({signal.Signals(-code).name if code < 0 else f'exit {code}'})"


_extractor = ConfinedExtractor()
atexit.register(_extractor.close)
os.register_at_fork(after_in_child=_extractor.forget)


def extract_confined(
    html: bytes | str, *, url: str | None, zone: str, content_type: str | None = None
) -> ExtractedPage:
    """`extract_page` within limits, by the one child of this process (see `ConfinedExtractor.extract`)."""
    return _extractor.extract(html, url=url, zone=zone, content_type=content_type)
