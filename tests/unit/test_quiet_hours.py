"""Quiet hours on the nights when clocks change, by hand."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from vigie.delivery.rules import QuietHours

PARIS = ZoneInfo("Europe/Paris")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "now", "until"),
    [
        # an ordinary winter night: 22:00 to 07:00 in Paris is 21:00 to 06:00 UTC
        ("22:00", "07:00", "2026-01-10T20:59", None),
        ("22:00", "07:00", "2026-01-10T21:00", "2026-01-11T06:00"),
        ("22:00", "07:00", "2026-01-11T05:59", "2026-01-11T06:00"),
        ("22:00", "07:00", "2026-01-11T06:00", None),
        # the night that lost an hour, and the one that had one more
        ("22:00", "07:00", "2026-03-28T22:00", "2026-03-29T05:00"),
        ("22:00", "07:00", "2026-10-24T21:00", "2026-10-25T06:00"),
        # 02:30 did not come on 29 March: half an hour after the jump is meant
        ("22:00", "02:30", "2026-03-29T00:30", "2026-03-29T01:30"),
        # 02:30 came twice on 25 October: the first is meant
        ("22:00", "02:30", "2026-10-25T00:10", "2026-10-25T00:30"),
        ("22:00", "02:30", "2026-10-25T01:10", None),
        # by day
        ("12:00", "14:00", "2026-07-01T10:30", "2026-07-01T12:00"),
        ("12:00", "14:00", "2026-07-01T12:00", None),
    ],
)
def test_quiet_hours_in_paris(start: str, end: str, now: str, until: str | None) -> None:
    hours = QuietHours(start=time.fromisoformat(start), end=time.fromisoformat(end), zone=PARIS)
    assert hours.until(utc(now)) == (utc(until) if until else None)
