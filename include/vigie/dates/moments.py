"""Days and times as people type them: `2026-11-23`, or `2026-11-23T18:30` in a zone or with an offset."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from vigie.errors import UsageError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_start(text: str | None, name: str, zone: tzinfo = UTC) -> datetime | None:
    """The first moment that counts, in UTC; `UsageError` names what was typed there. `zone` is that of a bare time."""
    return None if text is None else _read(text, name, zone, timedelta())


def read_end(text: str | None, name: str, zone: tzinfo = UTC) -> datetime | None:
    """The first moment that no longer counts: of a day, the next one."""
    if text is None:
        return None
    try:
        return _read(text, name, zone, timedelta(days=1 if is_day(text) else 0))
    except OverflowError:  # the last day there is
        return None


def is_day(text: str) -> bool:
    """Whether a whole day was typed, not a time of it."""
    return bool(_DAY.fullmatch(text.strip()))


def _read(text: str, name: str, zone: tzinfo, further: timedelta) -> datetime:
    """`further` is added by the zone's own calendar: a day on which the clocks change has 23 or 25 hours."""
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{name}: {text}: not a date; write 2026-11-23 or 2026-11-23T18:30") from error
    return (moment + further).astimezone(UTC)
