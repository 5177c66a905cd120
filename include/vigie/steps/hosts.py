"""Ask many addresses: hosts in parallel, and what one host is asked in turn."""

import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from vigie.adapters.web.polite import host_key
from vigie.errors import PermanentError, StoreAway, TransientError
from vigie.model import Page

HOSTS_AT_ONCE = 100
"""Threads, one request each. They mostly wait: a hundred hosts that do not answer hold up nobody else for their 30 s."""
ANSWERS_AHEAD = 32
"""Answers that may wait to be read. Small ones take 32 MB at most; large ones have a bound of their own (`room`)."""
T = TypeVar("T")
Answer = Page | TransientError | PermanentError


def ask_host_by_host(
    items: Sequence[T], url_of: Callable[[T], str], ask: Callable[[T], Page]
) -> Generator[tuple[T, Answer]]:
    """Ask hosts in parallel and each host's items in turn; yields what came, as it comes.

    All hosts are asked once before one is asked again. The reader may be slow: no more than `ANSWERS_AHEAD` wait.
    Closing the generator ends the requests under way and starts no other.
    """
    rows = _rows_by_host(items, url_of)
    answers: queue.Queue[tuple[deque[T], T, Page | BaseException]] = queue.Queue(ANSWERS_AHEAD)
    stopping = threading.Event()

    def work(row: deque[T]) -> None:
        item = row.popleft()
        answer = _attempt(ask, item)
        while not stopping.is_set():
            with suppress(queue.Full):
                answers.put((row, item, answer), timeout=0.2)
                break

    with ThreadPoolExecutor(max_workers=min(HOSTS_AT_ONCE, len(rows) or 1)) as pool:
        try:
            for row in rows:
                pool.submit(work, row)
            for _ in items:
                row, item, answer = answers.get()
                if row:
                    pool.submit(work, row)
                if isinstance(answer, StoreAway) or not isinstance(answer, Answer):
                    raise answer  # no fault of the page's
                yield item, answer
        finally:
            stopping.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _rows_by_host(items: Sequence[T], url_of: Callable[[T], str]) -> list[deque[T]]:
    rows: dict[str, deque[T]] = defaultdict(deque)
    for item in items:
        rows[host_key(url_of(item))].append(item)
    return list(rows.values())


def _attempt(ask: Callable[[T], Page], item: T) -> Page | BaseException:
    """The answer, or what was raised: the reader says which of it is a fault."""
    try:
        return ask(item)
    except BaseException as error:  # raised again by the reader, in its own thread
        return error
