"""Dates as strangers write them, read into claims. Pure; nothing here raises on junk.

A claim keeps where it came from, how precise it is and the offset it was written with. A date that names no offset
is read in the zone of its publisher; an hour that the change of clocks leaves out, or repeats, is read as before it.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from vigie.dates import grammar
from vigie.model import DateClaim, DateOrigin, DatePrecision

MAX_RAW_CHARS = 100


def parse_date(
    raw: str | None, *, origin: DateOrigin, zone: str, month_first: bool = False, modified: bool = False
) -> DateClaim | None:
    """Read RFC 822, ISO 8601, and dates in words or numbers of our languages; junk gives None.

    `zone` (IANA) decides where no offset is written; `offset_minutes` is then None. "02/09/2018" is the 2nd of
    September unless `month_first`. A date without a time, or at local midnight to the second (so systems write a
    day), has precision "day"; "2018-02" and "2018" have "month" and "year".
    """
    text = clean_raw(raw)
    if not text or len(text) > MAX_RAW_CHARS:
        return None
    place = ZoneInfo(zone)
    try:
        for form in grammar.WHOLE_FORMS:
            if match := form.fullmatch(text):
                return claim_of(match, text, origin, place, month_first=month_first, modified=modified)
        if match := grammar.PARTIAL_RE.fullmatch(text):
            return _partial_claim(match, text, origin, place, modified=modified)
    except (ValueError, OverflowError):
        return None
    return None


def parse_epoch(raw: str | None, *, origin: DateOrigin, modified: bool = False) -> DateClaim | None:
    """Read seconds or milliseconds since 1970, as attributes of machines hold them; anything else gives None."""
    match = grammar.EPOCH_RE.fullmatch((raw or "").strip())
    if match is None:
        return None
    at = datetime.fromtimestamp(int(match["seconds"]), UTC)
    return DateClaim(
        at=at, origin=origin, precision="second", offset_minutes=0, raw=match[0], modified=modified
    )


def date_in_url(url: str, *, zone: str) -> DateClaim | None:
    """The day that an address states as /2026/11/23/, -2026-11-23- or -20261123-, at local midnight of `zone`."""
    matches = (match for form in grammar.URL_RES for match in form.finditer(url))
    claims = (
        parse_date("-".join(match.group("year", "month", "day")), origin="url", zone=zone)
        for match in matches
    )
    return next((claim for claim in claims if claim), None)


def clean_raw(raw: str | None) -> str:
    """One line without invisible characters, its compact and dotted times written with a colon."""
    text = " ".join((raw or "").split())
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    text = grammar.COMPACT_TIME_RE.sub(lambda m: f"{m[1]}:{m[2]}:{m[3] or '00'}", text)
    return grammar.DOTTED_TIME_RE.sub(r"\1:\2", text)


def claim_of(
    match: re.Match[str], raw: str, origin: DateOrigin, zone: tzinfo, *, month_first: bool, modified: bool
) -> DateClaim:
    """The claim of a match of the grammar; `ValueError` or `OverflowError` where it is no date."""
    fields = match.groupdict()
    offset = _offset_minutes(fields["zone"]) if fields["zone"] else None
    place = zone if offset is None else timezone(timedelta(minutes=offset))
    # The clock is added to the day on the wall, not to the instant: 24:00 is the next midnight.
    wall = _day(match, month_first=month_first) + _time_of_day(fields)
    at = wall.replace(tzinfo=place).astimezone(UTC)
    # Systems write a day as its midnight, some of them that of the publisher's zone told in UTC.
    is_day = (
        fields["hour"] is None or _is_midnight(wall) or (offset == 0 and _is_midnight(at.astimezone(zone)))
    )
    clock: DatePrecision = "second" if fields["hour"] and fields["second"] else "minute"
    return DateClaim(
        at=at,
        origin=origin,
        precision="day" if is_day else clock,
        offset_minutes=offset,
        raw=raw,
        modified=modified,
    )


def _day(match: re.Match[str], *, month_first: bool) -> datetime:
    fields = match.groupdict()
    year, day = _full_year(fields["year"]), int(fields["day"])
    if fields.get("name"):
        month = grammar.MONTHS[fields["name"].lower()]
    else:
        month = int(fields["month"])
        if match.start("day") < match.start("year") and (month > 12 or (month_first and day <= 12)):
            day, month = month, day
    return datetime(year, month, day)  # noqa: DTZ001 - a day on the wall; its zone comes with the clock


def _time_of_day(fields: dict[str, Any]) -> timedelta:
    if fields["hour"] is None:
        return timedelta()
    hour, minute, second = (int(fields[name] or 0) for name in ("hour", "minute", "second"))
    if fields["half"] and hour <= 12:  # "18:30 PM" is half past six
        hour = hour % 12 + (12 if fields["half"].lower().startswith("p") else 0)
    if hour * 60 + minute > 24 * 60 or second > 60:
        raise ValueError(f"time {hour}:{minute}:{second}")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _offset_minutes(zone: str) -> int | None:
    """Minutes east; None for a name that nobody knows (the publisher's zone then decides)."""
    if zone[0] not in "+-":
        known = zone.isupper() or zone.lower() in grammar.LOWER_CASE_ZONES
        return grammar.ZONES.get(zone.lower()) if known else None
    digits = re.sub(r"[^0-9]", "", zone)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise ValueError(f"offset {zone}")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _partial_claim(
    match: re.Match[str], raw: str, origin: DateOrigin, zone: tzinfo, *, modified: bool
) -> DateClaim:
    start = datetime(int(match["year"]), int(match["month"] or 1), 1, tzinfo=zone)
    precision: DatePrecision = "month" if match["month"] else "year"
    return DateClaim(
        at=start.astimezone(UTC),
        origin=origin,
        precision=precision,
        offset_minutes=None,
        raw=raw,
        modified=modified,
    )
