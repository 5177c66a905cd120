"""What people and scripts read from the ledger: one article with its history, where alerts went."""

from collections.abc import Iterable
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
    FetchRow,
    VersionRow,
)
from vigie.model import ArticleId, DateClaim, RecordId
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version in an article's history.

    `changed` names what an editor changed (title, text, date, authors). `is_upgrade` says that no editor did anything:
    the page was read, where there had been the feed's summary.
    """

    number: int
    origin: str
    seen_at: datetime
    title: str
    dates: tuple[DateClaim, ...]
    diff: str | None
    changed: tuple[str, ...]
    is_upgrade: bool
    page_record_id: RecordId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request for an article's page. `sentence` says why there is no page, where there is none."""

    at: datetime
    outcome: str
    status: int | None
    sentence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another article with the same text. `copy_of` and `similarity` are its own; None for the first of them."""

    id: ArticleId
    copy_of: ArticleId | None
    similarity: float | None
    url: str | None
    title: str | None
    publisher: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the ledger knows of one article. `addresses` are (URL, where it came from).

    `copies` are the other articles with its text, the first of them first; `family` says more of each.
    `canonical_refused` is what its page calls its own address and is another article's. `requests` are the newest first.
    """

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
    rights: str | None
    canonical_refused: str | None
    copy_of: ArticleId | None
    similarity: float | None
    copies: tuple[ArticleId, ...]
    family: tuple[Relative, ...]
    requests: tuple[Request, ...]
    entries: tuple[tuple[str, str], ...]  # (feed id, entry id)


def read_history(ledger: Ledger, article_id: ArticleId) -> History | None:
    """One article's whole history; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(ArticleRow, article_id)
        return _history(session, row) if row else None


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
    family = _family(session, row)
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
        versions=_versions(versions),
        addresses=tuple((address.url, address.origin) for address in addresses),
        rights=row.rights,
        canonical_refused=row.canonical_refused,
        copy_of=ArticleId(row.copy_of) if row.copy_of else None,
        similarity=row.similarity,
        copies=tuple(relative.id for relative in family),
        family=family,
        requests=_requests(session, row),
        entries=tuple((entry.feed_id, entry.id) for entry in entries),
    )


def _family(session: Session, row: ArticleRow) -> tuple[Relative, ...]:
    first = row.copy_of or row.id
    related = sa.or_(ArticleRow.id == first, ArticleRow.copy_of == first, ArticleRow.copy_of == row.id)
    chosen = sa.select(ArticleRow, FeedRow.publisher).join(FeedRow, FeedRow.id == ArticleRow.feed_id)
    rows = session.execute(
        chosen.where(related, ArticleRow.id != row.id).order_by(ArticleRow.first_seen_at, ArticleRow.id)
    )
    return tuple(_relative(relative, publisher) for relative, publisher in rows)


def _relative(row: ArticleRow, publisher: str) -> Relative:
    return Relative(
        id=ArticleId(row.id),
        copy_of=ArticleId(row.copy_of) if row.copy_of else None,
        similarity=row.similarity,
        url=row.url,
        title=row.title,
        publisher=publisher,
        first_seen_at=row.first_seen_at,
    )


def _requests(session: Session, row: ArticleRow) -> tuple[Request, ...]:
    rows = session.scalars(
        sa.select(FetchRow)
        .where(FetchRow.article_id == row.id)
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
    )
    return tuple(
        Request(at=fetch.at, outcome=fetch.outcome, status=fetch.status, sentence=fetch.sentence)
        for fetch in rows
    )


def _versions(rows: Iterable[VersionRow]) -> tuple[Version, ...]:
    versions: list[Version] = []
    for row in rows:
        is_upgrade = bool(versions) and (versions[-1].origin, row.origin) == ("feed", "page")
        versions.append(_version(row, is_upgrade=is_upgrade))
    return tuple(versions)


def _version(row: VersionRow, *, is_upgrade: bool) -> Version:
    return Version(
        number=row.number,
        origin=row.origin,
        seen_at=row.seen_at,
        title=row.title,
        dates=tuple(load_json(DateClaim, claim) for claim in row.dates),
        diff=row.diff,
        changed=tuple(row.changed or ()),
        is_upgrade=is_upgrade,
        page_record_id=RecordId(row.page_record_id) if row.page_record_id else None,
    )
