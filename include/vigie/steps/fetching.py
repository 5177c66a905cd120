"""Fetch: which pages are due, and what came of asking for them."""

import logging
from collections.abc import Sequence
from datetime import datetime

from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger import pages as ledger_pages
from vigie.adapters.ledger.pages import Fetch, PageToFetch
from vigie.adapters.polite import HostAsksToWait
from vigie.errors import PermanentError
from vigie.model import ArticleId, Page, Sums
from vigie.pages import schedule
from vigie.steps.hosts import Answer, ask_host_by_host
from vigie.stores import Stores

log = logging.getLogger(__name__)


def choose_pages(stores: Stores) -> list[ArticleId]:
    """The articles whose page is due."""
    return ledger_pages.due_pages(stores.ledger, stores.now())


def fetch_pages(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """Fetch each page, archive it, and record what came of it."""
    claimed = ledger_pages.claim_pages(stores.ledger, ids, stores.now())
    web = stores.web  # opened here: threads share it
    with stores.archive.writer(stores.now()) as writer:
        fetches = [
            _read_page(stores, writer, item, answer)
            for item, answer in ask_host_by_host(
                claimed, lambda item: item.url, lambda item: web.fetch_page(item.url)
            )
        ]
    ledger_pages.record_fetches(stores.ledger, fetches)
    done = sum(1 for fetch in fetches if fetch.record_id)
    return Sums(taken=len(claimed), done=done, failed=len(claimed) - done)


def _read_page(stores: Stores, writer: ArchiveWriter, item: PageToFetch, answer: Answer) -> Fetch:
    now = stores.now()
    if isinstance(answer, Page) and answer.status == 200:
        return Fetch(
            article_id=item.article_id,
            at=now,
            next_fetch_at=schedule.next_fetch(item.first_seen_at, now),
            addresses=answer.addresses,
            record_id=writer.write_page(answer),
        )
    error = f"HTTP {answer.status}" if isinstance(answer, Page) else str(answer)
    log.warning("page %s", error if error.startswith(item.url) else f"{item.url}: {error}")
    return Fetch(
        article_id=item.article_id,
        at=now,
        next_fetch_at=_next_try(item, answer, stores),
        error=error,
        asked=not isinstance(answer, HostAsksToWait),
        withdrawn=isinstance(answer, Page) and answer.status in (404, 410),
    )


def _next_try(item: PageToFetch, answer: Answer, stores: Stores) -> datetime | None:
    """When the host said so; else never for what cannot change, and with backoff for what can."""
    if isinstance(answer, HostAsksToWait):
        return answer.until
    gone = isinstance(answer, Page) and answer.status == 410
    if gone or isinstance(answer, PermanentError):
        return None
    return schedule.next_try(item.first_seen_at, item.tries, stores.now())
