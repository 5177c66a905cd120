"""The desk's gazetteer of places and organisations; `UsageError` names file, line and field."""

import re
from collections.abc import Iterator
from typing import cast, get_args

import yaml

from vigie.errors import UsageError
from vigie.knowledge.rules import read_file
from vigie.knowledge.tables import Row, read_rows, split_forms
from vigie.knowledge.types.places import OrganizationFile, Place, PlaceKind
from vigie.yaml_lines import Lines

COLUMNS = ("name", "also", "country", "kind", "near", "cue", "wikidata", "geonames")

_PLACES = "places/places.csv"
_BODIES = "places/organizations.yml"
_FORMS = {
    "name": (r".+", "is empty"),
    "country": (r"(?:[A-Z]{2})?", "is not an ISO 3166 code of two capitals"),
    "kind": ("|".join(get_args(PlaceKind)), f"must be one of {', '.join(get_args(PlaceKind))}"),
    "wikidata": (r"(?:Q[1-9]\d*)?", "is not a Wikidata id"),
    "geonames": (r"\d*", "is not a GeoNames number"),
}


def read_places(text: str) -> Iterator[Place]:
    """Places, each row once. Namesakes have rows of their own, told apart by country, kind or `near`."""
    seen: dict[tuple[str, ...], int] = {}
    for line, row in read_rows(_PLACES, text, COLUMNS):
        for field, (pattern, complaint) in _FORMS.items():
            if not re.fullmatch(pattern, row[field]):
                raise UsageError(f"{_PLACES}, line {line}, {field}: {row[field]!r} {complaint}")
        key = (row["name"], row["country"], row["kind"], row["near"])
        if key in seen:
            raise UsageError(f"{_PLACES}, line {line}, name: {row['name']!r} stands in line {seen[key]}")
        seen[key] = line
        yield _place(row)


def _place(row: Row) -> Place:
    return Place(
        name=row["name"],
        others=split_forms(row["also"]),
        country=row["country"],
        kind=cast(PlaceKind, row["kind"]),
        near=split_forms(row["near"]),
        cue=split_forms(row["cue"]),
        wikidata=row["wikidata"] or None,
        geonames=row["geonames"] or None,
    )


def read_organizations(text: str) -> OrganizationFile:
    """Bodies that the press names in several ways, and the words by which they and places are known."""
    file = read_file(_BODIES, text, OrganizationFile)
    seen: dict[str, str] = {}
    for index, body in enumerate(file.bodies):
        for form in dict.fromkeys((body.name, *body.also, *body.cue)):
            if form in seen:
                line = Lines(root=yaml.compose(text, Loader=yaml.SafeLoader)).of(("bodies", index))
                raise UsageError(
                    f"{_BODIES}, line {line}, bodies.{index}: {form!r} is a name of {seen[form]!r} as well"
                )
            seen[form] = body.name
    return file
