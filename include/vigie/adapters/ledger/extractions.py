"""Extraction in the ledger: what it needs to know of an article, and what is recorded of what it found."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.copies import likeness_of, relink_copies
from vigie.adapters.ledger.entries import address_key, join_addresses, survivor_of
from vigie.adapters.ledger.feeds import read_feed
from vigie.adapters.ledger.schema import AddressRow, ArticleRow, DraftRow, EntryRow, FeedRow, VersionRow
from vigie.adapters.ledger.stages import claim_stage, extract_again
from vigie.articles.kinship import are_unlike
from vigie.model import Article, ArticleId, DateClaim, Feed, RecordId
from vigie.wire import dump_json, dump_object, load_json

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that extraction needs of the ledger: where the entry and the page lie, and the version before."""

    article_id: ArticleId
    feed: Feed
    entry_record_id: RecordId
    page_record_id: RecordId | None
    page_error: str | None
    rights: str | None
    url: str | None  # where the page was, else where it is said to be
    refused_canonical: str | None
    first_seen_at: datetime
    fetched_at: datetime
    version: int
    text_hash: str | None
    published: DateClaim | None
    previous: tuple[RecordId, RecordId | None] | None  # entry and page of the current version


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What extraction found. `article` is None when there is nothing to keep, and `rejected` says why.

    `diff` is against the version before, and `changed` names what an editor changed in it: nothing when the page takes
    the place of the feed's summary. `canonical` is an address that the page says is its own.
    """

    article_id: ArticleId
    article: Article | None
    text_hash: str | None = None
    body_hash: str | None = None
    sketch: bytes | None = None
    diff: str | None = None
    changed: tuple[str, ...] = ()
    canonical: str | None = None
    rejected: str | None = None
    page_problem: str | None = None  # why the page gave no text, where the feed's entry stands in for it
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
    changed: list[str] = []
    with ledger.writing() as session:
        for extraction in extractions:
            row = session.get_one(ArticleRow, extraction.article_id)
            leases.release(row)
            if _record_extraction(session, row, extraction, now):
                changed.append(row.id)
        relink_copies(session, changed)


def _material(session: Session, row: ArticleRow, feed: Feed) -> Material:
    entry = session.get_one(EntryRow, row.entry_id)
    current = session.get(VersionRow, (row.id, row.version)) if row.version else None
    return Material(
        article_id=ArticleId(row.id),
        feed=feed,
        entry_record_id=RecordId(entry.record_id),
        page_record_id=RecordId(row.page_record_id) if row.page_record_id else None,
        page_error=row.fetch_error,
        rights=row.rights,
        url=row.page_url or row.url,
        refused_canonical=row.canonical_refused,
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


def _record_extraction(session: Session, row: ArticleRow, found: Extraction, now: datetime) -> bool:
    """True when the article has a text that is to be indexed."""
    if row.todo != "extract":
        return False
    if found.canonical and not _is_refused(session, row, found, found.canonical):
        join_addresses(session, row, [(found.canonical, "canonical")], now)
    if row.state == "duplicate":
        return False
    _forget_failure(row)
    row.fetch_error = found.page_problem or row.fetch_error
    if found.article is None:
        _record_rejection(row, found.rejected or "rien à garder")
        return False
    if found.article.version == row.version == row.indexed_version and row.rules_version:
        row.todo = None  # the same again: no new version
        return False
    return _record_version(session, row, found, found.article)


def _is_refused(session: Session, row: ArticleRow, found: Extraction, canonical: str) -> bool:
    """Whether a canonical link leads to another article: one with quite another title and text.

    Such a link stands on every page of a broken site. Whoever followed it first gives it back.
    """
    held = session.get(AddressRow, address_key(canonical))
    if held is None or found.article is None or held.article_id == row.id:
        return False
    other = survivor_of(session, held.article_id)
    mine = replace(likeness_of(row, found.article.origin), title=found.article.title)
    mine = replace(mine, body_hash=found.body_hash, sketch=found.sketch)
    if held.origin != "contested" and not are_unlike(likeness_of(other, "page"), mine):
        return False
    row.canonical_refused = canonical
    if held.origin == "canonical":
        held.origin, other.canonical_refused, other.url = "contested", held.url, other.page_url
        extract_again(other)
    log.warning("article %s: its canonical link is refused, %s is article %s's", row.id, canonical, other.id)
    return True


def _forget_failure(row: ArticleRow) -> None:
    row.tries, row.retry_at, row.error = 0, None, None
    if row.state == "failed":
        row.state = "waiting"


def _record_rejection(row: ArticleRow, reason: str) -> None:
    """What is in the index stays there; an article that is not is refused, with its reason."""
    row.todo = None
    if not row.indexed_version:
        row.state, row.reason = "rejected", reason


def _record_version(session: Session, row: ArticleRow, found: Extraction, article: Article) -> bool:
    """False for what was made from a version that is no longer current: its turn comes again."""
    if article.version == row.version + 1:
        session.add(_version_row(row, found, article))
    elif article.version != row.version or found.text_hash != row.text_hash:
        return False
    if row.canonical_refused and article.url == row.canonical_refused:
        article = replace(article, url=row.page_url or row.url)
    row.version, row.text_hash = article.version, found.text_hash
    row.body_hash, row.sketch = found.body_hash, found.sketch
    row.title, row.url = article.title, article.url
    row.rights = article.rights or row.rights
    row.published_at = article.published.at if article.published else None
    row.published = dump_object(article.published) if article.published else None
    session.merge(DraftRow(article_id=row.id, body=dump_json(article)))
    row.todo = "tag"
    return True


def _version_row(row: ArticleRow, found: Extraction, article: Article) -> VersionRow:
    return VersionRow(
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
        changed=list(found.changed) if article.version > 1 else None,
    )
