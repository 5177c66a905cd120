"""The days that an event is found by, flat: an agenda asks for a day without looking into nested objects."""

from datetime import date, timedelta

from vigie.model import Event

MAX_DAYS = 31
"""A longer event is found by its first and its last day."""
_DAY = "2018-05-24"


def days_of(event: Event) -> tuple[str, ...]:
    """Each day of an event as ISO dates; a month or a year stands as it is ("2018-05"). Empty without a date."""
    if not event.date:
        return ()
    if not event.last_date:
        return (event.date,)
    if not len(event.date) == len(event.last_date) == len(_DAY):
        return (event.date, event.last_date)
    first, last = date.fromisoformat(event.date), date.fromisoformat(event.last_date)
    span = (last - first).days
    if not 0 <= span <= MAX_DAYS:
        return (event.date, event.last_date)
    return tuple((first + timedelta(days=n)).isoformat() for n in range(span + 1))
