"""`leaders/terms.csv`: who held which office when, row by row. Each row is checked by itself; `checks` compares them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from vigie.knowledge.days import read_day, read_start
from vigie.knowledge.findings import Finding, Refused, collecting
from vigie.knowledge.tables import Row, scan_rows, split_forms
from vigie.knowledge.types.leaders import Office, Term
from vigie.model import PersonId

FILE = "leaders/terms.csv"
COLUMNS = ("country", "office", "start", "end", "person", "wikidata", "label", "checked")
_WIKIDATA = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term and the line it stands in."""

    line: int
    term: Term


def read_term_rows(
    text: str, offices: Mapping[str, Office], countries: frozenset[str]
) -> tuple[list[TermRow], list[Finding]]:
    """The rows that can be read, and what the others are refused for."""
    rows: list[TermRow] = []
    findings: list[Finding] = []
    for line, row in scan_rows(FILE, text, COLUMNS):
        with collecting(findings):
            if row is None:
                _refuse(line, "", f"must have {len(COLUMNS)} fields", f"the columns are {','.join(COLUMNS)}")
            _check_place(line, row, offices, countries)
            rows.append(TermRow(line=line, term=_read_term(line, row)))
    return rows, findings


def slug_person(name: str) -> PersonId:
    """The id of a person whose Wikidata id is not known: `desk:` and the name in plain letters."""
    return PersonId("desk:" + "-".join(re.findall(r"\w+", name.lower())))


def _check_place(line: int, row: Row, offices: Mapping[str, Office], countries: frozenset[str]) -> None:
    office = offices.get(row["office"])
    if office is None:
        _refuse(
            line,
            "office",
            f"{row['office']!r} is not in offices.yml",
            "write one of its keys, or add it there",
        )
    if row["country"] not in countries and row["country"] not in office.bodies:
        _refuse(
            line,
            "country",
            f"{row['country']!r} is not in countries.csv",
            f"write its two letters; or, where {row['office']} is of a body and of no country, `bodies` in offices.yml",
        )


def _read_term(line: int, row: Row) -> Term:
    for field in ("person", "start", "label"):
        if not row[field]:
            _refuse(
                line, field, "is empty", "fill it in, or leave the row out: what is not known is not guessed"
            )
    if row["wikidata"] and not _WIKIDATA.fullmatch(row["wikidata"]):
        _refuse(
            line,
            "wikidata",
            f"{row['wikidata']!r} is not a Wikidata id",
            "write it as Q329, or leave it empty",
        )
    if row["checked"] not in ("yes", "no"):
        _refuse(line, "checked", f"{row['checked']!r} is neither yes nor no", "yes: two sources agree")
    start, end = _read_span(line, row)
    titles = split_forms(row["label"])
    return Term(
        person=PersonId(row["wikidata"]) if row["wikidata"] else slug_person(row["person"]),
        name=row["person"],
        country=row["country"],
        office=row["office"],
        label=titles[0],
        titles=titles,
        start=start,
        end=end,
        written=(row["start"], row["end"]),
    )


def _read_span(line: int, row: Row) -> tuple[date, date | None]:
    field = "start"
    try:
        start = read_start(row["start"])
        field = "end"
        end = read_day(row["end"]) if row["end"] else None
    except ValueError:
        _refuse(
            line,
            field,
            f"{row[field]!r} is not a date (YYYY-MM-DD or YYYY-MM)",
            "write 2026-11-23, or 2026-11",
        )
    if end and end <= start:
        _refuse(
            line,
            "end",
            f"{row['end']} is before the start, {row['start']}, or the same: no day of this term is sure",
            "`end` is the day the next one takes over; a month stands for a day in it that is not known",
        )
    return start, end


def _refuse(line: int, field: str, problem: str, way_out: str) -> NoReturn:
    raise Refused(Finding(file=FILE, line=line, field=field, problem=problem, way_out=way_out))
