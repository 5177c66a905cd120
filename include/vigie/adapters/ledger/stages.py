"""What an article needs next: extract, then tag, then index.

Between two tasks the article lies in `drafts` as JSON: a task may die anywhere, and the next run goes on from the
last stage that was recorded.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases, tallies
from vigie.adapters.ledger.schema import ArticleRow, DraftRow, SightingRow
from vigie.model import Article, ArticleId, Stage, TaggedArticle
from vigie.wire import dump_json, load_json

D = TypeVar("D")
MAX_TRIES = 8
"""After this many tries (about four days of backoff) a failed article waits a week between tries."""


def due_articles(ledger: Ledger, now: datetime) -> list[ArticleId]:
    """Every article that needs something done now, first seen first."""
    with ledger.reading() as session:
        due = _is_due(("extract", "tag", "index"), now)
        ids = session.scalars(
            sa.select(ArticleRow.id).where(due).order_by(ArticleRow.first_seen_at, ArticleRow.id)
        )
        return [ArticleId(i) for i in ids]


def claim_for_tag(ledger: Ledger, ids: Sequence[ArticleId], now: datetime) -> list[Article]:
    """Lease those of `ids` that are extracted and wait for their tags."""
    with ledger.writing() as session:
        rows = claim_stage(session, ledger, "tag", ids, now)
        drafts = (_read_draft(session, row, Article) for row in rows)
        return [draft for draft in drafts if draft]


def claim_for_index(
    ledger: Ledger, ids: Sequence[ArticleId], now: datetime
) -> tuple[list[TaggedArticle], list[ArticleId]]:
    """Lease those of `ids` that are tagged, to be put; and those that became duplicates, to be deleted."""
    with ledger.writing() as session:
        rows = claim_stage(session, ledger, "index", ids, now)
        drafts = (_read_draft(session, row, TaggedArticle) for row in rows if row.state != "duplicate")
        return [draft for draft in drafts if draft], [
            ArticleId(row.id) for row in rows if row.state == "duplicate"
        ]


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


def index_again(row: ArticleRow) -> None:
    """What the index says of this article is no longer so: unless it is on its way there, it goes once more."""
    if row.version and (row.todo is None or (row.todo == "index" and row.lease_owner)):
        extract_again(row)


def extract_again(row: ArticleRow) -> None:
    """What is known of this article has changed: whatever is made of it meanwhile, it is made once more."""
    row.todo, row.rules_version, row.retry_at = "extract", None, None


def drop_sightings(session: Session, article_id: str) -> None:
    """Forget the terms of an article, before they are counted anew."""
    gone = session.execute(sa.delete(SightingRow).where(SightingRow.article_id == article_id))
    tallies.move(session, SightingRow, -gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def _is_due(stages: Sequence[Stage], now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        ArticleRow.todo.in_(stages), sa.or_(ArticleRow.retry_at.is_(None), ArticleRow.retry_at <= now)
    )


def claim_stage(
    session: Session, ledger: Ledger, stage: Stage, ids: Sequence[ArticleId], now: datetime
) -> list[ArticleRow]:
    due = sa.and_(ArticleRow.id.in_(ids), _is_due((stage,), now))
    return leases.claim(
        session, ArticleRow, due, ledger.owner, now, limit=len(ids), order_by=(ArticleRow.id,)
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


def _drop_draft(session: Session, article_id: str) -> None:
    draft = session.get(DraftRow, article_id)
    if draft is not None:
        session.delete(draft)
