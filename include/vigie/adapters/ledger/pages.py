"""Pages in the ledger: which are due, and what came of fetching them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.entries import join_addresses
from vigie.adapters.ledger.schema import ArticleRow, FetchRow
from vigie.model import ArticleId, RecordId

ASKED_FIRST = (ArticleRow.fetch_tries, ArticleRow.first_seen_at, ArticleRow.id)
"""Pages that were asked less go first: one that is always refused with a Retry-After must not starve its host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToFetch:
    """A page that is due; `tries` counts the requests made so far."""

    article_id: ArticleId
    url: str
    first_seen_at: datetime
    tries: int
    has_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What came of one request for a page: a record in the archive, or an error; and when to ask again, if ever.

    `addresses` are the URLs that redirects walked. `withdrawn` says that a page that had been there is gone. `asked`
    is False where nothing was sent, because the host asked to be left alone.
    """

    article_id: ArticleId
    at: datetime
    next_fetch_at: datetime | None
    addresses: tuple[str, ...] = ()
    record_id: RecordId | None = None
    error: str | None = None
    withdrawn: bool = False
    asked: bool = True


def due_pages(ledger: Ledger, now: datetime) -> list[ArticleId]:
    """The articles whose page is due, in the order they are to be asked."""
    with ledger.reading() as session:
        ids = session.scalars(sa.select(ArticleRow.id).where(_is_due(now)).order_by(*ASKED_FIRST))
        return [ArticleId(i) for i in ids]


def claim_pages(ledger: Ledger, ids: Sequence[ArticleId], now: datetime) -> list[PageToFetch]:
    """Lease those of `ids` that are still due and free."""
    with ledger.writing() as session:
        due = sa.and_(ArticleRow.id.in_(ids), _is_due(now))
        rows = leases.claim(session, ArticleRow, due, ledger.owner, now, limit=len(ids), order_by=ASKED_FIRST)
        return [_to_fetch(row) for row in rows]


def record_fetches(ledger: Ledger, fetches: Sequence[Fetch]) -> None:
    """Record what came of a batch of requests, in one transaction."""
    with ledger.writing() as session:
        for fetch in fetches:
            row = session.get_one(ArticleRow, fetch.article_id)
            leases.release(row)
            if row.state == "duplicate":
                continue
            _record(row, fetch)
            session.add(_request(fetch))
            if fetch.record_id:
                forms = [(url, "redirect") for url in fetch.addresses]
                join_addresses(session, row, forms, fetch.at)  # type: ignore[arg-type]  # a literal in a list


def _record(row: ArticleRow, fetch: Fetch) -> None:
    row.fetch_tries += fetch.asked
    row.fetch_due_at = fetch.next_fetch_at
    row.fetch_error = fetch.error
    if fetch.withdrawn and row.page_record_id:
        row.withdrawn_at = row.withdrawn_at or fetch.at
    if fetch.record_id:
        row.page_record_id, row.fetched_at, row.withdrawn_at = fetch.record_id, fetch.at, None
        row.url = fetch.addresses[-1] if fetch.addresses else row.url
        row.todo = "extract"
    elif row.version == 0:
        row.todo = "extract"  # from the feed's entry; the page upgrades it later


def _request(fetch: Fetch) -> FetchRow:
    outcome = "page" if fetch.record_id else "gone" if fetch.withdrawn else "failed"
    return FetchRow(
        article_id=fetch.article_id,
        at=fetch.at,
        outcome=outcome,
        sentence=fetch.error,
        record_id=fetch.record_id,
    )


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    """A page waits while an earlier answer is still on its way through extract, tag and index."""
    return sa.and_(ArticleRow.fetch_due_at <= now, ArticleRow.todo.is_(None), ArticleRow.state != "duplicate")


def _to_fetch(row: ArticleRow) -> PageToFetch:
    return PageToFetch(
        article_id=ArticleId(row.id),
        url=row.url or "",
        first_seen_at=row.first_seen_at,
        tries=row.fetch_tries,
        has_page=row.page_record_id is not None,
    )
