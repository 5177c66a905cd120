"""What the ledger holds of a period: its alerts, the topics that were told before it, its articles, its ratings.

A period is from its start up to, and without, its end.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.schema import AlertRow, ArticleRow, FeedRow, LessonRow, TrendRow
from vigie.model import Alert, AlertId, AlertKind, Lesson, Trend
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Articles that were first seen in a period, in whatever state they are, and how many publishers they are of."""

    articles: int
    sources: int


def alerts_decided(ledger: Ledger, start: datetime, end: datetime) -> list[Alert]:
    """The alerts of a period but its digests, in the order they fired."""
    with ledger.reading() as session:
        query = (
            sa.select(AlertRow.body)
            .where(AlertRow.decided_at >= start, AlertRow.decided_at < end, AlertRow.kind != "digest")
            .order_by(AlertRow.fired_at, AlertRow.id)
        )
        return [load_json(Alert, body) for body in session.scalars(query)]


def newest_alerts(ledger: Ledger, kinds: Collection[AlertKind], limit: int) -> list[Alert]:
    """The alerts of some kinds that fired last, the newest first."""
    with ledger.reading() as session:
        query = (
            sa.select(AlertRow.body)
            .where(AlertRow.kind.in_(kinds))
            .order_by(AlertRow.fired_at.desc(), AlertRow.id.desc())
            .limit(limit)
        )
        return [load_json(Alert, body) for body in session.scalars(query)]


def trends_told(ledger: Ledger, *, before: datetime, touched_since: datetime) -> list[Trend]:
    """The topics that were told before a moment and had articles since another, by id."""
    with ledger.reading() as session:
        query = (
            sa.select(TrendRow.body)
            .where(TrendRow.told_at < before, TrendRow.touched_at >= touched_since)
            .order_by(TrendRow.id)
        )
        return [load_json(Trend, body) for body in session.scalars(query)]


def count_arrivals(ledger: Ledger, start: datetime, end: datetime) -> Arrivals:
    """The articles of a period."""
    with ledger.reading() as session:
        query = (
            sa.select(sa.func.count(), sa.func.count(sa.distinct(FeedRow.publisher)))
            .select_from(ArticleRow)
            .join(FeedRow, FeedRow.id == ArticleRow.feed_id)
            .where(ArticleRow.first_seen_at >= start, ArticleRow.first_seen_at < end)
        )
        articles, sources = session.execute(query).one()
        return Arrivals(articles=articles, sources=sources)


def first_arrival(ledger: Ledger) -> datetime | None:
    """When the first article of all was seen; None before there is any."""
    with ledger.reading() as session:
        return session.scalar(sa.select(ArticleRow.first_seen_at).order_by(ArticleRow.first_seen_at).limit(1))


def count_ratings(ledger: Ledger, start: datetime, end: datetime) -> Counter[str]:
    """How many alerts people called "useful" and "noise" in a period, without what they took back."""
    with ledger.reading() as session:
        query = sa.select(LessonRow.body).where(
            LessonRow.kind == "rate",
            LessonRow.made_at >= start,
            LessonRow.made_at < end,
            LessonRow.withdrawn_at.is_(None),
        )
        lessons = [load_json(Lesson, body) for body in session.scalars(query)]
        return Counter(lesson.verdict for lesson in lessons if lesson.verdict)


def known_digests(ledger: Ledger, ids: Collection[AlertId]) -> set[AlertId]:
    """Those that are written."""
    with ledger.reading() as session:
        return {
            AlertId(found) for found in session.scalars(sa.select(AlertRow.id).where(AlertRow.id.in_(ids)))
        }


def read_digest(ledger: Ledger, digest_id: AlertId) -> Alert | None:
    """A digest as it was written; None when it was not."""
    with ledger.reading() as session:
        row = session.get(AlertRow, digest_id)
        return load_json(Alert, row.body) if row else None


def record_digests(
    ledger: Ledger, digests: Iterable[Alert], channels: Sequence[tuple[str, str]], now: datetime
) -> list[AlertId]:
    """Write the digests with a delivery per channel `(key, label)`; returns those that are new."""
    with ledger.writing() as session:
        return add_alerts(session, digests, channels, now)
