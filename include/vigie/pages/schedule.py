"""When a page is fetched again: to see its edits, or after an error. Pure: the clock is an argument."""

from datetime import datetime, timedelta

PAGE_AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)
"""Ages at which a page is fetched again: most corrections come in the first hour, the last ones within a week."""
GIVE_UP_AFTER = timedelta(days=7)


def next_fetch(first_seen_at: datetime, now: datetime) -> datetime | None:
    """When a page that was read is read again, to see its edits; None once it is a week old."""
    return next((first_seen_at + age for age in PAGE_AGES if first_seen_at + age > now), None)


def next_try(first_seen_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When a page that could not be had is asked again: 5 minutes, doubled; None when it was tried for a week."""
    if now - first_seen_at > GIVE_UP_AFTER:
        return None
    return now + min(timedelta(minutes=5) * (1 << min(tries, 16)), timedelta(days=1))
