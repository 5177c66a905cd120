"""The web, politely: one request at a time to a host, a gap between two, robots.txt kept, Retry-After remembered."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from vigie.adapters.ledger import Ledger, hosts
from vigie.adapters.web import Gate, WebClient, parse_retry_after
from vigie.errors import PermanentError, TransientError
from vigie.model import Page
from vigie.robots import is_allowed

ROBOTS_KEPT = timedelta(days=1)  # RFC 9309, 2.4: a day at most
ROBOTS_LONGEST = 512_000  # bytes; RFC 9309, 2.5 asks for 500 KiB at least
BUSY = frozenset({429, 503})


class HostAsksToWait(TransientError):
    """The host said when to come back; nothing was sent."""

    def __init__(self, url: str, until: datetime) -> None:
        super().__init__(f"{url}: le serveur demande d'attendre jusqu'à {until:%Y-%m-%d %H:%M} UTC")
        self.until = until


class RobotsRefuse(PermanentError):
    """robots.txt keeps us out; nothing was sent."""


class PoliteWeb:
    """A `WebClient` with manners; safe to use from several threads."""

    def __init__(
        self,
        web: WebClient,
        ledger: Ledger,
        *,
        delay_s: float,
        user_agent: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._web = web
        self._ledger = ledger
        self._delay_s = delay_s
        self._user_agent = user_agent
        self._clock = clock
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    def fetch_feed(self, url: str, headers: Iterable[tuple[str, str]] = ()) -> Page:
        """A feed that a desk asked for by name: robots.txt is for crawlers and is not asked."""
        return self._ask(url, headers, self._pass_by_name)

    def fetch_page(self, url: str) -> Page:
        """A page that a feed links to; `RobotsRefuse` where robots.txt says no, at any redirect."""
        return self._ask(url, (), self._pass_as_crawler)

    def _ask(self, url: str, headers: Iterable[tuple[str, str]], gate: Gate) -> Page:
        page = self._web.fetch(url, headers=headers, gate=gate)
        self._remember_block(page)
        return page

    @contextmanager
    def _pass_by_name(self, url: str) -> Iterator[None]:
        self._heed_block(url)
        with self._turn(host_key(url)):
            yield

    @contextmanager
    def _pass_as_crawler(self, url: str) -> Iterator[None]:
        self._heed_block(url)
        if not is_allowed(self._robots(url), url, self._user_agent):
            raise RobotsRefuse(f"{url}: robots.txt ne le permet pas")
        with self._turn(host_key(url)):
            yield

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """One request at a time to a host, a gap between two; a redirect is a request too."""
        with self._locks[key]:
            gap = self._delay_s - (time.monotonic() - self._last.get(key, float("-inf")))
            if gap > 0:
                time.sleep(gap)
            try:
                yield
            finally:
                self._last[key] = time.monotonic()

    def _heed_block(self, url: str) -> None:
        until = hosts.read_host(self._ledger, host_key(url)).blocked_until
        if until and until > self._clock():
            raise HostAsksToWait(url, until)

    def _remember_block(self, page: Page) -> None:
        wait = parse_retry_after(page.header("Retry-After"), self._clock()) if page.status in BUSY else None
        if wait:
            hosts.record_block(self._ledger, host_key(page.url), self._clock() + wait)

    def _robots(self, url: str) -> bytes:
        key = host_key(url)
        known = hosts.read_host(self._ledger, key)
        if (
            known.robots is not None
            and known.robots_fetched_at
            and self._clock() - known.robots_fetched_at < ROBOTS_KEPT
        ):
            return known.robots.encode()
        robots = self._ask_robots(f"{key}/robots.txt")
        hosts.record_robots(self._ledger, key, robots, self._clock())
        return robots.encode()

    def _ask_robots(self, url: str) -> str:
        """Its text; "" where there is none to be had (RFC 9309, 2.3.1.3); `TransientError` while the host is away."""
        try:
            page = self._ask(url, (), self._pass_by_name)
        except PermanentError:
            return ""
        if page.status >= 500 or page.status in BUSY:
            raise TransientError(f"{url}: HTTP {page.status}; sans réponse, on n'entre pas")
        if page.status != 200:
            return ""
        return page.body[:ROBOTS_LONGEST].decode("utf-8", "replace").replace("\0", "")


def host_key(url: str) -> str:
    """`scheme://host:port` as it stands in the address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
