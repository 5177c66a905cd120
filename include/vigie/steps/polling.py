"""Poll: which feeds are due, and what they bring."""

import hashlib
import logging
from collections.abc import Sequence

from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger import entries as ledger_entries
from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.adapters.ledger.entries import EntryToRecord
from vigie.adapters.ledger.feeds import FeedToPoll, Poll
from vigie.adapters.polite import HostAsksToWait, PoliteWeb
from vigie.adapters.web import conditional_headers
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.feeds import rhythm
from vigie.feeds.file import load_feeds
from vigie.feeds.health import judge_answer, keep_silent
from vigie.feeds.parse import ParsedFeed, parse_feed
from vigie.model import FeedId, Page, Sums
from vigie.steps.hosts import Answer, ask_host_by_host
from vigie.stores import Stores

log = logging.getLogger(__name__)


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
            for item, answer in ask_host_by_host(
                claimed, lambda item: item.url, lambda item: _ask_feed(web, item)
            )
        ]
    new = sum(ledger_feeds.record_poll(stores.ledger, poll) for poll in polls)
    for poll in polls:
        if poll.health not in ("ok", "silent"):
            log.warning("feed %s: %s: %s", poll.feed_id, poll.health, poll.sentence)
    return Sums(taken=len(claimed), done=new, failed=sum(poll.failed for poll in polls))


def _ask_feed(web: PoliteWeb, item: FeedToPoll) -> Page:
    return web.fetch_feed(item.url, conditional_headers(item.etag, item.last_modified))


def _read_answer(stores: Stores, writer: ArchiveWriter, item: FeedToPoll, answer: Answer) -> Poll:
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
    next_poll_at = rhythm.next_poll(item.feed, item.failures + 1 if failed else 0, now)
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
        else rhythm.next_poll(item.feed, item.failures + 1, now)
    )
    return Poll(
        feed_id=item.feed.id, at=now, status=None, health="failing", sentence=str(error), next_poll_at=again
    )
