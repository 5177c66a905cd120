"""Which entries of an answer are new, and which of those are taken now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, polls, showings
from vigie.adapters.ledger import entries as ledger_entries
from vigie.model import Entry, EntryId, Feed

FIRST_POLL_ENTRIES = 100
"""Of a listing or a sitemap, the newest that its first poll takes: what is older was published before Vigie came."""
ENTRIES_A_POLL = 500
"""Of a listing or a sitemap later on, when a site gets all new addresses; the rest comes with the next polls."""
KEY_BYTES = 8
"""Of an entry's id, to remember what the first poll left: two of 100,000 fall together once in four billion sites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """`taken` are new. `renamed` have a new guid and the address of an entry that this feed has shown before. `left`
    are older than a first poll goes back, and `passed_over` remembers them; `waiting` come with the next poll."""

    taken: tuple[Entry, ...] = ()
    renamed: int = 0
    left: int = 0
    waiting: int = 0
    passed_over: bytes | None = None


def choose_new(ledger: Ledger, feed: Feed, entries: Sequence[Entry]) -> News:
    """What to record of a body's entries."""
    with ledger.reading() as session:
        fresh = ledger_entries.unseen_entries(session, entries)
        if feed.source == "feed":
            known = showings.shown_again(session, fresh, feed.id)
            return News(taken=_without(fresh, known), renamed=len(known))
        held = polls.read_passed_over(session, feed.id)
        if held is None:
            return _begin(session, fresh) if entries else News()
        return _go_on(session, fresh, held)


def _begin(session: Session, fresh: Sequence[Entry]) -> News:
    newest, older = fresh[:FIRST_POLL_ENTRIES], fresh[FIRST_POLL_ENTRIES:]
    taken = _without(newest, showings.known_by_address(session, newest))
    return News(taken=taken, left=len(older), passed_over=b"".join(_key(entry) for entry in older))


def _go_on(session: Session, fresh: Sequence[Entry], held: bytes) -> News:
    keys = {held[start : start + KEY_BYTES] for start in range(0, len(held), KEY_BYTES)}
    wanted = [entry for entry in fresh if _key(entry) not in keys]
    unknown = _without(wanted, showings.known_by_address(session, wanted))
    return News(taken=unknown[:ENTRIES_A_POLL], waiting=len(unknown[ENTRIES_A_POLL:]))


def _without(entries: Sequence[Entry], known: Collection[EntryId]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.id not in known)


def _key(entry: Entry) -> bytes:
    return bytes.fromhex(entry.id)[:KEY_BYTES]
