"""What the ledger says of how Vigie fares now: errors, requests, deliveries, and how long articles took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import ArticleRow, DeliveryRow, FeedRow, PollRow

HOUR = timedelta(hours=1)
RECENT = timedelta(days=1)
"""An article that was first seen before was reprocessed or imported: how long that took says nothing."""
BAD_ANSWERS = ("failing", "blocked", "malformed", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Figures of one moment; delays in seconds, of the articles that became searchable in the last hour."""

    errors: Mapping[str, int]
    feeds: Mapping[str, int]
    deliveries: Mapping[str, int]
    polls: int
    polls_failed: int
    published_delays_s: tuple[float, ...]
    seen_delays_s: tuple[float, ...]
    last_polled_at: datetime | None
    last_indexed_at: datetime | None


def take_pulse(ledger: Ledger, now: datetime) -> Pulse:
    """All of it in one reading session."""
    with ledger.reading() as session:
        polls, failed = _count_polls(session, now - HOUR)
        delays = _delays(session, now)
        followed = sa.and_(FeedRow.listed, FeedRow.enabled)
        return Pulse(
            errors=_count_by(session, ArticleRow.todo, ArticleRow.error.is_not(None)),
            feeds=_count_by(session, FeedRow.health, FeedRow.listed),
            deliveries=_count_by(session, DeliveryRow.state, sa.true()),
            polls=polls,
            polls_failed=failed,
            published_delays_s=tuple(published for published, _seen in delays if published is not None),
            seen_delays_s=tuple(seen for _published, seen in delays),
            last_polled_at=session.scalar(sa.select(sa.func.max(FeedRow.last_polled_at)).where(followed)),
            last_indexed_at=session.scalar(sa.select(sa.func.max(ArticleRow.indexed_at))),
        )


def _count_by(
    session: Session,
    column: sa.orm.InstrumentedAttribute[str | None] | sa.orm.InstrumentedAttribute[str],
    which: sa.ColumnElement[bool] | sa.orm.InstrumentedAttribute[bool],
) -> dict[str, int]:
    counted = sa.select(column, sa.func.count()).where(which, column.is_not(None)).group_by(column)
    return {str(value): count for value, count in session.execute(counted)}


def _count_polls(session: Session, since: datetime) -> tuple[int, int]:
    bad = sa.func.count(sa.case((PollRow.health.in_(BAD_ANSWERS), 1)))
    total, failed = session.execute(sa.select(sa.func.count(), bad).where(PollRow.at > since)).one()
    return total, failed


def _delays(session: Session, now: datetime) -> list[tuple[float | None, float]]:
    """(since published, since first seen) of articles that were searchable for the first time in the last hour."""
    query = (
        sa.select(ArticleRow.published_at, ArticleRow.first_seen_at, ArticleRow.indexed_at)
        .join(FeedRow, FeedRow.id == ArticleRow.feed_id)
        .where(
            FeedRow.listed,
            ArticleRow.indexed_version == 1,
            ArticleRow.indexed_at > now - HOUR,
            ArticleRow.first_seen_at > now - RECENT,
        )
    )
    return [
        (_seconds(published, indexed) if published else None, _seconds(seen, indexed))
        for published, seen, indexed in session.execute(query)
        if indexed
    ]


def _seconds(first: datetime, last: datetime) -> float:
    """A publisher's clock may be some minutes ahead: no delay is negative."""
    return max((last - first).total_seconds(), 0.0)
