"""What a facet counts has a name; what a screen links to has an id. People and topics by their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigie.adapters.index.port import Bucket
from vigie.knowledge.types.whole import Knowledge
from vigie.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCount:
    """A person or a topic and how many articles have it. `id` is None where the desk's tables do not know the name.

    `usual` is what a day has as a rule, where it was asked for.
    """

    id: str | None
    name: str
    count: int
    usual: float | None = None


def name_people(stores: Stores, counted: Sequence[Bucket]) -> tuple[NamedCount, ...]:
    """Buckets of the facet `leader`, with Wikidata ids."""
    return _name(counted, _people(stores.knowledge))


def name_topics(stores: Stores, counted: Sequence[Bucket]) -> tuple[NamedCount, ...]:
    """Buckets of the facet `topic`, with ids of the taxonomy."""
    return _name(counted, _topics(stores.knowledge))


def topic_label(stores: Stores, topic_id: str) -> str | None:
    """What a topic of the taxonomy is called; None where there is none of this id."""
    return next((rule.label for rule in stores.knowledge.topics.rules if rule.id == topic_id), None)


def _name(counted: Sequence[Bucket], ids: Mapping[str, str | None]) -> tuple[NamedCount, ...]:
    return tuple(NamedCount(id=ids.get(b.value), name=b.value, count=b.count) for b in counted)


def _people(knowledge: Knowledge) -> Mapping[str, str | None]:
    return _ids((term.name, term.person) for term in knowledge.terms)


def _topics(knowledge: Knowledge) -> Mapping[str, str | None]:
    return _ids((rule.label, rule.id) for rule in knowledge.topics.rules)


def _ids(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str | None]:
    """A name that two have leads to neither."""
    found: dict[str, str | None] = {}
    for name, thing in pairs:
        found[name] = thing if found.get(name, thing) == thing else None
    return found
