"""Dates as feeds and pages write them, which ones are plausible, and which one is believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vigie.dates.choosing import choose_modified, choose_published, explain_choice, is_plausible
from vigie.dates.parsing import date_in_url, parse_date, parse_epoch
from vigie.dates.text import read_stated_dates
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
        ("2018-02-09T24:00:00Z", "2018-02-10T00:00:00", "day", 0),
        # Midnight is how systems write a day, also that of the publisher's zone told in UTC.
        ("2018-02-08T23:00:00Z", "2018-02-08T23:00:00", "day", 0),
        ("2018-02-08T18:00:00-05:00", "2018-02-08T23:00:00", "second", -300),
        ("09.02.18 | 18:30", "2018-02-09T17:30:00", "minute", None),
        ("09/02/2018 à 18:30:05", "2018-02-09T17:30:05", "second", None),
        ("9/2/2018", "2018-02-08T23:00:00", "day", None),
        ("02/13/2018", "2018-02-12T23:00:00", "day", None),
        ("9 févr. 2018 – 18 h 30", "2018-02-09T17:30:00", "minute", None),
        ("vendredi 9 février 2018 à 18h30 (heure de Paris)", "2018-02-09T17:30:00", "minute", None),
        ("9. Februar 2018, 18.30 Uhr", "2018-02-09T17:30:00", "minute", None),
        ("Freitag, 9. März 2018 um 18:30", "2018-03-09T17:30:00", "minute", None),
        ("9 de febrero de 2018 a las 18:30", "2018-02-09T17:30:00", "minute", None),
        ("venerdì 9 febbraio 2018 alle ore 18:30", "2018-02-09T17:30:00", "minute", None),
        ("Feb. 9, 2018 at 6:30 p.m.", "2018-02-09T17:30:00", "minute", None),
        ("Feb 9, 2018 6 pm EST", "2018-02-09T23:00:00", "minute", -300),
        ("February 9, 2018 12:05 AM", "2018-02-08T23:05:00", "minute", None),
        ("2018-02-09 18:30:05 +1:00", "2018-02-09T17:30:05", "second", 60),
        ("2018-02-09T18:30+01", "2018-02-09T17:30:00", "minute", 60),
        ("2018-02-09 18:30 (UTC+2)", "2018-02-09T16:30:00", "minute", 120),
        ("9 février 2018 18h30 est", "2018-02-09T17:30:00", "minute", None),
        ("\u200e9\u202f/\u202f2\u202f/\u202f2018", "2018-02-08T23:00:00", "day", None),
        ("2022-01-10T22:06:08:684Z", "2022-01-10T22:06:08", "second", 0),
        # The hour that the clocks leave out, and the one they repeat, are read as before the change.
        ("25/03/2018 02:30", "2018-03-25T01:30:00", "minute", None),
        ("28/10/2018 02:30", "2018-10-28T00:30:00", "minute", None),
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


@pytest.mark.parametrize(("raw", "day"), [("02/09/2018", "2018-02-09"), ("13/02/2018", "2018-02-13"),
                                          ("9.2.2018", "2018-09-02"), ("2018-02-09", "2018-02-09")])  # fmt: skip
def test_the_month_comes_first_where_it_does(raw: str, day: str) -> None:
    claim = parse_date(raw, origin="meta", zone="America/New_York", month_first=True)
    assert claim is not None
    assert claim.at.isoformat() == f"{day}T0{5 if day < '2018-03' else 4}:00:00+00:00"


@pytest.mark.parametrize(("raw", "utc"), [("1518197405", "2018-02-09T17:30:05"), ("1518197405123", "2018-02-09T17:30:05"),
                                          ("946684800", "2000-01-01T00:00:00")])  # fmt: skip
def test_seconds_since_1970(raw: str, utc: str) -> None:
    claim = parse_epoch(raw, origin="meta")
    assert claim is not None
    assert (claim.at.isoformat(), claim.offset_minutes) == (f"{utc}+00:00", 0)
    for junk in ("20180209", "151819740512345", "-1518197405", "0", "", None, "1e9"):
        assert parse_epoch(junk, origin="meta") is None


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Publié le vendredi 9 février 2018 à 18h30, mis à jour le samedi 10 février 2018 à 9h05",
         [("2018-02-09T17:30", "published"), ("2018-02-10T08:05", "modified")]),
        ("Mis à jour le 10/02/2018 à 9h05 | Publié le 09/02/2018 à 18:30",
         [("2018-02-10T08:05", "modified"), ("2018-02-09T17:30", "published")]),
        ("Par Jeanne Martin - Mis en ligne le 9 février 2018", [("2018-02-08T23:00", "published")]),
        ("Paris, le 9 février 2018", [("2018-02-08T23:00", "none")]),
        ("Né le 9 février 1954 à Lyon", [("1954-02-08T23:00", "other")]),
        ("Updated: February 10, 2018 9:05 AM", [("2018-02-10T08:05", "modified")]),
        ("Veröffentlicht am 9. Februar 2018 um 18:30 Uhr", [("2018-02-09T17:30", "published")]),
        ("Aggiornato il 10 febbraio 2018 alle 9:05", [("2018-02-10T08:05", "modified")]),
        ("Publié il y a 2 heures", []), ("Hier à 18h30", []), ("© 2018", []), ("Version 10.2.18.4", []),
        ("Tél. 01 02 03 04 05", []), ("Publié le 32/01/2018", []),
    ],
)  # fmt: skip
def test_dates_in_a_line(line: str, stated: list[tuple[str, str]]) -> None:
    found = read_stated_dates(line, zone=PARIS)
    assert [(f"{d.claim.at:%Y-%m-%dT%H:%M}", d.mark) for d in found] == stated
    assert [d.claim.modified for d in found] == [mark == "modified" for _, mark in stated]


def test_a_long_line_is_prose() -> None:
    assert read_stated_dates("Publié le 9 février 2018. " + "mot " * 100, zone=PARIS) == ()


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
        ("9999-12-31T12:00:00Z", False),
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
    for url in ("https://a.example/article-20261123", "https://a.example/2026-11-23-titre", "/a/20261123/x"):
        assert date_in_url(url, zone=PARIS) == claim, url
    for url in (
        "https://a.example/x-120261123",
        "https://a.example/6211496-20261350.html",
        "https://a.example/x",
    ):
        assert date_in_url(url, zone=PARIS) is None, url


def test_the_choice_says_why() -> None:
    page, feed = read("2026-11-20T08:00:00Z", "json-ld"), read("2026-11-22T08:00:00Z")
    ancient, tomorrow = read("1970-01-01", "meta"), read("2026-11-24", "time")
    edit = replace(read("2026-11-21T08:00:00Z", "json-ld"), modified=True)
    choice = explain_choice([page, ancient, edit, tomorrow, feed], SEEN)
    assert (choice.claim, choice.rule) == (page, "la page et le flux diffèrent : la plus ancienne des deux")
    assert dict(choice.refused) == {
        ancient: "avant 1990",
        edit: "date de modification",
        tomorrow: "dans le futur de sa première apparition",
        feed: "d'une source moins sûre",
    }
    assert explain_choice([ancient], SEEN).rule == "aucune date digne de foi"
    assert explain_choice([], SEEN).refused == ()


def test_a_page_that_prints_the_time_of_day_is_not_dated_by_it() -> None:
    clock = read("2026-11-23T08:59:58Z", "json-ld")
    assert choose_published([clock], SEEN, SEEN) is None
    assert choose_published([clock], SEEN) == clock
    assert choose_published([clock], SEEN, SEEN + timedelta(minutes=1)) == clock
    said_by_both = [clock, read("2026-11-23T08:59:58Z", "feed")]
    assert choose_published(said_by_both, SEEN, SEEN) == clock
    edit = replace(clock, modified=True)
    assert choose_modified([edit], None, SEEN) is None
    assert choose_modified([edit], None, SEEN + timedelta(minutes=1)) == edit


def test_modified_is_after_published_and_of_the_best_source() -> None:
    published = read("2026-11-20T08:00:00Z", "json-ld")
    late, early, best = (
        replace(read(raw, origin), modified=True)
        for raw, origin in (
            ("2026-11-22T08:00:00Z", "page"), ("2026-11-20T07:00:00Z", "json-ld"), ("2026-11-21T08:00:00Z", "meta"),
        )
    )  # fmt: skip
    assert choose_modified([published, late, early, best], published, SEEN) == best
    assert choose_modified([published, early], published, SEEN) is None
    assert choose_modified([published], published, SEEN) is None
    assert choose_published([late, best], SEEN) is None
