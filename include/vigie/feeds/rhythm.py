"""When a feed is asked again. Pure: the clock is an argument."""

from datetime import datetime, timedelta

from vigie.model import Feed

USUAL_POLL = {"official": timedelta(minutes=5), "press": timedelta(minutes=15)}
"""Until a feed's own rhythm is followed: a communiqué within minutes, a newsroom four times an hour."""
LONGEST_POLL = timedelta(hours=6)


def next_poll(feed: Feed, failures: int, now: datetime) -> datetime:
    """A feed's next poll: its own interval, doubled with each failure in a row, six hours at most."""
    usual = timedelta(minutes=feed.poll_minutes) if feed.poll_minutes else USUAL_POLL[feed.kind]
    return now + max(usual, min(usual * (1 << min(failures, 16)), LONGEST_POLL))
