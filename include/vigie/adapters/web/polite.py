"""The web, politely: one request at a time to a host, a gap between two, robots.txt and reservations kept, rests heeded.

All of it holds across threads, processes and machines that share a ledger (`ledger.hosts`). Nothing here sleeps for
longer than a gap: a host that is to be left alone raises `HostAsksToWait`, and its pages come later.
"""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from vigie.adapters.ledger import Ledger, hosts
from vigie.adapters.ledger.hosts import Host
from vigie.adapters.ledger.turns import Block, Turns
from vigie.adapters.web.client import Asked, NoAnswer, NoConnection, WebClient
from vigie.adapters.web.host_files import HostFiles
from vigie.adapters.web.refusals import HostAsksToWait, RightsReserved, RobotsRefuse
from vigie.manners import BUSY, Trouble, parse_retry_after, rest_after
from vigie.model import Page
from vigie.rights import reserved_by_rules
from vigie.robots import is_allowed

__all__ = ["HostAsksToWait", "PoliteWeb", "RightsReserved", "RobotsRefuse", "host_key"]

LONGEST_GAP_S = 30.0
"""A longer gap (a Crawl-delay) is not slept for: the page comes with a later pass."""
LONGEST_TURN_S = 120.0
"""Waiting while other workers ask the same host; a turn takes one request of `timeout_s` at most."""
HOST_BUDGET_S = 600.0
"""One host's share of a pass, its answers and its Crawl-delay together: a slow one must not hold up a pass for hours."""
LOOK_AGAIN_S = 0.1
_LAST_DOT_RE = re.compile(r"\.(?=:\d+$|$)")
LEASE_SLACK_S = 15.0
"""On top of a whole request, for a machine that is busy."""


class PoliteWeb:
    """A `WebClient` with manners; one for a process, safe to use from several threads.

    `delay_s` is the least gap in real time, `timeout_s` that of the client. `clock` is that of the steps: it judges the
    age of what is remembered.
    """

    def __init__(
        self,
        web: WebClient,
        ledger: Ledger,
        *,
        delay_s: float,
        user_agent: str,
        clock: Callable[[], datetime],
        timeout_s: float = 30.0,
    ) -> None:
        self._web = web
        self._ledger = ledger
        self._delay_s = delay_s
        self._user_agent = user_agent
        self._clock = clock
        self._timeout_s = timeout_s
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._spent_s: dict[str, float] = defaultdict(float)
        self._turns = Turns(ledger)
        self._files = HostFiles(self._fetch_file, ledger, user_agent=user_agent, clock=clock)

    def fetch_feed(
        self, url: str, headers: Iterable[tuple[str, str]] = (), *, max_body_bytes: int | None = None
    ) -> Page:
        """What was asked for by name: robots.txt is for crawlers and is not asked."""
        return self._web.fetch(url, headers=headers, gate=self._turn, max_body_bytes=max_body_bytes)

    def fetch_page(
        self, url: str, headers: Iterable[tuple[str, str]] = (), *, licensed: bool = False
    ) -> Page:
        """A page that a feed links to; at any redirect, `RobotsRefuse` or `RightsReserved` where the host says no.

        `licensed`: the desk has an agreement, and reservations are not asked for.
        """

        def enter(address: str) -> AbstractContextManager[Asked]:
            self._admit(address, licensed)
            return self._turn(address)

        return self._web.fetch(url, headers=headers, gate=enter)

    def _fetch_file(self, url: str) -> Page:
        """robots.txt and the like are no crawling: the page that waits for them needs no Crawl-delay after them."""
        return self._web.fetch(url, gate=lambda address: self._turn(address, is_crawl=False))

    def _admit(self, url: str, licensed: bool) -> None:
        host = self._look(url)
        self._heed(host, url)
        if not is_allowed(self._files.robots(host), url, self._user_agent):
            raise RobotsRefuse(f"{url}: robots.txt ne le permet pas")
        sentence = None if licensed else reserved_by_rules(self._files.tdm_rules(host), url)
        if sentence:
            raise RightsReserved(url, sentence)

    @contextmanager
    def _turn(self, url: str, *, is_crawl: bool = True) -> Iterator[Asked]:
        """One request at a time to a host, a gap between two; a redirect is a request too."""
        key = host_key(url)
        with self._locks[key]:
            host = self._await_turn(url)
            asked, began = Asked(), time.monotonic()
            trouble: Trouble | None = None
            try:
                yield asked
            except NoConnection:
                trouble = "unreachable"
                raise
            except NoAnswer:
                trouble = "silent"
                raise
            finally:
                self._spent_s[key] += time.monotonic() - began
                self._end_turn(host, asked, trouble, self._gap_s(host) if is_crawl else self._delay_s)

    def _await_turn(self, url: str) -> Host:
        """The host, once the gap is over and its turn is ours.

        The gap is waited for without the turn: workers that want the same host get it in any order, and each gets it.
        """
        key, gives_up_at = host_key(url), time.monotonic() + LONGEST_TURN_S
        lease = timedelta(seconds=self._timeout_s + LEASE_SLACK_S)
        while time.monotonic() < gives_up_at:
            host = self._look(url)
            wait_s = self._heed(host, url)
            if host.taken:
                wait_s = LOOK_AGAIN_S
            elif wait_s == 0 and (
                ours := self._turns.take(key, _real_now(), lease, lambda found: self._heed(found, url) == 0)
            ):
                return ours
            else:
                self._spent_s[key] += max(wait_s - self._delay_s, 0)
            time.sleep(wait_s)
        raise HostAsksToWait(url, self._clock() + timedelta(minutes=1), "d'autres l'interrogent")

    def _end_turn(self, host: Host, asked: Asked, trouble: Trouble | None, gap_s: float) -> None:
        now = self._clock()
        if asked.status is None and trouble is None:  # nothing was sent: a refused address
            self._turns.give_back(host.key, None)
            return
        if asked.status in BUSY:
            trouble = "busy"
        troubles = host.troubles + 1 if trouble else 0
        wait = parse_retry_after(asked.retry_after, now) if trouble == "busy" else None
        rest = rest_after(trouble, troubles, wait) if trouble else None
        self._turns.give_back(
            host.key,
            _real_now() + timedelta(seconds=gap_s),
            troubles=troubles,
            block=Block(until=now + rest.lasts, why=rest.why) if rest else None,
        )

    def _look(self, url: str) -> Host:
        return hosts.read_host(self._ledger, host_key(url), _real_now())

    def _heed(self, host: Host, url: str) -> float:
        """What is left of the host's gap, in seconds; `HostAsksToWait` for what is not to be waited for."""
        now = self._clock()
        if host.blocked_until and host.blocked_until > now:
            raise HostAsksToWait(url, host.blocked_until, host.blocked_why or "il demande d'attendre")
        wait_s = self._wait_s(host)
        if wait_s > LONGEST_GAP_S:
            why = f"{self._gap_s(host):g} s entre deux requêtes"
            raise HostAsksToWait(url, now + timedelta(seconds=wait_s), why)
        if self._spent_s[host.key] > HOST_BUDGET_S:
            why = f"il a pris plus de {HOST_BUDGET_S:g} s de cette passe"
            raise HostAsksToWait(url, now + timedelta(minutes=1), why)
        return wait_s

    def _gap_s(self, host: Host) -> float:
        return max(self._delay_s, host.crawl_delay_s)

    def _wait_s(self, host: Host) -> float:
        """What is left of the gap; never more than a whole one, though a clock be set back."""
        if host.next_at is None:
            return 0.0
        return min(max((host.next_at - _real_now()).total_seconds(), 0.0), self._gap_s(host))


def host_key(url: str) -> str:
    """`scheme://host:port`, one for each host and port, whatever their spelling in the address."""
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2].lower()
    host = netloc.removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme, ":"))
    return f"{parts.scheme}://{_LAST_DOT_RE.sub('', host)}"


def _real_now() -> datetime:
    """Gaps are about real time: VIGIE_NOW may stand still."""
    return datetime.now(UTC)
