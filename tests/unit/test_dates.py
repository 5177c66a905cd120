"""Dates as feeds and pages write them, which ones are plausible, and which one is believed."""

from datetime import UTC, datetime, timedelta

import pytest

from vigie.dates.claims import choose_published, date_in_url, is_plausible, parse_date
from vigie.model import DateClaim, DateOrigin

SEEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PARIS = "Europe/Paris"


def read(raw: str, origin: DateOrigin = "feed") -> DateClaim:
    claim = parse_date(raw, origin=origin, zone=PARIS)
    assert claim is not None, raw
    return claim


@pytest.mark.parametrize(
    ("raw", "utc", "precision", "offset"),
    [
        ("Fri, 09 Feb 2018 18:30:05 +0100", "2018-02-09T17:30:05", "second", 60),
        ("Fri, 09 Feb 2018 18:30:05 GMT", "2018-02-09T18:30:05", "second", 0),
        ("Mon, 09 Jul 2018 18:30:05 CEST", "2018-07-09T16:30:05", "second", 120),
        ("Fri, 09 Feb 2018 18:30:05 EST", "2018-02-09T23:30:05", "second", -300),
        ("Fri, 09 Feb 2018 18:30:05 GMT+2", "2018-02-09T16:30:05", "second", 120),
        ("Fri, 09 Feb 2018 18:30", "2018-02-09T17:30:00", "minute", None),
        ("9 Jul 18 18:30", "2018-07-09T16:30:00", "minute", None),
        ("ven., 09 févr. 2018 18:30:05 +0100", "2018-02-09T17:30:05", "second", 60),
        ("2018-02-09T18:30:05+01:00", "2018-02-09T17:30:05", "second", 60),
        ("2018-02-09T18:30:05.123456Z", "2018-02-09T18:30:05", "second", 0),
        ("2018-02-09T18:30:05-0330", "2018-02-09T22:00:05", "second", -210),
        ("20180209T183005Z", "2018-02-09T18:30:05", "second", 0),
        ("2018-02-09T18:30:05+01:00[Europe/Paris]", "2018-02-09T17:30:05", "second", 60),
        ("2018-02-09", "2018-02-08T23:00:00", "day", None),
        ("2018-07-09", "2018-07-08T22:00:00", "day", None),
        ("2018-02-09T00:00:00+01:00", "2018-02-08T23:00:00", "day", 60),
        ("2018-02", "2018-01-31T23:00:00", "month", None),
        ("2018", "2017-12-31T23:00:00", "year", None),
        ("vendredi 9 février 2018 à 18h30", "2018-02-09T17:30:00", "minute", None),
        ("Publié le vendredi 9 février 2018 à 8h", "2018-02-09T07:00:00", "minute", None),
        ("9 févr. 2018", "2018-02-08T23:00:00", "day", None),
        ("1er mars 2021", "2021-02-28T23:00:00", "day", None),
        ("14 août 2020 - 12 h 05", "2020-08-14T10:05:00", "minute", None),
        ("09/02/2018 18:30", "2018-02-09T17:30:00", "minute", None),
        ("February 9, 2018 6:30 pm", "2018-02-09T17:30:00", "minute", None),
        ("2018-02-09T24:00:00Z", "2018-02-10T00:00:00", "second", 0),
    ],
)
def test_dates_are_read(raw: str, utc: str, precision: str, offset: int | None) -> None:
    claim = read(raw)
    assert (claim.at.isoformat(), claim.precision, claim.offset_minutes) == (
        f"{utc}+00:00",
        precision,
        offset,
    )
    assert claim.raw


@pytest.mark.parametrize(
    "junk",
    ["", "  ", "hier", "2018-02-30", "2018-13-01", "31/02/2018", "2018-02-09T25:00:00", "2018-02-09T18:30:00+99:00",
     "0001-01-01T00:00:00+02:00", "1518197400", "9 brumaire 2018", "x" * 500, "\x00", "٢٠١٨-٠٢-٠٩"],
)  # fmt: skip
def test_junk_is_no_date(junk: str) -> None:
    assert parse_date(junk, origin="feed", zone=PARIS) is None


def test_nothing_is_no_date() -> None:
    assert parse_date(None, origin="feed", zone=PARIS) is None


@pytest.mark.parametrize(
    ("raw", "plausible"),
    [
        ("2026-11-23T09:00:00Z", True),
        ("2026-11-23T09:05:00Z", True),
        ("2026-11-23T09:05:01Z", False),
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("1990-01-02", True),
        ("1989-12-31", False),
        ("1970-01-01T00:00:00Z", False),
        ("9999-12-31T23:59:59Z", False),
    ],
)
def test_plausible(raw: str, plausible: bool) -> None:
    assert is_plausible(read(raw), SEEN) is plausible


def test_today_is_plausible_just_after_local_midnight() -> None:
    just_after = datetime(2026, 11, 22, 23, 1, tzinfo=UTC)
    assert is_plausible(read("2026-11-23"), just_after)
    assert not is_plausible(read("2026-11-23"), just_after - timedelta(minutes=7))


@pytest.mark.parametrize(
    ("claims", "chosen"),
    [
        # A page's own time beats a later feed date, and a feed that re-dates.
        ([("feed", "2026-11-23T08:00:00Z"), ("json-ld", "2026-11-23T07:05:12Z")], "json-ld"),
        ([("feed", "2026-11-23T08:00:00Z"), ("meta", "2026-11-20T07:05:12Z")], "meta"),
        # An earlier feed date wins: the page was touched later.
        ([("feed", "2026-11-20T08:00:00Z"), ("json-ld", "2026-11-23T07:05:12Z")], "feed"),
        # The same minute: the page's.
        ([("feed", "2026-11-23T07:05:00Z"), ("json-ld", "2026-11-23T07:05:12Z")], "json-ld"),
        # The same day: the one that knows the hour.
        ([("feed", "2026-11-23T08:00:00Z"), ("meta", "2026-11-23")], "feed"),
        ([("feed", "2026-11-23"), ("meta", "2026-11-23T08:00:00Z")], "meta"),
        # Another day: the earlier.
        ([("feed", "2026-11-22T08:00:00Z"), ("meta", "2026-11-20")], "meta"),
        ([("feed", "2026-11-20T08:00:00Z"), ("meta", "2026-11-22")], "feed"),
        # Among the page's own: JSON-LD, then meta, then <time>; a finer one that agrees replaces a vague one.
        ([("time", "2026-11-20T08:00:00Z"), ("meta", "2026-11-21T08:00:00Z")], "meta"),
        ([("meta", "2026-11-21T08:00:00Z"), ("json-ld", "2026-11-22T08:00:00Z")], "json-ld"),
        ([("json-ld", "2026-11-21"), ("time", "2026-11-21T08:00:00Z")], "time"),
        ([("json-ld", "2026-11-21"), ("time", "2026-11-22T08:00:00Z")], "json-ld"),
        # What is not plausible does not count.
        ([("json-ld", "1970-01-01T00:00:00Z"), ("feed", "2026-11-20T08:00:00Z")], "feed"),
        ([("json-ld", "2027-01-01T00:00:00Z"), ("feed", "9999-01-01T00:00:00Z")], None),
        # The address comes last.
        ([("url", "2026-11-19"), ("feed", "2026-11-20T08:00:00Z")], "feed"),
        ([("url", "2026-11-19")], "url"),
        ([], None),
    ],
)
def test_choice(claims: list[tuple[DateOrigin, str]], chosen: str | None) -> None:
    for order in (claims, claims[::-1]):
        claim = choose_published([read(raw, origin) for origin, raw in order], SEEN)
        assert (claim.origin if claim else None) == chosen


def test_date_in_address() -> None:
    claim = date_in_url("https://a.example/politique/2026/11/23/titre_6211496.html", zone=PARIS)
    assert claim is not None
    assert (claim.at.isoformat(), claim.origin, claim.precision) == (
        "2026-11-22T23:00:00+00:00",
        "url",
        "day",
    )
    assert date_in_url("https://a.example/2026/13/23/x", zone=PARIS) is None
    assert date_in_url("https://a.example/article-20261123", zone=PARIS) is None
