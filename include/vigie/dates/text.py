"""Dates in a line of text: "Publié le vendredi 9 février 2018 à 18h30, mis à jour le 10 à 9h". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast
from zoneinfo import ZoneInfo

from vigie.dates.grammar import FORMS_IN_TEXT
from vigie.dates.parsing import claim_of, clean_raw
from vigie.model import DateClaim

MAX_LINE_CHARS = 300
"""A longer line is prose, and its dates are those of its story."""

Mark = Literal["published", "modified", "other", "none"]
# The last of these words before a date says what it is the date of.
_MARKS: tuple[tuple[Mark, str], ...] = (
    (
        "modified",
        r"mise?s? [àa] jour|modifi(?:ée?|ed|cado|cato)|maj\b|actualis\w+|actualiza\w+|aggiornat\w+|aktualisiert"
        r"|ge[äa]ndert|update[ds]?|edited|revised|corrig\w+|modification",
    ),
    ("other", r"n[ée]e? (?:le|à)|born|geboren|naissance|mort|décéd\w+|died|copyright|©|jusqu\w+|depuis|until|since|"
              r"avant|before|clôture|deadline|expir\w+|consulté\w*|accessed|abgerufen|événement|à partir"),
    (
        "published",
        r"publi(?:ée?s?|shed|cado|cada|cato|cata|cação)|publication|post(?:ée?|ed|ato)|mise? en ligne|parue?|créée?|created"
        r"|veröffentlicht|erstellt|geschrieben|rédigé|écrit|written|submitted|diffusé|released?|erschienen|communiqué|pressemitteilung|meldung vom|notizia del|^date",
    ),
)  # fmt: skip
_MARKS_RE = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _MARKS), re.IGNORECASE)
_DIGIT_RE = re.compile("[0-9]")
_DATELINE_RE = re.compile(r"[A-ZÀ-Ý][\w’'. -]{1,30},\s+(?:le|den|on|il|el)?\s*", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date in a line, and the word that leads it; `alone` says that the line holds nothing but it."""

    claim: DateClaim
    mark: Mark
    alone: bool


def read_stated_dates(line: str, *, zone: str, month_first: bool = False) -> tuple[StatedDate, ...]:
    """The dates of one line, in order; none of a line that is too long. "Paris, le 9 février 2018" is one alone."""
    if not _DIGIT_RE.search(line):
        return ()
    text = clean_raw(line)
    if len(text) > MAX_LINE_CHARS:
        return ()
    return tuple(_read(text, zone, month_first))


def _read(text: str, zone: str, month_first: bool) -> Iterator[StatedDate]:
    begin = 0
    for match in _matches(text):
        before = text[begin : match.start()]
        mark = _name_mark(before)
        begin = match.end()
        try:
            claim = claim_of(
                match,
                match[0].strip(),
                "page",
                ZoneInfo(zone),
                month_first=month_first,
                modified=mark == "modified",
            )
        except (ValueError, OverflowError):
            continue
        yield StatedDate(claim=claim, mark=mark, alone=_is_alone(text, match))


def _matches(text: str) -> list[re.Match[str]]:
    """The dates of a line from left to right; of two that overlap, the first form's."""
    found: list[re.Match[str]] = []
    for form in FORMS_IN_TEXT:
        for match in form.finditer(text):
            if all(match.end() <= other.start() or other.end() <= match.start() for other in found):
                found.append(match)
    return sorted(found, key=lambda match: match.start())


def _name_mark(before: str) -> Mark:
    marks = [mark.lastgroup for mark in _MARKS_RE.finditer(before)]
    return cast("Mark", marks[-1]) if marks else "none"


def _is_alone(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    words = re.findall(r"\w+", before)
    is_led = (len(words) <= 2 and len(before) <= 20) or bool(_DATELINE_RE.fullmatch(before))
    return is_led and len(re.findall(r"\w+", after)) <= 2
