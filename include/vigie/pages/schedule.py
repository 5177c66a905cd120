"""When a page is fetched again: to see its edits, or after an error. Pure: the clock is an argument."""

from datetime import datetime, timedelta

from vigie.model import FeedKind

PAGE_AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)
"""Ages at which a page is fetched again: most corrections come in the first hour, the last ones within a week."""
OFFICIAL_AGES = (*PAGE_AGES, timedelta(days=30))
"""What an office says is corrected late, and quietly."""
GIVE_UP_AFTER = timedelta(days=7)
CONDITIONAL_FOR = timedelta(days=1)
"""An ETag that lies is found out: a page whose last whole answer is older is asked for without conditions."""


def next_fetch(first_seen_at: datetime, now: datetime, kind: FeedKind = "press") -> datetime | None:
    """When a page that was read is read again, to see its edits; None once it is past its last age."""
    ages = OFFICIAL_AGES if kind == "official" else PAGE_AGES
    return next((first_seen_at + age for age in ages if first_seen_at + age > now), None)


def next_try(first_seen_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When a page that could not be had is asked again: 5 minutes, doubled; None when it was tried for a week."""
    if now - first_seen_at > GIVE_UP_AFTER:
        return None
    return now + min(timedelta(minutes=5) * (1 << min(tries, 16)), timedelta(days=1))


def is_conditional(whole_at: datetime | None, now: datetime) -> bool:
    """Whether "only if it changed" may be asked of a page whose last whole answer came at `whole_at`."""
    return whole_at is not None and timedelta() <= now - whole_at < CONDITIONAL_FOR
