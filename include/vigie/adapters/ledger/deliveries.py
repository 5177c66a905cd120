"""Deliveries: one alert on one channel, from before it is sent until its channel took it.

A delivery is closed after its channel took it. A worker killed between the two sends again, with the same alert id: an
alert may come twice in that one case, and is never lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.schema import AlertRow, DeliveryRow
from vigie.adapters.ledger.stages import backoff
from vigie.model import Alert
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert that waits for one channel."""

    alert: Alert
    channel: str


def claim_deliveries(
    ledger: Ledger, channels: Sequence[str], now: datetime, limit: int = 50
) -> list[Delivery]:
    """Lease deliveries that are due on the channels that are set."""
    with ledger.writing() as session:
        due = sa.and_(
            DeliveryRow.state == "pending", DeliveryRow.next_try_at <= now, DeliveryRow.channel.in_(channels)
        )
        rows = leases.claim(
            session, DeliveryRow, due, ledger.owner, now, limit=limit, order_by=(DeliveryRow.next_try_at,)
        )
        return [
            Delivery(
                alert=load_json(Alert, session.get_one(AlertRow, row.alert_id).body), channel=row.channel
            )
            for row in rows
        ]


def record_sent(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """The channel took it."""
    with ledger.writing() as session:
        row = session.get_one(DeliveryRow, (delivery.alert.id, delivery.channel))
        leases.release(row)
        row.state, row.sent_at, row.error, row.tries = "sent", now, None, row.tries + 1


def record_unsent(ledger: Ledger, delivery: Delivery, error: str, now: datetime) -> None:
    """The channel did not take it: tried again with backoff, six hours apart at most."""
    with ledger.writing() as session:
        row = session.get_one(DeliveryRow, (delivery.alert.id, delivery.channel))
        leases.release(row)
        row.tries += 1
        row.error, row.next_try_at = error, now + min(backoff(row.tries), timedelta(hours=6))
