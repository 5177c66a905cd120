"""Terms seen, alerts decided, deliveries made.

An alert and its deliveries are written before anything is sent, and a delivery is closed after its channel took it.
A worker killed between the two sends again, with the same alert id: an alert may come twice in that one case, and is
never lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.schema import AlertRow, ArticleRow, DeliveryRow, SightingRow
from vigie.adapters.ledger.stages import backoff, drop_sightings
from vigie.model import Alert, AlertId, AlertKind, ArticleId, Sighting
from vigie.wire import dump_json, load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert that waits for one channel."""

    alert: Alert
    channel: str


def uncounted_articles(ledger: Ledger) -> list[ArticleId]:
    """The indexed articles whose terms are not counted yet, or not for their newest version."""
    with ledger.reading() as session:
        due = sa.and_(ArticleRow.state == "indexed", ArticleRow.counted_version != ArticleRow.indexed_version)
        return [
            ArticleId(i)
            for i in session.scalars(sa.select(ArticleRow.id).where(due).order_by(ArticleRow.first_seen_at))
        ]


def record_sightings(ledger: Ledger, counted: Sequence[tuple[ArticleId, int, Sequence[Sighting]]]) -> None:
    """The terms of each (article, version), instead of those it had."""
    with ledger.writing() as session:
        for article_id, version, sightings in counted:
            drop_sightings(session, article_id)
            rows = {row.term: row for row in map(_sighting_row, sightings)}
            session.add_all(rows.values())
            session.get_one(ArticleRow, article_id).counted_version = version


def decided_sightings(ledger: Ledger, since: datetime) -> Iterator[tuple[Sighting, ...]]:
    """What earlier decisions have seen since then: the sightings of one article after the other, in time order."""
    with ledger.reading() as session:
        query = _sightings().where(ArticleRow.decided_version > 0, SightingRow.at >= since)
        yield from _by_article(session.scalars(query.execution_options(yield_per=5000)))


def undecided_sightings(ledger: Ledger) -> list[tuple[Sighting, ...]]:
    """What no decision has seen yet, in time order."""
    with ledger.reading() as session:
        return list(_by_article(session.scalars(_sightings().where(ArticleRow.decided_version == 0))))


def record_decision(
    ledger: Ledger,
    seen: Sequence[ArticleId],
    alerts: Iterable[Alert],
    channels: Sequence[tuple[str, str]],
    now: datetime,
) -> list[AlertId]:
    """These articles are decided on, and these alerts came of it, each with a delivery per channel `(key, label)`.

    One transaction: an article is never decided on twice, nor its alert lost. Returns the alerts that are new.
    """
    with ledger.writing() as session:
        new = add_alerts(session, alerts, channels, now)
        for article_id in seen:
            row = session.get_one(ArticleRow, article_id)
            row.decided_version = row.counted_version
        return new


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
                alert_id=alert.id, channel=key, label=label, state="pending", tries=0, next_try_at=now
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


def _alert_row(alert: Alert, now: datetime) -> AlertRow:
    return AlertRow(
        id=alert.id,
        fired_at=alert.fired_at,
        decided_at=now,
        kind=alert.kind,
        topic=alert.topic,
        body=dump_json(alert),
    )


def _sightings() -> sa.Select[SightingRow]:
    joined = sa.select(SightingRow).join(ArticleRow, ArticleRow.id == SightingRow.article_id)
    return joined.order_by(SightingRow.at, SightingRow.article_id, SightingRow.term)


def _by_article(rows: Iterable[SightingRow]) -> Iterator[tuple[Sighting, ...]]:
    for _article_id, group in groupby(rows, key=lambda row: row.article_id):
        yield tuple(_read_sighting(row) for row in group)


def _sighting_row(sighting: Sighting) -> SightingRow:
    return SightingRow(
        article_id=sighting.article_id,
        term=sighting.term[:300],
        label=sighting.label,
        at=sighting.at,
        source=sighting.source,
        kind=sighting.kind,
        copy=sighting.copy,
    )


def _read_sighting(row: SightingRow) -> Sighting:
    return Sighting(
        term=row.term,
        label=row.label,
        article_id=ArticleId(row.article_id),
        at=row.at,
        source=row.source,
        kind="official" if row.kind == "official" else "press",
        copy=row.copy,
    )
