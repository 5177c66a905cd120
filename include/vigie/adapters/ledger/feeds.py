"""Feeds in the ledger: the rows of the feeds file, their state, and what came of each poll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.entries import EntryToRecord, record_entries_in
from vigie.adapters.ledger.schema import EntryRow, FeedRow, PollRow
from vigie.model import Expectation, Feed, FeedHealth, FeedId, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToPoll:
    """A feed that is due, with what the last poll left for a conditional request."""

    feed: Feed
    url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    failures: int
    last_entry_at: datetime | None
    health: FeedHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What came of one request for a feed.

    `entries` are those that the ledger had not seen, of `entries_seen`. The validators and the hash are kept for the
    next request when a feed was read.
    """

    feed_id: FeedId
    at: datetime
    status: int | None
    health: FeedHealth
    sentence: str
    next_poll_at: datetime | None
    entries: tuple[EntryToRecord, ...] = ()
    entries_seen: int = 0
    record_id: RecordId | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None

    @property
    def failed(self) -> bool:
        """True when this poll brought no feed at all."""
        return self.health in ("blocked", "failing", "gone") or (
            self.health == "malformed" and not self.entries_seen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a feed brought lately. `polled_since` is its first poll."""

    feed: Feed
    health: FeedHealth
    week_count: int
    last_entry_at: datetime | None
    polled_since: datetime | None


def sync_feeds(ledger: Ledger, feeds: Iterable[Feed], now: datetime) -> None:
    """Bring the rows up to the feeds file. A feed that left the file is kept, and no longer polled."""
    with ledger.writing() as session:
        known = {row.id: row for row in session.scalars(sa.select(FeedRow))}
        listed = {feed.id: feed for feed in feeds}
        for feed in listed.values():
            row = known.get(feed.id) or _new_row(feed.id, now)
            _describe(row, feed, now)
            session.add(row)
        for row in known.values():
            if row.listed and row.id not in listed:
                row.listed = row.enabled = False
                row.next_poll_at, row.reason = None, "absent du fichier des flux"


def ensure_source(session: Session, feed: Feed) -> None:
    """A row for the source of an import that no feeds file names; nothing when the row is there."""
    if session.get(FeedRow, feed.id) is None:
        row = FeedRow(id=feed.id, listed=False, sentence="Source d'un import.", health="disabled", failures=0)
        _copy_description(row, feed)
        session.add(row)
        session.flush()


def due_feeds(ledger: Ledger, now: datetime) -> list[FeedId]:
    """The feeds whose next poll is due, official ones first."""
    with ledger.reading() as session:
        rows = session.scalars(
            sa.select(FeedRow.id).where(_is_due(now)).order_by(FeedRow.kind, FeedRow.next_poll_at)
        )
        return [FeedId(feed_id) for feed_id in rows]


def claim_feeds(ledger: Ledger, ids: Sequence[FeedId], now: datetime) -> list[FeedToPoll]:
    """Lease those of `ids` that are still due and free."""
    with ledger.writing() as session:
        due = sa.and_(FeedRow.id.in_(ids), _is_due(now))
        rows = leases.claim(session, FeedRow, due, ledger.owner, now, limit=len(ids), order_by=(FeedRow.id,))
        return [_to_poll(row) for row in rows]


def record_poll(ledger: Ledger, poll: Poll) -> int:
    """Record a poll with the entries it brought, all in one transaction; how many were new."""
    with ledger.writing() as session:
        row = session.get_one(FeedRow, poll.feed_id)
        new = record_entries_in(session, poll.entries, poll.at)
        _update_state(row, poll, new)
        session.add(
            PollRow(
                feed_id=poll.feed_id,
                at=poll.at,
                status=poll.status,
                health=poll.health,
                sentence=poll.sentence,
                entries_seen=poll.entries_seen,
                entries_new=new,
                record_id=poll.record_id,
            )
        )
        return new


def read_feed(row: FeedRow) -> Feed:
    """The feed that a row describes."""
    return Feed(
        id=FeedId(row.id),
        url=row.url,
        publisher=row.publisher,
        kind="official" if row.kind == "official" else "press",
        language=row.language,
        country=row.country,
        zone=row.zone,
        poll_minutes=row.poll_minutes,
        expect=Expectation(min_per_week=row.min_per_week, max_per_day=row.max_per_day),
        enabled=row.enabled,
        reason=row.reason,
    )


def known_feeds(ledger: Ledger) -> dict[FeedId, Feed]:
    """Every feed and source that the ledger knows."""
    with ledger.reading() as session:
        return {FeedId(row.id): read_feed(row) for row in session.scalars(sa.select(FeedRow))}


def set_health(ledger: Ledger, feed_id: FeedId, health: FeedHealth, sentence: str) -> None:
    """What `maintain` found of a feed between two polls."""
    with ledger.writing() as session:
        row = session.get_one(FeedRow, feed_id)
        row.health, row.sentence = health, sentence


def week_counts(ledger: Ledger, now: datetime) -> list[Activity]:
    """What each enabled feed brought in the last seven days."""
    with ledger.reading() as session:
        week = sa.select(EntryRow.feed_id, sa.func.count()).where(
            EntryRow.first_seen_at >= now - timedelta(days=7)
        )
        counts = {feed_id: count for feed_id, count in session.execute(week.group_by(EntryRow.feed_id))}  # noqa: C416 - rows are no pairs to mypy
        firsts = sa.select(PollRow.feed_id, sa.func.min(PollRow.at)).group_by(PollRow.feed_id)
        since = {feed_id: at for feed_id, at in session.execute(firsts)}  # noqa: C416
        rows = session.scalars(sa.select(FeedRow).where(FeedRow.listed, FeedRow.enabled).order_by(FeedRow.id))
        return [_activity(row, counts.get(row.id, 0), since.get(row.id)) for row in rows]


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(FeedRow.listed, FeedRow.enabled, FeedRow.next_poll_at <= now)


def _new_row(feed_id: FeedId, now: datetime) -> FeedRow:
    return FeedRow(id=feed_id, next_poll_at=now, health="new", sentence="Jamais interrogé.", failures=0)


def _describe(row: FeedRow, feed: Feed, now: datetime) -> None:
    """A changed address, or a feed that is switched on again, is asked at once and without old validators."""
    revived = feed.enabled and not row.enabled and row.health != "gone"
    if row.url is not None and row.url != feed.url:
        row.etag = row.last_modified = row.body_hash = None
        revived = feed.enabled
    _copy_description(row, feed)
    row.listed = True
    if not feed.enabled:
        row.health, row.sentence, row.next_poll_at = "disabled", f"Désactivé : {feed.reason}", None
    elif revived and row.health in ("disabled", "gone", "new"):
        row.health, row.sentence, row.next_poll_at = "new", "Jamais interrogé.", now
    elif revived:
        row.next_poll_at = now


def _copy_description(row: FeedRow, feed: Feed) -> None:
    row.url, row.publisher, row.kind, row.language = feed.url, feed.publisher, feed.kind, feed.language
    row.country, row.zone, row.poll_minutes = feed.country, feed.zone, feed.poll_minutes
    row.min_per_week, row.max_per_day = feed.expect.min_per_week, feed.expect.max_per_day
    row.enabled, row.reason = feed.enabled, feed.reason


def _activity(row: FeedRow, week_count: int, polled_since: datetime | None) -> Activity:
    return Activity(
        feed=read_feed(row),
        health=row.health,  # type: ignore[arg-type]  # the column holds what `record_poll` wrote
        week_count=week_count,
        last_entry_at=row.last_entry_at,
        polled_since=polled_since,
    )


def _to_poll(row: FeedRow) -> FeedToPoll:
    return FeedToPoll(
        feed=read_feed(row),
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        failures=row.failures,
        last_entry_at=row.last_entry_at,
        health=row.health,  # type: ignore[arg-type]  # the column holds what `record_poll` wrote
    )


def _update_state(row: FeedRow, poll: Poll, new: int) -> None:
    leases.release(row)
    row.last_polled_at, row.next_poll_at = poll.at, poll.next_poll_at
    row.health, row.sentence = poll.health, poll.sentence
    row.failures = row.failures + 1 if poll.failed else 0
    if new:
        row.last_entry_at = poll.at
    if poll.body_hash:
        row.etag, row.last_modified, row.body_hash = poll.etag, poll.last_modified, poll.body_hash
