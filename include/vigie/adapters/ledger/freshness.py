"""How fresh is what a reader sees: when a feed was last asked, and which feeds do not answer as they should."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import FeedRow

QUIET_HEALTHS = ("ok", "new", "disabled")
"""Of these nobody needs to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """`feeds` are followed; `troubled` are the publishers of those that something is wrong with, by name."""

    last_polled_at: datetime | None
    feeds: int
    troubled: tuple[str, ...]


def read_freshness(ledger: Ledger) -> Freshness:
    """As the ledger has it now."""
    followed = sa.and_(FeedRow.listed, FeedRow.enabled)
    with ledger.reading() as session:
        last, feeds = session.execute(
            sa.select(sa.func.max(FeedRow.last_polled_at), sa.func.count()).where(followed)
        ).one()
        query = sa.select(FeedRow.publisher).where(followed, FeedRow.health.not_in(QUIET_HEALTHS))
        troubled = tuple(session.scalars(query.order_by(FeedRow.publisher, FeedRow.id)))
        return Freshness(last_polled_at=last, feeds=feeds, troubled=troubled)
