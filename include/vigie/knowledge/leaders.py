"""The tables of `include/leaders` that say who held which office when, read together.

`examine_leaders` gives all that can be read and all that is wrong; `read_leaders` refuses what is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vigie.errors import UsageError
from vigie.knowledge import checks, rules, tables
from vigie.knowledge.findings import Finding, refuse
from vigie.knowledge.stretches import StretchRow, read_stretch_rows
from vigie.knowledge.terms import TermRow, read_term_rows
from vigie.knowledge.types.leaders import Aliases, Country, Office

FILES = (
    "leaders/terms.csv",
    "leaders/stretches.csv",
    "leaders/countries.csv",
    "leaders/offices.yml",
    "leaders/aliases.yml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaders:
    """What the tables say, row by row."""

    rows: tuple[TermRow, ...]
    stretches: tuple[StretchRow, ...]
    countries: tuple[Country, ...]
    offices: Mapping[str, Office]
    aliases: Aliases

    def place(self, code: str) -> str:
        """A country's French name, or the code of a body."""
        return next((country.names[0] for country in self.countries if country.code == code), code)

    def office_name(self, code: str, office: str) -> str:
        """What a country calls an office, or else the press, or else its key."""
        own = next((country.titles.get(office, ()) for country in self.countries if country.code == code), ())
        titles = own or next((title.titles for title in self.offices[office].titles), ())
        return titles[0] if titles else office


def read_leaders(texts: Mapping[str, str]) -> Leaders:
    """What the texts of `FILES` say; `UsageError` with a line for each thing that is wrong."""
    leaders, errors = examine_leaders(texts)
    refuse(errors)
    return leaders


def examine_leaders(texts: Mapping[str, str]) -> tuple[Leaders, list[Finding]]:
    """What can be read, and all that is wrong; `UsageError` when a whole file cannot be read."""
    for name in FILES:
        if name not in texts:
            raise UsageError(f"{name}: the file is missing")
    offices = rules.read_offices(texts["leaders/offices.yml"])
    countries = tuple(tables.read_countries(texts["leaders/countries.csv"]))
    codes = frozenset(country.code for country in countries)
    rows, wrong_rows = read_term_rows(texts["leaders/terms.csv"], offices, codes)
    declared, wrong_stretches = read_stretch_rows(texts["leaders/stretches.csv"], offices, codes)
    unreadable = [*wrong_rows, *wrong_stretches]
    refuse(unreadable if not rows else ())
    # A name whose only row cannot be read is not unknown: the row is what is wrong.
    names = None if unreadable else {row.term.name for row in rows}
    aliases = rules.read_aliases(texts["leaders/aliases.yml"], names)
    errors = [*unreadable, *checks.find_errors(rows, declared, offices, aliases.homonyms)]
    return (
        Leaders(
            rows=tuple(rows), stretches=tuple(declared), countries=countries, offices=offices, aliases=aliases
        ),
        errors,
    )
