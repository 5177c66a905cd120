"""Does a feed that answers well bring what it should? Judged by what its row expects and by its own past. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from vigie.feeds.conditions import Verdict
from vigie.model import Feed

LOOKED_BACK = timedelta(days=60)
"""How far back a feed's own silences are looked at: eight weekends, and a holiday or two."""
LEAST_SILENCE = timedelta(hours=6)
"""Nobody is told of a shorter one."""
USUAL_SILENCE = timedelta(days=14)
"""A feed with too short a past to judge by is silent after this long."""
LEAST_GAPS = 5
TIMES_LONGEST = 2
"""A feed is silent past twice its longest silence so far: one that never paused over a weekend is said on Sunday,
one that publishes on Mondays is not said on Tuesday."""
TOO_YOUNG = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a feed brought. `arrivals` are the polls of the last `LOOKED_BACK` that brought something, oldest first;
    `asked_at` is the last poll: after it, nobody knows."""

    polled_since: datetime | None
    asked_at: datetime | None
    week_count: int
    arrivals: tuple[datetime, ...] = ()


def judge_silence(feed: Feed, past: Past) -> Verdict | None:
    """A verdict on a feed that brings less than it should; None when it brings enough, or is asked for under a week.

    A row that expects 0 a week says that silence is normal.
    """
    if past.polled_since is None or past.asked_at is None or past.asked_at - past.polled_since < TOO_YOUNG:
        return None
    least = feed.expect.min_per_week
    if least == 0:
        return None
    return _judge_by_past(past.polled_since, past.asked_at, past.arrivals) or _judge_by_row(least, past)


def _judge_by_past(since: datetime, asked_at: datetime, arrivals: tuple[datetime, ...]) -> Verdict | None:
    quiet = asked_at - (arrivals[-1] if arrivals else since)
    gaps = [later - earlier for earlier, later in pairwise(arrivals)]
    if len(gaps) < LEAST_GAPS:
        if quiet <= USUAL_SILENCE:
            return None
        return Verdict(condition="silent", sentence=f"Aucune nouvelle entrée depuis {_say(quiet)}.")
    longest = max(gaps)
    if quiet <= max(TIMES_LONGEST * longest, LEAST_SILENCE):
        return None
    return Verdict(
        condition="silent",
        sentence=f"Rien de nouveau depuis {_say(quiet)} ; son plus long silence était de {_say(longest)}.",
    )


def _judge_by_row(least: int | None, past: Past) -> Verdict | None:
    if least is None or past.week_count >= least:
        return None
    return Verdict(
        condition="fewer",
        sentence=f"Nouvelles entrées en 7 jours : {past.week_count}, au moins {least} attendues.",
    )


def _say(span: timedelta) -> str:
    """ "3 jours", "7 h", "20 min": one figure is enough for a silence."""
    if span >= timedelta(days=2):
        return f"{span.days} jours"
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60} h" if minutes >= 120 else f"{minutes} min"
