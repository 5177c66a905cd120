"""Dates as strangers write them: read into claims, judged, and one chosen. Pure; nothing here raises on junk.

A claim keeps where it came from, how precise it is and the offset it was written with. A date that names no offset
is read in the zone of its feed. Nothing is ever dated "now" for lack of a date.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from vigie.model import DateClaim, DateOrigin, DatePrecision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No article of the web is older; 1970-01-01 is a clock that was never set."""
AHEAD_TOLERANCE = timedelta(minutes=5)
"""How far two clocks may disagree before a date counts as lying in the future."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "février fevrier févr fevr fév fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "août aout aoû aou august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "décembre decembre déc dec december",
        ),
        start=1,
    )
    for name in names.split()
}
# Minutes east of Greenwich: the names that RFC 822 knows, and those of the countries that French feeds come from.
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "met", "mez", "bst", "west", "wat", "hnec"), 60),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "cat", "haec"), 120),
    **{"eest": 180, "msk": 180, "eat": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300},
    **{"mst": -420, "mdt": -360, "pst": -480, "pdt": -420},
}
_TIME = (
    r"(?P<hour>[0-2]?[0-9])\s*(?::|h|heures?|H)\s*(?P<minute>[0-5][0-9])?"
    r"(?:\s*(?::|min|m)\s*(?P<second>[0-6][0-9])?(?:[.,][0-9]+)?s?)?\s*(?P<half>[ap]\.?m\.?)?"
)
_ZONE = (
    r"(?:(?:GMT|UTC)(?=\s?[+-]))?(?P<zone>[+-]\s?[0-9]{1,2}:?[0-9]{2}|[+-][0-9]{1,2}|[A-Za-z]{1,4}\b)?"
    r"(?:\s*[(\[][^)\]]{0,40}[)\]])?"
)
_CLOCK = rf"(?:[T\s,;|à@–-]*(?:at\s+)?{_TIME}\s*{_ZONE})?"
_LEAD = r"(?:[A-Za-zÀ-ÿ]{2,10}\.?,?\s+){0,3}"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})",
        _LEAD + r"(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?[\s-]+(?P<name>[A-Za-zÀ-ÿ]{3,9})\.?,?[\s-]+"
        r"(?P<year>[0-9]{4}|[0-9]{2}(?=\s))",
        _LEAD + r"(?P<name>[A-Za-zÀ-ÿ]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})",
    )
)
_COMPACT_RE = re.compile(r"([0-9]{8}T[0-9]{2})([0-9]{2})([0-9]{2})?")
_PARTIAL_RE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")
_URL_RE = re.compile(r"/(20[0-9]{2}|199[0-9])[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12][0-9]|3[01])(?=[/_.-]|$)")
MAX_RAW_CHARS = 100

_RANK: dict[DateOrigin, int] = {
    "json-ld": 0, "meta": 1, "time": 2, "page": 3, "feed": 4, "import": 5, "url": 6,
}  # fmt: skip
_SPAN: dict[DatePrecision, timedelta] = {
    "second": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


def parse_date(raw: str | None, *, origin: DateOrigin, zone: str) -> DateClaim | None:
    """Read RFC 822, ISO 8601, French and English dates; junk gives None.

    `zone` (IANA) decides where no offset is written; `offset_minutes` is then None. A date without a time, or at
    midnight to the second (so systems write a day), has precision "day"; "2018-02" and "2018" have "month", "year".
    """
    text = " ".join((raw or "").split())
    if not text or len(text) > MAX_RAW_CHARS:
        return None
    text = _COMPACT_RE.sub(lambda m: f"{m[1]}:{m[2]}:{m[3] or '00'}", text)
    try:
        for form in _FORMS:
            if match := form.fullmatch(text):
                return _claim_of(match.groupdict(), text, origin, ZoneInfo(zone))
        if match := _PARTIAL_RE.fullmatch(text):
            return _partial_claim(match, text, origin, ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None
    return None


def _claim_of(fields: dict[str, str | None], raw: str, origin: DateOrigin, zone: tzinfo) -> DateClaim:
    offset = _offset_minutes(fields["zone"]) if fields["zone"] else None
    place = zone if offset is None else timezone(timedelta(minutes=offset))
    month = int(fields["month"] or 0) if "month" in fields else _MONTHS.get((fields["name"] or "").lower(), 0)
    day = datetime(_full_year(fields["year"] or ""), month, int(fields["day"] or 0), tzinfo=place)
    clock, precision = _time_of_day(fields)
    # Added to the wall clock, not to the instant: 24:00 is the next midnight.
    at = (day.replace(tzinfo=None) + clock).replace(tzinfo=place).astimezone(UTC)
    return DateClaim(at=at, origin=origin, precision=precision, offset_minutes=offset, raw=raw)


def _time_of_day(fields: dict[str, str | None]) -> tuple[timedelta, DatePrecision]:
    if fields["hour"] is None:
        return timedelta(), "day"
    hour, minute, second = (int(fields[name] or 0) for name in ("hour", "minute", "second"))
    if fields["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"hour {hour}")
        hour = hour % 12 + (12 if fields["half"].lower().startswith("p") else 0)
    if hour * 60 + minute > 24 * 60 or second > 60:
        raise ValueError(f"time {hour}:{minute}:{second}")
    clock = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    if not clock:
        return clock, "day"
    return clock, "minute" if fields["second"] is None else "second"


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _offset_minutes(zone: str) -> int | None:
    """Minutes east; None for a name that nobody knows (the feed's zone then decides)."""
    if zone[0] not in "+-":
        return _ZONES.get(zone.lower())
    digits = re.sub(r"[^0-9]", "", zone)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise ValueError(f"offset {zone}")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _partial_claim(match: re.Match[str], raw: str, origin: DateOrigin, zone: tzinfo) -> DateClaim:
    start = datetime(int(match["year"]), int(match["month"] or 1), 1, tzinfo=zone)
    precision: DatePrecision = "month" if match["month"] else "year"
    return DateClaim(
        at=start.astimezone(UTC), origin=origin, precision=precision, offset_minutes=None, raw=raw
    )


def date_in_url(url: str, *, zone: str) -> DateClaim | None:
    """The day that an address states as /2026/11/23/ or /2026-11-23-, at local midnight of `zone`."""
    match = _URL_RE.search(url)
    return parse_date("-".join(match.groups()), origin="url", zone=zone) if match else None


def is_plausible(claim: DateClaim, first_seen_at: datetime) -> bool:
    """Whether an article first seen then can be of that date: from 1990 on, and not ahead of that moment.

    A day begins at its local midnight, so today's date without a time is plausible and tomorrow's is not.
    """
    return EARLIEST <= claim.at <= first_seen_at + AHEAD_TOLERANCE


def choose_published(claims: Iterable[DateClaim], first_seen_at: datetime) -> DateClaim | None:
    """The claim to believe, or None where none is trustworthy.

    1. Claims that are not plausible do not count.
    2. The page's own word is its JSON-LD, else its meta tags, else its <time>, else its text; the feed's (or
       import's) word is the feed's. A more precise claim that lies within a vaguer one of the same source replaces it.
    3. Where page and feed agree (one lies within the other's minute, day, month or year), the more precise one is
       chosen; of two as precise, the page's.
    4. Where they do not, the earlier one is chosen: publishers re-date what they touch, they do not pre-date. So a
       page's own time beats a later feed date.
    5. A date in the address counts only where there is nothing else.
    """
    likely = sorted((c for c in claims if is_plausible(c, first_seen_at)), key=lambda c: _RANK[c.origin])
    page = _refine([c for c in likely if _RANK[c.origin] < _RANK["feed"]])
    feed = _refine([c for c in likely if c.origin in ("feed", "import")])
    if page and feed:
        return _prefer(page, feed)
    return page or feed or next(iter(likely), None)


def _refine(claims: list[DateClaim]) -> DateClaim | None:
    """The first claim, or the first more precise one that agrees with it."""
    if not claims:
        return None
    first = claims[0]
    finer = (c for c in claims if _SPAN[c.precision] < _SPAN[first.precision] and _agree(first, c))
    return next(finer, first)


def _prefer(page: DateClaim, feed: DateClaim) -> DateClaim:
    if _agree(page, feed):
        return feed if _SPAN[feed.precision] < _SPAN[page.precision] else page
    return min(page, feed, key=lambda c: c.at)


def _agree(a: DateClaim, b: DateClaim) -> bool:
    return a.at < b.at + _SPAN[b.precision] and b.at < a.at + _SPAN[a.precision]
