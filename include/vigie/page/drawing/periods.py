"""Counts of days gathered into days, weeks, months or years: as many bars as can be told apart. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vigie.page.shapes import Count

Unit = Literal["day", "week", "month", "year"]
MOST_BARS = 92
"""A quarter in days, some two years in weeks, eight in months."""
_DAYS: dict[Unit, float] = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Articles from `start` up to, and without, `end`."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bars that have articles, in order of time; `unit` is how wide each is."""

    unit: Unit
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> Bar:
        """The bar with the most articles, of several the latest."""
        return max(self.bars, key=lambda bar: (bar.count, bar.start))


def gather_days(days: Iterable[Count], since: date | None = None) -> Timeline | None:
    """A timeline of counts by day, None without any.

    `since` is the first day that was asked for: the index counts days of UTC, and of the first day of another zone some
    articles stand under the day before.
    """
    dated = [(max(date.fromisoformat(day.value), since or date.min), day.count) for day in days]
    if not dated:
        return None
    span = (max(dated)[0] - min(dated)[0]).days + 1
    unit: Unit = next((name for name, length in _DAYS.items() if span / length <= MOST_BARS), "year")
    sums: dict[date, int] = {}
    for day, count in dated:
        start = _start_of(day, unit)
        sums[start] = sums.get(start, 0) + count
    bars = (Bar(start=start, end=_end_of(start, unit), count=sums[start]) for start in sorted(sums))
    return Timeline(unit=unit, bars=tuple(bars))


def _start_of(day: date, unit: Unit) -> date:
    match unit:
        case "day":
            return day
        case "week":
            return date.fromordinal(max(day.toordinal() - day.weekday(), 1))
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _end_of(start: date, unit: Unit) -> date:
    longest = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
    if date.max - start < timedelta(days=longest):  # the last there is
        return date.max
    return _start_of(start + timedelta(days=longest), unit)
