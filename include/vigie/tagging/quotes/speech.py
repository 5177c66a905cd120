"""The speech of one text: its marks, frames, mentions, clauses and cues put together, and the quotes that come of it."""

from collections.abc import Iterator

from spacy.tokens import Doc

from vigie.model import Quote, QuoteKind
from vigie.tagging.quotes.attribution import Attribution
from vigie.tagging.quotes.cast import Cast
from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.cues import CueReader
from vigie.tagging.quotes.discourse import Discourse, Reading, Said
from vigie.tagging.quotes.frames import Frame, Unit, Words, read_frames
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.marks import Marked, find_marked
from vigie.tagging.quotes.naming import read_names
from vigie.tagging.quotes.reading import MentionReader
from vigie.tagging.quotes.traps import Sieve
from vigie.tagging.quotes.voices import Voice, Voices

_INCISE = frozenset({",", "-", "–", "—"})


class SpeechOfText:
    """One text, read: its frames and who says what in them."""

    def __init__(self, doc: Doc, text: str, lexicon: Lexicon, sieve: Sieve) -> None:
        self._text = text
        self._marked = find_marked(text)
        words = Words(doc, text)
        self._inside = [_inside(span, words) for span in self._marked]
        reader = MentionReader(text, lexicon, read_names(doc))
        frames = read_frames(text, words, self._marked)
        self._readings = [_read(frame, reader, lexicon) for frame in frames]
        self._attribution = self._attribute(self._read_insides(reader, lexicon), lexicon, sieve)

    def _read_insides(self, reader: MentionReader, lexicon: Lexicon) -> dict[int, Reading]:
        return {
            number: _read(Frame(0, 0, units), reader, lexicon)
            for number, units in enumerate(self._inside)
            if _may_hold_incise(units, lexicon)
        }

    def _attribute(self, insides: dict[int, Reading], lexicon: Lexicon, sieve: Sieve) -> Attribution:
        met = [mention for reading in (*self._readings, *insides.values()) for mention in reading.mentions]
        cast = Cast(self._text, lexicon, Voices(lexicon, met))
        attribution = Attribution(
            text=self._text,
            readings=self._readings,
            marked=self._marked,
            words=[_words(units) for units in self._inside],
            insides=insides,
            cast=cast,
            discourse=Discourse(lexicon, self._readings, cast),
            sieve=sieve,
        )
        attribution.run()
        return attribution

    def quotes(self) -> Iterator[Quote]:
        """The quotations, in order."""
        for reading in self._readings:
            for at in reading.frame.quotes:
                number = reading.frame.units[at].quote or 0
                said = self._attribution.said.get(number)
                if said is not None:
                    yield self._quote(reading.frame, at, number, said)

    def _quote(self, frame: Frame, at: int, number: int, said: Said) -> Quote:
        span = self._marked[number]
        kind = _kind(frame, at, self._text[span.start : span.end], self._inside[number])
        return _quote(self._text, span.start, span.end, said.voice, said.mention, kind)

    def reported(self) -> Iterator[Quote]:
        """What is told without marks, in order."""
        for clause, voice in self._attribution.reported:
            mention = self._text[clause.mention.start : clause.mention.end]
            yield _quote(self._text, clause.start, clause.end, voice, mention, "indirect")


def _inside(span: Marked, words: Words) -> list[Unit]:
    return [unit for unit in words.units(span.start, span.end) if unit.form != "\n"]


def _words(units: list[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.form[0].isalnum()]


def _may_hold_incise(units: list[Unit], lexicon: Lexicon) -> bool:
    """Whether a comma and a verb of speech stand in a quotation: nearly never."""
    return any(
        unit.form in _INCISE and any(near.form in lexicon.verbs for near in units[index + 1 : index + 5])
        for index, unit in enumerate(units)
    )


def _read(frame: Frame, reader: MentionReader, lexicon: Lexicon) -> Reading:
    mentions = reader.read(frame)
    clauses = ClauseReader(frame, mentions, lexicon)
    return Reading(frame, mentions, clauses, CueReader(clauses, lexicon))


def _quote(
    text: str, start: int, end: int, voice: Voice | None, mention: str | None, kind: QuoteKind
) -> Quote:
    return Quote(
        text=text[start:end],
        start=start,
        end=end,
        speaker=voice.name if voice else None,
        speaker_id=voice.id if voice else None,
        kind=kind,
        mention=mention,
    )


def _kind(frame: Frame, at: int, inner: str, words: list[Unit]) -> QuoteKind:
    """A whole clause said as such, or a few words inside the teller's own sentence."""
    before = frame.units[at - 1] if at else None
    opens = before is None or before.form in (":", ",", "-", "–", "—") or before.quote is not None
    whole = inner[:1].isupper() or any(unit.mood == "finite" for unit in words)
    return "direct" if opens and whole else "partial"
