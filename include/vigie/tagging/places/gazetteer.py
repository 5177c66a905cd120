"""The desk's places and bodies, made ready to be looked up in one pass over a text's tokens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigie.knowledge.types.leaders import Country
from vigie.knowledge.types.places import Organization, Place, PlaceWords
from vigie.knowledge.types.whole import Knowledge
from vigie.tagging.words import Trie, fold, tokenize

_ARTICLES = frozenset({"le", "la", "les", "l"})
_SHORT = 2
_CONTRACTED = {"Le": "du au", "Les": "des aux"}


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """One form of a place. `capitals` is how many of its words have one; `contracted` stands for "Le Havre" behind "au"."""

    place: Place
    capitals: int
    cue: bool = False
    contracted: str = ""


@dataclass(frozen=True, slots=True)
class BodyForm:
    """One form of a body, as the desk writes it."""

    body: Organization
    form: str
    cue: bool = False
    plain: bool = False
    """It may be written without any capital."""
    contracted: str = ""

    @property
    def has_article(self) -> bool:
        """Whether its first word is an article ("Le Monde")."""
        first = tokenize(self.form)[0].form
        return first in _ARTICLES and first != fold(self.form)


@dataclass(frozen=True, slots=True)
class Never:
    """A phrase that is neither, though a place stands in it ("Tour de France")."""


@dataclass(frozen=True, slots=True)
class Head:
    """A word that may open a longer name; `kind` is the list of `PlaceWords` that it stands in."""

    kind: str
    phrase: str

    def is_written(self, words: str) -> bool:
        """Whether a text has it: "place", not "placé"; accents may be left out."""
        return words.lower() in (self.phrase.lower(), fold(self.phrase))


Form = PlaceForm | BodyForm | Never | Head
HEADS = ("area", "heads", "formal", "named", "soft", "states", "towns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What the finder asks: all names in one trie, and the words around them, folded."""

    names: Trie[Form]
    first: frozenset[str]
    """The words that names open with, folded: nearly all others are passed over at one look."""
    small: frozenset[str]
    """Of these, the ones that need no capital."""
    inside: Trie[bool]
    """What may stand between a head and its name; True for an adjective."""
    demonyms: dict[str, str]
    """Each adjective of a country, and the country."""
    before: frozenset[str]
    at: frozenset[tuple[str, ...]]
    cues: frozenset[tuple[str, ...]]
    streets: frozenset[str]
    people: frozenset[str]
    civil: frozenset[str]
    things: frozenset[str]
    openers: frozenset[str]
    given: frozenset[str]
    """First names of people in the tables."""
    not_places: frozenset[str]
    not_bodies: frozenset[str]
    state_words: frozenset[str]
    """First words of the bodies that every state may have."""


def compile_lookup(knowledge: Knowledge) -> Lookup:
    """Make the lookup; takes about 50 ms, once."""
    words = knowledge.organizations.words
    names: Trie[Form] = Trie()
    first: set[str] = set()
    small: set[str] = set()
    for phrase, form in _forms(knowledge, words):
        names.add(phrase, form)
        opening = tokenize(phrase)[0].form
        first.add(opening)
        if not phrase[0].isupper() or (isinstance(form, BodyForm) and form.plain):
            small.add(opening)
    inside: Trie[bool] = Trie()
    for phrase in words.of:
        inside.add(phrase, True)
    return Lookup(
        names=names,
        first=frozenset(first),
        small=frozenset(small),
        inside=inside,
        demonyms=dict(_demonyms(knowledge.countries)),
        before=_folded(words.before),
        at=_phrases(words.at),
        cues=_phrases(words.cues),
        streets=_folded(words.streets),
        people=_folded(words.people),
        civil=_folded(words.civil),
        things=_folded(words.things),
        openers=_folded(words.openers),
        given=frozenset(_given_names(term.name for term in knowledge.terms)),
        not_places=_folded(words.not_places),
        not_bodies=_folded(words.not_bodies),
        state_words=_folded(phrase.split()[0] for phrase in words.states),
    )


def _forms(knowledge: Knowledge, words: PlaceWords) -> Iterator[tuple[str, Form]]:
    for place in knowledge.places:
        yield from _place_forms(place)
    plain = _folded(words.plain)
    for body in knowledge.organizations.bodies:
        yield from _body_forms(body, plain)
    for phrase in words.never:
        yield phrase, Never()
    for kind in HEADS:
        for phrase in getattr(words, kind):
            yield phrase, Head(kind, phrase)


def _place_forms(place: Place) -> Iterator[tuple[str, PlaceForm]]:
    for form in dict.fromkeys((place.name, *place.others, *place.cue)):
        capitals = _count_capitals(form)
        yield form, PlaceForm(place, capitals, form in place.cue)
        article, _, rest = form.partition(" ")
        if article in _CONTRACTED and rest:
            yield rest, PlaceForm(place, capitals - 1, form in place.cue, _CONTRACTED[article])


def _body_forms(body: Organization, plain: frozenset[str]) -> Iterator[tuple[str, BodyForm]]:
    for form in dict.fromkeys((body.name, *body.also, *body.cue)):
        tokens = tokenize(form)
        is_plain = form[0].islower() or (len(tokens) > 1 and tokens[0].form in plain)
        yield form, BodyForm(body, form, form in body.cue, is_plain)
        article, _, rest = form.partition(" ")
        if article in _CONTRACTED and rest:
            yield rest, BodyForm(body, rest, True, False, _CONTRACTED[article])


def _count_capitals(form: str) -> int:
    return sum(form[token.start].isupper() for token in tokenize(form))


def _demonyms(countries: Iterable[Country]) -> Iterator[tuple[str, str]]:
    for country in countries:
        for demonym in country.demonyms:
            yield fold(demonym), country.code


def _given_names(people: Iterable[str]) -> Iterator[str]:
    """The first words of names, those aside that are articles as well ("Le", of Viet Nam)."""
    for name in people:
        first, _, rest = name.partition(" ")
        if rest and len(first) > _SHORT and fold(first) not in _ARTICLES:
            yield fold(first)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Phrases as `Reading.words_before` gives them."""
    return frozenset(tuple(t.form for t in tokenize(phrase) if t.form != "'") for phrase in phrases)
