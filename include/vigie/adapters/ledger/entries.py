"""Entries and identity: every address form of an article leads to one article id, assigned once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger.schema import AddressRow, ArticleRow, EntryRow
from vigie.model import AddressOrigin, ArticleId, Entry, RecordId
from vigie.urls import normalize_url


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryToRecord:
    """An entry, where it lies in the archive, and its page when that came along (an import)."""

    entry: Entry
    record_id: RecordId
    page_record_id: RecordId | None = None


LONGEST_KEY_BYTES = 1000
"""PostgreSQL refuses a longer key than 2,704 bytes in an index; what is longer is known by its digest."""


def address_key(url: str) -> str:
    """The normalised form of an address, fit to be a key: the same key means the same article."""
    key = normalize_url(url)
    encoded = key.encode("utf-8", "surrogatepass")
    if len(encoded) <= LONGEST_KEY_BYTES:
        return key
    return f"sha256:{hashlib.sha256(encoded).hexdigest()}"


def unseen_entries(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """Those that the ledger does not have yet, each once: what has to be archived."""
    ids = {entry.id for entry in entries}
    known: set[str] = set()
    for chunk in _chunks(sorted(ids), 500):
        known.update(session.scalars(sa.select(EntryRow.id).where(EntryRow.id.in_(chunk))))
    fresh: dict[str, Entry] = {entry.id: entry for entry in entries if entry.id not in known}
    return list(fresh.values())


def record_entries_in(session: Session, entries: Iterable[EntryToRecord], now: datetime) -> int:
    """Add the entries that are new, each with its article or as a duplicate of one; how many were new."""
    new = 0
    for item in entries:
        if session.get(EntryRow, item.entry.id) is None:
            _record_entry(session, item, now)
            new += 1
    session.flush()
    return new


def join_addresses(
    session: Session, article: ArticleRow, forms: Iterable[tuple[str, AddressOrigin]], now: datetime
) -> ArticleId:
    """Give an article more addresses. When one belongs to another article, this one becomes its duplicate.

    The one that held the address survives, whichever is older: it may be indexed and stand in alerts already.
    Returns the id that survives.
    """
    for url, origin in forms:
        held = session.get(AddressRow, address_key(url))
        if held is None:
            _add_address(session, article.id, url, origin, now)
        elif held.article_id != article.id:
            return _merge(session, article, _survivor(session, held.article_id))
    session.flush()
    return ArticleId(article.id)


def _record_entry(session: Session, item: EntryToRecord, now: datetime) -> None:
    entry = item.entry
    row = EntryRow(
        id=entry.id, feed_id=entry.feed_id, url=entry.url, first_seen_at=now, record_id=item.record_id
    )
    if not (entry.url or entry.title or entry.text or entry.summary):
        row.rejected = "ni adresse, ni titre, ni texte"
    else:
        row.article_id = _article_of(session, item, now)
    session.add(row)


def _article_of(session: Session, item: EntryToRecord, now: datetime) -> str:
    key = address_key(item.entry.url) if item.entry.url else f"entry:{item.entry.id}"
    held = session.get(AddressRow, key)
    if held is not None:
        return _survivor(session, held.article_id).id
    article = _new_article(item, article_id_of(key), now)
    session.add(article)
    session.flush()
    session.add(
        AddressRow(
            key=key, article_id=article.id, url=item.entry.url or "", origin=item.entry.origin, seen_at=now
        )
    )
    session.flush()
    return article.id


def article_id_of(key: str) -> ArticleId:
    """The id of the article that was first seen under this address key."""
    return ArticleId(hashlib.blake2b(key.encode(), digest_size=10).hexdigest())


def _new_article(item: EntryToRecord, article_id: ArticleId, now: datetime) -> ArticleRow:
    """What has its text already goes straight to extraction; the rest waits for its page."""
    entry = item.entry
    wants_page = entry.url is not None and entry.origin == "feed"
    return ArticleRow(
        id=article_id,
        entry_id=entry.id,
        feed_id=entry.feed_id,
        state="waiting",
        url=entry.url,
        title=entry.title,
        first_seen_at=now,
        fetch_due_at=now if wants_page else None,
        todo=None if wants_page else "extract",
        page_record_id=item.page_record_id,
        fetched_at=now if item.page_record_id else None,
        fetch_tries=0,
        tries=0,
        version=0,
        indexed_version=0,
        counted_version=0,
        decided_version=0,
    )


def _add_address(session: Session, article_id: str, url: str, origin: AddressOrigin, now: datetime) -> None:
    session.add(AddressRow(key=address_key(url), article_id=article_id, url=url, origin=origin, seen_at=now))
    session.flush()


def _survivor(session: Session, article_id: str) -> ArticleRow:
    row = session.get_one(ArticleRow, article_id)
    return session.get_one(ArticleRow, row.duplicate_of) if row.duplicate_of else row


def _merge(session: Session, article: ArticleRow, survivor: ArticleRow) -> ArticleId:
    """`article` turns out to be `survivor`: its addresses move, its document leaves the index if it ever had one."""
    moves = {"article_id": survivor.id}
    session.execute(sa.update(AddressRow).where(AddressRow.article_id == article.id).values(moves))
    session.execute(sa.update(EntryRow).where(EntryRow.article_id == article.id).values(moves))
    session.execute(
        sa.update(ArticleRow).where(ArticleRow.duplicate_of == article.id).values(duplicate_of=survivor.id)
    )
    article.state, article.duplicate_of = "duplicate", survivor.id
    article.fetch_due_at = article.retry_at = None
    article.todo = "index" if article.version else None
    if survivor.page_record_id is None and article.page_record_id is not None:
        _adopt_page(survivor, article)
    return ArticleId(survivor.id)


def _adopt_page(survivor: ArticleRow, article: ArticleRow) -> None:
    """What could be read under one address is not lost because the other one's page was never had."""
    survivor.page_record_id, survivor.fetched_at = article.page_record_id, article.fetched_at
    survivor.todo, survivor.retry_at = "extract", None
    if survivor.state == "rejected":
        survivor.state, survivor.reason = "waiting", None


def _chunks(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
