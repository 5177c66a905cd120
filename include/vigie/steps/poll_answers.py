"""What one answer of a feed comes to: its verdict, its new entries in the archive, its next poll."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger.entries import EntryToRecord
from vigie.adapters.ledger.feeds import FeedToPoll
from vigie.adapters.ledger.news import choose_new
from vigie.adapters.ledger.polls import Poll, Recent
from vigie.adapters.web.refusals import HostAsksToWait
from vigie.errors import PermanentError, TransientError
from vigie.feeds import rhythm
from vigie.feeds.conditions import Verdict
from vigie.feeds.health import judge_answer
from vigie.feeds.listings import parse_listing
from vigie.feeds.parse import ParsedFeed, parse_feed
from vigie.feeds.sitemaps import parse_sitemap
from vigie.manners import BUSY, parse_retry_after
from vigie.model import Page, RecordId
from vigie.steps.asking_feeds import Asked
from vigie.steps.feed_faults import judge_fault
from vigie.steps.poll_verdicts import Reading, judge_reading, keep_move, moved_url_of
from vigie.stores import Stores

DISTRUSTED = timedelta(days=7)
"""After a 304 that was a lie, a feed is asked for all of it this long."""
LEAST_HISTORY_H = 24.0
"""A feed that was polled for less says nothing of its rate by what was new."""


def read_answer(stores: Stores, writer: ArchiveWriter, asked: Asked, recent: Recent) -> Poll:
    """The poll to record; its new entries, and the body if it is not the same again, are in the archive."""
    if not isinstance(asked.answer, Page):
        return _read_fault(asked.item, asked.answer, stores.now())
    page = asked.answer
    parsed = _parse(asked, page)
    reading = Reading(
        asked=asked,
        page=page,
        parsed=parsed,
        body_hash=_hash_bodies(asked, page),
        now=stores.now(),
        recent=recent,
        news=choose_new(stores.ledger, asked.item.feed, parsed.entries if parsed else ()),
    )
    return _make_poll(reading, judge_reading(reading), writer)


def read_body(asked: Asked) -> tuple[ParsedFeed | None, Verdict]:
    """What an answer holds and says, with nothing recorded: for a feed that is only checked."""
    if not isinstance(asked.answer, Page):
        return None, judge_fault(asked.answer)
    parsed = _parse(asked, asked.answer)
    return parsed, judge_answer(asked.answer, parsed, asked.item.feed)


def _parse(asked: Asked, page: Page) -> ParsedFeed | None:
    feed = asked.item.feed
    if page.status != 200:
        return None
    if feed.source == "sitemap":
        return parse_sitemap([page.body, *(part.body for part in asked.parts)], feed, url=page.url)
    read = parse_listing if feed.source == "listing" else parse_feed
    return read(page.body, feed, url=page.url, content_type=page.header("Content-Type"))


def _hash_bodies(asked: Asked, page: Page) -> str:
    digest = hashlib.sha256(page.body)
    for part in asked.parts:
        digest.update(hashlib.sha256(part.body).digest())
    return digest.hexdigest()


def _make_poll(reading: Reading, verdict: Verdict, writer: ArchiveWriter) -> Poll:
    item, page, news = reading.item, reading.page, reading.news
    trusted_at = reading.now + DISTRUSTED if reading.caught_lying else item.no_validators_until
    distrusted = trusted_at is not None and trusted_at > reading.now
    # What is left for the next poll would be hidden by a 304; so would the maps of an index.
    whole = page.status == 200 and verdict.health in ("ok", "silent")
    asks_again = news.waiting or reading.asked.missing or reading.asked.parts
    validated = whole and not distrusted and not asks_again
    entries = tuple(EntryToRecord(entry=entry, record_id=writer.write_entry(entry)) for entry in news.taken)
    poll = Poll(
        feed_id=item.feed.id,
        at=reading.now,
        status=page.status,
        health=verdict.health,
        condition=verdict.condition,
        sentence=verdict.sentence,
        next_poll_at=None,
        interval=rhythm.poll_interval(item.feed, _habits(reading)),
        entries=entries,
        entries_seen=len(reading.parsed.entries) if reading.parsed else 0,
        record_id=None if page.status == 304 or reading.same_body else _archive(reading, writer),
        whole=whole,
        etag=page.header("ETag") if validated else None,
        last_modified=page.header("Last-Modified") if validated else None,
        body_hash=reading.body_hash if page.status == 200 else None,
        body_bytes=len(page.body) + sum(len(part.body) for part in reading.asked.parts),
        duration_ms=page.duration_ms,
        moved_url=moved_url_of(reading, verdict),
        no_validators_until=trusted_at if distrusted else None,
        passed_over=news.passed_over,
    )
    return _schedule(poll, item, page)


def _archive(reading: Reading, writer: ArchiveWriter) -> RecordId:
    for part in reading.asked.parts:
        writer.write_page(part)
    return writer.write_page(reading.page)


def _habits(reading: Reading) -> rhythm.Habits:
    """Of the two rates, by its own dates and by what was new this week, the higher: neither sees everything."""
    recent, parsed = reading.recent, reading.parsed
    rates = [recent.week / recent.hours] if recent.hours >= LEAST_HISTORY_H else []
    if parsed is None or not parsed.entries:
        return rhythm.Habits(before=reading.item.interval)
    by_dates = rhythm.rate_of(parsed.entries, reading.now)
    return rhythm.Habits(
        per_hour=max([*rates, *([by_dates] if by_dates is not None else [])], default=None),
        depth=rhythm.depth_of(parsed.entries, reading.now),
        asked_gap=rhythm.asked_gap_of(reading.page, parsed.ttl_minutes),
        before=reading.item.interval,
    )


def _schedule(poll: Poll, item: FeedToPoll, page: Page) -> Poll:
    """A host's Retry-After comes before all else; what is gone is not asked again."""
    if poll.health == "gone":
        return poll
    wait = parse_retry_after(page.header("Retry-After"), poll.at) if page.status in BUSY else None
    return replace(poll, next_poll_at=poll.at + wait if wait else _next_poll(poll, item))


def _next_poll(poll: Poll, item: FeedToPoll) -> datetime:
    interval = poll.interval or rhythm.poll_interval(item.feed, rhythm.Habits(before=item.interval))
    return rhythm.next_poll(item.feed, interval, item.failures + 1 if poll.failed else 0, poll.at)


def _read_fault(item: FeedToPoll, error: TransientError | PermanentError, now: datetime) -> Poll:
    verdict = judge_fault(error)
    poll = Poll(
        feed_id=item.feed.id,
        at=now,
        status=None,
        health=verdict.health,
        condition=verdict.condition,
        sentence=verdict.sentence,
        next_poll_at=error.until if isinstance(error, HostAsksToWait) else None,
        moved_url=keep_move(item),
        no_validators_until=item.no_validators_until,
        error=str(error),
    )
    return poll if poll.next_poll_at else replace(poll, next_poll_at=_next_poll(poll, item))
