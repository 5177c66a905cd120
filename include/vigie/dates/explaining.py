"""The dates of an article, told: every claim, the one that is believed, and why. Pure.

A date that an earlier version gave stays, whatever a later one says; then the newest claims lost to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigie.dates.choosing import Choice, choose_modified, explain_choice
from vigie.model import DateClaim

CHOSEN, KEPT = "retenue", "gardée d'une version antérieure"
LATER = "d'une version plus récente"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim:
    """One claim, and why it was chosen or not."""

    claim: DateClaim
    chosen: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDates:
    """When it was published (None where nothing trustworthy says so), by which rule, and what each claim came to."""

    published: DateClaim | None
    rule: str
    modified: DateClaim | None
    claims: tuple[ToldClaim, ...]


def tell_dates(
    stated: Sequence[DateClaim],
    published: DateClaim | None,
    *,
    first_seen_at: datetime,
    fetched_at: datetime | None,
) -> ToldDates:
    """`stated` is what the newest version claims, `published` what the ledger holds to."""
    claims = tuple(stated) if published is None or published in stated else (published, *stated)
    choice = explain_choice(claims, first_seen_at, fetched_at)
    is_kept = published is not None and choice.claim != published
    return ToldDates(
        published=published,
        rule=KEPT if is_kept else choice.rule,
        modified=choose_modified(claims, published, fetched_at or first_seen_at),
        claims=tuple(_tell(claims, published, choice, KEPT if is_kept else CHOSEN)),
    )


def describe_offset(claim: DateClaim) -> str:
    """ "+01:00", or "" where none was written."""
    if claim.offset_minutes is None:
        return ""
    hours, minutes = divmod(abs(claim.offset_minutes), 60)
    return f"{'-' if claim.offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"


def _tell(
    claims: Sequence[DateClaim], published: DateClaim | None, choice: Choice, won: str
) -> Iterator[ToldClaim]:
    lost = dict(choice.refused)
    for claim in claims:
        chosen = claim == published
        yield ToldClaim(claim=claim, chosen=chosen, reason=won if chosen else lost.get(claim, LATER))
