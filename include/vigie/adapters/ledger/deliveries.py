"""Deliveries: one alert on one channel, from before it is sent until its channel took it or it was given up.

A message is formed here, of one delivery or of several, and is in the ledger with its id before it is sent. A worker
that is killed between the send and its record sends the same message again, with the same id: it may come twice in
that one case, and is never lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.schema import AlertRow, DeliveryRow
from vigie.delivery.giving_up import Outage, make_alert
from vigie.delivery.patience import BREATH, next_try
from vigie.delivery.planning import HOUR, Planned, Waiting, plan_messages
from vigie.delivery.rules import ALWAYS, Rules
from vigie.model import Alert, AlertId, AlertKind
from vigie.wire import load_json

MOST_LOOKED_AT = 2000
"""More than a channel ever has waiting; what is beyond comes when these are gone."""
_ORDER = (DeliveryRow.message_id.is_(None), DeliveryRow.tries, DeliveryRow.next_try_at, DeliveryRow.alert_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that this worker may send: its id, its channel's key, and the alerts it tells of."""

    id: str
    channel: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The message that goes now on a channel, if any; how many alerts wait, and when they are next looked at."""

    message: Outgoing | None
    waiting: int
    again_at: datetime | None


def take_message(ledger: Ledger, channel: str, now: datetime, rules: Rules = ALWAYS) -> Turn:
    """Form and lease the message that goes next on this channel."""
    with ledger.writing() as session:
        pending = sa.and_(DeliveryRow.channel == channel, DeliveryRow.state == "pending")
        rows = leases.claim(
            session,
            DeliveryRow,
            pending,
            ledger.owner,
            now,
            limit=MOST_LOOKED_AT,
            order_by=_ORDER,  # type: ignore[arg-type]  # an expression orders too
        )
        free = {AlertId(row.alert_id): row for row in rows}
        waiting = _waiting(session, free)
        plan = plan_messages(channel, waiting, _taken_at(session, channel, free, now), rules, now)
        chosen = plan.messages[0] if plan.messages else None
        for row in rows:
            if not chosen or row.alert_id not in chosen.alert_ids:
                leases.release(row)
        message = _form(session, channel, chosen, free) if chosen else None
        left = len(rows) - (len(message.alerts) if message else 0)
        return Turn(message=message, waiting=left, again_at=plan.again_at)


def record_sent(ledger: Ledger, message: Outgoing, now: datetime, note: str | None = None) -> None:
    """The channel took it. `note` is what an operator should know all the same."""
    with ledger.writing() as session:
        for row in _rows_of(session, message):
            leases.release(row)
            row.state, row.sent_at, row.error, row.tries = "sent", now, note, row.tries + 1


def record_unsent(
    ledger: Ledger,
    message: Outgoing,
    error: str,
    now: datetime,
    others: Sequence[tuple[str, str]] = (),
) -> bool:
    """The channel did not take it: tried again with backoff for a day, then given up. Says whether it was.

    An alert alone is free to be gathered with others then; several that were gathered stay so, under their id. All
    else that waits for the channel is let rest a little. When it is given up, operators are told in the same
    transaction, on `others`: (key, label) of each channel that takes their alerts.
    """
    with ledger.writing() as session:
        rows = _rows_of(session, message)
        given_up = _put_off(rows, error, now)
        others = [(key, label) for key, label in others if key != message.channel]
        if not given_up:
            _let_rest(session, message, now)
        elif not all(_is_about_a_channel(session, alert) for alert in message.alerts):
            add_alerts(session, [make_alert(_outage(session, rows), now)], others, now)
        return given_up


def _waiting(session: Session, rows: Mapping[AlertId, DeliveryRow]) -> list[Waiting]:
    if not rows:
        return []
    kinds = session.execute(sa.select(AlertRow.id, AlertRow.kind).where(AlertRow.id.in_(list(rows))))
    return [
        Waiting(
            alert_id=AlertId(alert_id),
            kind=cast(AlertKind, kind),
            made_at=_made_at(rows[AlertId(alert_id)]),
            next_try_at=rows[AlertId(alert_id)].next_try_at,
            tries=rows[AlertId(alert_id)].tries,
            message_id=rows[AlertId(alert_id)].message_id,
        )
        for alert_id, kind in kinds
    ]


def _made_at(row: DeliveryRow) -> datetime:
    return row.made_at or row.next_try_at  # an earlier release did not write when


def _taken_at(
    session: Session, channel: str, free: Mapping[AlertId, DeliveryRow], now: datetime
) -> list[datetime]:
    """When the messages of the last hour were taken; those that another worker is sending, now."""
    message = sa.func.coalesce(DeliveryRow.message_id, DeliveryRow.alert_id)
    sent = sa.select(sa.func.max(DeliveryRow.sent_at)).where(
        DeliveryRow.channel == channel, DeliveryRow.state == "sent", DeliveryRow.sent_at > now - HOUR
    )
    leased = sa.select(DeliveryRow.alert_id, message).where(
        DeliveryRow.channel == channel, DeliveryRow.state == "pending", DeliveryRow.lease_until >= now
    )
    under_way = {name for alert_id, name in session.execute(leased) if alert_id not in free}
    return [at for at in session.scalars(sent.group_by(message)) if at] + [now] * len(under_way)


def _form(session: Session, channel: str, chosen: Planned, rows: Mapping[AlertId, DeliveryRow]) -> Outgoing:
    for alert_id in chosen.alert_ids:
        rows[alert_id].message_id = chosen.id
    bodies = [session.get_one(AlertRow, alert_id).body for alert_id in chosen.alert_ids]
    return Outgoing(id=chosen.id, channel=channel, alerts=tuple(load_json(Alert, body) for body in bodies))


def _rows_of(session: Session, message: Outgoing) -> list[DeliveryRow]:
    return [session.get_one(DeliveryRow, (alert.id, message.channel)) for alert in message.alerts]


def _put_off(rows: Sequence[DeliveryRow], error: str, now: datetime) -> bool:
    """One message: its alerts are tried again together, and given up together, none before its day is over."""
    tries = max(row.tries for row in rows) + 1
    again_at = next_try(tries, max(_made_at(row) for row in rows), now)
    for row in rows:
        leases.release(row)
        row.error, row.tries = error, tries
        if again_at is None:
            row.state = "abandoned"
            continue
        row.made_at, row.next_try_at = _made_at(row), again_at
        if len(rows) == 1:
            row.message_id = None
    return again_at is None


def _let_rest(session: Session, message: Outgoing, now: datetime) -> None:
    mine = [alert.id for alert in message.alerts]
    other = sa.and_(
        DeliveryRow.channel == message.channel,
        DeliveryRow.state == "pending",
        DeliveryRow.next_try_at < now + BREATH,
        DeliveryRow.alert_id.not_in(mine),
        DeliveryRow.lease_owner.is_(None),
    )
    for row in session.scalars(sa.select(DeliveryRow).where(other)):
        row.made_at, row.next_try_at = _made_at(row), now + BREATH


def _is_about_a_channel(session: Session, alert: Alert) -> bool:
    """An alert that says that a channel is down: it is not said of it in turn, or two that are down would never end."""
    if alert.kind != "operator" or alert.about is None:
        return False
    known = sa.select(DeliveryRow.alert_id).where(DeliveryRow.channel == alert.about).limit(1)
    return session.scalar(known) is not None


def _outage(session: Session, rows: Sequence[DeliveryRow]) -> Outage:
    channel, label = rows[0].channel, rows[0].label
    of_channel = DeliveryRow.channel == channel
    took_last_at = session.scalar(sa.select(sa.func.max(DeliveryRow.sent_at)).where(of_channel))
    waiting = sa.select(sa.func.count()).where(of_channel, DeliveryRow.state == "pending")
    return Outage(
        channel=channel,
        label=label,
        given_up=len(rows),
        waiting=session.scalar(waiting) or 0,
        took_last_at=took_last_at,
    )
