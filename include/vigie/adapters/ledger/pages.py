"""Pages in the ledger: which are due, and what came of fetching them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.entries import join_addresses
from vigie.adapters.ledger.schema import ArticleRow, FeedRow, FetchRow
from vigie.model import ArticleId, FeedKind, RecordId
from vigie.urls import is_homepage

FetchOutcome = Literal["page", "same", "gone", "refused", "failed"]
ASKED_FIRST = (ArticleRow.fetch_tries, ArticleRow.first_seen_at, ArticleRow.id)
"""Pages that were asked less go first: one that is always refused with a Retry-After must not starve its host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The page as it was last read whole: where it lies in the archive, and what asks "did it change?"."""

    record_id: RecordId
    at: datetime | None
    etag: str | None
    last_modified: str | None
    body_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToFetch:
    """A page that is due; `tries` counts the requests made so far. `licensed`: reservations do not bind the desk.

    `ailing` says that the last request failed, or found the page gone.
    """

    article_id: ArticleId
    url: str
    first_seen_at: datetime
    tries: int
    kind: FeedKind = "press"
    licensed: bool = False
    known: Known | None = None
    ailing: bool = False
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What came of one request for a page: a record in the archive, or an error; and when to ask again, if ever.

    `addresses` are the URLs that redirects walked. `same` says that nothing changed; the record is then a revisit, and
    `whole` tells a whole answer from a 304. `withdrawn` says that the page is gone. `rights` says why it is not kept.
    `asked` is False where nothing was sent, because the host is left alone.
    """

    article_id: ArticleId
    at: datetime
    next_fetch_at: datetime | None
    addresses: tuple[str, ...] = ()
    status: int | None = None
    record_id: RecordId | None = None
    same: bool = False
    whole: bool = True
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    error: str | None = None
    note: str | None = None
    withdrawn: bool = False
    rights: str | None = None
    asked: bool = True

    @property
    def outcome(self) -> FetchOutcome:
        """What it is called in the ledger."""
        if self.same:
            return "same"
        if self.record_id:
            return "page"
        if self.rights:
            return "refused"
        return "gone" if self.withdrawn else "failed"


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
        return [_to_fetch(row, session.get_one(FeedRow, row.feed_id)) for row in rows]


def record_fetches(ledger: Ledger, fetches: Sequence[Fetch], pending: Sequence[ArticleId] = ()) -> None:
    """Record what came of some requests, in one transaction; keep the lease of those that are still to be asked."""
    with ledger.writing() as session:
        for fetch in fetches:
            row = session.get_one(ArticleRow, fetch.article_id)
            leases.release(row)
            if row.state == "duplicate":
                continue
            _record(row, fetch)
            if fetch.asked:
                session.add(_request(fetch))
            if fetch.record_id:
                forms = [(url, "redirect") for url in fetch.addresses]
                join_addresses(session, row, forms, fetch.at)  # type: ignore[arg-type]  # a literal in a list
        if fetches and pending:
            leases.renew(session, ArticleRow, ArticleRow.id.in_(pending), ledger.owner, fetches[-1].at)


def _record(row: ArticleRow, fetch: Fetch) -> None:
    row.fetch_due_at = fetch.next_fetch_at
    if fetch.asked or row.page_record_id is None:  # a host's rest says nothing of a page that was read
        row.fetch_error = fetch.error
    row.fetch_tries += fetch.asked
    if fetch.withdrawn and row.page_record_id:
        row.withdrawn_at = row.withdrawn_at or fetch.at
    if fetch.same or fetch.record_id:
        _record_answer(row, fetch)
    elif fetch.asked:
        row.rights = fetch.rights or row.rights
    if row.version == 0 and not fetch.same:
        row.todo = "extract"  # without a page from the feed's entry; the page upgrades it later


def _record_answer(row: ArticleRow, fetch: Fetch) -> None:
    row.withdrawn_at = None
    if fetch.whole:
        row.fetched_at = fetch.at
        row.page_etag, row.page_last_modified = fetch.etag, fetch.last_modified
        row.page_hash = fetch.body_hash
    if not fetch.same:
        row.page_record_id, row.rights = fetch.record_id, None
        _move(row, fetch.addresses[-1] if fetch.addresses else row.url)
        row.todo = "extract"


def _move(row: ArticleRow, landed: str | None) -> None:
    """Where a page was is its address, until it names another as its own; it is asked again where it was."""
    if landed is not None and landed != row.page_url and not is_homepage(landed):
        row.url = landed
    row.page_url = landed


def _request(fetch: Fetch) -> FetchRow:
    return FetchRow(
        article_id=fetch.article_id,
        at=fetch.at,
        status=fetch.status,
        outcome=fetch.outcome,
        sentence=fetch.error or fetch.rights or fetch.note,
        record_id=fetch.record_id,
    )


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    """A page waits while an earlier answer is still on its way through extract, tag and index."""
    return sa.and_(ArticleRow.fetch_due_at <= now, ArticleRow.todo.is_(None), ArticleRow.state != "duplicate")


def _to_fetch(row: ArticleRow, feed: FeedRow) -> PageToFetch:
    return PageToFetch(
        article_id=ArticleId(row.id),
        url=row.page_url or row.url or "",
        first_seen_at=row.first_seen_at,
        tries=row.fetch_tries,
        kind=feed.kind,  # type: ignore[arg-type]  # a column of one of two words
        licensed=feed.licensed,
        known=_known(row),
        ailing=row.fetch_error is not None or row.withdrawn_at is not None,
        withdrawn_at=row.withdrawn_at,
    )


def _known(row: ArticleRow) -> Known | None:
    if row.page_record_id is None:
        return None
    return Known(
        record_id=RecordId(row.page_record_id),
        at=row.fetched_at,
        etag=row.page_etag,
        last_modified=row.page_last_modified,
        body_hash=row.page_hash,
    )
