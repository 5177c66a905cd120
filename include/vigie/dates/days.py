"""Days as people mean them: one, several, a month or a year, and which one is meant from a given day. Pure arithmetic."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]
Side = Literal["past", "future"] | None
"""Which way a sentence looks; None where it does not say."""
_LENGTH = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days from `first` to `last`, both included, told to the day, the month or the year."""

    first: date
    last: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @property
    def written(self) -> str:
        """The first day as far as it is told: "2018-05-24", "2018-05", "2018"."""
        return self._cut(self.first)

    @property
    def last_written(self) -> str | None:
        """The last one, where it is told to be another."""
        last = self._cut(self.last)
        return last if last != self.written else None

    def _cut(self, day: date) -> str:
        return day.isoformat()[: _LENGTH[self.precision]]


def one_day(day: date) -> Days:
    """A day."""
    return Days(first=day, last=day)


def whole_month(year: int, month: int) -> Days:
    """A month; `month` may run over a year's end."""
    return months(year, month, month)


def months(year: int, month: int, last_month: int) -> Days:
    """From one month to another of the same count: month 13 is the next January."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last_year, last = year + (last_month - 1) // 12, (last_month - 1) % 12 + 1
    return Days(
        first=first,
        last=date(last_year, last, calendar.monthrange(last_year, last)[1]),
        precision="month",
    )


def whole_year(year: int) -> Days:
    """A year."""
    return Days(first=date(year, 1, 1), last=date(year, 12, 31), precision="year")


def week_of(day: date) -> Days:
    """The week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(day.weekday())
    return Days(first=monday, last=monday + timedelta(6))


def weekday_near(today: date, weekday: int, side: Side) -> date:
    """The last such weekday or the next one, today included; without a side the next."""
    if side == "past":
        return today - timedelta((today.weekday() - weekday) % 7)
    return today + timedelta((weekday - today.weekday()) % 7)


def anniversary(today: date, month: int, day: int, side: Side) -> date:
    """That day of that month, of the year that is meant; the nearest without a side. The 29th of February may be
    years away. `ValueError` where no year has it."""
    years = range(max(today.year - 8, 1), min(today.year + 8, 9999) + 1)
    found = [date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1]]
    return _choose(found, today, side)


def month_near(today: date, month: int, side: Side) -> Days:
    """That month of the year that is meant, this month included; the nearest without a side."""
    now = today.year * 12 + today.month - 1
    ahead = (month - 1 - now) % 12
    back = ahead - 12 if ahead else 0
    meant = ahead if side == "future" else back if side == "past" else min(ahead, back, key=abs)
    at = now + meant
    return whole_month(at // 12, at % 12 + 1)


def shift_month(today: date, count: int) -> Days:
    """The month so many months on."""
    at = today.year * 12 + today.month - 1 + count
    return whole_month(at // 12, at % 12 + 1)


def season_near(today: date, first_month: int, side: Side) -> Days:
    """Three months from `first_month` on, the next that are not over or the last that began."""
    found = [months(today.year + shift, first_month, first_month + 2) for shift in (-1, 0, 1)]
    if side == "past":
        return next(days for days in reversed(found) if days.first <= today)
    return next(days for days in found if days.last >= today)


def _choose(found: list[date], today: date, side: Side) -> date:
    if side:
        found = [day for day in found if (day <= today if side == "past" else day >= today)]
    if not found:
        raise ValueError("no year has that day")
    return min(found, key=lambda day: abs(day - today))
