"""The CSV tables of `include/leaders`: each row checked; `UsageError` names file, line and field."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date

from vigie.errors import UsageError
from vigie.knowledge.types import Country, Office, Periphrasis, Seat, Term
from vigie.model import PersonId

Row = Mapping[str, str]


def slug_person(name: str) -> PersonId:
    """The id of a person whose Wikidata id is not known: `desk:` and the name in plain letters."""
    return PersonId("desk:" + "-".join(re.findall(r"\w+", name.lower())))


def read_terms(text: str, offices: Mapping[str, Office]) -> Iterator[Term]:
    """Who held which office when."""
    file = "leaders/terms.csv"
    columns = ("country", "office", "start", "end", "person", "wikidata", "label", "checked")
    seen: dict[tuple[str, ...], int] = {}
    for line, row in read_rows(file, text, columns):
        _known_office(file, line, row["office"], offices)
        key = (row["country"], row["office"], row["start"], row["person"], row["label"])
        if key in seen:
            raise UsageError(f"{file}, line {line}: the same row stands in line {seen[key]}")
        seen[key] = line
        if row["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
            raise UsageError(f"{file}, line {line}, wikidata: {row['wikidata']!r} is not a Wikidata id")
        if not row["person"] or not row["start"]:
            raise UsageError(f"{file}, line {line}, {'start' if row['person'] else 'person'}: is empty")
        start, end = _span(file, line, row)
        yield Term(
            person=PersonId(row["wikidata"]) if row["wikidata"] else slug_person(row["person"]),
            name=row["person"],
            country=row["country"],
            office=row["office"],
            label=row["label"],
            start=start or date.min,
            end=end,
        )


def read_countries(text: str) -> Iterator[Country]:
    """Countries, their demonyms, and what they call their two offices."""
    file = "leaders/countries.csv"
    demonyms = ("masculine", "feminine", "masculine_plural", "feminine_plural")
    titles = ("state_title", "state_title_f", "government_title", "government_title_f")
    seen: set[str] = set()
    for line, row in read_rows(file, text, ("code", "name", "also", *demonyms, "capital", "leads", *titles)):
        if row["code"] in seen:
            raise UsageError(f"{file}, line {line}, code: {row['code']!r} stands twice")
        seen.add(row["code"])
        if row["leads"] not in ("head_of_state", "head_of_government"):
            raise UsageError(f"{file}, line {line}, leads: must be head_of_state or head_of_government")
        yield Country(
            code=row["code"],
            names=(row["name"], *split_forms(row["also"])),
            demonyms=tuple(dict.fromkeys(form for field in demonyms for form in split_forms(row[field]))),
            capitals=split_forms(row["capital"]),
            leads=row["leads"],
            titles={
                "head_of_state": split_forms(f"{row['state_title']}|{row['state_title_f']}"),
                "head_of_government": split_forms(f"{row['government_title']}|{row['government_title_f']}"),
            },
        )


def read_seats(text: str, offices: Mapping[str, Office]) -> Iterator[Seat]:
    """Buildings and streets that stand for the holder of an office."""
    file = "leaders/seats.csv"
    for line, row in read_rows(file, text, ("seat", "country", "office")):
        _known_office(file, line, row["office"], offices)
        yield Seat(name=row["seat"], country=row["country"], office=row["office"])


def read_periphrases(text: str, offices: Mapping[str, Office], people: set[str]) -> Iterator[Periphrasis]:
    """Roundabout names; those of one person must name somebody who has a term."""
    file = "leaders/periphrases.csv"
    seen: set[tuple[str, str]] = set()
    for line, row in read_rows(file, text, ("phrase", "country", "office", "person", "start", "end")):
        _known_office(file, line, row["office"], offices)
        if row["person"] and row["person"] not in people:
            raise UsageError(f"{file}, line {line}, person: {row['person']!r} has no row in terms.csv")
        if (row["phrase"], row["start"]) in seen:
            raise UsageError(f"{file}, line {line}, phrase: {row['phrase']!r} stands twice")
        seen.add((row["phrase"], row["start"]))
        start, end = _span(file, line, row)
        yield Periphrasis(
            phrase=row["phrase"],
            country=row["country"],
            office=row["office"],
            person=row["person"] or None,
            start=start,
            end=end,
        )


def read_rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """The rows of a table with the lines they stand in; `UsageError` when its columns are others."""
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise UsageError(f"{file}, line 1: the columns must be {','.join(columns)}")
    for row in reader:
        if None in row or None in row.values():
            raise UsageError(f"{file}, line {reader.line_num}: must have {len(columns)} fields")
        yield reader.line_num, {key: value.strip() for key, value in row.items()}


def _span(file: str, line: int, row: Row) -> tuple[date | None, date | None]:
    start, end = (_read_day(file, line, field, row[field]) for field in ("start", "end"))
    if start and end and end < start:
        raise UsageError(f"{file}, line {line}, end: {row['end']} is before the start, {row['start']}")
    return start, end


def _read_day(file: str, line: int, field: str, value: str) -> date | None:
    """YYYY-MM-DD, or YYYY-MM, which is taken as the first of the month; empty is None."""
    if not value:
        return None
    try:
        return date.fromisoformat(value if len(value) != len("2026-01") else f"{value}-01")
    except ValueError:
        raise UsageError(
            f"{file}, line {line}, {field}: {value!r} is not a date (YYYY-MM-DD or YYYY-MM)"
        ) from None


def _known_office(file: str, line: int, office: str, offices: Mapping[str, Office]) -> None:
    if office not in offices:
        raise UsageError(f"{file}, line {line}, office: {office!r} is not in offices.yml")


def split_forms(value: str) -> tuple[str, ...]:
    """The forms that a field lists with bars between them, each once."""
    return tuple(dict.fromkeys(part for part in value.split("|") if part))
