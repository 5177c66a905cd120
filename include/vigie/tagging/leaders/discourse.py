"""What a text has said so far: whom it mentioned, and of which countries it speaks.

Cues are heard sentence by sentence, so a mention is read by its own sentence and those before it (and by the headline),
never by later ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vigie.tagging.leaders.gazetteer import Gazetteer, Person
from vigie.tagging.leaders.when import PastDate
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token

_SEAT_CUE, _NAME_CUE, _WORD_CUE = 2.0, 2.0, 1.0
"""How much a seat, a leader's name and a place or demonym say of the country spoken of; chosen by hand, tried on the
development texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One person, meant as the holder of an office (None: as a person)."""

    person: Person
    country: str
    office: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word at a token that speaks of a country or body. `ordered`: the text names the country by it."""

    at: int
    country: str
    weight: float
    ordered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The cues in the words of a headline and a text, in order, and where the text's sentences end."""

    heading: list[Cue]
    text: list[Cue]
    ends: list[int]

    def speak_of(self, country: str, index: int) -> bool:
        """Whether a country is cued in the headline or by the end of the sentence of a token."""
        until = self.ends[index]
        return any(c.country == country for c in self.heading) or any(
            c.country == country for c in self.text if c.at < until
        )


@dataclass(slots=True, kw_only=True)
class Discourse:
    """The state of reading. `named` is everyone named in the text, by token (-1: in the headline); `cues` counts the
    countries heard so far, `order` lists them; `things` are people whose name a thing
    bears; `called` are those whom a bare title meant, `answering` those
    last called somebody's counterpart, with the end of that sentence.

    Words are heard to the end of a mention's sentence, names only up to the mention: "Iran : le président dénonce
    Donald Trump" speaks of Iran's.
    """

    home: str
    moment: Moment | None
    tokens: list[Token]
    ends: list[int]
    dates: list[PastDate]
    words: list[Cue]
    names: list[Cue]
    named: list[tuple[int, Person]]
    things: list[Person]
    cues: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    order: list[str] = field(default_factory=list)
    mentioned: list[Meant] = field(default_factory=list)
    called: list[Meant] = field(default_factory=list)
    answering: dict[str, int] = field(default_factory=dict)
    _heard: int = 0
    _met: int = 0

    def hear(self, first: int) -> None:
        """Take in all cues for a mention that begins at a token."""
        until = self.ends[first]
        while self._heard < len(self.words) and self.words[self._heard].at < until:
            self._count(self.words[self._heard])
            self._heard += 1
        while self._met < len(self.names) and self.names[self._met].at < first:
            self._count(self.names[self._met])
            self._met += 1

    def _count(self, cue: Cue) -> None:
        self.cues[cue.country] += cue.weight
        if cue.ordered:
            self.order.append(cue.country)

    def latest(self, count: int | None = None) -> list[Meant]:
        """Those mentioned last, each once, the latest first."""
        seen: dict[str, Meant] = {}
        for meant in reversed(self.mentioned):
            seen.setdefault(meant.person.id, meant)
            if len(seen) == count:
                break
        return list(seen.values())

    def has_mentioned(self, person: Person) -> bool:
        """Whether the text has spoken of somebody before."""
        return any(meant.person.id == person.id for meant in self.mentioned)


def read_cues(gazetteer: Gazetteer, tokens: list[Token]) -> list[Cue]:
    """The cues in words, in order."""
    return list(_read_cues(gazetteer, tokens))


def _read_cues(gazetteer: Gazetteer, tokens: list[Token]) -> Iterator[Cue]:
    tries = (gazetteer.demonyms, gazetteer.places, gazetteer.capitals)
    heads = gazetteer.cue_heads
    for index, token in enumerate(tokens):
        if token.form not in heads:
            continue
        for trie in tries:
            for _, countries in trie.matches(tokens, index)[:1]:
                yield Cue(index, countries[0].code, _WORD_CUE)
        for _, seats in gazetteer.seats.matches(tokens, index)[:1]:
            yield Cue(index, seats[0].country, _SEAT_CUE)
        for _, bodies in gazetteer.bodies.matches(tokens, index)[:1]:
            yield Cue(index, bodies[0], _WORD_CUE, ordered=False)


def name_cues(meant: Iterable[tuple[int, Meant]]) -> list[Cue]:
    """The cues in names: the country of the office that each person holds, held or will hold."""
    return [Cue(at, someone.country, _NAME_CUE, ordered=False) for at, someone in meant]
