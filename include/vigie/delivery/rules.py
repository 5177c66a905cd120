"""What a channel takes and when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vigie.model import AlertKind

ALL_KINDS: frozenset[AlertKind] = frozenset({"topic", "watch", "communique", "operator", "digest"})
USUAL_KINDS: frozenset[AlertKind] = ALL_KINDS - {"digest"}
"""What a channel takes that says nothing: a digest tells once more what it has had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one time of day to another, past midnight where `end` is the earlier, as clocks in `zone` show them.

    When clocks change, a time that does not come that day is taken as far after the jump as it lay after its start,
    and of one that comes twice the first is meant: so says RFC 5545 (3.3.5) of calendars.
    """

    start: time
    end: time
    zone: ZoneInfo

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that `now` lies in are over; None outside of them."""
        at = now
        while (end := self._end_at(at)) is not None:  # a change of clocks can make two of them touch
            at = end
        return at if at > now else None

    def _end_at(self, at: datetime) -> datetime | None:
        today = at.astimezone(self.zone).date()
        for back in (2, 1, 0):
            day = today - timedelta(days=back)
            start, end = self._instant(day, self.start), self._instant(day, self.end)
            if self.end <= self.start:
                end = self._instant(day + timedelta(days=1), self.end)
            if start <= at < end:
                return end
        return None

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a channel may be spoken to: never in its quiet hours, and not oftener an hour than `most_per_hour`."""

    quiet: QuietHours | None = None
    most_per_hour: int | None = None

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours that `now` lies in are over; None outside of them."""
        return self.quiet.until(now) if self.quiet else None


ALWAYS = Rules()
"""A channel that says nothing of when."""
