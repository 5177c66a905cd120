"""Trends: the topics that people talk about, told or not, as the detector last saw them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import TrendRow
from vigie.model import Trend, TrendId
from vigie.wire import dump_json, load_json


def record_trends(session: Session, trends: Sequence[tuple[Trend, str]], now: datetime) -> None:
    """Write trends down as they are `now`, each with what the detector needs to go on with it.

    One that shows anything new is published again.
    """
    for trend, memory in trends:
        body = dump_json(trend)
        row = session.get(TrendRow, trend.id) or TrendRow(id=trend.id, body="")
        if row.body != body:
            row.body, row.indexed_at = body, None
        row.state, row.opened_at = trend.state, trend.opened_at
        row.touched_at, row.told_at, row.memory = trend.touched_at, trend.told_at, memory
        session.add(row)


def read_trends(ledger: Ledger, since: datetime | None = None, *, told: bool | None = None) -> list[Trend]:
    """Trends that were touched since then, the newest first; only those that were told, or were not."""
    query = sa.select(TrendRow.body).order_by(TrendRow.touched_at.desc(), TrendRow.id)
    if since:
        query = query.where(TrendRow.touched_at >= since)
    if told is not None:
        query = query.where(TrendRow.told_at.is_not(None) if told else TrendRow.told_at.is_(None))
    with ledger.reading() as session:
        return [load_json(Trend, body) for body in session.scalars(query)]


def read_trend(ledger: Ledger, trend_id: TrendId) -> Trend | None:
    """One trend; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(TrendRow, trend_id)
        return load_json(Trend, row.body) if row else None


def find_trends(ledger: Ledger, ids: Collection[TrendId]) -> Mapping[TrendId, Trend]:
    """Those of these trends that the ledger knows; a screen's worth of them."""
    with ledger.reading() as session:
        found = session.scalars(sa.select(TrendRow.body).where(TrendRow.id.in_(ids))) if ids else ()
        return {trend.id: trend for body in found for trend in (load_json(Trend, body),)}
