"""Standings to index documents: how each feed fares, and how many entries of a day are in which state.

Dashboards draw them. They are no decisions: each pass reads them off the ledger anew, and puts those that changed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from vigie.search.documents import Document
from vigie.search.findings import iso, sign
from vigie.urls import hide_credentials
from vigie.wire import dump_object

LONGEST_REASON = 200
"""Reasons are few and short; a longer one, if ever, is counted with those that begin alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """How one feed fares: what changes when it is polled. See `FeedReport` of the ledger."""

    id: str
    url: str
    publisher: str
    kind: str
    source: str
    health: str
    condition: str
    sentence: str
    last_polled_at: datetime | None
    last_entry_at: datetime | None
    troubled_since: datetime | None
    last_error: str | None
    moved_url: str | None
    interval_s: int | None
    failures: int
    entries: int
    gaps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateStanding:
    """How many of the entries first seen on a day (UTC) are in one state now, for one reason if they were refused."""

    day: date
    state: str
    reason: str | None
    entries: int

    @property
    def id(self) -> str:
        """The day comes first: `day_of` reads it."""
        return " ".join(filter(None, (self.day.isoformat(), self.state, self.reason)))


def day_of(state_id: str) -> str:
    """The day that a state's id is of, as ISO writes it."""
    return state_id[:10]


def build_feed_document(standing: FeedStanding) -> Document:
    """The document of a feed; an address never shows a password."""
    moments = {
        name: iso(at) if (at := getattr(standing, name)) else None
        for name in ("last_polled_at", "last_entry_at", "troubled_since")
    }
    moved = hide_credentials(standing.moved_url) if standing.moved_url else None
    return sign(
        {**dump_object(standing), **moments, "url": hide_credentials(standing.url), "moved_url": moved}
    )


def build_state_document(standing: StateStanding) -> Document:
    """The document of a day's entries in one state."""
    midnight = datetime.combine(standing.day, time(), UTC)
    return sign({**dump_object(standing), "id": standing.id, "day": iso(midnight)})
