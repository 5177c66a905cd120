"""Collect: which feeds are due, what they bring, and the pages they name."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from typing import TypeVar

from vigie import schedule
from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger import entries as ledger_entries
from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.adapters.ledger import pages as ledger_pages
from vigie.adapters.ledger.entries import EntryToRecord
from vigie.adapters.ledger.feeds import FeedToPoll, Poll
from vigie.adapters.ledger.pages import Fetch, PageToFetch
from vigie.adapters.polite import HostAsksToWait, PoliteWeb, host_key
from vigie.adapters.web import conditional_headers
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.feeds import ParsedFeed, parse_feed
from vigie.feeds_file import load_feeds
from vigie.model import ArticleId, FeedId, Page, Sums
from vigie.polls import judge_answer, keep_silent
from vigie.stores import Stores

log = logging.getLogger(__name__)
HOSTS_AT_ONCE = 16
"""Hosts asked in parallel, one request at a time each; 16 bodies of 10 MB at most are in memory together."""
T = TypeVar("T")


def sync_feeds_file(stores: Stores) -> None:
    """Bring the ledger up to the feeds file; `UsageError` when the file is not there or says something wrong."""
    path = stores.settings.feeds
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"VIGIE_FEEDS: {path} cannot be read: {error}") from error
    ledger_feeds.sync_feeds(stores.ledger, load_feeds(text, where=str(path)), stores.now())


def choose_feeds(stores: Stores) -> list[FeedId]:
    """The feeds that are due, once the ledger has read the feeds file."""
    sync_feeds_file(stores)
    return ledger_feeds.due_feeds(stores.ledger, stores.now())


def poll_feeds(stores: Stores, ids: Sequence[FeedId]) -> Sums:
    """Ask each feed, archive what is new, and record it; `done` counts new entries."""
    claimed = ledger_feeds.claim_feeds(stores.ledger, ids, stores.now())
    web = stores.web  # opened here: threads share it
    with stores.archive.writer(stores.now()) as writer:
        polls = [
            _read_answer(stores, writer, item, answer)
            for item, answer in _host_by_host(
                claimed, lambda item: item.url, lambda item: _ask_feed(web, item)
            )
        ]
    new = sum(ledger_feeds.record_poll(stores.ledger, poll) for poll in polls)
    for poll in polls:
        if poll.health not in ("ok", "silent"):
            log.warning("feed %s: %s: %s", poll.feed_id, poll.health, poll.sentence)
    return Sums(taken=len(claimed), done=new, failed=sum(poll.failed for poll in polls))


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
            for item, answer in _host_by_host(
                claimed, lambda item: item.url, lambda item: web.fetch_page(item.url)
            )
        ]
    ledger_pages.record_fetches(stores.ledger, fetches)
    done = sum(1 for fetch in fetches if fetch.record_id)
    return Sums(taken=len(claimed), done=done, failed=len(claimed) - done)


def _host_by_host(
    items: Sequence[T], url_of: Callable[[T], str], ask: Callable[[T], Page]
) -> Iterator[tuple[T, Page | TransientError | PermanentError]]:
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


def _attempt(ask: Callable[[T], Page], item: T) -> Page | TransientError | PermanentError:
    try:
        return ask(item)
    except (TransientError, PermanentError) as error:
        return error


def _ask_feed(web: PoliteWeb, item: FeedToPoll) -> Page:
    return web.fetch_feed(item.url, conditional_headers(item.etag, item.last_modified))


def _read_answer(
    stores: Stores, writer: ArchiveWriter, item: FeedToPoll, answer: Page | TransientError | PermanentError
) -> Poll:
    now = stores.now()
    if not isinstance(answer, Page):
        return _failed_poll(item, answer, stores)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    parsed = _parse(item, answer)
    entries = parsed.entries if parsed else ()
    with stores.ledger.reading() as session:
        fresh = ledger_entries.unseen_entries(session, entries)
    verdict = keep_silent(judge_answer(answer, parsed), item.health, len(fresh))
    failed = verdict.health in ("failing", "blocked")
    next_poll_at = schedule.next_poll(item.feed, item.failures + 1 if failed else 0, now)
    whole = verdict.health in ("ok", "silent")  # a 304 would hide that the rest is malformed
    same_again = answer.status == 304 or body_hash == item.body_hash
    return Poll(
        feed_id=item.feed.id,
        at=now,
        status=answer.status,
        health=verdict.health,
        sentence=verdict.sentence,
        next_poll_at=None if verdict.health == "gone" else next_poll_at,
        entries=tuple(EntryToRecord(entry=entry, record_id=writer.write_entry(entry)) for entry in fresh),
        entries_seen=len(entries),
        record_id=None if same_again else writer.write_page(answer),
        etag=answer.header("ETag") if whole else None,
        last_modified=answer.header("Last-Modified") if whole else None,
        body_hash=body_hash if parsed and not failed else None,
    )


def _parse(item: FeedToPoll, answer: Page) -> ParsedFeed | None:
    if answer.status != 200:
        return None
    return parse_feed(answer.body, item.feed, url=answer.url, content_type=answer.header("Content-Type"))


def _failed_poll(item: FeedToPoll, error: TransientError | PermanentError, stores: Stores) -> Poll:
    now = stores.now()
    again = (
        error.until
        if isinstance(error, HostAsksToWait)
        else schedule.next_poll(item.feed, item.failures + 1, now)
    )
    return Poll(
        feed_id=item.feed.id, at=now, status=None, health="failing", sentence=str(error), next_poll_at=again
    )


def _read_page(
    stores: Stores, writer: ArchiveWriter, item: PageToFetch, answer: Page | TransientError | PermanentError
) -> Fetch:
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


def _next_try(
    item: PageToFetch, answer: Page | TransientError | PermanentError, stores: Stores
) -> datetime | None:
    """When the host said so; else never for what cannot change, and with backoff for what can."""
    if isinstance(answer, HostAsksToWait):
        return answer.until
    gone = isinstance(answer, Page) and answer.status == 410
    if gone or isinstance(answer, PermanentError):
        return None
    return schedule.next_try(item.first_seen_at, item.tries, stores.now())
