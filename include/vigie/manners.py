"""What a host's answers, and its silences, ask of us: how long to leave it alone. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

Trouble = Literal["busy", "silent", "unreachable"]
"""`busy`: it answered 429 or 503. `silent`: it took the request and gave no status. `unreachable`: no connection."""
BUSY = frozenset({429, 503})
LONGEST_ASKED = timedelta(days=1)
"""A Retry-After is heeded up to here."""
FIRST_REST = timedelta(minutes=1)
"""Longer than the rest of most passes, shorter than the two minutes between two of them (`collect_pages`)."""
LONGEST_REST = timedelta(minutes=30)
"""A host that is back is seen within this time; one that stays away costs one time-out in it."""
_WHY = {
    "busy": "il répond qu'il a trop à faire",
    "silent": "il ne répond pas",
    "unreachable": "la connexion ne se fait pas",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """How long a host is to be left alone, and why, in words that follow "ce serveur est laissé en paix :"."""

    lasts: timedelta
    why: str


def rest_after(trouble: Trouble, in_a_row: int, asked: timedelta | None = None) -> Rest | None:
    """The rest that a host needs after its `in_a_row`-th trouble (1 is the first); None where it needs none yet.

    What the host asks for is what it gets. Else one minute, doubled each time. One silence may be one page's; two in a
    row are the host's.
    """
    if asked:
        return Rest(lasts=asked, why="il demande d'attendre")
    if trouble == "silent" and in_a_row < 2:
        return None
    return Rest(lasts=min(FIRST_REST * (1 << min(in_a_row - 1, 16)), LONGEST_REST), why=_WHY[trouble])


def parse_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone: seconds or an HTTP date, at most a day; None for none or junk."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_ASKED)
    try:
        at = parsedate_to_datetime(text)
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta()), LONGEST_ASKED)
