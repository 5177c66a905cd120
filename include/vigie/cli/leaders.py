"""`vigie leaders`: who held which office when, and whether the desk's tables are right."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie.adapters.knowledge_files import DEFAULT_FOLDER
from vigie.cli import leaders_shown, tables
from vigie.cli.lines import write_object
from vigie.cli.sums import AsJson
from vigie.errors import UsageError
from vigie.knowledge import coverage, examination, holders
from vigie.knowledge.days import Span
from vigie.knowledge.leaders import Leaders, read_leaders
from vigie.knowledge.types.leaders import Stretch, Term
from vigie.settings import read_settings
from vigie.tagging.moment import read_moment
from vigie.tagging.words import fold

app = typer.Typer(help="Who held which office when: the desk's tables, asked and checked.")
Folder = Annotated[
    Path, typer.Option(show_default="include/", help="The folder that has `leaders/`; for trying a change.")
]


@app.command()
def check(
    everything: Annotated[
        bool, typer.Option("--all", help="Every office that is promised, not only those covered poorly.")
    ] = False,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """What is wrong in the tables, and how many days of what we promise they cover. Exits 1 when anything is."""
    found = examination.examine(_read_texts(folder), _today())
    if as_json:
        write_object(
            {
                "ok": found.ok,
                "errors": [_finding(each) for each in found.errors],
                "warnings": [_finding(each) for each in found.warnings],
                "coverage": [_coverage(row) for row in found.coverage],
            }
        )
    else:
        leaders_shown.print_examination(found, everything=everything)
    raise typer.Exit(0 if found.ok else 1)


@app.command()
def at(
    day: Annotated[
        str | None, typer.Argument(metavar="[DATE]", help="2024-09-20, 2024-09 or 2024; today by default.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="FR or France; EU, UN.")] = None,
    office: Annotated[str | None, typer.Option(help="head_of_state, minister…, or words of a title.")] = None,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """Who held what at a date; of a month or a year, everybody who did for a day at least."""
    leaders = read_leaders(_read_texts(folder))
    span = _read_span(day) if day else (_today(), _today() + timedelta(days=1))
    code = _read_country(leaders, country)
    wanted = _read_office(leaders, office)
    terms = [term for term in holders.terms_in(leaders, span) if _is_wanted(term, code, wanted)]
    empty = [stretch for stretch in holders.stretches_in(leaders, span) if _is_wanted(stretch, code, wanted)]
    if as_json:
        write_object(
            {
                "from": span[0].isoformat(),
                "to": (span[1] - timedelta(days=1)).isoformat(),
                "terms": [_term(leaders, term) for term in terms],
                "empty": [_stretch(stretch) for stretch in empty],
            }
        )
    else:
        leaders_shown.print_terms(leaders, terms, empty, title=day or f"{_today()}")


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name, a surname, a nickname or a Wikidata id.")],
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """All that somebody was. Exits 1 when the tables know nobody of that name."""
    leaders = read_leaders(_read_texts(folder))
    people = holders.find_people(leaders, name)
    if as_json:
        write_object(
            {
                "people": [
                    {"id": key, "name": terms[0].name, "terms": [_term(leaders, term) for term in terms]}
                    for key, terms in people.items()
                ]
            }
        )
    elif people:
        leaders_shown.print_people(leaders, people)
    else:
        tables.print_error(f"vigie: nobody in leaders/terms.csv has the name {name}")
    raise typer.Exit(0 if people else 1)


def _read_texts(folder: Path) -> Mapping[str, str]:
    try:
        return {name: (folder / name).read_text(encoding="utf-8") for name in examination.FILES}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{folder}: cannot be read: {error}") from error


def _today() -> date:
    return (read_settings().now or datetime.now(UTC)).date()


def _read_span(text: str) -> Span:
    """The days of a date that may be partial."""
    moment = read_moment(text.strip()) if re.fullmatch(r"\d{4}(-\d\d){0,2}", text.strip()) else None
    if moment is None or moment.last == date.max:
        raise UsageError(f"DATE: {text}: not a date; write 2024-09-20, 2024-09 or 2024")
    return moment.first, moment.last + timedelta(days=1)


def _read_country(leaders: Leaders, text: str | None) -> str | None:
    """Its code."""
    if text is None:
        return None
    bodies = {code for office in leaders.offices.values() for code in office.bodies if code}
    if text.upper() in bodies:
        return text.upper()
    for country in leaders.countries:
        if text.upper() == country.code or fold(text) in map(fold, country.names):
            return country.code
    raise UsageError(f"--country: {text}: neither a code nor a name of countries.csv, such as FR or France")


def _read_office(leaders: Leaders, text: str | None) -> str | None:
    """The key of an office, or words of a title in folded letters."""
    if text is None or text in leaders.offices:
        return text
    words = fold(text.strip())
    if not words or not any(words in fold(title) for row in leaders.rows for title in row.term.titles):
        known = ", ".join(leaders.offices)
        raise UsageError(f"--office: {text}: in no title of terms.csv and not one of {known}")
    return words


def _is_wanted(each: Term | Stretch, code: str | None, office: str | None) -> bool:
    if code is not None and each.country != code:
        return False
    titles = each.titles if isinstance(each, Term) else ()
    return office is None or each.office == office or any(office in fold(title) for title in titles)


def _finding(each: examination.Found) -> dict[str, Any]:
    return {"problem": each} if isinstance(each, str) else dataclasses.asdict(each)


def _coverage(row: coverage.Row) -> dict[str, Any]:
    kept = ("title", "country", "name", "office", "expected", "held", "vacant", "unknown")
    return {
        **{field: getattr(row, field) for field in kept},
        "missing": [[first.isoformat(), end.isoformat()] for first, end in row.missing],
        "share": round(row.share, 4),
    }


def _term(leaders: Leaders, term: Term) -> dict[str, Any]:
    return {
        "id": term.person,
        "name": term.name,
        "country": term.country,
        "office": term.office,
        "role": leaders.offices[term.office].role,
        "titles": list(term.titles),
        "start": term.written[0],
        "end": term.written[1] or None,
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "country": stretch.country,
        "office": stretch.office,
        "kind": stretch.kind,
        "reason": stretch.reason,
        "start": stretch.start.isoformat(),
        "end": stretch.end.isoformat() if stretch.end else None,
    }
