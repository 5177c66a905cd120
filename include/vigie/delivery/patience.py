"""How long a channel that does not take a message is tried."""

from datetime import datetime, timedelta

A_DAY = timedelta(days=1)
"""An alert is tried for so long from when it was made; what nobody took by then is no alert any more."""
BREATH = timedelta(minutes=5)
"""What else waits for a channel that did not take a message waits as long: it is most likely down."""
LONGEST = timedelta(hours=1)
"""A channel that comes back has what waited for it within the hour."""


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 5 minutes, doubled each time, an hour at most."""
    return min(BREATH * (1 << min(tries - 1, 10)), LONGEST)


def next_try(tries: int, since: datetime, now: datetime) -> datetime | None:
    """When to try again what was made at `since` and was not taken at `now`; None: it is given up.

    The last try is at the end of the day, or later where the channel could not be tried before: never none.
    """
    end = since + A_DAY
    return None if now >= end else min(now + pause_after(tries), end)
