"""Who takes part in an event, and where it is: what the other taggers found, looked at in the words around it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

_AT = re.compile(
    r"(?:\b(?:a|au|aux|en|dans|pour|vers|pres de|place|rejoindre|(?:visit|gagn)(?:e|er|era|eront|aient|ait|ent))\s+(?:toute\s+)?(?:la\s+|le\s+|les\s+|l')?"
    r"(?:(?:palais|fort|ville|hotel|bande|region|province|ile|capitale)\s+(?:de\s+)?(?:la\s+|l')?)?"
    r"|\b(?:tribunal|cour|assises|parquet|base|aeroport|gare|prison|universite|prefecture)\b[^,;:.]{0,30}\b(?:de\s+|d'|du\s+))$"
)
_OF = re.compile(r"\b(\w+)\s+(?:[a-z-]+\s+)?(?:de\s+(?:la\s+|l')?|d'|du\s+|des\s+)(?:m\.\s+|mme\s+)?$")
_WITH_ARTICLE = re.compile(r"(?:^|[^\w])(?:la|le|les|l')\s?$")
_HELD_BY = re.compile(
    r"\b(?:de|du|des|d'|a|au|aux|en|dans|vers|contre|chez|sur|devant|parmi|sous|aupres|pour)\s*(?:la|le|les|l')?\s?$"
)
_THROUGH = re.compile(r"\b(?:par|avec|contre|pour|sur|selon)\s*(?:la|le|les|l')?\s?$")
_OF_ANY = re.compile(r"\b(?:de|du|des|d'|aux?)\s*(?:la\s+|l'|m\.\s+|mme\s+)?$")
_BY = re.compile(r"(?:\bpar|\bavec|\bet)\s+(?:la\s+|le\s+|l'|m\.\s+|mme\s+)?(?:[\w-]+\s+){0,3}$")
_BACK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody named at `[start:end]`, or a body or country that is spoken of as one who acts."""

    name: str
    id: str | None
    start: int
    end: int
    is_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place named at `[start:end]`; `country` is ISO 3166 alpha-2."""

    name: str
    country: str | None
    start: int
    end: int


Named = TypeVar("Named", Actor, Location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A text's people, bodies and places, each in order."""

    folded: str
    actors: tuple[Actor, ...]
    locations: tuple[Location, ...]
    satellites: frozenset[str]
    speakers: tuple[Actor, ...] = ()
    """Who says what stands at `[start:end]`, where that is known."""

    def speaker_at(self, at: int) -> list[Actor]:
        """Who says "je" there."""
        return [speaker for speaker in self.speakers if speaker.start <= at < speaker.end][:1]

    def actors_in(self, start: int, end: int) -> list[Actor]:
        """Who is named there and takes part: not whose lawyer it is, nor the body that something is of."""
        return [actor for actor in _within(self.actors, start, end) if self._takes_part(actor)]

    def place_in(self, start: int, end: int, near: int) -> Location | None:
        """Where it is, by the words: the place that is nearest behind `near`, else before."""
        found = [place for place in _within(self.locations, start, end) if self._is_where(place)]
        return min(found, key=lambda p: (p.start < near, abs(p.start - near)), default=None)

    def is_subject(self, actor: Actor) -> bool:
        """Whether nothing leads the name that would make it an object."""
        return not _HELD_BY.search(self._before(actor.start)) and not self._before(actor.start).endswith(
            ("avec ", "par ", "entre ", "selon ")
        )

    def is_object(self, actor: Actor) -> bool:
        """Whether nothing makes the name a complement of another word."""
        before = self._before(actor.start)
        return not _OF_ANY.search(before) and not _THROUGH.search(before)

    def body_after(self, end: int) -> Actor | None:
        """The body that a noun is of: "le sommet de l'Otan"."""
        found = [body for body in _within(self.actors, end, end + 12) if not body.is_person]
        return found[0] if found and _OF_ANY.search(self.folded[end : found[0].start]) else None

    def is_agent(self, actor: Actor) -> bool:
        """Whether "par" leads the name."""
        return bool(_BY.search(self._before(actor.start)))

    def _takes_part(self, actor: Actor) -> bool:
        before = self._before(actor.start)
        of = _OF.search(before)
        if of and (of[1] in self.satellites or not actor.is_person):
            return False
        return actor.is_person or not _HELD_BY.search(before)

    def _is_where(self, place: Location) -> bool:
        return bool(_AT.search(self._before(place.start)))

    def _before(self, start: int) -> str:
        return self.folded[max(0, start - _BACK) : start]


def acting_countries(folded: str, places: Iterable[Location]) -> Iterator[Actor]:
    """Countries told with their article and nothing that makes them a place: "La France et l'Allemagne signeront"."""
    for place in places:
        before = folded[max(0, place.start - _BACK) : place.start]
        if _WITH_ARTICLE.search(before) and not _HELD_BY.search(before):
            yield Actor(name=place.name, id=None, start=place.start, end=place.end, is_person=False)


def _within(things: tuple[Named, ...], start: int, end: int) -> list[Named]:
    first = bisect_left(things, start, key=lambda thing: thing.start)
    last = bisect_left(things, end, key=lambda thing: thing.start)
    return list(things[first:last])
