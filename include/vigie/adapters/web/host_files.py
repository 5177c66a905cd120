"""What a host says of itself in two files, robots.txt and tdmrep.json: asked once a day, kept in the ledger."""

from collections.abc import Callable
from datetime import datetime, timedelta

from vigie.adapters.ledger import Ledger, hosts
from vigie.adapters.ledger.hosts import Host
from vigie.adapters.web.client import NoAnswer, NoConnection
from vigie.adapters.web.refusals import HostAsksToWait
from vigie.errors import PermanentError, TransientError
from vigie.manners import BUSY
from vigie.model import Page
from vigie.rights import MAX_TDM_BYTES, TDM_PATH, TdmRule, read_tdm_rules
from vigie.robots import MAX_ROBOTS_BYTES, crawl_delay_s

KEPT = timedelta(days=1)
"""RFC 9309, 2.4, for robots.txt; TDMRep says nothing of it."""
ASKED_AGAIN = timedelta(minutes=10)
"""After a robots.txt that could not be had. Until then nobody enters, or the last one known holds."""


class HostFiles:
    """Both files of any host; `ask` fetches an address by name, politely."""

    def __init__(
        self,
        ask: Callable[[str], Page],
        ledger: Ledger,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._ledger = ledger
        self._user_agent = user_agent
        self._clock = clock

    def robots(self, host: Host) -> bytes:
        """robots.txt; b"" where there is none to be had (RFC 9309, 2.3.1.3).

        While it is unreachable (2.3.1.4: 5xx, time-outs) the last one known holds, past its day too; without one
        nobody enters: `HostAsksToWait`.
        """
        now = self._clock()
        if host.robots is not None and _is_fresh(host.robots_fetched_at, now, KEPT):
            return host.robots.encode()
        if host.robots is None and _is_fresh(host.robots_fetched_at, now, ASKED_AGAIN):
            return self._without_robots(host, host.robots_fetched_at or now)
        text = self._ask_robots(f"{host.key}/robots.txt")
        if text is None:
            kept_at = now if host.robots is None else now - KEPT + ASKED_AGAIN
            hosts.record_robots(self._ledger, host.key, host.robots, kept_at, host.crawl_delay_s)
            return self._without_robots(host, now)
        body = text.encode()
        hosts.record_robots(self._ledger, host.key, text, now, crawl_delay_s(body, self._user_agent))
        return body

    def tdm_rules(self, host: Host) -> tuple[TdmRule, ...]:
        """The reservations of the host's tdmrep.json; none where there is no such file, or one that cannot be read."""
        if host.tdm is not None and _is_fresh(host.tdm_fetched_at, self._clock(), KEPT):
            return read_tdm_rules(host.tdm)
        try:
            page = self._ask(f"{host.key}{TDM_PATH}")
        except PermanentError:
            text = ""
        else:
            # A server out of order takes back nothing that it said before.
            text = _text(page, MAX_TDM_BYTES) if page.status < 500 else host.tdm or ""
        hosts.record_tdm(self._ledger, host.key, text, self._clock())
        return read_tdm_rules(text)

    def _without_robots(self, host: Host, asked_at: datetime) -> bytes:
        if host.robots is not None:
            return host.robots.encode()
        url = f"{host.key}/robots.txt"
        raise HostAsksToWait(
            url, asked_at + ASKED_AGAIN, "son robots.txt ne peut être lu ; sans lui, on n'entre pas"
        )

    def _ask_robots(self, url: str) -> str | None:
        """Its text; "" where the host has none; None where that cannot be told now."""
        try:
            page = self._ask(url)
        except PermanentError:
            return ""
        except (
            HostAsksToWait,
            NoAnswer,
            NoConnection,
        ):  # the host's trouble, which is remembered for all it has
            raise
        except TransientError:
            return None
        return None if page.status >= 500 or page.status in BUSY else _text(page, MAX_ROBOTS_BYTES)


def _is_fresh(at: datetime | None, now: datetime, kept: timedelta) -> bool:
    return at is not None and now - at < kept


def _text(page: Page, longest: int) -> str:
    """No NUL: PostgreSQL keeps none."""
    return page.body[:longest].decode("utf-8", "replace").replace("\0", "") if page.status == 200 else ""
