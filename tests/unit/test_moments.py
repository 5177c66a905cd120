"""Days and times as people type them, in UTC and in the zone of a desk."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from vigie.dates.moments import is_day, read_end, read_start
from vigie.errors import UsageError

PARIS = ZoneInfo("Europe/Paris")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_day_is_from_midnight_to_midnight_of_its_zone() -> None:
    assert read_start("2026-11-23", "--since") == utc(2026, 11, 23)
    assert read_end(" 2026-11-23 ", "--until") == utc(2026, 11, 24)
    assert read_start("2026-11-23", "since", PARIS) == utc(2026, 11, 22, 23)
    assert read_end("2026-11-23", "until", PARIS) == utc(2026, 11, 23, 23)


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
    assert read_start("2026-10-25", "since", PARIS) == utc(2026, 10, 24, 22)
    assert read_end("2026-10-25", "until", PARIS) == utc(2026, 10, 25, 23)


def test_a_time_is_itself() -> None:
    assert read_start("2026-11-23T18:30", "since", PARIS) == utc(2026, 11, 23, 17, 30)
    assert read_end("2026-11-23T18:30", "until") == utc(2026, 11, 23, 18, 30)
    assert read_end("2026-11-23T18:30+05:00", "until", PARIS) == utc(2026, 11, 23, 13, 30)
    assert (is_day("2026-11-23"), is_day("2026-11-23T18:30"), is_day("20261123")) == (True, False, False)


def test_nothing_is_no_bound_and_the_last_day_has_no_end() -> None:
    assert read_start(None, "since") is None
    assert read_end(None, "until") is None
    assert read_end("9999-12-31", "until") is None


@pytest.mark.parametrize(
    "text", ["", "demain", "2026-13-01", "23/11/2026", "0001-01-01", "\x00", "9999-12-31T23:59-14:00"]
)
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"since: .*not a date; write 2026-11-23"):
        read_start(text, "since", PARIS)
