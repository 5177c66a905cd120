"""Findings: the alerts and trends that the index shows, and which of them it does not have yet.

A row whose `indexed_at` is null is not in the index, or not as it is now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.lessons import read_ratings
from vigie.adapters.ledger.schema import AlertRow, TrendRow
from vigie.model import Alert, AlertId, Trend, Verdict
from vigie.search.findings import DecidedKind
from vigie.wire import load_json

Row = AlertRow | TrendRow
_ROWS: dict[DecidedKind, type[AlertRow] | type[TrendRow]] = {"alerts": AlertRow, "topics": TrendRow}
_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An alert with what a person said of it, or a trend. `published` says that the index has it as it is here."""

    kind: DecidedKind
    body: Alert | Trend
    rating: Verdict | None = None
    published: bool = False


def read_findings(ledger: Ledger, kind: DecidedKind, *, unpublished: bool = False) -> Iterator[Finding]:
    """All of a kind, or those that are to be published, by id. Holds a reading session while it is read."""
    row = _ROWS[kind]
    query: sa.Select[Any] = sa.select(row).order_by(row.id)
    if unpublished:
        query = query.where(row.indexed_at.is_(None))
    with ledger.reading() as session:
        ratings = read_ratings(session) if kind == "alerts" else {}
        for found in session.scalars(query.execution_options(yield_per=_READ_AT_ONCE)):
            yield _finding(kind, found, ratings.get(AlertId(found.id)))


def read_alert(ledger: Ledger, alert_id: AlertId) -> Alert | None:
    """One alert; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(AlertRow, alert_id)
        return load_json(Alert, row.body) if row else None


def finding_ids(ledger: Ledger, kind: DecidedKind) -> set[str]:
    """Every id of a kind."""
    with ledger.reading() as session:
        return set(session.scalars(sa.select(_ROWS[kind].id)))


def record_published(ledger: Ledger, findings: Sequence[Finding], now: datetime) -> None:
    """The index has these. One that changed since it was read stays unpublished: it goes once more."""
    with ledger.writing() as session:
        ratings = read_ratings(session)
        for finding in findings:
            row = _row_of(session, finding)
            if row is None:
                continue
            rating = ratings.get(AlertId(row.id)) if finding.kind == "alerts" else None
            is_same = _finding(finding.kind, row, rating).body == finding.body and rating == finding.rating
            row.indexed_at = now if is_same else None


def forget_published(ledger: Ledger) -> int:
    """The index is about to be emptied: everything is to be published again; how many."""
    with ledger.writing() as session:
        return sum(_forget(session, row) for row in _ROWS.values())


def _forget(session: Session, row: type[AlertRow] | type[TrendRow]) -> int:
    done = session.execute(sa.update(row).values(indexed_at=None))
    return int(done.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def _row_of(session: Session, finding: Finding) -> Row | None:
    if finding.kind == "alerts":
        return session.get(AlertRow, finding.body.id)
    return session.get(TrendRow, finding.body.id)


def _finding(kind: DecidedKind, row: Row, rating: Verdict | None) -> Finding:
    body = load_json(Alert, row.body) if kind == "alerts" else load_json(Trend, row.body)
    return Finding(kind=kind, body=body, rating=rating, published=row.indexed_at is not None)
