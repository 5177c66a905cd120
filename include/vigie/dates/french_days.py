"""What each French way of writing a day means, from the day of the text. Pure; used by the forms of `relative`.

Each reader takes a match of its form and gives the days, None where a day to count from is wanted and not known;
`ValueError` or `OverflowError` where there is no such day.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from vigie.dates.days import (
    Days,
    Side,
    anniversary,
    month_near,
    months,
    one_day,
    season_near,
    shift_month,
    week_of,
    weekday_near,
    whole_month,
    whole_year,
)
from vigie.dates.french_words import MONTHS, NEARBY, ORDINALS, SEASONS, WEEKDAYS, count_of, turn_of

BESIDE = {
    "avant-veille": -2,
    "veille": -1,
    "meme jour": 0,
    "jour meme": 0,
    "jour-la": 0,
    "lendemain": 1,
    "surlendemain": 2,
}
"""Days from the one spoken of before."""
NAMED_DAYS = {(11, 9): 2001, (13, 11): 2015, (7, 10): 2023}
"""Days that have become names, with their year: "le 11-Septembre"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Where a date is counted from: the day of the text, the way its sentence looks, the day it spoke of before."""

    today: date | None
    side: Side = None
    before: date | None = None


def _year_of(text: str | None) -> int | None:
    return int(text) if text else None


def _dated(at: From, day: int, month: int, year: int | None, turn: int = 0) -> date | None:
    """A day of a month, in the year told or the one meant."""
    if year:
        return date(year, month, day)
    if at.today is None:
        return None
    if turn:
        return anniversary(at.today + timedelta(turn), month, day, "future" if turn > 0 else "past")
    return anniversary(at.today, month, day, at.side)


def read_day_of_month(match: re.Match[str], at: From) -> Days | None:
    """ "le 12 mars", "mardi 12 mars 2019", "le 24 mars prochain"."""
    year, turn = _year_of(match["year"]), turn_of(match["turn"])
    if "-" in match[0]:
        year = year or NAMED_DAYS.get((int(match["day"]), MONTHS[match["month"]]))
    day = _dated(at, int(match["day"]), MONTHS[match["month"]], year, turn)
    return one_day(day) if day else None


def read_numeric(match: re.Match[str], _at: From) -> Days | None:
    """ "12/03/2019", "2019-03-12"."""
    return one_day(date(int(match["year"]), int(match["month"]), int(match["day"])))


def read_days_of_months(match: re.Match[str], at: From) -> Days | None:
    """ "du 30 mars au 2 avril", "les 12 et 13 mars": the year is told once, or meant by the end that is nearest."""
    last_month = MONTHS[match["month2"]]
    first_month = MONTHS[match["month"]] if match["month"] else last_month
    first_day, last_day = int(match["day"]), int(match["day2"])
    year = _year_of(match["year2"])
    if at.side == "past" and not year:
        first = _dated(at, first_day, first_month, _year_of(match["year"]))
        return Days(first=first, last=anniversary(first, last_month, last_day, "future")) if first else None
    last = _dated(at, last_day, last_month, year)
    if last is None:
        return None
    told = _year_of(match["year"])
    first = date(told, first_month, first_day) if told else anniversary(last, first_month, first_day, "past")
    return Days(first=first, last=last)


def read_weekday_and_day(match: re.Match[str], at: From) -> Days | None:
    """ "jeudi 22": the nearest day that is both."""
    if at.today is None:
        return None
    wanted, number = WEEKDAYS[match["weekday"]], int(match["day"])
    near = (at.today + timedelta(shift) for shift in range(-62, 63))
    found = [day for day in near if day.day == number and day.weekday() == wanted]
    sided = [d for d in found if at.side is None or (d <= at.today if at.side == "past" else d >= at.today)]
    today = at.today
    day = min(sided or found, key=lambda day: abs(day - today), default=None)
    return one_day(day) if day else None


def read_weekday(match: re.Match[str], at: From) -> Days | None:
    """ "jeudi", "jeudi dernier", "jeudi en huit"."""
    if at.today is None:
        return None
    weekday, turn = WEEKDAYS[match["weekday"]], turn_of(match["turn"])
    if turn:
        return one_day(weekday_near(at.today + timedelta(turn), weekday, "future" if turn > 0 else "past"))
    if match["later"]:
        weeks = 1 if match["later"] == "huit" else 2
        return one_day(weekday_near(at.today, weekday, "future") + timedelta(7 * weeks))
    return one_day(weekday_near(at.today, weekday, at.side))


def read_weekdays(match: re.Match[str], at: From) -> Days | None:
    """ "de samedi à lundi", "mardi et mercredi": an end that is not over yet, when the sentence looks ahead."""
    if at.today is None:
        return None
    first, last = WEEKDAYS[match["weekday"]], WEEKDAYS[match["weekday2"]]
    length = timedelta((last - first) % 7)
    turn = turn_of(match["turn"])
    if turn:
        shifted = From(today=at.today + timedelta(turn), side="future" if turn > 0 else "past")
        start = weekday_near(shifted.today or at.today, first, shifted.side)
    elif at.side == "past":
        start = weekday_near(at.today, first, "past")
    else:
        start = weekday_near(at.today, last, "future") - length
    return Days(first=start, last=start + length)


def read_nearby(match: re.Match[str], at: From) -> Days | None:
    """ "hier", "aujourd'hui", "demain"."""
    return one_day(at.today + timedelta(NEARBY[match["word"]])) if at.today else None


def read_week(match: re.Match[str], at: From) -> Days | None:
    """ "la semaine prochaine", "cette semaine"."""
    return week_of(at.today + timedelta(7 * turn_of(match["turn"]))) if at.today else None


def read_week_from(match: re.Match[str], at: From) -> Days | None:
    """ "la semaine du 12 mars"."""
    month = MONTHS[match["month"]] if match["month"] else (at.today.month if at.today else 0)
    day = _dated(at, int(match["day"]), month, _year_of(match["year"])) if month else None
    return Days(first=day, last=day + timedelta(6)) if day else None


def read_weekend(match: re.Match[str], at: From) -> Days | None:
    """Of a weekend that is not told, the last that began or the next that is not over."""
    if at.today is None:
        return None
    turn = turn_of(match["turn"])
    if turn > 0:
        saturday = weekday_near(week_of(at.today).last + timedelta(1), 5, "future")
        return _two_days(saturday if at.today.weekday() >= 5 else weekday_near(at.today, 5, "future"))
    if turn < 0:
        return _two_days(week_of(at.today).first - timedelta(2))
    if at.side == "past" or (
        at.side is None and at.today.weekday() < 2
    ):  # on a Tuesday it is the one just over
        return _two_days(weekday_near(at.today, 5, "past"))
    return _two_days(week_of(at.today).last - timedelta(1))


def _two_days(day: date) -> Days:
    return Days(first=day, last=day + timedelta(1))


def read_turned_month(match: re.Match[str], at: From) -> Days | None:
    """ "le mois prochain", "ce mois-ci"."""
    return shift_month(at.today, turn_of(match["turn"])) if at.today else None


def read_named_month(match: re.Match[str], at: From) -> Days | None:
    """ "en mars", "fin mai 2018", "en juin dernier"."""
    month, turn = MONTHS[match["month"]], turn_of(match["turn"])
    days = whole_month(int(match["year"]), month) if match["year"] else None
    if days is None and at.today is not None:
        if turn:
            other = shift_month(at.today, turn).first
            days = month_near(other, month, "future" if turn > 0 else "past")
        else:
            days = month_near(at.today, month, at.side)
    return _narrow(days, match["part"]) if days else None


def _narrow(days: Days, part: str | None) -> Days:
    """ "début mars", "mi-mars", "fin mars": the third of the month that is meant; it is written as the month."""
    if not part:
        return days
    tenth, twentieth = days.first + timedelta(9), days.first + timedelta(19)
    if part.startswith("debut"):
        return Days(first=days.first, last=tenth, precision="month")
    if part.startswith("mi"):
        return Days(first=tenth + timedelta(1), last=twentieth, precision="month")
    return Days(first=twentieth + timedelta(1), last=days.last, precision="month")


def read_months_range(match: re.Match[str], at: From) -> Days | None:
    """ "de mars à mai"."""
    first, last = MONTHS[match["month"]], MONTHS[match["month2"]]
    length = (last - first) % 12
    if match["year"]:
        year = int(match["year"]) - (1 if last < first else 0)
        return months(year, first, first + length)
    if at.today is None:
        return None
    start = month_near(at.today, first, at.side).first
    return months(start.year, first, first + length)


def read_turned_year(match: re.Match[str], at: From) -> Days | None:
    """ "l'an dernier", "cette année"."""
    return whole_year(at.today.year + turn_of(match["turn"])) if at.today else None


def read_this_month_end(match: re.Match[str], at: From) -> Days | None:
    """ "la fin du mois", "d'ici à la fin de l'année"."""
    if at.today is None:
        return None
    return shift_month(at.today, 0) if match["unit"] == "mois" else whole_year(at.today.year)


def read_led_year(match: re.Match[str], _at: From) -> Days | None:
    """ "en 2027"."""
    return whole_year(int(match["year"]))


def read_bare_year(match: re.Match[str], _at: From) -> Days | None:
    """ "2027", where nothing leads it."""
    return whole_year(int(match["year"]))


def read_season(match: re.Match[str], at: From) -> Days | None:
    """ "à l'automne", "l'été dernier", "au printemps 2018"."""
    first, turn = SEASONS[match["season"]], turn_of(match["turn"])
    if match["year"]:
        return months(int(match["year"]), first, first + 2)
    if at.today is None:
        return None
    if turn:
        now = season_near(at.today, first, "future" if turn > 0 else "past")
        runs = now.first <= at.today <= now.last
        return months(now.first.year + turn, first, first + 2) if runs else now
    return season_near(at.today, first, at.side or "future")


def read_part_of_year(match: re.Match[str], at: From) -> Days | None:
    """Quarters and halves of a year, told or this one."""
    year = _year_of(match["year"]) or (at.today.year if at.today else None)
    if year is None:
        return None
    number, length = ORDINALS[match["ordinal"]], 3 if match["unit"] == "trimestre" else 6
    if length == 6 and number > 1:
        number = 2
    return months(year, (number - 1) * length + 1, number * length)


def read_back_to_school(match: re.Match[str], at: From) -> Days | None:
    """ "à la rentrée"."""
    if match["year"]:
        return whole_month(int(match["year"]), 9)
    return month_near(at.today, 9, at.side or "future") if at.today else None


def read_in_or_ago(match: re.Match[str], at: From) -> Days | None:
    """ "dans dix jours", "il y a trois ans": as exact as the unit; two weeks or more mean the week."""
    if at.today is None:
        return None
    count = count_of(match["count"]) * (1 if match["way"] == "dans" else -1)
    unit = match["unit"]
    if unit.startswith("jour"):
        return one_day(at.today + timedelta(count))
    if unit.startswith("semaine"):
        day = at.today + timedelta(7 * count)
        return one_day(day) if abs(count) == 1 else week_of(day)
    if unit == "mois":
        return shift_month(at.today, count)
    return whole_year(at.today.year + count)


def read_next_to(match: re.Match[str], at: From) -> Days | None:
    """ "la veille", "le lendemain": beside the day spoken of before, or else beside today."""
    day = at.before or at.today
    return one_day(day + timedelta(BESIDE[match["word"]])) if day else None
