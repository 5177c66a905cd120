"""The project's own gazetteer, compiled once, and what the finder reads with it, without the model."""

from functools import cache

from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import NamedThing
from vigie.tagging.places.finder import find_names
from vigie.tagging.places.gazetteer import Lookup, compile_lookup
from vigie.tagging.places.homonyms import name_places
from vigie.tagging.places.reading import Entity, Reading
from vigie.tagging.words import tokenize


@cache
def lookup() -> Lookup:
    """The lookup of the project's own files."""
    return compile_lookup(load_knowledge())


def read(text: str, *entities: tuple[str, str]) -> tuple[list[NamedThing], list[NamedThing]]:
    """Places and bodies of a text; `entities` are words of it with the label a model gave them."""
    found = sorted((text.index(words), words, label) for words, label in entities)
    seen = [Entity(at, at + len(words), label, len(words.split())) for at, words, label in found]
    reading = Reading(text, tokenize(text), seen)
    findings = find_names(reading, lookup())
    places = [*name_places(reading, lookup(), findings.places), *findings.others]
    return sorted(places, key=lambda thing: thing.start), findings.bodies


def places(text: str, *entities: tuple[str, str]) -> list[tuple[str, str | None]]:
    """Name and country of the places of a text."""
    return [(thing.name, thing.country) for thing in read(text, *entities)[0]]


def bodies(text: str, *entities: tuple[str, str]) -> list[str]:
    """Names of the bodies of a text."""
    return [thing.name for thing in read(text, *entities)[1]]
