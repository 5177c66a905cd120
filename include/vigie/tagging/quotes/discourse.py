"""A frame read, and whose a quotation is that has no cue in its own frame.

It goes on from the one before it, else it is of whoever the frame before is about. Only a quotation that opens its
paragraph may be named by a later frame: by the first words told after it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vigie.tagging.quotes.cast import Cast
from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.cues import Cue, CueReader
from vigie.tagging.quotes.frames import Frame
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import SPEAKERS, Mention
from vigie.tagging.quotes.voices import Voice

PEOPLE = frozenset({"leader", "person", "role", "body"})
_TOLD = SPEAKERS - {"document", "place"}
_LOOK_AHEAD = 4
"""Frames of marks alone that are passed over to find who has spoken."""
_GOES_ON = 4
"""Frames back to the last quotation of somebody who may still be speaking."""


@dataclass(slots=True)
class Reading:
    """A frame read: its mentions, its clauses, its cues."""

    frame: Frame
    mentions: list[Mention]
    clauses: ClauseReader
    cues: CueReader


@dataclass(slots=True)
class Said:
    """A quotation's speaker: the voice, and what the text calls them there."""

    cue: Cue | None
    voice: Voice | None
    mention: str | None = None


class Discourse:
    """Who speaks where the frame does not say so; `last` and `last_frame` are kept by who asks."""

    def __init__(self, lexicon: Lexicon, readings: Sequence[Reading], cast: Cast) -> None:
        self._lexicon = lexicon
        self._readings = readings
        self._cast = cast
        self.last: Voice | None = None
        self.last_frame = -_GOES_ON - 1

    def note(self, frame: int, voice: Voice) -> None:
        """Somebody has spoken."""
        self.last, self.last_frame = voice, frame
        self._cast.note_speaker(frame, voice)

    def speaker(self, position: int, at: int, again: bool) -> Voice | None:
        """Who says the quotation at unit `at` of a frame; `again`: its marks re-open those of the paragraph before."""
        frame = self._readings[position].frame
        before = self._readings[position - 1] if position else None
        if self.last and (again or self.last_frame == frame.number):
            return self.last
        goes_on = before is not None and self.last_frame == before.frame.number and bool(before.frame.quotes)
        if before is None or before.frame.paragraph != frame.paragraph:
            voice, sure = self._ahead(position)
            if voice and (sure or not goes_on):
                return voice
        if before is None or goes_on:
            return self.last
        told = self._told(before) if at == 0 else None
        return told or (self.last if frame.number - self.last_frame <= _GOES_ON else None)

    def _told(self, reading: Reading) -> Voice | None:
        """Whom a frame is about: whose words it speaks of, the subject of its last verb, its first free mention."""
        for mention in reading.mentions:
            saying = self._lexicon.noun(mention.head) == "saying"
            if saying and mention.inner and mention.inner.kind in PEOPLE:
                return self._cast.voice_of(mention.inner, reading.frame.number)
        verbs = (verb for verb in reversed(reading.clauses.verbs) if verb.mood == "finite")
        subjects = (subject for verb in verbs if (subject := reading.clauses.subject(verb)))
        free = (mention for mention in reading.mentions if not mention.governed and not mention.object)
        found = next((mention for mention in (*subjects, *free) if mention.kind in _TOLD), None)
        return self._cast.voice_of(found, reading.frame.number) if found else None

    def _ahead(self, position: int) -> tuple[Voice | None, bool]:
        """Who the frames behind a quotation, in its paragraph, say has spoken, and whether they leave no doubt."""
        paragraph = self._readings[position].frame.paragraph
        for after in self._readings[position + 1 : position + 1 + _LOOK_AHEAD]:
            if after.frame.paragraph != paragraph:
                break
            quotes = after.frame.quotes
            if not quotes or quotes[0] > 0:
                voice = self._told(after)
                return voice, voice is not None and not quotes
            cue = after.cues.cue(0)
            if cue and cue.kind == "incise" and cue.mention:
                return self._cast.voice_of(cue.mention, after.frame.number), True
        return None, False
