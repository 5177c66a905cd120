"""Alerts as the page lists them: pages of them, what one is about, and where each went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import AlertRow, DeliveryRow
from vigie.model import Alert, AlertId, AlertKind
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on one channel. `state` is pending, sent or abandoned; `next_try_at` is of a pending one."""

    channel: str
    state: str
    tries: int
    sent_at: datetime | None
    next_try_at: datetime | None
    error: str | None


def page_alerts(
    ledger: Ledger, kinds: Collection[AlertKind], *, size: int, older_than: AlertId | None = None
) -> tuple[list[Alert], bool]:
    """The newest alerts of some kinds, behind one of an earlier page; and whether there are more.

    An alert that comes in between two pages does not disturb them. After an unknown one there is nothing.
    """
    query = sa.select(AlertRow.body).where(AlertRow.kind.in_(kinds))
    with ledger.reading() as session:
        if older_than:
            last = session.get(AlertRow, older_than)
            if last is None:
                return [], False
            before = sa.and_(AlertRow.fired_at == last.fired_at, AlertRow.id < last.id)
            query = query.where(sa.or_(AlertRow.fired_at < last.fired_at, before))
        rows = session.scalars(
            query.order_by(AlertRow.fired_at.desc(), AlertRow.id.desc()).limit(size + 1)
        ).all()
        return [load_json(Alert, body) for body in rows[:size]], len(rows) > size


def count_alerts(ledger: Ledger) -> Mapping[AlertKind, int]:
    """How many alerts there are of each kind."""
    with ledger.reading() as session:
        counted = session.execute(sa.select(AlertRow.kind, sa.func.count()).group_by(AlertRow.kind))
        return {kind: count for kind, count in counted}  # type: ignore[misc]  # noqa: C416 - rows are no pairs to mypy


def alerts_about(ledger: Ledger, about: str, kind: AlertKind, limit: int) -> list[Alert]:
    """The alerts of a kind that are about one thing, a trend or a watch; the newest first."""
    with ledger.reading() as session:
        query = (
            sa.select(AlertRow.body)
            .where(AlertRow.about == about, AlertRow.kind == kind)
            .order_by(AlertRow.fired_at.desc(), AlertRow.id.desc())
            .limit(limit)
        )
        return [load_json(Alert, body) for body in session.scalars(query)]


def read_deliveries(ledger: Ledger, alert_id: AlertId) -> Sequence[Delivery]:
    """Where an alert went, by the channels' labels."""
    with ledger.reading() as session:
        query = sa.select(DeliveryRow).where(DeliveryRow.alert_id == alert_id)
        return tuple(_delivery(row) for row in session.scalars(query.order_by(DeliveryRow.label)))


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        channel=row.label,
        state=row.state,
        tries=row.tries,
        sent_at=row.sent_at,
        next_try_at=row.next_try_at if row.state == "pending" else None,
        error=row.error,
    )
