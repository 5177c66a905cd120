"""What people and scripts read from the ledger: one article with its history, the feeds, where alerts went."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import (
    AddressRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    VersionRow,
)
from vigie.model import ArticleId, DateClaim, RecordId
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version in an article's history."""

    number: int
    origin: str
    seen_at: datetime
    title: str
    dates: tuple[DateClaim, ...]
    diff: str | None
    page_record_id: RecordId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the ledger knows of one article. `addresses` are (URL, where it came from)."""

    id: ArticleId
    state: str
    duplicate_of: ArticleId | None
    reason: str | None
    error: str | None
    url: str | None
    title: str | None
    feed_id: str
    publisher: str
    first_seen_at: datetime
    fetched_at: datetime | None
    indexed_at: datetime | None
    withdrawn_at: datetime | None
    published: DateClaim | None
    fetch_error: str | None
    versions: tuple[Version, ...]
    addresses: tuple[tuple[str, str], ...]
    copies: tuple[ArticleId, ...]
    entries: tuple[tuple[str, str], ...]  # (feed id, entry id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """How one feed fares. `sentence` is for people."""

    id: str
    url: str
    publisher: str
    kind: str
    health: str
    sentence: str
    last_polled_at: datetime | None
    next_poll_at: datetime | None
    last_entry_at: datetime | None
    failures: int
    entries: int


def read_history(ledger: Ledger, article_id: ArticleId) -> History | None:
    """One article's whole history; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(ArticleRow, article_id)
        return _history(session, row) if row else None


def report_feeds(ledger: Ledger) -> list[FeedReport]:
    """The feeds of the feeds file, by id."""
    with ledger.reading() as session:
        counted = sa.select(EntryRow.feed_id, sa.func.count()).group_by(EntryRow.feed_id)
        entries = {feed_id: count for feed_id, count in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
        rows = session.scalars(sa.select(FeedRow).where(FeedRow.listed).order_by(FeedRow.id))
        return [_feed_report(row, entries.get(row.id, 0)) for row in rows]


def alert_deliveries(ledger: Ledger) -> dict[str, list[tuple[str, str, datetime | None]]]:
    """For each alert: (channel's label, state, when it was sent)."""
    with ledger.reading() as session:
        found: dict[str, list[tuple[str, str, datetime | None]]] = {}
        for row in session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.alert_id, DeliveryRow.label)):
            found.setdefault(row.alert_id, []).append((row.label, row.state, row.sent_at))
        return found


def _history(session: Session, row: ArticleRow) -> History:
    versions = session.scalars(
        sa.select(VersionRow).where(VersionRow.article_id == row.id).order_by(VersionRow.number)
    )
    addresses = session.scalars(
        sa.select(AddressRow).where(AddressRow.article_id == row.id).order_by(AddressRow.seen_at)
    )
    entries = session.scalars(
        sa.select(EntryRow).where(EntryRow.article_id == row.id).order_by(EntryRow.first_seen_at)
    )
    return History(
        id=ArticleId(row.id),
        state=row.state,
        duplicate_of=ArticleId(row.duplicate_of) if row.duplicate_of else None,
        reason=row.reason,
        error=row.error,
        url=row.url,
        title=row.title,
        feed_id=row.feed_id,
        publisher=session.get_one(FeedRow, row.feed_id).publisher,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at,
        indexed_at=row.indexed_at,
        withdrawn_at=row.withdrawn_at,
        published=load_json(DateClaim, row.published) if row.published else None,
        fetch_error=row.fetch_error,
        versions=tuple(_version(version) for version in versions),
        addresses=tuple((address.url, address.origin) for address in addresses),
        copies=_copies(session, row),
        entries=tuple((entry.feed_id, entry.id) for entry in entries),
    )


def _copies(session: Session, row: ArticleRow) -> tuple[ArticleId, ...]:
    if row.body_hash is None:
        return ()
    same = sa.select(ArticleRow.id).where(
        ArticleRow.body_hash == row.body_hash, ArticleRow.id != row.id, ArticleRow.state == "indexed"
    )
    return tuple(
        ArticleId(article_id) for article_id in session.scalars(same.order_by(ArticleRow.first_seen_at))
    )


def _version(row: VersionRow) -> Version:
    return Version(
        number=row.number,
        origin=row.origin,
        seen_at=row.seen_at,
        title=row.title,
        dates=tuple(load_json(DateClaim, claim) for claim in row.dates),
        diff=row.diff,
        page_record_id=RecordId(row.page_record_id) if row.page_record_id else None,
    )


def _feed_report(row: FeedRow, entries: int) -> FeedReport:
    return FeedReport(
        id=row.id,
        url=row.url,
        publisher=row.publisher,
        kind=row.kind,
        health=row.health,
        sentence=row.sentence,
        last_polled_at=row.last_polled_at,
        next_poll_at=row.next_poll_at,
        last_entry_at=row.last_entry_at,
        failures=row.failures,
        entries=entries,
    )
