"""What narrows a search, as links: the values that may be chosen, and those that are, each with what it would leave."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vigie.knowledge.types.whole import Knowledge
from vigie.page.searching.asking import Asked
from vigie.page.shapes import Count
from vigie.search.documents import Document
from vigie.stores import Stores

FILTERS = {"leader": "leaders", "topic": "topics", "source": "sources", "kind": "kinds"}
"""The parameters of a search that take several values, and their fields in what was asked."""

_LIKE_AN_ID = re.compile(r"Q\d+|(?:medtop|desk):\S+")
"""The tables take a second to read, the first time: they are not asked for a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet: how many articles it has or would add, and the values of its filter after a click."""

    value: str
    count: int
    chosen: bool
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One value that was chosen, what it is called, and what is left of its filter without it."""

    name: str
    value: str
    label: str
    then: tuple[str, ...]


def list_choices(
    asked: Asked, facets: Mapping[str, Iterable[Count]], names: Mapping[str, str]
) -> dict[str, tuple[Choice, ...]]:
    """Each facet that filters, with its values."""
    return {
        name: tuple(_choose(getattr(asked, FILTERS[name]), count, names) for count in counts)
        for name, counts in facets.items()
        if name in FILTERS
    }


def list_chips(asked: Asked, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """What was chosen, in the order of the facets."""
    return tuple(
        Chip(
            name=name,
            value=value,
            label=names.get(value, value),
            then=tuple(other for other in values if other != value),
        )
        for name, field in FILTERS.items()
        for values in (getattr(asked, field),)
        for value in values
    )


def name_values(asked: Asked, documents: Iterable[Document], stores: Stores) -> dict[str, str]:
    """What the ids that were asked for are called, as one of these articles says it, or else the desk's tables."""
    wanted = {value for field in FILTERS.values() for value in getattr(asked, field)}
    found: dict[str, str] = {}
    for document in documents:
        found |= {key: name for key, name in _names(document) if key in wanted}
    unnamed = [value for value in wanted - set(found) if _LIKE_AN_ID.fullmatch(value)]
    return found | (_names_of(stores.knowledge, unnamed) if unnamed else {})


def _names_of(knowledge: Knowledge, ids: Iterable[str]) -> dict[str, str]:
    known: dict[str, str] = {term.person: term.name for term in reversed(knowledge.terms)}
    known |= {rule.id: rule.label for rule in knowledge.topics.rules}
    return {each: known[each] for each in ids if each in known}


def _names(document: Document) -> Iterator[tuple[str, str]]:
    for person in (*document["leaders"], *document.get("people", ())):
        yield person["id"], person["name"]
    for topic in document["topics"]:
        yield topic["id"], topic["label"]
    yield document["source"], document["publisher"]


def _choose(asked: tuple[str, ...], count: Count, names: Mapping[str, str]) -> Choice:
    same = {value for value in asked if count.value.lower() in (value.lower(), names.get(value, "").lower())}
    then = tuple(value for value in asked if value not in same) if same else (*asked, count.value)
    return Choice(value=count.value, count=count.count, chosen=bool(same), then=then)
