"""When to ask again: for a feed, for a page, after an error. Pure: the clock is an argument."""

from datetime import datetime, timedelta

from vigie.model import Feed

USUAL_POLL = {"official": timedelta(minutes=5), "press": timedelta(minutes=15)}
"""Until a feed's own rhythm is followed: a communiqué within minutes, a newsroom four times an hour."""
LONGEST_POLL = timedelta(hours=6)
PAGE_AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)
"""Ages at which a page is fetched again: most corrections come in the first hour, the last ones within a week."""
GIVE_UP_AFTER = timedelta(days=7)


def next_poll(feed: Feed, failures: int, now: datetime) -> datetime:
    """A feed's next poll: its own interval, doubled with each failure in a row, six hours at most."""
    usual = timedelta(minutes=feed.poll_minutes) if feed.poll_minutes else USUAL_POLL[feed.kind]
    return now + max(usual, min(usual * (1 << min(failures, 16)), LONGEST_POLL))


def next_fetch(first_seen_at: datetime, now: datetime) -> datetime | None:
    """When a page that was read is read again, to see its edits; None once it is a week old."""
    return next((first_seen_at + age for age in PAGE_AGES if first_seen_at + age > now), None)


def next_try(first_seen_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When a page that could not be had is asked again: 5 minutes, doubled; None when it was tried for a week."""
    if now - first_seen_at > GIVE_UP_AFTER:
        return None
    return now + min(timedelta(minutes=5) * (1 << min(tries, 16)), timedelta(days=1))
