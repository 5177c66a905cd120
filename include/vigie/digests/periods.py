"""The days and weeks of digests: each ends at an hour of the reader's clock and begins where the one before ended.

A digest bears the date of the day it ends on, as a newspaper does. A day of the local clock may have 23 or 25 hours;
ends are moments in UTC, so periods tile time whatever the clock does.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from vigie.model import Alert, AlertId

Cadence = Literal["daily", "weekly"]
CADENCES: tuple[Cadence, ...] = get_args(Cadence)
STEPS: dict[Cadence, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MONDAY = 0
"""The day that a week's digest comes on: what happened last week is what people ask for then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When digests come: the hour of the clock of a zone."""

    zone: ZoneInfo
    hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `start` up to `end`, which is the next one's; `day` is the local date it ends on."""

    cadence: Cadence
    day: date
    start: datetime
    end: datetime
    zone: ZoneInfo

    @property
    def id(self) -> AlertId:
        """The same for the same period, whoever makes it and however often."""
        return AlertId(f"digest-{self.cadence}-{self.day.isoformat()}")

    @property
    def hours(self) -> int:
        """How long it is, to the hour."""
        return round((self.end - self.start) / timedelta(hours=1))


def find_period(cadence: Cadence, day: date, timing: Timing) -> Period:
    """The period whose digest comes on a day; of weeks, on that day or the first Monday after it."""
    if cadence == "weekly":
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    start, end = (_bound(at, timing) for at in (day - STEPS[cadence], day))
    return Period(cadence=cadence, day=day, start=start, end=end, zone=timing.zone)


def last_period(cadence: Cadence, now: datetime, timing: Timing) -> Period:
    """The newest period that is over."""
    period = find_period(cadence, now.astimezone(timing.zone).date() + STEPS[cadence], timing)
    while period.end > now or period.start == period.end:  # Samoa left a whole day out in 2011
        period = find_period(cadence, period.day - STEPS[cadence], timing)
    return period


def previous_period(period: Period) -> Period:
    """The one that ends where this one begins."""
    timing = Timing(zone=period.zone, hour=period.start.astimezone(period.zone).hour)
    return find_period(period.cadence, period.day - STEPS[period.cadence], timing)


def period_of(alert: Alert, zone: ZoneInfo) -> Period:
    """The period that a digest is of, by what it says itself: the settings may have changed since it was written."""
    cadence: Cadence = "weekly" if alert.about == "weekly" else "daily"
    end = alert.fired_at.astimezone(zone)
    local = find_period(cadence, end.date(), Timing(zone=zone, hour=end.hour))
    start = alert.fired_at - timedelta(hours=alert.window_h)
    if (local.end, local.hours) == (alert.fired_at, alert.window_h):
        start = local.start  # to the minute, where a clock is put forward by half an hour
    return Period(
        cadence=cadence, day=_day_in(alert.id, end.date()), start=start, end=alert.fired_at, zone=zone
    )


def _bound(day: date, timing: Timing) -> datetime:
    """The hour of a day in UTC. An hour that the clock leaves out is read as if it had not been put forward."""
    return datetime.combine(day, time(timing.hour), timing.zone).astimezone(UTC)


def _day_in(alert_id: AlertId, otherwise: date) -> date:
    try:
        return date.fromisoformat(alert_id[-len("2025-02-18") :])
    except ValueError:
        return otherwise
