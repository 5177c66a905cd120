"""Fetch: which pages are due, and what came of asking for them."""

import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing

from vigie.adapters.ledger import pages as ledger_pages
from vigie.adapters.ledger.pages import Fetch, PageToFetch
from vigie.adapters.web.client import conditional_headers
from vigie.adapters.web.polite import HostAsksToWait, PoliteWeb, RightsReserved, RobotsRefuse
from vigie.batches import BATCH
from vigie.model import ArticleId, Page, Sums
from vigie.pages import schedule
from vigie.steps.answers import PageReader
from vigie.steps.hosts import Answer, ask_host_by_host
from vigie.stores import Stores

log = logging.getLogger(__name__)

RECORDED_AFTER_S = 60.0
"""What came is recorded after a batch of answers, or after this time: a worker that dies asks no more than that again."""


def choose_pages(stores: Stores) -> list[ArticleId]:
    """The articles whose page is due."""
    return ledger_pages.due_pages(stores.ledger, stores.now())


def fetch_pages(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """Fetch each page, archive it, and record what came of it: as it comes, in small groups."""
    claimed = ledger_pages.claim_pages(stores.ledger, ids, stores.now())
    web = stores.web  # opened here: threads share it
    pending = {item.article_id: None for item in claimed}  # a set that keeps its order
    outcomes: Counter[str] = Counter()
    asking = ask_host_by_host(claimed, lambda item: item.url, lambda item: _ask_page(web, item, stores))
    with closing(asking) as answers:
        while pending:
            fetches = _read_some(stores, answers, outcomes)
            for fetch in fetches:
                del pending[fetch.article_id]
            ledger_pages.record_fetches(stores.ledger, fetches, tuple(pending))
    if outcomes["put off"]:
        log.warning("%d pages wait: their hosts are left alone", outcomes["put off"])
    refused = {reason: n for reason in _REFUSALS.values() if (n := outcomes[reason])}
    return Sums(
        taken=len(claimed),
        done=outcomes["done"],
        failed=outcomes["failed"] + outcomes["put off"],
        refused=refused,
    )


_REFUSALS = {RobotsRefuse: "robots.txt", RightsReserved: "fouille de textes réservée"}


def _read_some(
    stores: Stores, answers: Iterator[tuple[PageToFetch, Answer]], outcomes: Counter[str]
) -> list[Fetch]:
    """Read and archive the next answers; the ledger is told of them once the archive has them."""
    fetches, began = [], time.monotonic()
    with stores.archive.writer(stores.now()) as writer:
        reader = PageReader(writer, stores.now)
        for item, answer in answers:
            fetch = reader.read(item, answer)
            fetches.append(fetch)
            outcomes[_count_as(fetch, answer)] += 1
            _say(item, fetch)
            if len(fetches) >= BATCH or time.monotonic() - began > RECORDED_AFTER_S:
                break
    return fetches


def _ask_page(web: PoliteWeb, item: PageToFetch, stores: Stores) -> Page:
    known = item.known
    asks_change = known and not item.ailing and schedule.is_conditional(known.at, stores.now())
    headers = conditional_headers(known.etag, known.last_modified) if known and asks_change else ()
    return web.fetch_page(item.url, headers, licensed=item.licensed)


def _count_as(fetch: Fetch, answer: Answer) -> str:
    if isinstance(answer, HostAsksToWait):
        return "put off"
    if fetch.rights:
        return _REFUSALS[RightsReserved]
    return _REFUSALS.get(type(answer), "failed" if fetch.error else "done")


def _say(item: PageToFetch, fetch: Fetch) -> None:
    said = fetch.error or fetch.rights or fetch.note
    if said:
        level = logging.WARNING if fetch.asked else logging.INFO
        log.log(level, "page %s", said if said.startswith(item.url) else f"{item.url}: {said}")
