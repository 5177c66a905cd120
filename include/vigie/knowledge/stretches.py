"""`leaders/stretches.csv`: the whiles in which an office of a country has a rule of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from vigie.knowledge.days import read_day
from vigie.knowledge.findings import Finding, Refused, collecting
from vigie.knowledge.tables import Row, scan_rows
from vigie.knowledge.types.leaders import Office, Stretch, StretchKind

FILE = "leaders/stretches.csv"
COLUMNS = ("country", "office", "start", "end", "kind", "reason")
KINDS: tuple[StretchKind, ...] = get_args(StretchKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRow:
    """A stretch and the line it stands in."""

    line: int
    stretch: Stretch


def read_stretch_rows(
    text: str, offices: Mapping[str, Office], countries: frozenset[str]
) -> tuple[list[StretchRow], list[Finding]]:
    """The rows that can be read, and what the others are refused for."""
    rows: list[StretchRow] = []
    findings: list[Finding] = []
    for line, row in scan_rows(FILE, text, COLUMNS):
        with collecting(findings):
            rows.append(StretchRow(line=line, stretch=_read_stretch(line, row, offices, countries)))
    return rows, findings


def of_office(
    rows: Sequence[StretchRow], kinds: tuple[StretchKind, ...]
) -> dict[tuple[str, str], list[tuple[date, date]]]:
    """The spans of the stretches of some kinds, by country and office."""
    found: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in rows:
        each = row.stretch
        if each.kind in kinds:
            found.setdefault((each.country, each.office), []).append((each.start, each.end or date.max))
    return found


def _read_stretch(
    line: int, row: Row | None, offices: Mapping[str, Office], countries: frozenset[str]
) -> Stretch:
    complaint = _complaint(row, offices, countries)
    if complaint or row is None:
        field, problem = complaint or ("", "")
        raise Refused(Finding(file=FILE, line=line, field=field, problem=problem))
    kind = next(kind for kind in KINDS if kind == row["kind"])
    try:
        start, end = read_day(row["start"]), read_day(row["end"]) if row["end"] else None
    except ValueError as error:
        problem = f"{error} is no date: write 2026-11-23, or 2026-11"
        raise Refused(Finding(file=FILE, line=line, field="start, end", problem=problem)) from error
    if end and end <= start:
        raise Refused(
            Finding(file=FILE, line=line, field="end", problem=f"{row['end']} is not after the start")
        )
    return Stretch(
        country=row["country"], office=row["office"], start=start, end=end, kind=kind, reason=row["reason"]
    )


def _complaint(
    row: Row | None, offices: Mapping[str, Office], countries: frozenset[str]
) -> tuple[str, str] | None:
    """The field that cannot be, and why."""
    if row is None:
        return "", f"must have {len(COLUMNS)} fields: {','.join(COLUMNS)}"
    if row["office"] not in offices:
        return "office", f"{row['office']!r} is not in offices.yml"
    if row["country"] not in countries and row["country"] not in offices[row["office"]].bodies:
        return "country", f"{row['country']!r} is not in countries.csv"
    if row["kind"] not in KINDS:
        return "kind", f"{row['kind']!r} is not one of {', '.join(KINDS)}"
    return None if row["reason"] else ("reason", "is empty: say why, in a few words")
