"""Places and bodies."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from vigie.knowledge.types.checked import Checked

PlaceKind = Literal[
    "continent", "country", "territory", "region", "department", "city", "site", "street", "area", "sea", "water",
    "mountain",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place by its usual French name and its others. `country` is ISO 3166 alpha-2, empty where it is of several.

    `near` are names of other places that tell it from its namesakes, `cue` those of its forms that mean something else
    as well ("Nice").
    """

    name: str
    others: tuple[str, ...]
    country: str
    kind: PlaceKind
    near: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    wikidata: str | None
    geonames: str | None

    @property
    def id(self) -> str | None:
        """The Wikidata id, else the one of GeoNames, else none."""
        return self.wikidata or (f"geonames:{self.geonames}" if self.geonames else None)


class Organization(Checked):
    """A body by its usual name and its others; those of `cue` mean something else as well."""

    name: str
    also: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None


class PlaceWords(Checked):
    """The words around places and bodies; `include/places/organizations.yml` says what each list is for."""

    at: tuple[str, ...]
    area: tuple[str, ...]
    streets: tuple[str, ...]
    before: tuple[str, ...]
    people: tuple[str, ...]
    civil: tuple[str, ...]
    things: tuple[str, ...]
    openers: tuple[str, ...]
    never: tuple[str, ...]
    not_places: tuple[str, ...]
    not_bodies: tuple[str, ...]
    heads: tuple[str, ...]
    formal: tuple[str, ...]
    named: tuple[str, ...]
    soft: tuple[str, ...]
    of: tuple[str, ...]
    states: tuple[str, ...]
    towns: tuple[str, ...]
    plain: tuple[str, ...]
    cues: tuple[str, ...]


class OrganizationFile(Checked):
    """`places/organizations.yml`."""

    words: PlaceWords
    bodies: tuple[Organization, ...]
