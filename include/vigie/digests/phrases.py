"""French for a digest: numbers, counts, times; and other people's words made fit to stand in a mail or a feed."""

import re
from collections.abc import Sequence
from datetime import datetime

from vigie.dates.saying import say_days
from vigie.digests.periods import Period
from vigie.plaintext import fold_line
from vigie.urls import is_web_address

MAX_URL_CHARS = 1000
"""A longer address is left out: a mail of many would be cut off by its reader's client."""

_BEFORE_MARK = re.compile(r" (?=[:;?!»])|(?<=«) ")


def tidy(text: str, limit: int) -> str:
    """One line of at most `limit` characters, nothing invisible in it; what is cut ends on a word and an ellipsis."""
    line = fold_line(text[: 4 * limit + 100])  # a title of a megabyte costs no more than another
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, _space, tail = cut.rpartition(" ")
    return (head if head and len(tail) < limit // 4 else cut).rstrip(" ,;:.") + "…"


def safe_link(url: str | None) -> str | None:
    """An address that may stand behind a word; None for what is no web address."""
    if not url or len(url) > MAX_URL_CHARS or fold_line(url) != url:
        return None
    return url if is_web_address(url) else None


def say_number(number: float) -> str:
    """ "12", "0,1", "1 200": one decimal where it is not whole."""
    said = f"{number:,.1f}".removesuffix(".0")
    return said.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def bind_marks(text: str) -> str:
    """French sets a space before ":", ";", "?", "!" and inside « »: one that does not break, so that no line begins with it."""
    return _BEFORE_MARK.sub("\N{NO-BREAK SPACE}", text)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """ "1 sujet nouveau", "3 sujets nouveaux"; zero is singular in French."""
    return f"{say_number(number)} {one if number < 2 else many or one + 's'}"


def list_names(names: Sequence[str], most: int) -> str:
    """ "Le Matin, Le Soir et 3 autres"."""
    shown = [tidy(name, 40) for name in names[:most]]
    left = len(names) - len(shown)
    if left:
        return f"{', '.join(shown)} et {count_of(left, 'autre')}"
    return " et ".join([*([", ".join(shown[:-1])] if shown[1:] else []), *shown[-1:]])


def say_period(period: Period) -> str:
    """ "mardi 18 février 2025", "semaine du 10 février 2025": what a digest is called by."""
    if period.cadence == "daily":
        return say_days(period.day.isoformat())
    return f"semaine du {say_days(period.start.astimezone(period.zone).date().isoformat()).split(' ', 1)[1]}"


def say_bounds(period: Period) -> str:
    """ "Du lundi 17 février 2025 à 7 h au mardi 18 février 2025 à 7 h"."""
    start, end = (say_moment(at.astimezone(period.zone)) for at in (period.start, period.end))
    return f"Du {start} au {end}"


def say_moment(local: datetime) -> str:
    """ "mardi 18 février 2025 à 7 h 05"."""
    return f"{say_days(local.date().isoformat())} à {local.hour} h" + (f" {local:%M}" if local.minute else "")
