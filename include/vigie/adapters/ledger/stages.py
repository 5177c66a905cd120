"""What an article needs next: extract, then tag, then index.

Between two tasks the article lies in `drafts` as JSON: a task may die anywhere, and the next run goes on from the
last stage that was recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases, tallies
from vigie.adapters.ledger.entries import join_addresses
from vigie.adapters.ledger.feeds import read_feed
from vigie.adapters.ledger.schema import ArticleRow, DraftRow, EntryRow, FeedRow, SightingRow, VersionRow
from vigie.model import Article, ArticleId, DateClaim, Feed, RecordId, Stage, TaggedArticle
from vigie.wire import dump_json, dump_object, load_json

D = TypeVar("D")
MAX_TRIES = 8
"""After this many tries (about four days of backoff) a failed article waits a week between tries."""


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


def due_articles(ledger: Ledger, now: datetime) -> list[ArticleId]:
    """Every article that needs something done now, first seen first."""
    with ledger.reading() as session:
        due = _is_due(("extract", "tag", "index"), now)
        ids = session.scalars(
            sa.select(ArticleRow.id).where(due).order_by(ArticleRow.first_seen_at, ArticleRow.id)
        )
        return [ArticleId(i) for i in ids]


def claim_for_extract(ledger: Ledger, ids: Sequence[ArticleId], now: datetime) -> list[Material]:
    """Lease those of `ids` that wait for extraction."""
    with ledger.writing() as session:
        rows = _claim(session, ledger, "extract", ids, now)
        feeds = {row.id: read_feed(row) for row in session.scalars(sa.select(FeedRow))}
        return [_material(session, row, feeds[row.feed_id]) for row in rows]


def claim_for_tag(ledger: Ledger, ids: Sequence[ArticleId], now: datetime) -> list[Article]:
    """Lease those of `ids` that are extracted and wait for their tags."""
    with ledger.writing() as session:
        rows = _claim(session, ledger, "tag", ids, now)
        drafts = (_read_draft(session, row, Article) for row in rows)
        return [draft for draft in drafts if draft]


def claim_for_index(
    ledger: Ledger, ids: Sequence[ArticleId], now: datetime
) -> tuple[list[TaggedArticle], list[ArticleId]]:
    """Lease those of `ids` that are tagged, to be put; and those that became duplicates, to be deleted."""
    with ledger.writing() as session:
        rows = _claim(session, ledger, "index", ids, now)
        drafts = (_read_draft(session, row, TaggedArticle) for row in rows if row.state != "duplicate")
        return [draft for draft in drafts if draft], [
            ArticleId(row.id) for row in rows if row.state == "duplicate"
        ]


def record_extractions(ledger: Ledger, extractions: Sequence[Extraction], now: datetime) -> None:
    """Record a batch of extractions, in one transaction."""
    with ledger.writing() as session:
        for extraction in extractions:
            row = session.get_one(ArticleRow, extraction.article_id)
            leases.release(row)
            _record_extraction(session, row, extraction, now)


def record_tagged(ledger: Ledger, tagged: Sequence[TaggedArticle]) -> None:
    """Record a batch of tagged articles, in one transaction."""
    with ledger.writing() as session:
        for item in tagged:
            row = session.get_one(ArticleRow, item.article.id)
            leases.release(row)
            if row.todo == "tag" and row.version == item.article.version:
                session.get_one(DraftRow, row.id).body = dump_json(item)
                row.todo, row.rules_version = "index", item.rules_version


def record_indexed(ledger: Ledger, done: Sequence[tuple[ArticleId, int]], now: datetime) -> None:
    """These versions are in the index. What was asked of an article meanwhile is still to be done."""
    with ledger.writing() as session:
        for article_id, version in done:
            row = session.get_one(ArticleRow, article_id)
            leases.release(row)
            row.indexed_version, row.indexed_at = max(version, row.indexed_version), now
            if row.state == "duplicate":
                row.todo = "index"  # it became one while it was put: it has to leave again
                continue
            row.state, row.tries, row.retry_at, row.error = "indexed", 0, None, None
            row.counted_version = 0  # its terms are counted anew: they may have changed
            if row.todo == "index" and row.version == version:
                row.todo = None
                _drop_draft(session, row.id)


def record_deleted(ledger: Ledger, ids: Sequence[ArticleId]) -> None:
    """These duplicates have left the index."""
    with ledger.writing() as session:
        for article_id in ids:
            row = session.get_one(ArticleRow, article_id)
            leases.release(row)
            row.todo, row.indexed_version = None, 0
            _drop_draft(session, row.id)
            drop_sightings(session, row.id)


def record_failure(ledger: Ledger, article_id: ArticleId, error: str, now: datetime) -> None:
    """A stage could not be done: said, and tried again with backoff. What is in the index stays there."""
    with ledger.writing() as session:
        row = session.get_one(ArticleRow, article_id)
        leases.release(row)
        row.tries += 1
        row.error, row.retry_at = error, now + backoff(row.tries)
        if row.state == "waiting":
            row.state = "failed"


def backoff(tries: int) -> timedelta:
    """How long to wait after so many tries: 5 minutes, doubled each time, a week at most."""
    return timedelta(minutes=5) * (1 << (tries - 1)) if tries <= MAX_TRIES else timedelta(days=7)


def reopen(
    ledger: Ledger, since: datetime | None, until: datetime | None, *, forget_index: bool = False
) -> int:
    """Send what was kept of a range of `first_seen_at` through extraction again, from the archive; how many.

    `forget_index` says that the index is about to be emptied: nothing is in it any more.
    """
    chosen = [ArticleRow.version > 0, ArticleRow.state != "duplicate"]
    if since:
        chosen.append(ArticleRow.first_seen_at >= since)
    if until:
        chosen.append(ArticleRow.first_seen_at < until)
    changes: dict[str, str | int | None] = {"todo": "extract", "rules_version": None, "retry_at": None}
    if forget_index:
        changes |= {"indexed_version": 0, "state": "waiting"}
    with ledger.writing() as session:
        opened = session.execute(sa.update(ArticleRow).where(*chosen).values(changes))
        return int(opened.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def drop_sightings(session: Session, article_id: str) -> None:
    """Forget the terms of an article, before they are counted anew."""
    gone = session.execute(sa.delete(SightingRow).where(SightingRow.article_id == article_id))
    tallies.move(session, SightingRow, -gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def _is_due(stages: Sequence[Stage], now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        ArticleRow.todo.in_(stages), sa.or_(ArticleRow.retry_at.is_(None), ArticleRow.retry_at <= now)
    )


def _claim(
    session: Session, ledger: Ledger, stage: Stage, ids: Sequence[ArticleId], now: datetime
) -> list[ArticleRow]:
    due = sa.and_(ArticleRow.id.in_(ids), _is_due((stage,), now))
    return leases.claim(
        session, ArticleRow, due, ledger.owner, now, limit=len(ids), order_by=(ArticleRow.id,)
    )


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


def _read_draft(session: Session, row: ArticleRow, kind: type[D]) -> D | None:
    """The draft of an article; what an earlier release wrote and this one cannot read is extracted again."""
    draft = session.get(DraftRow, row.id)
    try:
        return load_json(kind, draft.body if draft else "")
    except ValidationError:
        leases.release(row)
        row.todo, row.rules_version = "extract", None
        return None


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


def _drop_draft(session: Session, article_id: str) -> None:
    draft = session.get(DraftRow, article_id)
    if draft is not None:
        session.delete(draft)
