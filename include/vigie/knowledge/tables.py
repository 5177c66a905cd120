"""The CSV tables of `include/leaders`: each row checked; `UsageError` names file, line and field."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from vigie.errors import UsageError
from vigie.knowledge.days import read_day
from vigie.knowledge.types.leaders import Country, Office, Periphrasis, Seat

Row = Mapping[str, str]


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
    for line, row in read_rows(file, text, ("phrase", "country", "office", "person", "start", "end", "near")):
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
            near=split_forms(row["near"]),
        )


def read_rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """The rows of a table with the lines they stand in; `UsageError` when its columns are others."""
    for line, row in scan_rows(file, text, columns):
        if row is None:
            raise UsageError(f"{file}, line {line}: must have {len(columns)} fields")
        yield line, row


def scan_rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Row | None]]:
    """The same, with None for a row of too many or too few fields; quotation marks that never end raise all the same."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(reader, ())) != columns:
            raise UsageError(f"{file}, line 1: the columns must be {','.join(columns)}")
        for fields in reader:
            whole = len(fields) == len(columns)
            if fields:
                yield (
                    reader.line_num,
                    dict(zip(columns, map(str.strip, fields), strict=True)) if whole else None,
                )
    except csv.Error as error:
        raise UsageError(f"{file}, line {reader.line_num}: {error}") from error


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
        return read_day(value)
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
