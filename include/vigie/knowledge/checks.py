"""What the rows of `leaders/terms.csv` must be together.

Errors, for which the table is refused: two holders at once of an office for one, the same row or person twice, one
name for two people, two names for one. With one of these a title would name the wrong person, or either of two.

Warnings, which `vigie leaders check` tells and which stop nobody: a gap that nobody declared (a title there names
nobody, which is true as long as we do not know), a vacancy that somebody fills, rows out of order, names that only
differ in their accents.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from vigie.knowledge import days, stretches
from vigie.knowledge.findings import Finding
from vigie.knowledge.stretches import StretchRow
from vigie.knowledge.terms import FILE, TermRow
from vigie.knowledge.types.leaders import Office, Term
from vigie.model import PersonId
from vigie.tagging.words import fold

GAP = timedelta(days=31)
"""Governments are formed and successors elected in such a time; month-only dates leave as much open."""


def find_errors(
    rows: Sequence[TermRow],
    declared: Sequence[StretchRow],
    offices: Mapping[str, Office],
    homonyms: Mapping[str, tuple[PersonId, ...]],
) -> list[Finding]:
    """All for which the table is refused, in the order of its lines."""
    doubled, single = _find_doubled_rows(rows)
    found = [
        *doubled,
        *_find_overlaps(single, declared, offices),
        *_find_two_ids(single, homonyms),
        *_find_two_names(single),
    ]
    return sorted(found, key=lambda finding: finding.line)


def find_warnings(
    rows: Sequence[TermRow], declared: Sequence[StretchRow], offices: Mapping[str, Office], since: date
) -> list[Finding]:
    """What is no reason to stop anybody, in the order of the lines."""
    found = [
        *_find_gaps(rows, declared, offices, since),
        *_find_disorder(rows),
        *_find_near_names(rows),
        *_find_empty_stretches(rows, declared),
    ]
    return sorted(found, key=lambda finding: finding.line)


def _find_doubled_rows(rows: Sequence[TermRow]) -> tuple[list[Finding], list[TermRow]]:
    """The rows that stand twice, and all rows without them."""
    first: dict[tuple[object, ...], TermRow] = {}
    doubled = []
    for row in rows:
        term = row.term
        same = first.setdefault((term.country, term.office, term.start, term.person, term.label), row)
        if same is not row:
            doubled.append(
                _finding(row, "", f"the same row stands in line {same.line}", "delete one of the two")
            )
    return doubled, list(first.values())


def _find_overlaps(
    rows: Sequence[TermRow], declared: Sequence[StretchRow], offices: Mapping[str, Office]
) -> Iterator[Finding]:
    shared = stretches.of_office(declared, ("shared",))
    groups: defaultdict[tuple[str, ...], list[TermRow]] = defaultdict(list)
    for row in rows:
        groups[_seat(row.term, offices)].append(row)
    for group in groups.values():
        running: list[TermRow] = []
        for row in sorted(group, key=lambda row: row.term.start):
            running = [other for other in running if row.term.start < (other.term.end or date.max)]
            for other in running:
                both = (row.term.start, min(row.term.end or date.max, other.term.end or date.max))
                allowed = shared.get((row.term.country, row.term.office), [])
                if row.term.person == other.term.person or days.cut(both, allowed):
                    yield _overlap(row, other)
            running.append(row)


def _seat(term: Term, offices: Mapping[str, Office]) -> tuple[str, ...]:
    """What only one term may have at a time."""
    holders = offices[term.office].holders
    label = () if holders == "one" else (fold(term.label),)
    return (term.country, term.office, *label, *((term.person,) if holders == "many" else ()))


def _overlap(row: TermRow, other: TermRow) -> Finding:
    term, before = row.term, other.term
    end = before.written[1] or "has no end"
    return _finding(
        row,
        "start",
        f"{term.name} is {term.office} of {term.country or 'its body'} from {term.written[0]}, but {before.name} "
        f"in line {other.line} {f'until {end}' if before.end else end}",
        f"end line {other.line} on {term.written[0]} if {term.name} follows; where both hold the office, "
        f"a row in stretches.csv says so ({term.country},{term.office},{term.start},{before.end or ''},shared,why)",
    )


def _find_two_ids(rows: Sequence[TermRow], homonyms: Mapping[str, tuple[PersonId, ...]]) -> Iterator[Finding]:
    first: dict[str, TermRow] = {}
    for row in rows:
        term, known = row.term, first.setdefault(row.term.name, row)
        if term.person != known.term.person and not {term.person, known.term.person} <= {
            *homonyms.get(term.name, ())
        }:
            yield _finding(
                row,
                "wikidata",
                f"{term.name} is {term.person} here and {known.term.person} in line {known.line}",
                "write the same id in both; two people of one name are declared in aliases.yml, `homonyms`",
            )


def _find_two_names(rows: Sequence[TermRow]) -> Iterator[Finding]:
    first: dict[PersonId, TermRow] = {}
    for row in rows:
        term, known = row.term, first.setdefault(row.term.person, row)
        if term.name != known.term.name:
            yield _finding(
                row,
                "person",
                f"{term.person} is {term.name} here and {known.term.name} in line {known.line}",
                "write one name in both and the other in aliases.yml, or correct the id",
            )


def _find_empty_stretches(rows: Sequence[TermRow], declared: Sequence[StretchRow]) -> Iterator[Finding]:
    """Somebody holds the office while a stretch says that nobody does, or that we do not know who."""
    terms = _by_office(rows)
    for each in declared:
        stretch = each.stretch
        if stretch.kind == "shared":
            continue
        for row in terms.get((stretch.country, stretch.office), ()):
            if stretch.start < (row.term.end or date.max) and row.term.start < (stretch.end or date.max):
                yield Finding(
                    file=stretches.FILE,
                    line=each.line,
                    field="start, end",
                    problem=f"{stretch.office} of {stretch.country} is {stretch.kind} here, but {row.term.name} holds "
                    f"it in line {row.line} of terms.csv",
                    way_out="shorten this row, or delete it",
                )


def _find_gaps(
    rows: Sequence[TermRow], declared: Sequence[StretchRow], offices: Mapping[str, Office], since: date
) -> Iterator[Finding]:
    empty = stretches.of_office(declared, ("vacant", "unknown", "absent"))
    for key, group in _by_office(rows).items():
        if offices[key[1]].holders != "one" or not offices[key[1]].always:
            continue
        last = group[0]
        for before, row in pairwise(group):
            last = max(last, before, key=lambda row: row.term.end or date.max)
            span = (max(last.term.end or date.max, since), row.term.start)
            open_days = [gap for gap in days.cut(span, empty.get(key, [])) if gap[1] - gap[0] > GAP]
            if span[0] < span[1] and open_days:
                yield _gap(row, last, open_days[0])


def _gap(row: TermRow, before: TermRow, span: days.Span) -> Finding:
    term, (first, end) = row.term, span
    return _finding(
        row,
        "start",
        f"nobody is {term.office} of {term.country or 'its body'} from {first} to {end} "
        f"({before.term.name}, line {before.line}, is the last before)",
        f"add who was; or a row in stretches.csv ({term.country},{term.office},{first},{end},vacant,why), "
        "`unknown` where we do not know",
    )


def _find_disorder(rows: Sequence[TermRow]) -> Iterator[Finding]:
    for before, row in pairwise(rows):
        if _order(row) < _order(before):
            yield _finding(
                row,
                "",
                "stands too far down",
                "keep the rows in order of country, office, start, end and person",
            )


def _order(row: TermRow) -> tuple[str, ...]:
    return row.term.country, row.term.office, *row.term.written, row.term.name


def _find_near_names(rows: Sequence[TermRow]) -> Iterator[Finding]:
    first: dict[str, TermRow] = {}
    named: dict[str, TermRow] = {}
    for row in rows:
        named.setdefault(row.term.name, row)
    for row in named.values():
        known = first.setdefault(fold(row.term.name).replace("-", " "), row)
        if known.term.person != row.term.person:
            yield _finding(
                row,
                "person",
                f"{row.term.name} is nearly {known.term.name} in line {known.line}, under another id",
                "one person has one name and one id; others spell theirs in full",
            )


def _by_office(rows: Sequence[TermRow]) -> dict[tuple[str, str], list[TermRow]]:
    found: dict[tuple[str, str], list[TermRow]] = {}
    for row in sorted(rows, key=lambda row: row.term.start):
        found.setdefault((row.term.country, row.term.office), []).append(row)
    return found


def _finding(row: TermRow, field: str, problem: str, way_out: str) -> Finding:
    return Finding(file=FILE, line=row.line, field=field, problem=problem, way_out=way_out)
