"""Finds the events of a text: a word that tells of one, in a clause that says that it happens, when, who and where.

    tokens -> sentences with such a word -> verbs, clauses, dates -> what each word tells -> Event

What is denied, cancelled, wished or only possible is none. Without a date only what was done or will be is kept, and
only of some kinds, with somebody in it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vigie.dates.days import Days, Side
from vigie.dates.relative import resolve
from vigie.model import Event
from vigie.tagging.events.casting import Cast, Caster
from vigie.tagging.events.dating import Dater
from vigie.tagging.events.lexicon import Lexicon
from vigie.tagging.events.merging import merge_events
from vigie.tagging.events.reading import Dated, Reading, read_sentence
from vigie.tagging.events.roles import Actor, Location, Scene
from vigie.tagging.events.sentences import Sentence, cut_sentences
from vigie.tagging.events.telling import Teller, Told
from vigie.tagging.events.verbs import VerbReader
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token

_LONG_AGO_DAYS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text with all that was found in it before. `scene` and `categories` (see `VerbReader`) are asked only when
    some word may tell of an event."""

    text: str
    folded: str
    tokens: list[Token]
    moment: Moment | None
    scene: Callable[[], Scene]
    categories: Callable[[], Mapping[int, str]]


@dataclass(slots=True, kw_only=True)
class _Story:
    """What a text has said so far: the last day that it spoke of, and of whom."""

    day: date | None = None
    cast: Cast = field(default_factory=Cast)


class EventFinder:
    """Finds events by a lexicon. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, source: Source) -> tuple[Event, ...]:
        """The events of a text, each once, in order."""
        first_words = self._lexicon.first_words
        found = [at for at, token in enumerate(source.tokens) if token.form in first_words]
        if not found:
            return ()
        sentences = [
            sentence
            for sentence in cut_sentences(source.text, source.tokens)
            if self._may_tell(
                found[bisect_left(found, sentence.first) : bisect_left(found, sentence.last)], source.tokens
            )
        ]
        return tuple(merge_events(self._read(source, sentences))) if sentences else ()

    def _may_tell(self, found: list[int], tokens: list[Token]) -> bool:
        """Whether one of the words is a verb that tells of something, or begins a whole noun."""
        verbs = self._lexicon.verbs
        return any(
            any(use.clue for use in verbs.get(tokens[at].form, ())) or self._lexicon.nouns.matches(tokens, at)
            for at in found
        )

    def _read(self, source: Source, sentences: list[Sentence]) -> Iterator[Event]:
        verbs = VerbReader(self._lexicon, source.text, source.tokens, source.categories())
        story, scene = _Story(), source.scene()
        for sentence in sentences:
            reading = read_sentence(sentence, self._lexicon, verbs, source.tokens, source.text, source.folded)
            told = Teller(reading, self._lexicon, source.tokens).find()
            dater = Dater(reading, self._lexicon, source.tokens, told)
            caster = Caster(reading, self._lexicon, source.tokens, scene, story.cast)
            done = -1
            for one in told:
                event = (
                    None if one.first == done else _tell(one, reading, source, scene, dater, caster, story)
                )
                if event:
                    done = one.first
                    yield event
            caster.remember()


def _tell(
    told: Told, reading: Reading, source: Source, scene: Scene, dater: Dater, caster: Caster, story: _Story
) -> Event | None:
    """The event, unless too little is said for one."""
    dated = dater.date(told)
    days = None
    if dated:
        days = _resolve(dated, told, dater.side(told, dated), source.moment, story.day)
        story.day = days.first if days else story.day
    actors = caster.actors(told)
    place = scene.place_in(*caster.extent(told), source.tokens[told.first].start)
    if not caster.is_enough(told, actors, dated=days is not None, placed=place is not None):
        return None
    return _make(told, reading, source, dated if days else None, days, actors, place)


def _resolve(dated: Dated, told: Told, side: Side, moment: Moment | None, before: date | None) -> Days | None:
    """The days meant. What was laid down may be far ahead: in "ont déposé un préavis pour le 23 mai" a year ago is not
    meant when the 23rd of May is near."""
    first, last = (moment.first, moment.last) if moment else (None, None)
    days = resolve(dated.expression, first, last, side, before)
    if (
        days
        and moment
        and told.is_noun
        and side == "past"
        and (moment.last - days.first).days > _LONG_AGO_DAYS
    ):
        nearest = resolve(dated.expression, first, last, None, before)
        return nearest if nearest and nearest.first > moment.last else days
    return days


def _make(
    told: Told,
    reading: Reading,
    source: Source,
    dated: Dated | None,
    days: Days | None,
    actors: list[Actor],
    place: Location | None,
) -> Event:
    """The event, and the part of the sentence that tells it: from the first of its words to the last."""
    named = {actor.name: actor for actor in actors if place is None or actor.name != place.name}
    start, end = _span(told, reading, source, dated, [*named.values(), *([place] if place else [])])
    kind = told.clue.kind
    if told.clue.there and place and " telephon" not in reading.words:
        kind = told.clue.there
    return Event(
        kind=kind,
        text=source.text[start:end],
        start=start,
        end=end,
        date=days.written if days else None,
        last_date=days.last_written if days else None,
        participants=tuple(named),
        participant_ids=tuple(actor.id for actor in named.values() if actor.id),
        place=place.name if place else None,
        country=place.country if place else None,
    )


def _span(
    told: Told, reading: Reading, source: Source, dated: Dated | None, named: list[Actor | Location]
) -> tuple[int, int]:
    sentence = reading.sentence
    inside = [
        (one.start, one.end) for one in named if sentence.start <= one.start and one.end <= sentence.end
    ]
    spans = [(source.tokens[told.first].start, source.tokens[told.last - 1].end), *inside]
    if dated:
        written = dated.expression
        spans.append((sentence.start + written.start, sentence.start + written.end))
    return min(start for start, _ in spans), max(end for _, end in spans)
