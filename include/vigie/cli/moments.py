"""Days and times as options of a command: `2026-11-23`, or `2026-11-23T18:30` in UTC or with an offset."""

import re
from datetime import UTC, datetime, timedelta

from vigie.errors import UsageError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_start(text: str | None, option: str) -> datetime | None:
    """The first moment that counts; `UsageError` names the option."""
    return None if text is None else _read(text, option)


def read_end(text: str | None, option: str) -> datetime | None:
    """The first moment that no longer counts: of a day, the next one."""
    if text is None:
        return None
    moment = _read(text, option)
    try:
        return moment + timedelta(days=1) if _DAY.fullmatch(text.strip()) else moment
    except OverflowError:  # the last day there is
        return None


def _read(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{option}: {text}: not a date; write 2026-11-23 or 2026-11-23T18:30") from error
