"""Events: what happens at a date, as an agenda wants it: a spaCy component, after the leaders, places and quotes."""

import re
from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types.events import EventFile
from vigie.model import LeaderMention
from vigie.tagging.context import text_of, words_of
from vigie.tagging.events.finder import EventFinder, Source
from vigie.tagging.events.lexicon import Lexicon, compile_lexicon
from vigie.tagging.events.roles import Actor, Location, Scene, acting_countries
from vigie.tagging.words import fold

FACTORY = "vigie_events"
_LETTERS: dict[int, str] = {}
"""The letter of each of the model's descriptions of a verb, by the hash of its words, which is the same everywhere."""
_NAME = re.compile(
    r"(?:[^\W\d_a-zà-ÿ][\w'’.-]*)(?:\s+(?:(?:de|du|des|la|le|al|el|ben|bin|von|van|der|den|dos|da|di|d['’])\s+)*[^\W\d_a-zà-ÿ][\w'’.-]*)+"
)
"""A first name and another, each with its capital: "Première ministre britannique" is no name."""


class Events:
    """Writes `Doc._.events`, a tuple of `Event` in order."""

    def __init__(self) -> None:
        self._lexicon: Lexicon | None = None
        self._finder: EventFinder | None = None
        if not Doc.has_extension("events"):
            Doc.set_extension("events", default=())

    def use(self, rules: EventFile) -> None:
        """Look for these from now on. (A spaCy factory takes nothing but JSON.)"""
        self._lexicon = compile_lexicon(rules)
        self._finder = EventFinder(self._lexicon)

    def __call__(self, doc: Doc) -> Doc:
        if self._finder is not None and self._lexicon is not None:
            lexicon, text = self._lexicon, text_of(doc)
            folded = fold(text)
            doc._.events = self._finder.find(
                Source(
                    text=text,
                    folded=folded,
                    tokens=words_of(doc),
                    moment=doc._.context.moment,
                    scene=lambda: read_scene(doc, folded, lexicon),
                    categories=lambda: read_categories(doc),
                )
            )
        return doc


@Language.factory(FACTORY)
def create_events(nlp: Language, name: str) -> Events:
    """Make the component."""
    return Events()


def read_scene(doc: Doc, folded: str, lexicon: Lexicon) -> Scene:
    """The people, bodies and places that the other taggers found."""
    locations = sorted(_locations(doc, lexicon), key=lambda place: place.start)
    actors = [*_people(doc), *_bodies(doc), *acting_countries(folded, locations)]
    return Scene(
        folded=folded,
        actors=tuple(sorted(actors, key=lambda actor: actor.start)),
        locations=tuple(locations),
        satellites=lexicon.satellites,
        speakers=tuple(
            Actor(name=quote.speaker, id=quote.speaker_id, start=quote.start, end=quote.end, is_person=True)
            for quote in doc._.quotes
            if quote.speaker
        ),
    )


def _people(doc: Doc) -> Iterator[Actor]:
    """Leaders, and the people whom only the model sees, by their whole names."""
    leaders: tuple[LeaderMention, ...] = doc._.leaders
    taken = [(leader.start, leader.end) for leader in leaders]
    for leader in leaders:
        yield Actor(name=leader.name, id=leader.id, start=leader.start, end=leader.end, is_person=True)
    for ent in doc.ents:
        if ent.label_ != "PER" or not _NAME.fullmatch(ent.text):
            continue
        if not any(start < ent.end_char and ent.start_char < end for start, end in taken):
            yield Actor(name=ent.text, id=None, start=ent.start_char, end=ent.end_char, is_person=True)


def _bodies(doc: Doc) -> Iterator[Actor]:
    text = text_of(doc)
    for body in doc._.organizations:
        before = fold(text[max(0, body.start - 4) : body.start])
        if body.name.endswith("s") and " " not in body.name and before.endswith(("les ", "des ")):
            continue  # "les Parisiens" are no body
        yield Actor(name=body.name, id=body.id, start=body.start, end=body.end, is_person=False)


def _locations(doc: Doc, lexicon: Lexicon) -> Iterator[Location]:
    """The places, and the houses of the list that are none of them."""
    taken = set()
    for place in doc._.places:
        taken.add(place.start)
        yield Location(name=place.name, country=place.country, start=place.start, end=place.end)
    words, text = words_of(doc), text_of(doc)
    for at, word in enumerate(words):
        if not text[word.start].isupper():
            continue
        for last, houses in lexicon.venues.matches(words, at)[:1]:
            if word.start not in taken:
                name, country = houses[0]
                yield Location(name=name, country=country, start=word.start, end=words[last - 1].end)


def read_categories(doc: Doc) -> Mapping[int, str]:
    """What the model takes each verb for, by where it starts: the letters of `VerbReader`; N is a noun."""
    found, names = {}, doc.vocab.strings
    verbs, nouns = {names["VERB"], names["AUX"]}, {names["NOUN"], names["PROPN"]}
    for start, pos, morph in doc.to_array(["IDX", "POS", "MORPH"]).tolist():
        if pos in verbs:
            letter = _LETTERS.get(morph)
            if letter is None:
                letter = _LETTERS[morph] = _letter(names[morph])
            found[start] = letter
        elif pos in nouns:
            found[start] = "N"
    return found


def _letter(morph: str) -> str:
    if "VerbForm=Inf" in morph:
        return "I"
    if "VerbForm=Part" in morph:
        return "p" if "Tense=Past" in morph else "G"
    if "Mood=Cnd" in morph:
        return "C"
    if "Tense=Fut" in morph:
        return "F"
    return "P" if "Tense=Past" in morph or "Tense=Imp" in morph else "R"
