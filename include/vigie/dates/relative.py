"""The dates that French sentences mean: "jeudi", "le 12 mars", "en mai prochain", "il y a trois ans". Pure.

    folded text -> find_expressions -> Expression -> resolve (from a day, to a side) -> Days

Agencies name the days around today by their weekday, so "jeudi" said on a Thursday is today, whichever way the
sentence looks; "jeudi prochain" and "jeudi dernier" are other days. Habits ("le jeudi", "chaque jeudi") are no dates.
An absolute date needs no day to count from. What cannot be, such as a 30th of February, resolves to nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from vigie.dates.days import Days, Side
from vigie.dates.french_days import (
    BESIDE,
    From,
    read_back_to_school,
    read_bare_year,
    read_day_of_month,
    read_days_of_months,
    read_in_or_ago,
    read_led_year,
    read_months_range,
    read_named_month,
    read_nearby,
    read_next_to,
    read_numeric,
    read_part_of_year,
    read_season,
    read_this_month_end,
    read_turned_month,
    read_turned_year,
    read_week,
    read_week_from,
    read_weekday,
    read_weekday_and_day,
    read_weekdays,
    read_weekend,
)
from vigie.dates.french_words import (
    ANY_MONTH,
    DAY,
    MONTH,
    NEARBY,
    NEXT_LAST,
    NUMBER,
    ORDINALS,
    SEASONS,
    WEEKDAY,
    YEAR,
)

Read = Callable[[re.Match[str], From], Days | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date as written at `[start:end]`. `edge` says that it only bounds a time ("avant jeudi"); `bare` is a year
    that nothing leads ("Euro 2016"): a date only of the word before it."""

    start: int
    end: int
    match: re.Match[str]
    read: Read
    edge: bool = False
    bare: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it only says a year."""
        return self.read in (read_led_year, read_bare_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeantDate:
    """A date that a text means, at `[start:end]`."""

    start: int
    end: int
    days: Days


def find_expressions(folded: str) -> list[Expression]:
    """The dates written in a folded text, from left to right; of two that overlap, the one that begins first and is
    longer. At most a few hundred characters each."""
    cues = {found.lastgroup for found in _CUES.finditer(folded)}
    if not cues:
        return []
    if "year" in cues:
        cues.add("digit")
    found = sorted(
        ((match, read) for form, cue, read in _FORMS if cue in cues for match in form.finditer(folded)),
        key=lambda pair: (pair[0].start(), -pair[0].end()),
    )
    return list(_keep_apart(folded, found))


def resolve(expression: Expression, first: date | None, last: date | None, side: Side = None,
            before: date | None = None) -> Days | None:  # fmt: skip
    """The days meant, in a text written between two days (None: on a day not known); None where that is not certain."""
    days = _read(expression, From(today=first, side=side, before=before))
    return (
        days
        if first == last or days == _read(expression, From(today=last, side=side, before=before))
        else None
    )


def find_dates(folded: str, today: date | None, side: Side = None) -> list[MeantDate]:
    """The dates of a folded text with the days they mean; those that cannot be resolved are left out."""
    found: list[MeantDate] = []
    for expression in find_expressions(folded):
        before = found[-1].days if found else None
        days = resolve(expression, today, today, side, before.first if before else None)
        if days and not expression.bare:
            found.append(MeantDate(start=expression.start, end=expression.end, days=days))
    return found


def _keep_apart(folded: str, found: list[tuple[re.Match[str], Read]]) -> Iterator[Expression]:
    end = 0
    for match, read in found:
        if match.start() < end:
            continue
        end = match.end() - match[0].endswith(".")
        yield Expression(
            start=match.start(),
            end=end,
            match=match,
            read=read,
            edge=bool(_EDGE.search(folded, max(0, match.start() - 20), match.start())),
            bare=read is read_bare_year,
        )


def _read(expression: Expression, at: From) -> Days | None:
    try:
        return expression.read(expression.match, at)
    except (ValueError, OverflowError):
        return None


_TURN = rf"(?:\s+(?P<turn>{NEXT_LAST})\b)?"
_NO_TURN = r"(?P<turn>(?!))?"
_MAYBE_YEAR = rf"(?:\s+(?P<year>{YEAR})\b)?"
_DAY_OF = rf"(?P<day>{DAY})(?:er)?"
_LED = r"(?:en|courant|des|depuis|au mois de|du mois de|le mois de|mois de|mois d'|d'ici a|d'ici|jusqu'en|jusqu'a|de|d'|avant|apres|pour)\s*"

_FORMS: tuple[tuple[re.Pattern[str], str, Read], ...] = tuple(
    (re.compile(rf"(?<![\w-])(?:{form})(?![\w-])"), cue, read)
    for form, cue, read in (
        (rf"(?P<year>{YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])", "digit", read_numeric),
        (rf"(?P<day>{DAY})[/.](?P<month>[01]?[0-9])[/.](?P<year>{YEAR})", "digit", read_numeric),
        (
            rf"(?:(?:du|entre le|des|les|le)\s+(?:(?:{WEEKDAY})\s+)?|(?:{WEEKDAY})\s+){_DAY_OF}(?:\s+(?P<month>{ANY_MONTH})\.?)?{_MAYBE_YEAR}"
            rf"(?:,\s+{DAY})*\s+(?:au|et le|et|a|ou)\s+(?:(?:{WEEKDAY})\s+)?(?P<day2>{DAY})(?:er)?\s+(?P<month2>{ANY_MONTH})"
            rf"\.?(?:\s+(?P<year2>{YEAR}))?",
            "digit", read_days_of_months,
        ),
        (rf"(?:(?:{WEEKDAY})\s+)?(?:le\s+)?{_DAY_OF}[\s-](?P<month>{ANY_MONTH})\.?{_MAYBE_YEAR}{_TURN}", "digit", read_day_of_month),
        (
            rf"(?:(?:de|du|entre)\s+)?(?P<weekday>{WEEKDAY})\s+(?:a|au|et)\s+(?P<weekday2>{WEEKDAY}){_TURN}",
            "weekday", read_weekdays,
        ),
        (rf"(?P<weekday>{WEEKDAY})\s+{_DAY_OF}(?!\s*(?:h\b|h[0-9]|heures?|%|[0-9]|[:,.][0-9]|[a-z]))", "weekday", read_weekday_and_day),
        (rf"(?<!\ble )(?<!\bles )(?<!\bun )(?<!chaque )(?P<weekday>{WEEKDAY})(?:\s+en\s+(?P<later>huit|quinze)|{_TURN})", "weekday", read_weekday),
        (rf"(?<=\ble )(?P<weekday>{WEEKDAY})\s+(?P<turn>{NEXT_LAST})(?P<later>(?!))?", "weekday", read_weekday),
        (rf"(?<!\bde )(?<!\bd')(?P<word>{'|'.join(NEARBY)})", "near", read_nearby),
        (rf"semaine\s+(?P<turn>{NEXT_LAST})", "unit", read_week),
        (rf"cette semaine{_NO_TURN}|en (?:debut|milieu|fin) de semaine(?!\s+(?:{NEXT_LAST}))", "unit", read_week),
        (rf"semaine du\s+(?:lundi\s+)?{_DAY_OF}(?:\s+(?P<month>{ANY_MONTH})\b)?{_MAYBE_YEAR}", "unit", read_week_from),
        (rf"(?:ce|le)\s+week-?\s?end{_TURN}", "unit", read_weekend),
        (rf"mois\s+(?P<turn>{NEXT_LAST})", "unit", read_turned_month),
        (rf"ce mois(?:-ci)?{_NO_TURN}", "unit", read_turned_month),
        (rf"(?:(?:{_LED})?(?:(?P<part>debut|fin|mi)[\s-]+))(?P<month>{MONTH}){_MAYBE_YEAR}{_TURN}", "month", read_named_month),
        (rf"{_LED}(?P<month>{MONTH})(?!\s*[0-9]){_TURN}(?P<year>(?!))?(?P<part>(?!))?", "month", read_named_month),
        (rf"(?P<month>{MONTH})\s+(?:(?P<year>{YEAR})|(?P<turn>prochain|dernier))(?P<part>(?!))?", "month", read_named_month),
        (rf"(?:de|entre)\s+(?P<month>{MONTH})\s+(?:a|et)\s+(?P<month2>{MONTH}){_MAYBE_YEAR}", "month", read_months_range),
        (rf"(?:l'|d'|de l'|en l')?(?:an|annee)\s+(?P<turn>{NEXT_LAST})", "unit", read_turned_year),
        (rf"cette annee{_NO_TURN}", "unit", read_turned_year),
        (r"(?:(?:a|d'ici|d'ici a)\s+)?(?:la\s+)?fin (?:du|de l'|d')\s?(?P<unit>mois|annee)", "unit", read_this_month_end),
        (
            rf"(?:(?:debut|fin|mi|courant|en|des|depuis|d'ici|d'ici a|jusqu'en|a l'horizon|avant|apres|pour|l'an|annee|de|ete"
            rf"|rentree)[\s-]+)+(?P<year>{YEAR})(?!\s+(?:euros?|habitants|personnes|morts|metres|postes))",
            "year", read_led_year,
        ),
        (rf"(?P<year>{YEAR})(?!\s+(?:euros?|habitants|personnes|morts|metres|postes))", "year", read_bare_year),
        (
            rf"(?:(?:cet?|l'|a l'|d'ici l'|d'ici a l'|de l'|le|au|du|des le|avant le)\s?)"
            rf"(?P<season>ete|automne|hiver|printemps){_MAYBE_YEAR}{_TURN}(?!\s+arabe)",
            "season", read_season,
        ),
        (
            rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+(?P<unit>trimestre|semestre)(?:\s+(?:de\s+)?(?P<year>{YEAR}))?",
            "unit", read_part_of_year,
        ),
        (rf"a la rentree(?:\s+(?P<year>{YEAR}))?", "unit", read_back_to_school),
        (
            rf"(?P<way>dans|il y a)\s+(?:(?:environ|pres de|exactement|deja)\s+)?(?P<count>{NUMBER})\s+(?P<unit>jours?|semaines?|mois|ans?|annees?)(?!\s+de\b)",
            "unit", read_in_or_ago,
        ),
        (
            rf"(?:la|le|au|l'|ce|des le)\s?(?P<word>{'|'.join(BESIDE)})(?!\s+(?:de|du|des|d')\b)(?!\s+d')",
            "unit", read_next_to,
        ),
    )
)  # fmt: skip
"""Each form with its cue: a sentence without the cue is not searched for it."""
_CUES = re.compile(
    rf"(?P<year>[0-9]{{4}})|(?P<digit>[0-9])|(?P<weekday>{WEEKDAY})|(?P<month>{MONTH})|(?P<season>{'|'.join(SEASONS)})"
    r"|(?P<near>hier|aujourd|demain|\bce(?:t|tte)?\b)|(?P<unit>semaine|week|mois\b|\ban\b|annee|\bans\b|jour|trimestre|semestre|rentree"
    r"|veille|lendemain)"
)
_EDGE = re.compile(r"(?:jusqu'(?:a|au|en|a la)|avant|apres|au plus tard)\s+(?:le\s+|la\s+|l'\s*)?$")
