"""Feeds in trouble, and what operators were told of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.feeds import read_feed
from vigie.adapters.ledger.schema import FeedRow
from vigie.feeds.conditions import Condition
from vigie.feeds.troubles import Trouble
from vigie.model import Alert, AlertId, FeedHealth


def feeds_in_trouble(ledger: Ledger) -> list[Trouble]:
    """The followed feeds whose health is bad, by id."""
    with ledger.reading() as session:
        rows = session.scalars(
            sa.select(FeedRow)
            .where(FeedRow.listed, FeedRow.enabled, FeedRow.troubled_since.is_not(None))
            .order_by(FeedRow.id)
        )
        return [_trouble(row) for row in rows]


def record_operator_alerts(
    ledger: Ledger,
    alerts: Iterable[Alert],
    told: Sequence[Trouble],
    channels: Sequence[tuple[str, str]],
    now: datetime,
) -> list[AlertId]:
    """Write the alerts with their deliveries, and that these troubles are told of, in one transaction.

    Returns the alerts that are new.
    """
    with ledger.writing() as session:
        for trouble in told:
            session.get_one(FeedRow, trouble.feed.id).told = trouble.occurrence
        return add_alerts(session, alerts, channels, now)


def _trouble(row: FeedRow) -> Trouble:
    assert row.troubled_since is not None  # noqa: S101 - asked for
    return Trouble(
        feed=read_feed(row),
        health=cast(FeedHealth, row.health),
        condition=cast(Condition, row.condition),
        sentence=row.sentence,
        since=row.troubled_since,
        failures=row.failures,
        told=row.told,
    )
