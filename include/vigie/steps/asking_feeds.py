"""Ask feeds, and ask once more where one answer is not enough: a 304 that is a day old, the maps of a sitemap index."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vigie.adapters.ledger.feeds import FeedToPoll
from vigie.adapters.web.client import conditional_headers
from vigie.adapters.web.polite import PoliteWeb
from vigie.feeds.sitemaps import MAX_BYTES, list_children
from vigie.model import FeedId, Page
from vigie.steps.hosts import Answer, ask_host_by_host

BELIEVED = timedelta(days=1)
"""A 304 is not believed for longer: some servers send them although there is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A feed and what came. `conditional` says whether validators were sent; `after_304` that the whole body was asked
    for right after a 304. `parts` are the maps of a sitemap index, `missing` those that did not come."""

    item: FeedToPoll
    answer: Answer
    conditional: bool = False
    after_304: bool = False
    parts: tuple[Page, ...] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    item: FeedToPoll
    url: str


def ask_feeds(web: PoliteWeb, items: Sequence[FeedToPoll], now: datetime) -> Generator[Asked]:
    """Ask hosts in parallel; yields what came, as it comes.

    Of one host, the feeds that work come first: after one that hangs, the host is left alone, and its others with it.
    """
    items = sorted(items, key=lambda item: item.failures)
    begun: dict[FeedId, Asked] = {}
    errands: list[_Errand] = []
    for item, answer in ask_host_by_host(items, lambda item: item.url, lambda item: _ask(web, item, now)):
        asked = Asked(item=item, answer=answer, conditional=bool(_validators(item, now)))
        more = _errands(asked, now)
        if more:
            begun[item.feed.id] = asked
            errands += more
        else:
            yield asked
    for errand, answer in ask_host_by_host(errands, lambda e: e.url, lambda e: _fetch(web, e.item, e.url)):
        begun[errand.item.feed.id] = _join(begun[errand.item.feed.id], answer)
    yield from begun.values()


def _ask(web: PoliteWeb, item: FeedToPoll, now: datetime) -> Page:
    return _fetch(web, item, item.url, _validators(item, now))


def _fetch(web: PoliteWeb, item: FeedToPoll, url: str, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    if item.feed.source == "sitemap":
        return web.fetch_feed(url, headers, max_body_bytes=MAX_BYTES)
    return web.fetch_feed(url, headers)


def _validators(item: FeedToPoll, now: datetime) -> tuple[tuple[str, str], ...]:
    """None for an index: that it did not change says nothing of its maps."""
    if item.no_validators_until and now < item.no_validators_until:
        return ()
    return conditional_headers(item.etag, item.last_modified)


def _errands(asked: Asked, now: datetime) -> list[_Errand]:
    item, answer = asked.item, asked.answer
    if not isinstance(answer, Page):
        return []
    if answer.status == 304 and asked.conditional:
        checked = item.full_polled_at
        return [_Errand(item=item, url=item.url)] if checked is None or now - checked >= BELIEVED else []
    if answer.status == 200 and item.feed.source == "sitemap":
        return [_Errand(item=item, url=url) for url in list_children(answer.body, answer.url)]
    return []


def _join(asked: Asked, answer: Answer) -> Asked:
    had = isinstance(answer, Page) and answer.status == 200
    if isinstance(asked.answer, Page) and asked.answer.status == 304:
        return replace(asked, answer=answer, after_304=True) if had else asked
    if isinstance(answer, Page) and had:
        return replace(asked, parts=(*asked.parts, answer))
    return replace(asked, missing=asked.missing + 1)
