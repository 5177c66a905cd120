"""Tags texts in several processes at once. A text that ends a tagger is its own loss: the others have their tags.

Each process is started for its first texts and ended by the end of its pipe, so it outlives nobody.
"""

import os
import pickle
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from vigie.adapters.confined.process import ChildProcess
from vigie.errors import PermanentError
from vigie.model import Tags
from vigie.tagging.texts import TextToTag, Untaggable

MODULE = "vigie.adapters.crew.child"
MOST = 4
"""A process holds about 400 MB, and who reads the tags does the rest of the work alone."""
WALL_S = 900.0
"""For a batch, by the clock: a text of 200,000 characters takes 11 s of one core."""
# The matrices of a batch are small, and the other cores have taggers of their own.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Answers = list[Tags | Untaggable]


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class TaggingCrew:
    """Processes that tag, one batch each at a time; batches are begun in the order they were handed in."""

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="vigie-crew")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._children: set[ChildProcess] = set()
        self._is_closed = False

    @property
    def pids(self) -> list[int]:
        """Of the processes that run now."""
        with self._lock:
            return [child.pid for child in self._children]

    def tag(self, texts: Sequence[TextToTag]) -> Future[Answers]:
        """An answer for each text, in order, some time. `PermanentError` there when no process can be started."""
        return self._threads.submit(self._tag, list(texts))

    def close(self) -> None:
        """End all of them now; what was not begun is not done."""
        with self._lock:
            self._is_closed = True
            children = list(self._children)
        for child in children:
            self._end(child)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _tag(self, texts: list[TextToTag]) -> Answers:
        """The answers of a process; when it dies of them, those of each half, down to the text that does it."""
        answer = self._own_child().ask(pickle.dumps(texts), wall_s=WALL_S)
        if answer is not None:
            return list(pickle.loads(answer))  # noqa: S301 - from our own child, through a pipe that nobody else has
        self._end(self._own.child)
        if len(texts) == 1:
            return [Untaggable(reason="the tagging process died of this text")]
        half = len(texts) // 2
        return self._tag(texts[:half]) + self._tag(texts[half:])

    def _own_child(self) -> ChildProcess:
        """The process of this thread; another one when it is over."""
        child: ChildProcess | None = getattr(self._own, "child", None)
        with self._lock:
            if child in self._children:
                return child
            if self._is_closed:
                raise PermanentError("the tagging processes were ended")
            child = ChildProcess(module=MODULE, settings=_ONE_THREAD)
            self._children.add(child)
        if not child.wait_ready():
            self._end(child)
            raise PermanentError(f"the tagging process does not start: python -m {MODULE} says why")
        self._own.child = child
        return child

    def _end(self, child: ChildProcess) -> None:
        with self._lock:
            if child not in self._children:
                return
            self._children.discard(child)
        child.end()
