"""Feeds in the ledger: the rows of the feeds file, and which of them are due. What comes of a poll: `polls`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.schema import FeedRow
from vigie.feeds.conditions import Condition
from vigie.model import Expectation, Feed, FeedId, FeedKind, SourceType

CLOCK_DRIFT = timedelta(hours=6)
"""A last poll further ahead than this, the longest a feed ever waits, was dated by a clock that was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToPoll:
    """A feed that is due, with what the last polls left. `url` is where it lives now: its new address if it moved."""

    feed: Feed
    url: str
    moved_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    full_polled_at: datetime | None = None
    no_validators_until: datetime | None = None
    interval: timedelta | None = None
    failures: int = 0
    condition: Condition = "new"
    sentence: str = ""

    @classmethod
    def never_polled(cls, feed: Feed) -> Self:
        """A feed of which nothing is known."""
        return cls(feed=feed, url=feed.url)


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
        row = FeedRow(
            id=feed.id,
            listed=False,
            sentence="Source d'un import.",
            health="disabled",
            condition="disabled",
            failures=0,
        )
        _copy_description(row, feed)
        session.add(row)
        session.flush()


def due_feeds(ledger: Ledger, now: datetime) -> list[FeedId]:
    """The feeds whose next poll is due: official ones first, listings and sitemaps after the feeds that they complete."""
    with ledger.reading() as session:
        rows = session.scalars(
            sa.select(FeedRow.id)
            .where(_is_due(now))
            .order_by(FeedRow.source != "feed", FeedRow.kind, FeedRow.next_poll_at)
        )
        return [FeedId(feed_id) for feed_id in rows]


def claim_feeds(ledger: Ledger, ids: Sequence[FeedId], now: datetime) -> list[FeedToPoll]:
    """Lease those of `ids` that are still due and free."""
    with ledger.writing() as session:
        due = sa.and_(FeedRow.id.in_(ids), _is_due(now))
        rows = leases.claim(session, FeedRow, due, ledger.owner, now, limit=len(ids), order_by=(FeedRow.id,))
        return [_to_poll(row) for row in rows]


def read_feed(row: FeedRow) -> Feed:
    """The feed that a row describes."""
    return Feed(
        id=FeedId(row.id),
        url=row.url,
        publisher=row.publisher,
        kind=cast(FeedKind, row.kind),
        language=row.language,
        country=row.country,
        zone=row.zone,
        poll_minutes=row.poll_minutes,
        expect=Expectation(min_per_week=row.min_per_week, max_per_day=row.max_per_day),
        enabled=row.enabled,
        reason=row.reason,
        source=cast(SourceType, row.source),
        pattern=row.pattern,
        beside=FeedId(row.beside) if row.beside else None,
        licensed=row.licensed,
        note=row.note,
    )


def known_feeds(ledger: Ledger) -> dict[FeedId, Feed]:
    """Every feed and source that the ledger knows."""
    with ledger.reading() as session:
        return {FeedId(row.id): read_feed(row) for row in session.scalars(sa.select(FeedRow))}


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    # A poll that lies ahead was planned by a clock that was wrong: its plan is not waited for.
    due = sa.or_(FeedRow.next_poll_at <= now, FeedRow.last_polled_at > now + CLOCK_DRIFT)
    return sa.and_(FeedRow.listed, FeedRow.enabled, FeedRow.next_poll_at.is_not(None), due)


def _new_row(feed_id: FeedId, now: datetime) -> FeedRow:
    return FeedRow(id=feed_id, next_poll_at=now, health="new", sentence="Jamais interrogé.", failures=0)


def _describe(row: FeedRow, feed: Feed, now: datetime) -> None:
    """A changed address, or a feed that is switched on again, is asked at once and without old validators."""
    revived = feed.enabled and not row.enabled and row.health != "gone"
    if row.url is not None and (row.url, row.source, row.pattern) != (feed.url, feed.source, feed.pattern):
        row.etag = row.last_modified = row.body_hash = row.full_polled_at = row.interval_s = None
        row.moved_url = row.no_validators_until = row.passed_over = None
        revived = feed.enabled
    _copy_description(row, feed)
    row.listed = True
    if not feed.enabled:
        row.health, row.condition, row.troubled_since = "disabled", "disabled", None
        row.sentence, row.next_poll_at = f"Désactivé : {feed.reason}", None
    elif revived and row.health in ("disabled", "gone", "new"):
        row.health, row.condition, row.troubled_since = "new", "new", None
        row.sentence, row.next_poll_at = "Jamais interrogé.", now
    elif revived:
        row.next_poll_at = now


def _copy_description(row: FeedRow, feed: Feed) -> None:
    row.url, row.publisher, row.kind, row.language = feed.url, feed.publisher, feed.kind, feed.language
    row.country, row.zone, row.poll_minutes = feed.country, feed.zone, feed.poll_minutes
    row.min_per_week, row.max_per_day = feed.expect.min_per_week, feed.expect.max_per_day
    row.enabled, row.reason, row.note = feed.enabled, feed.reason, feed.note
    row.source, row.pattern, row.beside, row.licensed = feed.source, feed.pattern, feed.beside, feed.licensed


def _to_poll(row: FeedRow) -> FeedToPoll:
    return FeedToPoll(
        feed=read_feed(row),
        url=row.moved_url or row.url,
        moved_url=row.moved_url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        full_polled_at=row.full_polled_at,
        no_validators_until=row.no_validators_until,
        interval=timedelta(seconds=row.interval_s) if row.interval_s else None,
        failures=row.failures,
        condition=cast(Condition, row.condition),
        sentence=row.sentence,
    )
