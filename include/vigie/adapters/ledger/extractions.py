"""Extraction in the ledger: what it needs to know of an article, and what is recorded of what it found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.entries import join_addresses
from vigie.adapters.ledger.feeds import read_feed
from vigie.adapters.ledger.schema import ArticleRow, DraftRow, EntryRow, FeedRow, VersionRow
from vigie.adapters.ledger.stages import claim_stage
from vigie.model import Article, ArticleId, DateClaim, Feed, RecordId
from vigie.wire import dump_json, dump_object, load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that extraction needs of the ledger: where the entry and the page lie, and the version before."""

    article_id: ArticleId
    feed: Feed
    entry_record_id: RecordId
    page_record_id: RecordId | None
    page_error: str | None
    url: str | None
    first_seen_at: datetime
    fetched_at: datetime
    version: int
    text_hash: str | None
    published: DateClaim | None
    previous: tuple[RecordId, RecordId | None] | None  # entry and page of the current version


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What extraction found. `article` is None when there is nothing to keep, and `rejected` says why.

    `diff` is against the version before. `canonical` is an address that the page says is its own.
    """

    article_id: ArticleId
    article: Article | None
    text_hash: str | None = None
    body_hash: str | None = None
    diff: str | None = None
    canonical: str | None = None
    rejected: str | None = None
    entry_record_id: RecordId | None = None
    page_record_id: RecordId | None = None


def claim_for_extract(ledger: Ledger, ids: Sequence[ArticleId], now: datetime) -> list[Material]:
    """Lease those of `ids` that wait for extraction."""
    with ledger.writing() as session:
        rows = claim_stage(session, ledger, "extract", ids, now)
        feeds = {row.id: read_feed(row) for row in session.scalars(sa.select(FeedRow))}
        return [_material(session, row, feeds[row.feed_id]) for row in rows]


def record_extractions(ledger: Ledger, extractions: Sequence[Extraction], now: datetime) -> None:
    """Record a batch of extractions, in one transaction."""
    with ledger.writing() as session:
        for extraction in extractions:
            row = session.get_one(ArticleRow, extraction.article_id)
            leases.release(row)
            _record_extraction(session, row, extraction, now)


def _material(session: Session, row: ArticleRow, feed: Feed) -> Material:
    entry = session.get_one(EntryRow, row.entry_id)
    current = session.get(VersionRow, (row.id, row.version)) if row.version else None
    return Material(
        article_id=ArticleId(row.id),
        feed=feed,
        entry_record_id=RecordId(entry.record_id),
        page_record_id=RecordId(row.page_record_id) if row.page_record_id else None,
        page_error=row.fetch_error,
        url=row.url,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at or row.first_seen_at,
        version=row.version,
        text_hash=row.text_hash,
        published=load_json(DateClaim, row.published) if row.published else None,
        previous=_records_of(current) if current else None,
    )


def _records_of(version: VersionRow) -> tuple[RecordId, RecordId | None]:
    page = RecordId(version.page_record_id) if version.page_record_id else None
    return RecordId(version.entry_record_id), page


def _record_extraction(session: Session, row: ArticleRow, found: Extraction, now: datetime) -> None:
    if row.todo != "extract":
        return
    if found.canonical:
        join_addresses(session, row, [(found.canonical, "canonical")], now)
    if row.state == "duplicate":
        return
    _forget_failure(row)
    if found.article is None:
        _record_rejection(row, found.rejected or "rien à garder")
    elif found.text_hash == row.text_hash and row.indexed_version == row.version and row.rules_version:
        row.todo = None  # the same text again: no new version
    else:
        _record_version(session, row, found, found.article)


def _forget_failure(row: ArticleRow) -> None:
    row.tries, row.retry_at, row.error = 0, None, None
    if row.state == "failed":
        row.state = "waiting"


def _record_rejection(row: ArticleRow, reason: str) -> None:
    """What is in the index stays there; an article that is not is refused, with its reason."""
    row.todo = None
    if not row.indexed_version:
        row.state, row.reason = "rejected", reason


def _record_version(session: Session, row: ArticleRow, found: Extraction, article: Article) -> None:
    if found.text_hash != row.text_hash:
        if article.version != row.version + 1:
            return  # made from a version that is no longer current: its turn comes again
        session.add(
            VersionRow(
                article_id=row.id,
                number=article.version,
                origin=article.origin,
                seen_at=article.fetched_at,
                entry_record_id=found.entry_record_id,
                page_record_id=found.page_record_id,
                title=article.title,
                text_hash=found.text_hash,
                dates=[dump_object(claim) for claim in article.dates],
                diff=found.diff,
            )
        )
    row.version, row.text_hash, row.body_hash = article.version, found.text_hash, found.body_hash
    row.title, row.url = article.title, article.url
    row.published_at = article.published.at if article.published else None
    row.published = dump_object(article.published) if article.published else None
    session.merge(DraftRow(article_id=row.id, body=dump_json(article)))
    row.todo = "tag"
