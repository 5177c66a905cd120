"""How much of what `leaders/coverage.yml` promises the terms hold: days known, vacant, unknown and missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vigie.knowledge import days, stretches
from vigie.knowledge.checks import GAP
from vigie.knowledge.days import Span
from vigie.knowledge.leaders import Leaders
from vigie.knowledge.rules import read_file
from vigie.knowledge.terms import TermRow
from vigie.knowledge.types.checked import Checked
from vigie.tagging.words import fold

FILE = "leaders/coverage.yml"


class Promise(Checked):
    """Offices that we mean to know of some countries; `words` narrow one to the terms whose titles have them."""

    title: str
    offices: tuple[str, ...]
    countries: Literal["all", "led"] | tuple[str, ...]
    words: tuple[str, ...] = ()


class Coverage(Checked):
    """`leaders/coverage.yml`."""

    since: date
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One office of one country (or body, ""), in days of the time that it existed. `narrowed`: to some titles."""

    title: str
    country: str
    name: str
    office: str
    narrowed: bool
    expected: int
    held: int
    vacant: int
    unknown: int
    missing: tuple[Span, ...]
    known: Span | None
    """From the first term to the end of the last."""

    @property
    def share(self) -> float:
        """Of the days that somebody held it or is known to have been missing, 0 to 1."""
        return (self.held + self.vacant) / self.expected if self.expected else 1.0


def read_coverage(texts: Mapping[str, str]) -> Coverage:
    """What we promise; `UsageError` names file, line and field."""
    return read_file(FILE, texts[FILE], Coverage)


def measure_coverage(leaders: Leaders, coverage: Coverage, today: date) -> list[Row]:
    """A row for each office that is promised, in the order of the file."""
    terms: dict[tuple[str, str], list[TermRow]] = {}
    for row in leaders.rows:
        terms.setdefault((row.term.country, row.term.office), []).append(row)
    spans = {
        kind: stretches.of_office(leaders.stretches, (kind,)) for kind in ("vacant", "unknown", "absent")
    }
    return [
        _measure(promise, name, key, held, {kind: spans[kind].get(key, []) for kind in spans}, whole)
        for promise in coverage.promises
        for whole in [(coverage.since, today)]
        for key, name, held in _promised(promise, leaders, terms)
    ]


def find_holes(rows: Sequence[Row]) -> Iterator[str]:
    """A sentence for each promised office that nobody holds for longer than a change of government takes.

    Ministries and parties, which come and go and change their names, are only counted; a hole between two terms is
    a gap, which `checks` tells with its lines.
    """
    for row in rows:
        for first, end in row.missing:
            between = row.known is not None and row.known[0] < first and end < row.known[1]
            if end - first > GAP and not row.narrowed and not between:
                yield (
                    f"{FILE}, {row.title}: nobody is {row.name} from {first} to {end}; add the term, or a row in "
                    f"stretches.csv ({row.country},{row.office},{first},{end},vacant,why), `unknown` where we do not know"
                )


def _promised(
    promise: Promise, leaders: Leaders, terms: Mapping[tuple[str, str], Sequence[TermRow]]
) -> Iterator[tuple[tuple[str, str], str, Sequence[TermRow]]]:
    """Country and office, what to call them, and the terms that count."""
    for office in promise.offices:
        for code in _countries(promise, office, leaders):
            for words in promise.words or ("",):
                wanted = [fold(word) for word in words.split("|")]
                name = words.split("|")[0] or leaders.office_name(code, office)
                yield (
                    (code, office),
                    f"{leaders.place(code)}, {name}".removeprefix(", "),
                    [
                        row
                        for row in terms.get((code, office), ())
                        if any(word in fold(title) for word in wanted for title in row.term.titles)
                    ],
                )


def _countries(promise: Promise, office: str, leaders: Leaders) -> Sequence[str]:
    if isinstance(promise.countries, tuple):
        return promise.countries
    led = promise.countries == "led"
    return [country.code for country in leaders.countries if not led or country.leads == office]


def _measure(
    promise: Promise,
    name: str,
    key: tuple[str, str],
    terms: Sequence[TermRow],
    declared: Mapping[str, list[Span]],
    whole: Span,
) -> Row:
    held = [(row.term.start, row.term.end or date.max) for row in terms]
    there = days.cut(whole, declared["absent"])
    empty = [gap for span in there for gap in days.cut(span, held)]
    missing = [gap for span in empty for gap in days.cut(span, [*declared["vacant"], *declared["unknown"]])]
    vacant, unknown = (
        days.count(empty) - days.count([gap for span in empty for gap in days.cut(span, declared[kind])])
        for kind in ("vacant", "unknown")
    )
    return Row(
        title=promise.title,
        narrowed=bool(promise.words),
        country=key[0],
        name=name,
        office=key[1],
        expected=days.count(there),
        held=days.count(there) - days.count(empty),
        vacant=vacant,
        unknown=unknown,
        missing=tuple(missing),
        known=(min(first for first, _end in held), max(end for _first, end in held)) if held else None,
    )
