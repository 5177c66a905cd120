"""Entries and identity: every address form of an article leads to one article id, assigned once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger.schema import AddressRow, ArticleRow, BandRow, EntryRow
from vigie.adapters.ledger.stages import index_again
from vigie.model import AddressOrigin, ArticleId, Entry, RecordId
from vigie.urls import is_homepage, normalize_url


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
    """Add the entries that are new, each with its article or as a duplicate of one; how many were new.

    A feed brings up to thousands: what is known is asked once, and each table is written at once.
    """
    items = {item.entry.id: item for item in entries}
    fresh = [items[entry.id] for entry in unseen_entries(session, [item.entry for item in items.values()])]
    articles = _find_articles(session, [item for item in fresh if not _is_blank(item.entry)], now)
    for item in fresh:
        _record_entry(session, item, articles.get(_key_of(item.entry)), now)
    session.flush()
    return len(fresh)


def join_addresses(
    session: Session, article: ArticleRow, forms: Iterable[tuple[str, AddressOrigin]], now: datetime
) -> ArticleId:
    """Give an article more addresses. When one belongs to another article, this one becomes its duplicate.

    The one that held the address survives, whichever is older: it may be indexed and stand in alerts already.
    A front page is nobody's address, and one that articles contest is whose page was really there. Returns the id that
    survives.
    """
    for url, origin in forms:
        held = session.get(AddressRow, address_key(url))
        if is_homepage(url) and origin == "redirect":
            continue
        if held is None:
            _add_address(session, article.id, url, origin, now)
        elif held.origin == "contested":
            if origin != "canonical":
                held.article_id, held.origin = article.id, origin
        elif held.article_id != article.id:
            return merge_articles(session, article, survivor_of(session, held.article_id))
    session.flush()
    return ArticleId(article.id)


def _is_blank(entry: Entry) -> bool:
    return not (entry.url or entry.title or entry.text or entry.summary)


def _key_of(entry: Entry) -> str:
    return address_key(entry.url) if entry.url else f"entry:{entry.id}"


def _record_entry(session: Session, item: EntryToRecord, article_id: str | None, now: datetime) -> None:
    entry = item.entry
    session.add(
        EntryRow(
            id=entry.id,
            feed_id=entry.feed_id,
            article_id=article_id,
            url=entry.url,
            first_seen_at=now,
            record_id=item.record_id,
            rejected="ni adresse, ni titre, ni texte" if _is_blank(entry) else None,
        )
    )


def _find_articles(session: Session, items: Sequence[EntryToRecord], now: datetime) -> dict[str, str]:
    """The article of each entry by its address key: the one that holds the address, or a new one."""
    first = {_key_of(item.entry): item for item in reversed(items)}
    held = _read_addresses(session, list(first))
    found: dict[str, str] = {}
    for key, item in first.items():
        row = held.get(key)
        if row is not None and row.origin != "contested":
            found[key] = survivor_of(session, row.article_id).id
        else:
            found[key] = article_id_of(key)
            session.add(_new_article(item, article_id_of(key), now))
    session.flush()  # before the addresses, which refer to them
    for key in first.keys() - {key for key, row in held.items() if row.origin != "contested"}:
        _give_address(session, held.get(key), key, first[key].entry, now)
    session.flush()
    return found


def _give_address(session: Session, held: AddressRow | None, key: str, entry: Entry, now: datetime) -> None:
    """To the article that was first seen there; one that others only claimed was never theirs."""
    if held is not None:
        held.article_id, held.origin = article_id_of(key), entry.origin
    else:
        row = AddressRow(key=key, article_id=article_id_of(key), url=entry.url or "", origin=entry.origin)
        row.seen_at = now
        session.add(row)


def _read_addresses(session: Session, keys: Sequence[str]) -> dict[str, AddressRow]:
    return {
        row.key: row
        for chunk in _chunks(keys, 500)
        for row in session.scalars(sa.select(AddressRow).where(AddressRow.key.in_(chunk)))
    }


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


def survivor_of(session: Session, article_id: str) -> ArticleRow:
    """The article itself, or the one that it is a duplicate of."""
    row = session.get_one(ArticleRow, article_id)
    return session.get_one(ArticleRow, row.duplicate_of) if row.duplicate_of else row


def merge_articles(session: Session, article: ArticleRow, survivor: ArticleRow) -> ArticleId:
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
    _drop_copies(session, article, survivor)
    if survivor.page_record_id is None and article.page_record_id is not None:
        _adopt_page(survivor, article)
    return ArticleId(survivor.id)


def _drop_copies(session: Session, article: ArticleRow, survivor: ArticleRow) -> None:
    """A duplicate is nobody's copy; its copies are the survivor's."""
    session.execute(sa.delete(BandRow).where(BandRow.article_id == article.id))
    article.sketch = article.copy_of = article.similarity = None
    for copy in session.scalars(sa.select(ArticleRow).where(ArticleRow.copy_of == article.id)):
        copy.copy_of = survivor.id if copy.id != survivor.id else None
        copy.similarity = copy.similarity if copy.copy_of else None
        index_again(copy)


def _adopt_page(survivor: ArticleRow, article: ArticleRow) -> None:
    """What could be read under one address is not lost because the other one's page was never had."""
    survivor.page_record_id, survivor.fetched_at = article.page_record_id, article.fetched_at
    survivor.page_url = article.page_url
    survivor.todo, survivor.retry_at = "extract", None
    if survivor.state == "rejected":
        survivor.state, survivor.reason = "waiting", None


def _chunks(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
