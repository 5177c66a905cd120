"""Terms seen in articles: what is counted, and what the detector has decided on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import ArticleRow, SightingRow
from vigie.adapters.ledger.stages import drop_sightings
from vigie.model import ArticleId, Sighting

_COLUMNS = (
    SightingRow.article_id,
    SightingRow.term,
    SightingRow.label,
    SightingRow.at,
    SightingRow.source,
    SightingRow.kind,
    SightingRow.copy,
)
"""Columns rather than rows: a pass reads a hundred thousand."""


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


def decided_since(session: Session, since: datetime) -> Iterator[tuple[Sighting, ...]]:
    """What earlier decisions have seen after this moment: the sightings of one article after the other, in time order."""
    yield from _by_article(session, ArticleRow.decided_version > 0, SightingRow.at > since)


def undecided_sightings(ledger: Ledger, limit: int | None = None) -> list[tuple[Sighting, ...]]:
    """What no decision has seen yet, in time order: of so many articles at most."""
    with ledger.reading() as session:
        waiting = _by_article(session, ArticleRow.decided_version == 0, ArticleRow.counted_version > 0)
        return list(islice(waiting, limit))


def _by_article(session: Session, *which: sa.ColumnElement[bool]) -> Iterator[tuple[Sighting, ...]]:
    joined = sa.select(*_COLUMNS).join(ArticleRow, ArticleRow.id == SightingRow.article_id).where(*which)
    ordered = joined.order_by(SightingRow.at, SightingRow.article_id, SightingRow.term)
    rows = session.execute(ordered.execution_options(yield_per=5000))
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


def _read_sighting(row: sa.Row[*tuple[Any, ...]]) -> Sighting:
    return Sighting(
        term=row.term,
        label=row.label,
        article_id=ArticleId(row.article_id),
        at=row.at,
        source=row.source,
        kind="official" if row.kind == "official" else "press",
        copy=row.copy,
    )
