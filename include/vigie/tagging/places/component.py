"""Places and organisations: the desk's names of them, checked by what stands around, then the model's entities.

    text -> tokens -> gazetteer and heads, in one pass (finder) -> namesakes (homonyms) -> the model's rest (entities)

A name of a leader is neither; a title may hold both ("le président de la Commission européenne"). What a body's name
or a street's is made of is no place of its own ("tribunal de Nanterre"). Bodies that have many names are given under
one ("Nations unies" and "ONU" are both "ONU"); a seat of power ("l'Élysée", "le Kremlin") is a body, a capital that
stands for a government ("Moscou a condamné") stays a place.
"""

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types.whole import Knowledge
from vigie.model import NamedThing
from vigie.tagging.context import text_of, words_of
from vigie.tagging.places.entities import list_entities, read_entities
from vigie.tagging.places.finder import find_names
from vigie.tagging.places.gazetteer import Lookup, compile_lookup
from vigie.tagging.places.homonyms import name_places
from vigie.tagging.places.reading import Reading

FACTORY = "vigie_places"


class Places:
    """Writes `Doc._.places` and `Doc._.organizations`, tuples of `NamedThing` in order; asks `ents` and leaders."""

    def __init__(self) -> None:
        self._lookup: Lookup | None = None
        for extension in ("places", "organizations"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def use(self, knowledge: Knowledge) -> None:
        """Look names up in this from now on. (A spaCy factory takes nothing but JSON.)"""
        self._lookup = compile_lookup(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        if self._lookup is not None:
            doc._.places, doc._.organizations = read_names(doc, self._lookup)
        return doc


@Language.factory(FACTORY)
def create_places(nlp: Language, name: str) -> Places:
    """Make the component; it comes after the leaders."""
    return Places()


def read_names(doc: Doc, lookup: Lookup) -> tuple[tuple[NamedThing, ...], tuple[NamedThing, ...]]:
    """The places and the bodies that a doc names, in order."""
    leaders = tuple(doc._.leaders)
    reading = Reading(text_of(doc), words_of(doc), list_entities(doc), leaders)
    findings = find_names(reading, lookup)
    places = [*name_places(reading, lookup, findings.places), *findings.others]
    bodies = list(findings.bodies)
    taken = [(thing.start, thing.end) for thing in (*places, *bodies)]
    taken += findings.never
    taken += [
        (reading.tokens[first].start, reading.tokens[last - 1].end) for _, first, last in findings.doubtful
    ]
    taken += [(leader.start, leader.end) for leader in leaders]
    ends = {thing.end for thing in places}
    for label, thing in read_entities(doc, reading, lookup, taken, ends):
        (places if label == "LOC" else bodies).append(thing)
    return _in_order(places), _in_order(bodies)


def _in_order(things: list[NamedThing]) -> tuple[NamedThing, ...]:
    return tuple(sorted(things, key=lambda thing: thing.start))
