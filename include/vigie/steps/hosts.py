"""Ask many addresses: hosts in parallel, and what one host is asked in turn."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from vigie.adapters.polite import host_key
from vigie.errors import PermanentError, TransientError
from vigie.model import Page

HOSTS_AT_ONCE = 16
"""Hosts asked in parallel, one request at a time each; 16 bodies of 10 MB at most are in memory together."""
T = TypeVar("T")
Answer = Page | TransientError | PermanentError


def ask_host_by_host(
    items: Sequence[T], url_of: Callable[[T], str], ask: Callable[[T], Page]
) -> Iterator[tuple[T, Answer]]:
    """Ask hosts in parallel and each host's items in turn; yields what came, as it comes."""
    queues: dict[str, list[T]] = defaultdict(list)
    for item in items:
        queues[host_key(url_of(item))].append(item)
    with ThreadPoolExecutor(max_workers=min(HOSTS_AT_ONCE, len(queues) or 1)) as pool:
        waiting = {pool.submit(_attempt, ask, queue[0]): queue for queue in queues.values()}
        while waiting:
            future = next(as_completed(waiting))
            item, *rest = waiting.pop(future)
            if rest:
                waiting[pool.submit(_attempt, ask, rest[0])] = rest
            yield item, future.result()


def _attempt(ask: Callable[[T], Page], item: T) -> Answer:
    try:
        return ask(item)
    except (TransientError, PermanentError) as error:
        return error
