"""Which source showed which article: what a listing need not bring again, and what a feed never showed."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from vigie.adapters.ledger.entries import address_key
from vigie.adapters.ledger.schema import AddressRow, EntryRow, FeedRow
from vigie.model import Entry, EntryId, FeedId

AT_ONCE = 500
"""Keys of one query; SQLite takes 32,766 at most."""


def known_by_address(session: Session, entries: Sequence[Entry]) -> set[EntryId]:
    """Those of `entries` whose address leads to an article already."""
    keys = _keys_of(entries)
    held: set[str] = set()
    for chunk in _chunks(sorted(set(keys.values()))):
        held.update(session.scalars(sa.select(AddressRow.key).where(AddressRow.key.in_(chunk))))
    return {entry_id for entry_id, key in keys.items() if key in held}


def shown_again(session: Session, entries: Sequence[Entry], feed_id: FeedId) -> set[EntryId]:
    """Those of `entries` whose very address this feed has shown before, under another guid."""
    keys = _keys_of(entries)
    shown: set[str] = set()
    for chunk in _chunks(sorted(set(keys.values()))):
        query = sa.select(EntryRow.url).join(AddressRow, AddressRow.article_id == EntryRow.article_id)
        urls = session.scalars(query.where(AddressRow.key.in_(chunk), EntryRow.feed_id == feed_id))
        # The article may have the address by its page's word alone: what the feed showed decides.
        shown.update(address_key(url) for url in urls if url)
    return {entry_id for entry_id, key in keys.items() if key in shown}


def _keys_of(entries: Sequence[Entry]) -> dict[EntryId, str]:
    return {entry.id: address_key(entry.url) for entry in entries if entry.url}


def count_gaps(session: Session) -> dict[str, int]:
    """For each listing or sitemap: the articles that it brought and the feed beside it never showed."""
    beside = aliased(EntryRow)
    shown = sa.exists().where(beside.article_id == EntryRow.article_id, beside.feed_id == FeedRow.beside)
    query = (
        sa.select(EntryRow.feed_id, sa.func.count(EntryRow.article_id.distinct()))
        .join(FeedRow, FeedRow.id == EntryRow.feed_id)
        .where(FeedRow.beside.is_not(None), EntryRow.article_id.is_not(None), ~shown)
        .group_by(EntryRow.feed_id)
    )
    return {feed_id: count for feed_id, count in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
