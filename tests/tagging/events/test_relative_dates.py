"""What French dates mean from a day: a table, and what holds for any text."""

import calendar
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.dates.days import Side
from vigie.dates.french_words import MONTHS
from vigie.dates.relative import find_dates, find_expressions, resolve
from vigie.tagging.words import fold

# The day of the text, what is written, the way the sentence looks, and what is meant.
THURSDAY, MONDAY, SUNDAY = "2018-02-15", "2024-12-30", "2026-11-22"
TABLE: tuple[tuple[str, str, Side, str], ...] = (
    # Days of the week, around the day of the text.
    (THURSDAY, "lundi", "past", "2018-02-12"),
    (THURSDAY, "lundi", "future", "2018-02-19"),
    (THURSDAY, "lundi", None, "2018-02-19"),
    (THURSDAY, "jeudi", "past", "2018-02-15"),
    (THURSDAY, "jeudi", "future", "2018-02-15"),
    (THURSDAY, "ce jeudi", None, "2018-02-15"),
    (THURSDAY, "mercredi soir", "past", "2018-02-14"),
    (THURSDAY, "vendredi matin", "future", "2018-02-16"),
    (THURSDAY, "vendredi", "past", "2018-02-09"),
    (THURSDAY, "jeudi prochain", None, "2018-02-22"),
    (THURSDAY, "jeudi dernier", None, "2018-02-08"),
    (THURSDAY, "mercredi prochain", None, "2018-02-21"),
    (THURSDAY, "mercredi dernier", "past", "2018-02-14"),
    (THURSDAY, "vendredi dernier", None, "2018-02-09"),
    (THURSDAY, "lundi en huit", None, "2018-02-26"),
    (THURSDAY, "jeudi en quinze", None, "2018-03-01"),
    (THURSDAY, "le lundi suivant", None, "2018-02-19"),
    (MONDAY, "mercredi", "future", "2025-01-01"),
    (MONDAY, "mercredi", "past", "2024-12-25"),
    (MONDAY, "jeudi prochain", None, "2025-01-02"),
    (SUNDAY, "dimanche", "past", "2026-11-22"),
    (SUNDAY, "dimanche prochain", "future", "2026-11-29"),
    (SUNDAY, "lundi dernier", None, "2026-11-16"),
    # Several of them.
    (THURSDAY, "samedi et dimanche", "future", "2018-02-17..2018-02-18"),
    (THURSDAY, "samedi et dimanche", "past", "2018-02-10..2018-02-11"),
    (THURSDAY, "de lundi à mercredi", "past", "2018-02-12..2018-02-14"),
    (THURSDAY, "de mercredi à vendredi", "future", "2018-02-14..2018-02-16"),
    (THURSDAY, "dans la nuit de mardi à mercredi", "past", "2018-02-13..2018-02-14"),
    (THURSDAY, "du jeudi au samedi", None, "2018-02-15..2018-02-17"),
    (MONDAY, "mardi et mercredi", "future", "2024-12-31..2025-01-01"),
    # Beside today.
    (THURSDAY, "hier", "past", "2018-02-14"),
    (THURSDAY, "avant-hier", "past", "2018-02-13"),
    (THURSDAY, "demain", "future", "2018-02-16"),
    (THURSDAY, "après-demain", None, "2018-02-17"),
    (THURSDAY, "aujourd'hui", None, "2018-02-15"),
    (THURSDAY, "aujourd’hui", None, "2018-02-15"),
    (THURSDAY, "ce matin", None, "2018-02-15"),
    (THURSDAY, "cette nuit", None, "2018-02-15"),
    ("2018-12-31", "demain", None, "2019-01-01"),
    ("2018-01-01", "hier", None, "2017-12-31"),
    ("2020-02-28", "demain", None, "2020-02-29"),
    ("2019-02-28", "demain", None, "2019-03-01"),
    (THURSDAY, "la veille", None, "2018-02-14"),
    (THURSDAY, "le lendemain", None, "2018-02-16"),
    # Days of a month.
    (THURSDAY, "le 12 mars", "future", "2018-03-12"),
    (THURSDAY, "le 12 mars", "past", "2017-03-12"),
    (THURSDAY, "le 12 mars", None, "2018-03-12"),
    (THURSDAY, "le 12 janvier", None, "2018-01-12"),
    (THURSDAY, "le 12 janvier", "future", "2019-01-12"),
    (THURSDAY, "le 15 février", "past", "2018-02-15"),
    (THURSDAY, "le 15 février", "future", "2018-02-15"),
    (THURSDAY, "le 24 mars prochain", None, "2018-03-24"),
    (THURSDAY, "le 24 mars dernier", None, "2017-03-24"),
    (THURSDAY, "mardi 12 mars 2019", "past", "2019-03-12"),
    (THURSDAY, "le 1er mai", None, "2018-05-01"),
    (THURSDAY, "le 14-Juillet", "future", "2018-07-14"),
    (THURSDAY, "jeudi 22", "future", "2018-02-22"),
    (THURSDAY, "jeudi 8", "past", "2018-02-08"),
    (THURSDAY, "12/03/2019", None, "2019-03-12"),
    (THURSDAY, "2019-03-12", None, "2019-03-12"),
    (THURSDAY, "6 fév. 2022", None, "2022-02-06"),
    (THURSDAY, "LE 12 MARS 2018", None, "2018-03-12"),
    ("2024-01-10", "le 29 février", "future", "2024-02-29"),
    ("2023-01-10", "le 29 février", "future", "2024-02-29"),
    ("2023-01-10", "le 29 février", "past", "2020-02-29"),
    ("2024-12-28", "le 3 janvier", "future", "2025-01-03"),
    ("2025-01-03", "le 28 décembre", "past", "2024-12-28"),
    ("2025-01-03", "le 28 décembre", None, "2024-12-28"),
    (THURSDAY, "le 18 juin 1940", None, "1940-06-18"),
    (THURSDAY, "le 11-Septembre", "past", "2001-09-11"),
    # From one to another.
    (THURSDAY, "du 12 au 14 mars", "future", "2018-03-12..2018-03-14"),
    (THURSDAY, "les 12 et 13 mars", None, "2018-03-12..2018-03-13"),
    (THURSDAY, "les 12, 13 et 14 mars", None, "2018-03-12..2018-03-14"),
    (THURSDAY, "du 30 mars au 2 avril", None, "2018-03-30..2018-04-02"),
    (THURSDAY, "du 30 décembre 2018 au 2 janvier 2019", None, "2018-12-30..2019-01-02"),
    (THURSDAY, "entre le 3 et le 5 juin 2019", None, "2019-06-03..2019-06-05"),
    (THURSDAY, "du lundi 12 au mercredi 14 mars", "future", "2018-03-12..2018-03-14"),
    (THURSDAY, "lundi 12 et mardi 13 mars", "future", "2018-03-12..2018-03-13"),
    ("2018-03-13", "du 12 au 14 mars", "future", "2018-03-12..2018-03-14"),
    ("2024-12-20", "du 30 décembre au 2 janvier", "future", "2024-12-30..2025-01-02"),
    (THURSDAY, "les 30 juin et 7 juillet", "future", "2018-06-30..2018-07-07"),
    # Weeks and weekends.
    (THURSDAY, "la semaine prochaine", None, "2018-02-19..2018-02-25"),
    (THURSDAY, "la semaine dernière", None, "2018-02-05..2018-02-11"),
    (THURSDAY, "cette semaine", None, "2018-02-12..2018-02-18"),
    (THURSDAY, "la semaine du 12 mars", None, "2018-03-12..2018-03-18"),
    (THURSDAY, "ce week-end", "future", "2018-02-17..2018-02-18"),
    (THURSDAY, "ce week-end", "past", "2018-02-10..2018-02-11"),
    (THURSDAY, "le week-end dernier", None, "2018-02-10..2018-02-11"),
    (THURSDAY, "le week-end prochain", None, "2018-02-17..2018-02-18"),
    (MONDAY, "ce week-end", None, "2024-12-28..2024-12-29"),
    (SUNDAY, "ce week-end", None, "2026-11-21..2026-11-22"),
    # Months.
    (THURSDAY, "en mai prochain", None, "2018-05"),
    (THURSDAY, "en juin dernier", None, "2017-06"),
    (THURSDAY, "en février prochain", None, "2019-02"),
    (THURSDAY, "en mars", "future", "2018-03"),
    (THURSDAY, "en mars", "past", "2017-03"),
    (THURSDAY, "en février", "past", "2018-02"),
    (THURSDAY, "en janvier", None, "2018-01"),
    (THURSDAY, "fin mars", "future", "2018-03"),
    (THURSDAY, "mi-avril", None, "2018-04"),
    (THURSDAY, "début janvier", "future", "2019-01"),
    (THURSDAY, "au mois d'août", "future", "2018-08"),
    (THURSDAY, "mars 2019", None, "2019-03"),
    (THURSDAY, "d'ici à fin mars", None, "2018-03"),
    (THURSDAY, "le mois prochain", None, "2018-03"),
    (THURSDAY, "le mois dernier", None, "2018-01"),
    (THURSDAY, "ce mois-ci", None, "2018-02"),
    (THURSDAY, "d'ici à la fin du mois", None, "2018-02"),
    (THURSDAY, "de mars à mai", "future", "2018-03..2018-05"),
    ("2018-12-10", "le mois prochain", None, "2019-01"),
    ("2018-01-10", "le mois dernier", None, "2017-12"),
    ("2018-11-10", "de décembre à février", "future", "2018-12..2019-02"),
    # Seasons, parts of a year, years.
    (THURSDAY, "à l'automne", None, "2018-09..2018-11"),
    (THURSDAY, "l'été dernier", None, "2017-06..2017-08"),
    (THURSDAY, "au printemps 2019", None, "2019-03..2019-05"),
    (THURSDAY, "cet hiver", None, "2017-12..2018-02"),
    (THURSDAY, "l'hiver prochain", None, "2018-12..2019-02"),
    ("2018-07-10", "cet été", "future", "2018-06..2018-08"),
    (THURSDAY, "à la rentrée", "future", "2018-09"),
    (THURSDAY, "au premier trimestre 2023", None, "2023-01..2023-03"),
    (THURSDAY, "au second semestre", None, "2018-07..2018-12"),
    (THURSDAY, "en 2027", None, "2027"),
    (THURSDAY, "d'ici à 2030", None, "2030"),
    (THURSDAY, "l'an prochain", None, "2019"),
    (THURSDAY, "l'année dernière", None, "2017"),
    (THURSDAY, "cette année", None, "2018"),
    (THURSDAY, "d'ici à la fin de l'année", None, "2018"),
    # So long from now.
    (THURSDAY, "dans dix jours", None, "2018-02-25"),
    (THURSDAY, "dans une semaine", None, "2018-02-22"),
    (THURSDAY, "dans deux semaines", None, "2018-02-26..2018-03-04"),
    (THURSDAY, "dans trois mois", None, "2018-05"),
    (THURSDAY, "il y a trois ans", None, "2015"),
    (THURSDAY, "il y a 15 jours", None, "2018-01-31"),
    (THURSDAY, "il y a deux mois", None, "2017-12"),
)
NO_DATES = (
    *(
        "chaque jeudi",
        "le jeudi",
        "tous les jeudis",
        "un dimanche",
        "a été élu",
        "en été",
        "le printemps arabe",
    ),
    *(
        "le 30 février",
        "le 31 avril 2018",
        "dans quelques jours",
        "récemment",
        "dans la journée",
        "18h30",
        "le monde de demain",
    ),
    *("12 000 euros", "en 49.3", "au lendemain du scrutin", "mai 68", "les années 1990", "1500 personnes"),
)


def written(text: str, today: str | None, side: Side = None) -> list[str]:
    """Each date of a text as ISO, several days with dots between."""
    found = find_dates(fold(text), date.fromisoformat(today) if today else None, side)
    days = [meant.days for meant in found]
    return [f"{each.written}..{each.last_written}" if each.last_written else each.written for each in days]


@pytest.mark.parametrize(("today", "text", "side", "meant"), TABLE, ids=lambda value: str(value))
def test_what_is_meant(today: str, text: str, side: Side, meant: str) -> None:
    assert written(text, today, side) == [meant]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 100


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert written(text, THURSDAY) == []


def test_a_day_that_is_not_known_leaves_what_is_absolute() -> None:
    text = "Jeudi, puis le 12 mars, le 12 mars 2019, en mai, en mai 2020 et en 2027."
    assert written(text, None) == ["2019-03-12", "2020-05", "2027"]


def test_a_text_of_some_day_of_a_month_knows_what_any_of_them_would() -> None:
    first, last = date(2018, 2, 1), date(2018, 2, 28)
    text = fold("en mai prochain, jeudi, le 12 avril, le mois prochain, hier, en 2019")
    days = [resolve(expression, first, last) for expression in find_expressions(text)]
    assert [each.written if each else None for each in days] == [
        *("2018-05", None, "2018-04-12"),
        *("2018-03", None, "2019"),
    ]


def test_the_day_before_follows_what_was_said() -> None:
    assert written("Le 12 mars 2018 il parlait ; la veille il se taisait.", THURSDAY) == [
        "2018-03-12",
        "2018-03-11",
    ]


def test_a_bound_is_told_apart() -> None:
    edges = {e.match[0]: e.edge for e in find_expressions(fold("avant jeudi, jusqu'au 3 avril, mardi"))}
    assert edges == {"jeudi": True, "3 avril": True, "mardi": False}


def test_a_bare_year_is_only_the_word_before_its_own() -> None:
    assert [e.bare for e in find_expressions("la presidentielle 2027")] == [True]
    assert written("la présidentielle 2027", THURSDAY) == []


LISTED = (
    "le du au les en de à dans il y a 12 3 30 31 29 1er mars février mai prochain dernier jeudi lundi et à 2018 2024 été l' "
    "semaine prochaine fin mi- mois ans trois dix jours week-end ce cette automne hier demain , . - / 02 2e trimestre"
)
PIECES = st.sampled_from(LISTED.split())
TODAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
SIDES = st.sampled_from(("past", "future", None))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join), TODAYS, SIDES)
def test_days_are_days_and_spans_are_spans(text: str, today: date, side: Side) -> None:
    folded = fold(text)
    found = find_dates(folded, today, side)
    assert found == find_dates(folded, today, side)
    end = 0
    for meant in found:
        assert end <= meant.start < meant.end <= len(text)
        end = meant.end
        assert meant.days.first <= meant.days.last
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", meant.days.written)


@settings(max_examples=200, deadline=None)
@given(TODAYS, st.integers(0, 6), SIDES)
def test_a_weekday_is_within_a_week_on_its_side(today: date, weekday: int, side: Side) -> None:
    name = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[weekday]
    (meant,) = find_dates(name, today, side)
    day = meant.days.first
    assert day.weekday() == weekday
    assert (timedelta() if side != "past" else timedelta(-6)) <= day - today
    assert day - today <= (timedelta(6) if side != "past" else timedelta())


@settings(max_examples=200, deadline=None)
@given(TODAYS, st.integers(1, 12), st.data(), st.sampled_from(("past", "future")))
def test_a_day_of_a_month_is_on_its_side(today: date, month: int, data: st.DataObject, side: Side) -> None:
    day = data.draw(st.integers(1, calendar.monthrange(2023, month)[1]))
    name = next(name for name, number in MONTHS.items() if number == month and len(name) > 2)
    (meant,) = find_dates(f"le {day} {name}", today, side)
    found = meant.days.first
    assert (found.month, found.day) == (month, day)
    assert found <= today if side == "past" else found >= today
    assert abs(found - today) <= timedelta(366)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), TODAYS)
def test_any_text_is_read(text: str, today: date) -> None:
    for meant in find_dates(fold(text), today):
        assert fold(text)[meant.start : meant.end]


@pytest.mark.parametrize("piece", ["jeudi ", "le 12 ", "de ", "dans dix ", "2018 ", "1", "du 12 au ", "fin "])
def test_a_long_text_is_read_in_time(piece: str) -> None:
    find_dates(piece * (100_000 // len(piece)), date(2018, 2, 15))


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    for today in (date.min, date.max):
        for text in ("demain", "hier", "jeudi prochain", "lundi dernier", "dans cent ans", "il y a cent ans", "la semaine prochaine",
                     "le 12 mars", "cet hiver", "le week-end dernier", "l'an dernier", "le mois prochain"):  # fmt: skip
            find_dates(text, today)
