"""Who stands in an article and how the text calls them: its mentions, gathered by person. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vigie.knowledge.leaders import Leaders
from vigie.model import Event, LeaderMention, PersonId, PersonTag, Quote, Tags, Via
from vigie.page.drawing.marking import Mark, MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One wording for a person, and the keys of the marks where it stands in the text."""

    mention: str
    via: Via
    confidence: float
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A leader in an article. `number` is their note's; `offices` are what the tables call them at the article's date.

    `mentions` counts headline and standfirst too; `ways` are of the text alone.
    """

    number: int
    id: PersonId
    name: str
    role: str
    country: str
    offices: tuple[str, ...]
    mentions: int
    subject: bool
    ways: tuple[Way, ...]


def list_marks(tags: Tags) -> tuple[Mark, ...]:
    """Every mention, quotation, reported speech and event of a text, each under a key of its own."""
    kinds: Iterable[tuple[str, MarkKind, Sequence[LeaderMention | Quote | Event]]] = (
        ("m", "person", tags.leaders),
        ("c", "quote", tags.quotes),
        ("r", "reported", tags.reported),
        ("e", "event", tags.events),
    )
    return tuple(
        Mark(key=f"{letter}{n}", kind=kind, start=span.start, end=span.end)
        for letter, kind, found in kinds
        for n, span in enumerate(found, 1)
    )


def gather_people(tags: Tags, leaders: Leaders | None, day: date) -> tuple[Person, ...]:
    """The people of an article, those with most mentions first. `leaders` None: nobody's office is known."""
    ways: defaultdict[PersonId, list[tuple[str, LeaderMention]]] = defaultdict(list)
    for n, mention in enumerate(tags.leaders, 1):
        ways[mention.id].append((f"m{n}", mention))
    return tuple(
        Person(
            number=number,
            id=tag.id,
            name=tag.name,
            role=tag.role,
            country=tag.country,
            offices=offices_at(leaders, tag, day) if leaders else (),
            mentions=tag.mentions,
            subject=tag.subject,
            ways=tuple(_gather_ways(ways[tag.id])),
        )
        for number, tag in enumerate(_everybody(tags), 1)
    )


def offices_at(leaders: Leaders, person: PersonTag, day: date) -> tuple[str, ...]:
    """What the press called somebody on a day, by the desk's tables; in the country that the tag is of, if in any."""
    terms = [row.term for row in leaders.rows if row.term.person == person.id and row.term.covers(day)]
    there = [term for term in terms if term.country == person.country]
    return tuple(dict.fromkeys(term.label for term in there or terms))


def _everybody(tags: Tags) -> Iterator[PersonTag]:
    """Those that are counted, and those of a document of before people were counted."""
    yield from tags.people
    counted = {person.id for person in tags.people}
    for mention in {mention.id: mention for mention in reversed(tags.leaders)}.values():
        if mention.id not in counted:
            times = sum(each.id == mention.id for each in tags.leaders)
            yield PersonTag(
                id=mention.id, name=mention.name, role=mention.role, country=mention.country, mentions=times
            )


def _gather_ways(mentions: Sequence[tuple[str, LeaderMention]]) -> Iterable[Way]:
    """In order of first appearance; as sure as the least sure of them."""
    found: defaultdict[tuple[str, Via], list[tuple[str, LeaderMention]]] = defaultdict(list)
    for key, mention in mentions:
        found[mention.mention, mention.via].append((key, mention))
    return (
        Way(
            mention=words,
            via=via,
            confidence=min(mention.confidence for _, mention in each),
            keys=tuple(key for key, _ in each),
        )
        for (words, via), each in found.items()
    )
