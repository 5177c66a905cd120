"""Alerts, as they were decided, each written with its deliveries before anything is sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, detection
from vigie.adapters.ledger.schema import AlertRow, ArticleRow, DeliveryRow
from vigie.adapters.ledger.trends import record_trends
from vigie.model import Alert, AlertId, AlertKind, ArticleId, Sighting, Trend
from vigie.wire import dump_json, load_json


def record_decision(
    ledger: Ledger,
    seen: Sequence[ArticleId],
    alerts: Iterable[Alert],
    channels: Sequence[tuple[str, str]],
    now: datetime,
    *,
    decided: Sequence[Sequence[Sighting]] = (),
    trends: Sequence[tuple[Trend, str]] = (),
) -> list[AlertId]:
    """These articles are decided on, and these alerts came of it, each with a delivery per channel `(key, label)`.

    `decided` are the sightings to count, `trends` those that moved, each with its memory. One transaction: an article is
    never decided on twice, nor its alert lost. Returns the alerts that are new; none, and nothing is written, where
    another worker decided on one of these articles meanwhile.
    """
    with ledger.writing() as session:
        rows = [session.get_one(ArticleRow, article_id) for article_id in seen]
        if any(row.decided_version for row in rows):
            return []
        for row in rows:
            row.decided_version = row.counted_version
        detection.add_counts(session, decided)
        record_trends(session, trends, now)
        return add_alerts(session, alerts, channels, now)


def add_alerts(
    session: Session, alerts: Iterable[Alert], channels: Sequence[tuple[str, str]], now: datetime
) -> list[AlertId]:
    """Add the alerts that are new, each with a delivery per channel `(key, label)`; returns their ids."""
    new = [alert for alert in alerts if session.get(AlertRow, alert.id) is None]
    session.add_all(_alert_row(alert, now) for alert in new)
    session.flush()
    for alert in new:
        session.add_all(
            DeliveryRow(
                alert_id=alert.id,
                channel=key,
                label=label,
                state="pending",
                tries=0,
                made_at=now,
                next_try_at=now,
            )
            for key, label in channels
        )
    return [alert.id for alert in new]


def recent_alerts(
    ledger: Ledger, since: datetime | None = None, kind: AlertKind | None = None
) -> list[Alert]:
    """Alerts in the order they fired, of both kinds or of one."""
    with ledger.reading() as session:
        query = sa.select(AlertRow.body).order_by(AlertRow.fired_at, AlertRow.id)
        if since:
            query = query.where(AlertRow.fired_at >= since)
        if kind:
            query = query.where(AlertRow.kind == kind)
        return [load_json(Alert, body) for body in session.scalars(query)]


def _alert_row(alert: Alert, now: datetime) -> AlertRow:
    return AlertRow(
        id=alert.id,
        fired_at=alert.fired_at,
        decided_at=now,
        kind=alert.kind,
        about=alert.about,
        topic=alert.topic,
        body=dump_json(alert),
    )
