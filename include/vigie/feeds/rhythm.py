"""When a feed is asked again: by what it brings, by what its publisher asks, by what the desk says. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from vigie.model import Entry, Feed, FeedKind, Page, SourceType

SHORTEST, LONGEST = timedelta(minutes=2), timedelta(hours=6)
USUAL: Mapping[FeedKind, timedelta] = {"official": timedelta(minutes=5), "press": timedelta(minutes=15)}
"""Until a feed's own rhythm is known: a communiqué within minutes, a newsroom four times an hour."""
RAREST: Mapping[FeedKind, timedelta] = {"official": timedelta(minutes=30), "press": LONGEST}
"""However quiet it is: a palace that says nothing for a week is listened to every half hour."""
SHARE_OF_GAP: Mapping[FeedKind, float] = {"official": 0.125, "press": 0.5}
"""Of the mean time between two entries: a press feed of four an hour is asked every 7.5 minutes."""
LEAST_OF_SOURCE: Mapping[SourceType, timedelta] = {
    "feed": SHORTEST,
    "listing": timedelta(minutes=10),
    "sitemap": timedelta(hours=1),  # megabytes, where a feed has kilobytes
}
DEPTH_SHARE = 3
"""A feed is asked three times before its oldest entry falls off its end, whatever its publisher asks for."""
JITTER = 0.1
_MAX_AGE_RE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)
_KEPT_OUT_RE = re.compile(r"no-(?:cache|store)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is known of a feed's rhythm; None where it is not.

    `per_hour` is its rate of new entries. `depth` is how far back its body reached. `asked_gap` is the least time between
    two requests that its publisher asks for. `before` is the interval as it was last judged.
    """

    per_hour: float | None = None
    depth: timedelta | None = None
    asked_gap: timedelta | None = None
    before: timedelta | None = None


def poll_interval(feed: Feed, habits: Habits) -> timedelta:
    """The time between two polls of a feed that answers: `poll_minutes` where the desk says so, else 2 minutes to 6
    hours."""
    if feed.poll_minutes:
        return timedelta(minutes=feed.poll_minutes)
    rarest = RAREST[feed.kind]
    wanted = _by_rate(feed.kind, habits)
    if habits.asked_gap is not None:
        wanted = max(wanted, min(habits.asked_gap, _soon_enough(habits.depth, rarest)))
    least = LEAST_OF_SOURCE[feed.source]
    return max(least, min(wanted, max(rarest, least)))


def next_poll(feed: Feed, interval: timedelta, failures: int, now: datetime) -> datetime:
    """The moment of the next poll: the interval doubled with each failure in a row, six hours at most, and jittered so
    that feeds of one rhythm do not all come at once. The desk's word is kept to the minute."""
    wait = max(interval, min(interval * (1 << min(failures, 16)), LONGEST))
    if feed.poll_minutes:
        return now + wait
    jittered = wait * (1 + JITTER * _dice(feed, now))
    return now + max(min(SHORTEST, wait), min(jittered, max(LONGEST, wait)))


def rate_of(entries: Iterable[Entry], now: datetime) -> float | None:
    """Entries an hour by the dates in a body; None with fewer than three that can be believed."""
    dates = _past_dates(entries, now)
    return len(dates) / _hours(now - dates[0]) if len(dates) >= 3 else None


def depth_of(entries: Iterable[Entry], now: datetime) -> timedelta | None:
    """How far back a body reaches."""
    dates = _past_dates(entries, now)
    return now - dates[0] if dates else None


def asked_gap_of(page: Page, ttl_minutes: int | None) -> timedelta | None:
    """The longest of what a publisher asks for: <ttl> or sy:updatePeriod, Cache-Control's max-age, else Expires."""
    gaps = [timedelta(minutes=ttl_minutes)] if ttl_minutes else []
    cache = page.header("Cache-Control") or ""
    if found := _MAX_AGE_RE.search(cache):
        gaps.append(timedelta(seconds=int(found[1])))
    elif not _KEPT_OUT_RE.search(cache):
        gaps.append(_until_expiry(page))
    return max(gaps, default=timedelta()) or None


def _by_rate(kind: FeedKind, habits: Habits) -> timedelta:
    if habits.per_hour is None:
        return habits.before or USUAL[kind]
    if habits.per_hour <= SHARE_OF_GAP[kind] / _hours(LONGEST):
        return LONGEST
    return timedelta(hours=SHARE_OF_GAP[kind] / habits.per_hour)


def _soon_enough(depth: timedelta | None, rarest: timedelta) -> timedelta:
    return min(rarest, depth / DEPTH_SHARE) if depth is not None else rarest


def _past_dates(entries: Iterable[Entry], now: datetime) -> list[datetime]:
    """Dates to the day only say nothing of hours."""
    claims = (entry.published for entry in entries)
    return sorted(c.at for c in claims if c and c.at <= now and c.precision in ("minute", "second"))


def _until_expiry(page: Page) -> timedelta:
    try:
        at = parsedate_to_datetime(page.header("Expires") or "")
        return max(timedelta(), (at if at.tzinfo else at.replace(tzinfo=UTC)) - page.fetched_at)
    except (ValueError, TypeError, OverflowError):  # "0", "-1", "never": asked for nothing
        return timedelta()


def _hours(span: timedelta) -> float:
    return max(span.total_seconds(), 60.0) / 3600


def _dice(feed: Feed, now: datetime) -> float:
    """From -1 to 1, the same for the same feed at the same moment."""
    digest = hashlib.sha256(f"{feed.id}\n{now.isoformat()}".encode()).digest()
    return 2 * int.from_bytes(digest[:4], "big") / 0xFFFF_FFFF - 1
