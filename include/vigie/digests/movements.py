"""Which known topics grow, fade or are back, from their articles a day.

Whole UTC days before the period's last day are compared: a day in progress has few articles and would always fade, and
counts of whole days are the same when a digest is written again.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from vigie.digests.periods import Cadence

Movement = Literal["growing", "back", "fading"]
DAYS_SHOWN = 28
RECENT_DAYS: dict[Cadence, int] = {"daily": 2, "weekly": 7}
"""Two days, so that a Sunday, when newsrooms publish half as much, is not the end of every topic. Chosen."""
EARLIER_DAYS = 7
GROWS, FADES = 1.5, 0.5
"""Times the mean of the week before. Chosen: below, half of all topics move every day."""
LEAST_ARTICLES = 4
"""Fewer are chance: in the days that are called growing or back, or in those that a topic fades from."""


def last_days(counts: Sequence[int], newest: date, before: date) -> tuple[int, ...]:
    """Counts of the 28 days that end the day before `before`; `newest` is the day of the last of `counts`."""
    beyond = (newest - (before - timedelta(days=1))).days
    known = list(counts[:-beyond] if beyond > 0 else counts) + [0] * min(-beyond, DAYS_SHOWN)
    return tuple(([0] * DAYS_SHOWN + known)[-DAYS_SHOWN:])


def judge_movement(days: Sequence[int], cadence: Cadence) -> Movement | None:
    """What a topic with these articles a day, oldest first, is doing; None when nothing that is worth a line."""
    recent, past = days[-RECENT_DAYS[cadence] :], days[: -RECENT_DAYS[cadence]]
    earlier = past[-EARLIER_DAYS:]
    now, before = _mean(recent), _mean(earlier)
    if sum(recent) >= LEAST_ARTICLES and not any(earlier):
        return "back" if any(past) else None
    if sum(recent) >= LEAST_ARTICLES and now >= GROWS * before:
        return "growing"
    if sum(earlier) >= LEAST_ARTICLES and now <= FADES * before:
        return "fading"
    return None


def _mean(days: Sequence[int]) -> float:
    return sum(days) / len(days) if days else 0.0
