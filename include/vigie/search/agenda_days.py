"""The days that an event is found by, flat: an agenda asks for a day without looking into nested objects."""

from collections.abc import Iterator
from datetime import date, timedelta

from vigie.model import Event

MAX_DAYS = 31
"""A longer event is found by its months, which an agenda asks for beside its days."""
MAX_MONTHS = 120
_DAY, _MONTH = len("2018-05-24"), len("2018-05")


def days_of(event: Event) -> tuple[str, ...]:
    """Each day of an event as ISO dates; a month or a year stands as it is ("2018-05"). Empty without a date.

    Of several days each is there, of more than a month each month and both ends, of more than ten years both ends.
    """
    if not event.date:
        return ()
    if not event.last_date:
        return (event.date,)
    return tuple(dict.fromkeys((event.date, *_between(event.date, event.last_date), event.last_date)))


def _between(first: str, last: str) -> Iterator[str]:
    if len(first) == len(last) == _DAY:
        start = date.fromisoformat(first)
        days = (date.fromisoformat(last) - start).days
        if days <= MAX_DAYS:
            yield from ((start + timedelta(days=n)).isoformat() for n in range(days))
            return
    if len(first) >= _MONTH and len(last) >= _MONTH:
        begin, end = _month(first), _month(last)
        if end - begin < MAX_MONTHS:
            yield from (f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(begin, end + 1))
    else:
        years = range(int(first[:4]), int(last[:4]) + 1)
        yield from (f"{year:04d}" for year in years[: MAX_MONTHS // 12])


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
