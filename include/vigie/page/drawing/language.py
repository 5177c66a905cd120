"""The page's languages: French as it is written in the templates, English from `locale/en.po`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from fastapi import Request

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
COOKIE = "vigie_language"
_YESTERDAY: Mapping[Language, str] = {"fr": "hier", "en": "yesterday"}
_LOCALE = Path(__file__).parents[1] / "locale"


def choose_language(request: Request) -> Language:
    """`?lang=`, or what was chosen before, or what the browser asks for; French where it asks for neither."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    for part in request.headers.get("accept-language", "").split(","):
        name = part.split(";")[0].strip()[:2].lower()
        if name in LANGUAGES:
            return name
    return "fr"


class Words:
    """What gettext asks of a translation, from a `.po` file read as it is: nothing is compiled or installed."""

    def __init__(self, language: Language) -> None:
        self._said = _read_catalog(language)

    def gettext(self, text: str) -> str:
        """The text in this language; itself where there is no translation."""
        found = self._said.get(text, text)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """French says 0 and 1 in the singular, English only 1."""
        found = self._said.get(one)
        if isinstance(found, tuple):
            return found[0] if count == 1 else found[1]
        return one if abs(count) < 2 else many


@cache
def words(language: Language) -> Words:
    """The translation of this process."""
    return Words(language)


@cache
def _read_catalog(language: Language) -> Mapping[str, str | tuple[str, ...]]:
    if language == "fr":
        return {}
    with (_LOCALE / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    said: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and message.string:
            said[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return said


def say_moment(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """ "23 nov. 2026, 14:05" in the desk's zone."""
    return format_datetime(at.astimezone(zone), "d MMM y, HH:mm", locale=language)


def say_when(at: datetime, now: datetime, language: Language, zone: ZoneInfo) -> str:
    """ "14:05" of today, "hier, 14:05", else the whole moment."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    if (today - local.date()).days == 1:
        return f"{_YESTERDAY[language]}, {time}"
    return say_moment(at, language, zone)


def say_day(day: date, language: Language) -> str:
    """ "lundi 23 novembre 2026"."""
    return format_date(day, "EEEE d MMMM y", locale=language)


def say_ago(at: datetime, now: datetime, language: Language) -> str:
    """ "il y a 3 heures"."""
    distance = at - now
    if abs(distance) < timedelta(seconds=1):  # "dans 0 seconde"
        distance = timedelta(seconds=-1)
    return format_timedelta(distance, add_direction=True, locale=language)


def say_number(number: float, language: Language) -> str:
    """ "1 234,5"."""
    return format_decimal(number, format="#,##0.#", locale=language)
