"""What happens in the world and is to be told: planted events, each of a shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.topics.streams.desk import Desk
from tests.topics.streams.sources import PRESIDENCY, moment
from tests.topics.streams.words import Words

KINDS = ("person", "place", "affair", "law", "crisis", "company")
"""What the sharp term of an event is. Laws and crises are common nouns: no capital says that they are names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An event of a stream: its shape, the terms of which an alert must name one, and its first day.

    `name` is what its items are `about`; the second coming of one event is an event of its own, `again` of the first.
    """

    name: str
    shape: str
    kind: str
    day: int
    terms: tuple[str, ...]
    again: str | None = field(default=None)


def invent_terms(words: Words, random: Random) -> tuple[str, list[str]]:
    """A kind, and the terms of an event of it: the sharp one first, then names and phrases that go with it."""
    kind = random.choice(KINDS)
    sharp = {
        "person": words.person,
        "place": words.place,
        "affair": lambda: f"affaire {words.name()}",
        "law": lambda: f"loi {words.rare_phrase()}",
        "crisis": words.rare_phrase,
        "company": words.name,
    }[kind]()
    others = [words.name(), words.place(), words.rare_phrase(), words.phrase()]
    return kind, [sharp, *others]


def plant(desk: Desk, shape: str, *, day: int, size: int) -> list[Planted]:
    """Write one event of this shape, `size` articles on its first full day."""
    kind, terms = invent_terms(desk.words, desk.random)
    event = Planted(name=f"{shape} {terms[0]}", shape=shape, kind=kind, day=day, terms=tuple(terms[:3]))
    return _SHAPES[shape](desk, event, terms, size)


def _sudden(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """All at once, then less each day."""
    for after, share in enumerate((1.0, 0.7, 0.45, 0.3, 0.2, 0.1)):
        since = desk.random.uniform(6, 13) if after == 0 else 5
        count = max(1, round(size * share))
        desk.cover(event.day + after, terms, count=count, about=event.name, since_h=since)
    return [event]


def _slow(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """One article a day of another outlet each, then more and more."""
    for after, count in enumerate((1, 1, 1, 1, 2, 3, size // 2, size, size)):
        desk.cover(event.day + after, terms, count=count, about=event.name)
    return [event]


def _communique(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """The presidency says it in the morning, the press follows in the afternoon."""
    at = moment(desk.random, event.day, since_h=7).replace(hour=8)
    desk.write(terms[:3], at=at, source=PRESIDENCY, about=event.name)
    desk.cover(event.day, terms, count=size // 2, about=event.name, since_h=12)
    desk.cover(event.day + 1, terms, count=size // 2, about=event.name)
    return [event]


def _vague_first(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """A day of a common noun alone; the name is known on the second day, which is the event's."""
    vague = [desk.words.noun(), desk.words.phrase()]
    desk.cover(event.day - 1, vague, count=size // 2, about=event.name, since_h=8)
    for after, share in enumerate((1.0, 0.7, 0.4, 0.2)):
        count = max(1, round(size * share))
        desk.cover(event.day + after, [*terms, vague[0]], count=count, about=event.name)
    return [event]


def _returns(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """Gone after a week, back two weeks later."""
    _sudden(desk, event, terms, size)
    back = Planted(
        name=f"again {event.name}",
        shape="back",
        kind=event.kind,
        day=event.day + 20,
        terms=event.terms,
        again=event.name,
    )
    _sudden(desk, back, [*terms[:3], desk.words.rare_phrase()], size)
    return [event, back]


def _shared_dispatch(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """Half of what is written is one dispatch; the other half is not."""
    first = moment(desk.random, event.day, since_h=8)
    for n, source in enumerate(desk.pick_sources(event.day, size // 2, distinct=True)):
        at = first + timedelta(minutes=7 * n)
        desk.write(terms[:3], at=at, source=source, about=event.name, copy=n > 0)
    desk.cover(event.day, terms, count=size // 2, about=event.name, since_h=9)
    desk.cover(event.day + 1, terms, count=size // 2, about=event.name)
    return [event]


def _of_known_person(desk: Desk, event: Planted, terms: Sequence[str], size: int) -> list[Planted]:
    """A sudden one whose every article names somebody who is in the news every day."""
    known = next(term for term, kind in desk.classes.items() if kind == "daily person")
    return _sudden(desk, event, [terms[0], known, known, *terms[1:]], size)


_SHAPES = {
    "sudden": _sudden,
    "small": _sudden,
    "of a known person": _of_known_person,
    "slow": _slow,
    "communique": _communique,
    "vague first": _vague_first,
    "returns": _returns,
    "dispatch": _shared_dispatch,
    "as a source vanishes": _sudden,
    "as a source joins": _sudden,
    "as a layout changes": _sudden,
    "on a Sunday": _sudden,
}
