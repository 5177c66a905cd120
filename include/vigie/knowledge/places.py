"""The desk's gazetteer of places and organisations; `UsageError` names file, line and field."""

from collections.abc import Iterator

from vigie.errors import UsageError
from vigie.knowledge.rules import read_file
from vigie.knowledge.tables import read_rows, split_forms
from vigie.knowledge.types import Organization, OrganizationFile, Place

COLUMNS = ("name", "also", "country", "kind", "wikidata", "geonames")


def read_places(text: str) -> Iterator[Place]:
    """Places, each row once."""
    file = "places/places.csv"
    for line, row in read_rows(file, text, COLUMNS):
        if not row["name"]:
            raise UsageError(f"{file}, line {line}, name: is empty")
        yield Place(
            name=row["name"],
            others=split_forms(row["also"]),
            country=row["country"],
            kind=row["kind"],
            wikidata=row["wikidata"] or None,
            geonames=row["geonames"] or None,
        )


def read_organizations(text: str) -> tuple[Organization, ...]:
    """Bodies that the press names in several ways."""
    return read_file("places/organizations.yml", text, OrganizationFile).organizations
