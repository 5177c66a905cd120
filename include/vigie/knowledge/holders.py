"""Who held what: the terms at a day, or of somebody."""

from collections.abc import Iterator, Mapping, Sequence

from vigie.knowledge.days import Span
from vigie.knowledge.leaders import Leaders
from vigie.knowledge.types.leaders import Stretch, Term
from vigie.model import PersonId
from vigie.tagging.words import fold


def terms_in(leaders: Leaders, span: Span) -> list[Term]:
    """The terms that run on one day of a span at least: by country, then in the order of offices.yml."""
    first, end = span
    rank = {office: place for place, office in enumerate(leaders.offices)}
    terms = (row.term for row in leaders.rows)
    found = [term for term in terms if term.start < end and (term.end is None or first < term.end)]
    return sorted(found, key=lambda term: (term.country, rank[term.office]))


def stretches_in(leaders: Leaders, span: Span) -> list[Stretch]:
    """The whiles in which an office was empty or its holder is unknown, of a span."""
    first, end = span
    return [
        row.stretch
        for row in leaders.stretches
        if row.stretch.kind in ("vacant", "unknown")
        and row.stretch.start < end
        and (row.stretch.end is None or first < row.stretch.end)
    ]


def find_people(leaders: Leaders, words: str) -> Mapping[PersonId, list[Term]]:
    """The terms of everybody of that name, alias or id; else of all whose names have those words."""
    wanted = fold(" ".join(words.split()))
    exact = {
        row.term.person
        for row in leaders.rows
        if wanted == fold(row.term.person) or wanted in {fold(name) for name in _names(leaders, row.term)}
    }
    parts = wanted.split()
    found = exact or {
        row.term.person
        for row in leaders.rows
        if parts and any(_has(fold(name), parts) for name in _names(leaders, row.term))
    }
    return _by_person([row.term for row in leaders.rows if row.term.person in found])


def _names(leaders: Leaders, term: Term) -> Iterator[str]:
    yield term.name
    yield from leaders.aliases.people.get(term.name, ())


def _has(name: str, parts: Sequence[str]) -> bool:
    words = {*name.split(), *name.replace("-", " ").split()}
    return all(part in words for part in parts)


def _by_person(terms: Sequence[Term]) -> dict[PersonId, list[Term]]:
    people: dict[PersonId, list[Term]] = {}
    for term in sorted(terms, key=lambda term: term.start):
        people.setdefault(term.person, []).append(term)
    return people
