"""Whose words each quotation is: frame after frame, with what has been said before.

A sentence more at the end of a text changes nothing before its last paragraph's last quotation: see `discourse`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vigie.tagging.quotes.cast import Cast
from vigie.tagging.quotes.cues import Cue
from vigie.tagging.quotes.discourse import PEOPLE, Discourse, Reading, Said
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.marks import Marked
from vigie.tagging.quotes.mentions import SPEAKERS, Mention
from vigie.tagging.quotes.reported import Clause, find_clauses
from vigie.tagging.quotes.traps import Sieve
from vigie.tagging.quotes.voices import Voice

_PLACES = frozenset({"a", "au", "aux", "chez", "dans", "de", "du"})
_OPENERS = frozenset({"si", "s'", "bien", "quand", "lorsqu'", "lorsque", "alors", "puisqu'", "quoiqu'", "meme", "tandis", "apres"})  # fmt: skip
_SOURCE_ENDS = frozenset({",", ".", ";", ":"})


@dataclass(slots=True)
class Attribution:
    """Gives the quotations of one text their speakers; what is no quotation gets none.

    `insides` are the frames within quotations that may hold an incise, `words` those of each quotation.
    """

    text: str
    readings: Sequence[Reading]
    marked: Sequence[Marked]
    words: Sequence[Sequence[Unit]]
    insides: Mapping[int, Reading]
    cast: Cast
    discourse: Discourse
    sieve: Sieve
    said: dict[int, Said] = field(default_factory=dict)
    reported: list[tuple[Clause, Voice]] = field(default_factory=list)

    def run(self) -> None:
        """Fill `said`, the speaker of each quotation by its number, and `reported`."""
        for position, reading in enumerate(self.readings):
            quotes = reading.frame.quotes
            first = quotes[0] if quotes else len(reading.frame.units)
            self.cast.meet(reading.frame.number, [m for m in reading.mentions if m.last <= first])
            self._report(reading)
            self._attribute_all(position, reading)
            self.cast.meet(reading.frame.number, [m for m in reading.mentions if m.first > first])

    def _report(self, reading: Reading) -> None:
        """Take in what the frame tells without marks."""
        for clause in find_clauses(reading.clauses, reading.cues):
            voice = self.cast.voice_of(clause.mention, reading.frame.number)
            if voice is not None:
                self.reported.append((clause, voice))
                self.cast.note_speaker(reading.frame.number, voice)

    def _attribute_all(self, position: int, reading: Reading) -> None:
        """The quotations of a frame: a verb that governs one governs the next too."""
        governing: set[int] = set()
        for at in reading.frame.quotes:
            number, cue = reading.frame.units[at].quote or 0, reading.cues.cue(at)
            verb = cue.verb if cue and cue.kind == "verb" else None
            chained = verb is not None and verb.head in governing
            span, words = self.marked[number], self.words[number]
            inner = self.text[span.start : span.end]
            if self.sieve.is_quotation(inner, words, reading.frame.units, at, cue, chained):
                governing |= {verb.head} if verb else set()
                self._attribute(position, at, number, cue)

    def _attribute(self, position: int, at: int, number: int, cue: Cue | None) -> None:
        reading = self.readings[position]
        weak = cue is None or cue.kind in ("subject", "sentence")
        said = self._from_inside(number, reading) if weak else None
        said = said or (self._from_cue(cue, reading) if cue else None)
        if said is None or (said.voice is None and cue is not None and cue.kind == "subject"):
            said = Said(cue, self.discourse.speaker(position, at, self.marked[number].again))
        self.said[number] = said
        if said.voice is not None:
            self.discourse.note(reading.frame.number, said.voice)

    def _from_cue(self, cue: Cue, reading: Reading) -> Said | None:
        mention = cue.mention
        if mention is None:
            return self._unsaid(cue, reading)
        if mention.head == "on":
            return self._from_on(cue, reading)
        meant = self._named_behind(mention, reading) or mention
        voice = self.cast.voice_of(meant, reading.frame.number)
        return Said(cue, voice or self._fallback(mention), self.text[mention.start : mention.end])

    def _named_behind(self, mention: Mention, reading: Reading) -> Mention | None:
        """ "S'il n'est « pas convaincu », X a voté": a pronoun in an opening clause may mean who comes behind it."""
        if mention.kind != "pronoun" or reading.frame.units[0].form not in _OPENERS:
            return None
        for verb in reading.clauses.verbs:
            subject = reading.clauses.subject(verb) if verb.first > mention.last else None
            if (
                subject is not None
                and subject.first > mention.last
                and subject.kind in ("leader", "person", "role")
            ):
                return subject if subject.plural == mention.plural else None
        return None

    def _unsaid(self, cue: Cue, reading: Reading) -> Said | None:
        """A passive without its agent: nobody, or those at the place it begins with ("À Matignon, il est jugé « … »")."""
        if cue.verb is None or not (cue.verb.passive or cue.verb.mood == "past"):
            return None
        first = reading.mentions[0] if reading.mentions else None
        if (
            first
            and first.governed in ("a", "au", "chez")
            and first.first <= 1
            and first.kind in ("body", "place")
            and first.last < len(reading.frame.units)
            and reading.frame.units[first.last].form == ","
        ):
            return Said(
                cue, self.cast.voice_of(first, reading.frame.number), self.text[first.start : first.end]
            )
        return Said(cue, None)

    def _fallback(self, mention: Mention) -> Voice | None:
        """A pronoun that finds nobody is of whoever spoke last, if number and gender allow."""
        voice = self.discourse.last
        if (
            voice
            and voice.plural == mention.plural
            and not (voice.gender and mention.gender and voice.gender != mention.gender)
        ):
            return voice
        return None

    def _from_on(self, cue: Cue, reading: Reading) -> Said:
        """ "dit-on à l'Élysée", "apprend-on de source proche", "À Matignon, on assure": where "on" is."""
        signed = [m for m in reading.mentions if m.governed == "par" and m.kind in PEOPLE]
        placed = [m for m in reading.mentions if m.governed in _PLACES]
        for mention in (*signed, *placed):
            where = mention.inner if mention.kind == "thing" and mention.inner else mention
            if where.kind in SPEAKERS and where.kind != "pronoun":
                voice = self.cast.voice_of(where, reading.frame.number)
                return Said(cue, voice, self.text[where.start : where.end])
        source = self._source(reading)
        return Said(cue, Voice(source, named=False, human=False) if source else None, source)

    def _source(self, reading: Reading) -> str | None:
        """ "de source proche du dossier": as written."""
        units = reading.frame.units
        for index, unit in enumerate(units[:-1]):
            if unit.form in ("de", "selon") and units[index + 1].form in ("source", "sources"):
                last = index + 2
                while (
                    last < len(units)
                    and units[last].quote is None
                    and units[last].form not in _SOURCE_ENDS
                    and units[last].mood != "finite"
                ):
                    last += 1
                return self.text[units[index + 1].start : units[last - 1].end]
        return None

    def _from_inside(self, number: int, reading: Reading) -> Said | None:
        """ "« On ira, a-t-il ajouté, jusqu'au bout »": an incise within the marks."""
        inner = self.insides.get(number)
        if inner is None:
            return None
        inner.frame.number = reading.frame.number
        cue = inner.cues.inner_incise()
        return self._from_cue(cue, inner) if cue else None
