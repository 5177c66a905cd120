"""When a text speaks: the days it may have been written on."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

PartialDate = str
"""An ISO date of which the end may be missing: "2018", "2018-02", "2018-02-17"; what follows a day is not read."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """The days from `first` to `last`, both included: one day where the date is whole."""

    first: date
    last: date

    @property
    def middle(self) -> date:
        """The day halfway: what a name is judged by."""
        return self.first + (self.last - self.first) / 2


def read_moment(value: PartialDate | datetime | None) -> Moment | None:
    """The days that a date stands for; None where there is none or it cannot be read."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return Moment(value.date(), value.date())
    found = _PARTIAL.match(value)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        return None
    return Moment(first, last)
