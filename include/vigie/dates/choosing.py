"""Of the dates that are claimed for an article, the one to believe, and why. Pure: the moments are arguments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vigie.model import DateClaim, DateOrigin, DatePrecision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No article of the web is older; 1970-01-01 is a clock that was never set."""
AHEAD_TOLERANCE = timedelta(minutes=5)
"""How far two clocks may disagree before a date counts as lying in the future."""
NOW_TOLERANCE = timedelta(seconds=3)
"""A page whose date is the second of our request prints the time of day; unless its feed says so too."""
PAGE_ORIGINS: frozenset[DateOrigin] = frozenset(("json-ld", "meta", "time", "page"))
"""Where a page's own word comes from."""
FEED_ORIGINS: frozenset[DateOrigin] = frozenset(("feed", "import"))

_RANK: dict[DateOrigin, int] = {
    "json-ld": 0, "meta": 1, "time": 2, "page": 3, "feed": 4, "import": 5, "url": 6,
}  # fmt: skip
_SPAN: dict[DatePrecision, timedelta] = {
    "second": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
CLOCK = "l'heure de notre demande : une horloge, non une date"
_NAMES: dict[DateOrigin, str] = {
    "json-ld": "le JSON-LD de la page", "meta": "les balises meta de la page", "time": "la balise <time> de la page",
    "page": "le texte de la page", "feed": "le flux", "import": "l'import", "url": "l'adresse",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The date to believe (None where none can be), the rule in a sentence, and each claim that lost with its reason."""

    claim: DateClaim | None
    rule: str
    refused: tuple[tuple[DateClaim, str], ...]


def choose_published(
    claims: Iterable[DateClaim], first_seen_at: datetime, fetched_at: datetime | None = None
) -> DateClaim | None:
    """When it was published, or None where nothing trustworthy says so.

    1. Claims of a modification do not count, nor do those that are not plausible: before 1990, ahead of the moment it
       was first seen by more than 5 minutes, or, on a page alone, the very second that we fetched it.
    2. The page's own word is its JSON-LD, else its meta tags, else its <time> and itemprop, else its text; the feed's
       (or import's) word is the feed's. A more precise claim that lies within a vaguer one of the same source
       replaces it.
    3. Where page and feed agree (one lies within the other's minute, day, month or year), the more precise one is
       chosen; of two as precise, the page's.
    4. Where they do not, the earlier one is chosen: publishers re-date what they touch, they do not pre-date. So a
       page's own time beats a later feed date.
    5. A date in the address counts only where there is nothing else.

    Of a relative date ("il y a 2 heures") nothing is made: it says when it was read, not when it was published.
    """
    return explain_choice(claims, first_seen_at, fetched_at).claim


def explain_choice(
    claims: Iterable[DateClaim], first_seen_at: datetime, fetched_at: datetime | None = None
) -> Choice:
    """`choose_published` with its reasons, in French."""
    known = tuple(claims)
    feeds = [c for c in known if c.origin in FEED_ORIGINS and c.precision in ("second", "minute")]
    faults = {
        claim: _name_fault(claim, first_seen_at)
        or (CLOCK if fetched_at and _is_clock(claim, fetched_at, feeds) else None)
        for claim in known
    }
    likely = sorted((c for c in known if not faults[c]), key=lambda c: _RANK[c.origin])
    page = _refine([c for c in likely if c.origin in PAGE_ORIGINS])
    feed = _refine([c for c in likely if c.origin in FEED_ORIGINS])
    chosen, rule = _decide(page, feed, likely)
    refused = tuple((c, faults[c] or _name_loss(c, chosen)) for c in known if c != chosen)
    return Choice(claim=chosen, rule=rule, refused=refused)


def choose_modified(
    claims: Iterable[DateClaim], published: DateClaim | None, fetched_at: datetime
) -> DateClaim | None:
    """When the page says it was last modified: the claim of its best source, or None.

    Only after publication, not ahead of the fetch by more than 5 minutes, and not the very second of it: that is a
    server's clock.
    """
    stated = (
        c
        for c in claims
        if c.modified
        and is_plausible(c, fetched_at)
        and not _is_clock(c, fetched_at)
        and (published is None or c.at > published.at)
    )
    return min(stated, key=lambda c: (_RANK[c.origin], _SPAN[c.precision]), default=None)


def is_plausible(claim: DateClaim, first_seen_at: datetime) -> bool:
    """Whether an article first seen then can be of that date: from 1990 on, and not ahead of that moment.

    A day begins at its local midnight, so today's date without a time is plausible and tomorrow's is not.
    """
    return EARLIEST <= claim.at <= first_seen_at + AHEAD_TOLERANCE


def agree(a: DateClaim, b: DateClaim) -> bool:
    """Whether one lies within the other's minute, day, month or year."""
    return a.at < b.at + _SPAN[b.precision] and b.at < a.at + _SPAN[a.precision]


def _name_fault(claim: DateClaim, first_seen_at: datetime) -> str | None:
    """Why a claim does not count; None where it does."""
    if claim.modified:
        return "date de modification"
    if claim.at < EARLIEST:
        return "avant 1990"
    if not is_plausible(claim, first_seen_at):
        return "dans le futur de sa première apparition"
    return None


def _is_clock(claim: DateClaim, fetched_at: datetime, feeds: Iterable[DateClaim] = ()) -> bool:
    is_now = claim.precision == "second" and abs(claim.at - fetched_at) <= NOW_TOLERANCE
    return is_now and claim.origin in PAGE_ORIGINS and not any(agree(claim, feed) for feed in feeds)


def _decide(
    page: DateClaim | None, feed: DateClaim | None, likely: Sequence[DateClaim]
) -> tuple[DateClaim | None, str]:
    if page and feed and agree(page, feed):
        if _SPAN[feed.precision] < _SPAN[page.precision]:
            return (
                feed,
                f"{_NAMES[page.origin]} et {_NAMES[feed.origin]} s'accordent ; celui-ci est plus précis",
            )
        return page, f"{_NAMES[page.origin]} et {_NAMES[feed.origin]} s'accordent"
    if page and feed:
        return min(page, feed, key=lambda c: c.at), "la page et le flux diffèrent : la plus ancienne des deux"
    if page or feed:
        only = page or feed
        return only, _say_alone(only) if only else ""
    if likely:
        return likely[0], "rien d'autre que le jour dans l'adresse"
    return None, "aucune date digne de foi"


def _say_alone(claim: DateClaim) -> str:
    name = _NAMES[claim.origin]
    return f"ce que {'disent' if name.startswith('les ') else 'dit'} {name}"


def _name_loss(claim: DateClaim, chosen: DateClaim | None) -> str:
    """Why a claim that counts was not chosen."""
    if chosen is None or _RANK[claim.origin] > _RANK[chosen.origin]:
        return "d'une source moins sûre"
    if agree(claim, chosen):
        return "moins précise" if _SPAN[claim.precision] > _SPAN[chosen.precision] else "dit la même chose"
    return "plus tardive" if claim.at > chosen.at else "contredite par une source plus sûre"


def _refine(claims: list[DateClaim]) -> DateClaim | None:
    """The first claim, or the first more precise one that agrees with it."""
    if not claims:
        return None
    first = claims[0]
    finer = (c for c in claims if _SPAN[c.precision] < _SPAN[first.precision] and agree(first, c))
    return next(finer, first)
