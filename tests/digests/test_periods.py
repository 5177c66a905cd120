"""Days and weeks of digests tile time, whatever the clock of the place does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digests.happened import DAY, PARIS, WEEK
from vigie.digests.contents import Gathered
from vigie.digests.headlines import Figures, make_alert
from vigie.digests.periods import (
    CADENCES,
    STEPS,
    Timing,
    find_period,
    last_period,
    period_of,
    previous_period,
)

ZONES = [
    *("Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati"),
    *("Asia/Kathmandu", "Africa/Casablanca", "UTC", "America/St_Johns", "Antarctica/Troll"),
]
timings = st.builds(Timing, zone=st.sampled_from(ZONES).map(ZoneInfo), hour=st.integers(0, 23))
days = st.dates(date(2005, 1, 1), date(2035, 12, 31))
cadences = st.sampled_from(CADENCES)


def test_a_day_bears_the_date_it_ends_on() -> None:
    assert DAY.id == "digest-daily-2025-02-18"
    assert (DAY.start, DAY.end) == (
        datetime(2025, 2, 17, 6, tzinfo=UTC),
        datetime(2025, 2, 18, 6, tzinfo=UTC),
    )
    assert (WEEK.id, WEEK.start) == ("digest-weekly-2025-02-17", datetime(2025, 2, 10, 6, tzinfo=UTC))


@pytest.mark.parametrize(("day", "hours"), [("2025-03-30", 23), ("2025-10-26", 25), ("2025-06-01", 24)])
def test_days_on_which_the_clock_changes(day: str, hours: int) -> None:
    assert find_period("daily", date.fromisoformat(day), PARIS).hours == hours


def test_a_digest_is_due_at_its_hour_and_not_before() -> None:
    assert last_period("daily", DAY.end, PARIS) == DAY
    assert last_period("daily", DAY.end - timedelta(seconds=1), PARIS).day == date(2025, 2, 17)
    assert last_period("weekly", WEEK.end + timedelta(days=6), PARIS) == WEEK
    assert last_period("weekly", WEEK.end - timedelta(seconds=1), PARIS).day == date(2025, 2, 10)


@given(cadence=cadences, day=days, timing=timings)
def test_periods_tile_time(cadence: str, day: date, timing: Timing) -> None:
    one = find_period(cadence, day, timing)  # type: ignore[arg-type]
    following = find_period(cadence, one.day + STEPS[one.cadence], timing)  # type: ignore[arg-type]
    assert one.start <= one.end == following.start
    assert one.id != following.id
    before = previous_period(one) if one.start < one.end else None
    assert before is None or before.end == one.start


@given(cadence=cadences, timing=timings, hours=st.integers(0, 263_000), minutes=st.integers(0, 59))
def test_the_last_period_is_over_and_the_next_is_not(
    cadence: str, timing: Timing, hours: int, minutes: int
) -> None:
    moment = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes)
    last = last_period(cadence, moment, timing)  # type: ignore[arg-type]
    assert last.start < last.end <= moment
    later = find_period(last.cadence, last.day + STEPS[last.cadence], timing)
    assert later.end > moment or later.start == later.end


@given(cadence=cadences, day=days, timing=timings)
def test_a_written_digest_says_its_period(cadence: str, day: date, timing: Timing) -> None:
    period = find_period(cadence, day, timing)  # type: ignore[arg-type]
    if period.start < period.end:
        assert period_of(make_alert(period, Gathered(), Figures()), timing.zone) == period


def test_a_written_digest_keeps_its_period_when_the_settings_change() -> None:
    found = period_of(make_alert(DAY, Gathered(), Figures()), ZoneInfo("Asia/Tokyo"))
    assert (found.id, found.start, found.end) == (DAY.id, DAY.start, DAY.end)
