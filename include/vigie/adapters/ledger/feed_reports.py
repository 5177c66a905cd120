"""How the feeds fare, as people and scripts read it from the ledger."""

from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import EntryRow, FeedRow, PollRow
from vigie.adapters.ledger.showings import count_gaps
from vigie.model import FeedId


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """How one feed fares. `sentence` is for people, `condition` is finer than `health` (see `feeds.conditions`).

    `moved_url` is where it is asked since it moved for good. `entries` are all that it ever brought, `entries_seen` and
    `entries_new` those of its last poll. `gaps` are the articles that it brought and the feed `beside` it never showed.
    """

    id: str
    url: str
    publisher: str
    kind: str
    source: str
    health: str
    condition: str
    sentence: str
    last_polled_at: datetime | None
    next_poll_at: datetime | None
    interval_s: int | None
    last_entry_at: datetime | None
    failures: int
    last_error: str | None
    last_error_at: datetime | None
    troubled_since: datetime | None
    moved_url: str | None
    entries: int
    entries_seen: int | None
    entries_new: int | None
    beside: str | None
    gaps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPoll:
    """One request for a feed and what came of it; `duration_ms` is the server's time."""

    at: datetime
    status: int | None
    health: str
    condition: str
    sentence: str
    entries_seen: int
    entries_new: int
    body_bytes: int | None
    duration_ms: int | None


def report_feeds(ledger: Ledger) -> list[FeedReport]:
    """The feeds of the feeds file, by id."""
    with ledger.reading() as session:
        counted = sa.select(EntryRow.feed_id, sa.func.count()).group_by(EntryRow.feed_id)
        entries = {feed_id: count for feed_id, count in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
        gaps = count_gaps(session)
        query = (
            sa.select(FeedRow, PollRow.entries_seen, PollRow.entries_new)
            .outerjoin(PollRow, PollRow.id == _last_poll())
            .where(FeedRow.listed)
            .order_by(FeedRow.id)
        )
        return [
            _feed_report(row, entries.get(row.id, 0), seen, new, gaps.get(row.id, 0) if row.beside else None)
            for row, seen, new in session.execute(query)
        ]


def report_feed(ledger: Ledger, feed_id: FeedId) -> FeedReport | None:
    """One feed or source, in the feeds file or not; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(FeedRow, feed_id)
        if row is None:
            return None
        counted = sa.select(sa.func.count()).select_from(EntryRow).where(EntryRow.feed_id == feed_id)
        last = session.scalars(_polls_of(feed_id, 1)).first()
        seen, new = (last.entries_seen, last.entries_new) if last else (None, None)
        gaps = count_gaps(session).get(row.id, 0) if row.beside else None
        return _feed_report(row, session.scalar(counted) or 0, seen, new, gaps)


def read_polls(ledger: Ledger, feed_id: FeedId, limit: int = 30) -> list[PastPoll]:
    """The last polls of a feed, the newest first."""
    with ledger.reading() as session:
        return [_past_poll(row) for row in session.scalars(_polls_of(feed_id, limit))]


def _polls_of(feed_id: FeedId, limit: int) -> sa.Select[PollRow]:
    chosen = sa.select(PollRow).where(PollRow.feed_id == feed_id)
    return chosen.order_by(PollRow.at.desc(), PollRow.id.desc()).limit(limit)


def _past_poll(row: PollRow) -> PastPoll:
    return PastPoll(**{field.name: getattr(row, field.name) for field in fields(PastPoll)})


def _last_poll() -> sa.ScalarSelect[int]:
    latest = sa.select(PollRow.id).where(PollRow.feed_id == FeedRow.id)
    return latest.order_by(PollRow.at.desc(), PollRow.id.desc()).limit(1).correlate(FeedRow).scalar_subquery()


def _feed_report(
    row: FeedRow, entries: int, seen: int | None, new: int | None, gaps: int | None
) -> FeedReport:
    return FeedReport(
        id=row.id,
        url=row.url,
        publisher=row.publisher,
        kind=row.kind,
        source=row.source,
        health=row.health,
        condition=row.condition,
        sentence=row.sentence,
        last_polled_at=row.last_polled_at,
        next_poll_at=row.next_poll_at,
        interval_s=row.interval_s,
        last_entry_at=row.last_entry_at,
        failures=row.failures,
        last_error=row.last_error,
        last_error_at=row.last_error_at,
        troubled_since=row.troubled_since,
        moved_url=row.moved_url,
        entries=entries,
        entries_seen=seen,
        entries_new=new,
        beside=row.beside,
        gaps=gaps,
    )
