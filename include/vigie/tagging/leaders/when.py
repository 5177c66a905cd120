"""The past day that a sentence speaks of: "En 2008, le président français…" means who was president in 2008.

A date moves the titles of its own sentence, never names, and only into the past: the article's own year and what is to
come leave them. One that opens the sentence moves all titles after it, but for who is said to speak ("…, a rappelé le
ministre"). One further on moves only a title with a verb of the past behind it ("le président français avait promis en
1995"). After "depuis", "jusqu'en", "élu en" and the like a date says something else.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from vigie.knowledge.types.leaders import PastWords
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, fold

_OLDEST = 1940
_SEASONS = {"printemps": (3, 6), "ete": (6, 9), "automne": (9, 12), "hiver": (1, 3)}
_ENDINGS = ("ait", "aient")
_DAYS = frozenset({*map(str, range(1, 32)), "1er"})
_CLITICS = frozenset({"n", "s", "'", "ne", "se", "y", "l", "en"})


@dataclass(frozen=True, slots=True)
class PastDate:
    """A date written at `tokens[first:last]`, in a sentence that ends before `end`."""

    first: int
    last: int
    start: int
    end: int
    moment: Moment
    opens: bool


class PastReader:
    """Finds the past dates of a text. Built once for the words that a desk gives."""

    def __init__(self, words: PastWords) -> None:
        self._months = {fold(name): number for number, name in enumerate(words.months, 1)}
        self._numbers = {fold(name): number for name, number in words.numbers.items()}
        self._opening = frozenset(fold(word) for word in words.opening)
        self._leading = frozenset(fold(word) for word in words.leading)
        self._refusing = frozenset(fold(word) for word in words.refusing)

    def read(self, tokens: list[Token], ends: list[int], now: Moment) -> list[PastDate]:
        """All dates that lie before the year of `now`, in order."""
        found: list[PastDate] = []
        start = 0
        for index in range(len(tokens)):
            if index and ends[index] != ends[index - 1]:
                start = index
            written = self._read_year(tokens, start, index) or self._read_ago(tokens, index, now)
            if written:
                first, last, moment = written
                if moment.last < date(now.first.year, 1, 1) and not self._is_refused(tokens, start, first):
                    opens = all(t.form in self._opening for t in tokens[start:first])
                    found.append(PastDate(first, last, start, ends[index], moment, opens))
        return found

    def _read_year(self, tokens: list[Token], start: int, index: int) -> tuple[int, int, Moment] | None:
        """ "en 2008", "le 22 novembre 1963", "à l'automne 2011", "fin 2015": the year stands at `index`."""
        form = tokens[index].form
        if not (
            len(form) == 4 and form.isascii() and form.isdigit() and _OLDEST <= int(form) < date.max.year
        ):
            return None
        before = tokens[index - 1].form if index > start else ""
        named = before in self._months or before in _SEASONS
        day = tokens[index - 2].form if before in self._months and index - 1 > start else ""
        written = index - named - (day in _DAYS)
        first = written
        while first > start and tokens[first - 1].form in self._leading:
            first -= 1
        return (first, index + 1, self._moment(int(form), before, day)) if first < written else None

    def _moment(self, year: int, month: str, day: str) -> Moment:
        """The days meant. A day is taken with both its neighbours: on the day of a change nobody knows who is meant."""
        low, high = (self._months[month],) * 2 if month in self._months else _SEASONS.get(month, (1, 12))
        last_day = calendar.monthrange(year, high)[1]
        if day in _DAYS and int(day.rstrip("er")) <= last_day:
            middle = date(year, low, int(day.rstrip("er")))
            return Moment(middle - timedelta(days=1), middle + timedelta(days=1))
        return Moment(date(year, low, 1), date(year, high, last_day))

    def _read_ago(self, tokens: list[Token], index: int, now: Moment) -> tuple[int, int, Moment] | None:
        """ "il y a dix ans": that whole year."""
        if tokens[index].form != "il":
            return None
        forms = [token.form for token in tokens[index : index + 5]]
        if forms[:3] != ["il", "y", "a"] or forms[4:] != ["ans"]:
            return None
        count = (
            int(forms[3])
            if forms[3].isascii() and forms[3].isdigit() and len(forms[3]) < 3
            else self._numbers.get(forms[3], 0)
        )
        year = now.middle.year - count
        return (index, index + 5, Moment(date(year, 1, 1), date(year, 12, 31))) if 1 < count < 80 else None

    def _is_refused(self, tokens: list[Token], start: int, first: int) -> bool:
        before = [token.form for token in tokens[max(start, first - 2) : first]]
        return bool(before) and (
            before[-1] in self._refusing or (before[-1] == "'" and before[0] in self._refusing)
        )


def past_of(dates: list[PastDate], tokens: list[Token], first: int, last: int) -> Moment | None:
    """The past moment at which the title at `tokens[first:last]` is to be read; None where it is that of the article."""
    for written in reversed(dates):
        if not written.start <= first < written.end:
            continue
        if written.opens and written.last <= first:
            return None if _speaks(tokens, first) else written.moment
        if _has_past_verb(tokens, last):
            return written.moment
    return None


def date_in_sentence(dates: list[PastDate], first: int) -> Moment | None:
    """The last past date of the sentence of a token, whatever its place there."""
    return next((d.moment for d in reversed(dates) if d.start <= first < d.end), None)


def _speaks(tokens: list[Token], first: int) -> bool:
    """Whether an inverted verb stands right before: ", a rappelé le ministre", ", rappelle le président"."""
    forms = [token.form for token in tokens[max(0, first - 3) : first]]
    return forms[1:2] == ["a"] or forms[1:2] == ["ont"] or forms[-2:-1] == [","]


def _has_past_verb(tokens: list[Token], last: int) -> bool:
    at = last
    while at < len(tokens) and at < last + 4 and tokens[at].form in _CLITICS:
        at += 1
    return at < len(tokens) and (tokens[at].form.endswith(_ENDINGS) or tokens[at].form in ("fut", "furent"))
