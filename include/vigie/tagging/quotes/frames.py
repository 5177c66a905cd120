"""A text as its frames: the sentences that tell of speech, in which each quotation is one closed unit.

What stands between marks is opaque: a full stop in it ends a frame only where the telling sentence ends too ("« Non. »
Il a raccroché."). A colon keeps a frame open over a paragraph's end. One pass over the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from vigie.tagging.conjugation import Mood
from vigie.tagging.quotes.marks import Marked
from vigie.tagging.words import fold

QUOTE = "«»"
_WORD = re.compile(r"aujourd'hui|quelqu'un|[^\W_]+(?:-[^\W_]+)*'?|\n[^\S\n]*(?:\n\s*)?|[^\w\s]")
_CLITIC = re.compile(r"(.+?)-(?:t-)?(il|elle|on|ils|elles|je|nous|vous|ce)")
_ABBREVIATIONS = frozenset({"m", "mm", "mme", "mmes", "mlle", "me", "mr", "dr", "pr", "st", "ste", "mgr", "art", "av", "jr", "cf"})  # fmt: skip
_OPENERS = frozenset({"le", "la", "les", "l'", "un", "une", "des", "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces", "son", "sa", "selon", "apres", "dans", "pour"})  # fmt: skip
_STOPS = frozenset(".!?…")


@dataclass(slots=True)
class Unit:
    """One word, sign or quotation of a frame. `pos` is spaCy's, empty without a model; `mood` says what a verb is.

    `written` is the word as it stands in the text; `quote` the quotation's number, `ends` whether it ends a sentence, `opens` the mood
    of its first word; `plural` None where not known.
    """

    form: str
    start: int
    end: int
    written: str = ""
    pos: str = ""
    mood: Mood | Literal[""] = ""
    gender: str = ""
    plural: bool | None = None
    quote: int | None = None
    ends: bool = False
    opens: Mood | Literal[""] = ""

    capital: bool = field(init=False)

    def __post_init__(self) -> None:
        self.capital = self.written[:1].isupper()


@dataclass(slots=True)
class Frame:
    """A sentence and its units; `paragraph` counts from the text's start."""

    number: int
    paragraph: int
    units: list[Unit] = field(default_factory=list)

    @property
    def quotes(self) -> list[int]:
        """Where its quotations stand, as indices of units."""
        return [index for index, unit in enumerate(self.units) if unit.quote is not None]


def read_frames(text: str, words: "Words", marked: list[Marked]) -> list[Frame]:
    """The frames of a text, in order."""
    frames = [Frame(0, 0)]
    paragraph = 0
    units = list(_units(text, words, marked))
    for unit, after in zip(units, [*units[1:], None], strict=False):
        if unit.form == "\n":
            paragraph += 1
            if not frames[-1].units or frames[-1].units[-1].form != ":":
                _open(frames, paragraph)
            continue
        if _starts_anew(frames[-1].units, unit) or _starts_unmarked(frames[-1].units, unit, after):
            _open(frames, paragraph)
        frames[-1].units.append(unit)
    return [frame for frame in frames if frame.units]


def _open(frames: list[Frame], paragraph: int) -> None:
    if frames[-1].units:
        frames.append(Frame(len(frames), paragraph))
    else:
        frames[-1].paragraph = paragraph


def _starts_anew(units: list[Unit], unit: Unit) -> bool:
    """Whether a sentence ends before this unit."""
    if not units or unit.start == units[-1].end:
        return False
    last = units[-1]
    begins = unit.quote is not None or unit.capital or unit.form in "-–—"
    if last.quote is not None:
        return last.ends and begins and unit.form not in "-–—"
    if last.form not in _STOPS or not begins:
        return False
    before = units[-2] if len(units) > 1 else None
    return last.form != "." or before is None or not _is_abbreviation(before)


def _starts_unmarked(units: list[Unit], unit: Unit, after: Unit | None) -> bool:
    """Whether a headline without a full stop ends here: "… pour 2027 Le maire a dit", not "dans Le Monde"."""
    if unit.form not in _OPENERS or not unit.capital or not units or after is None or after.quote is not None:
        return False
    return units[-1].form[0].isalnum() and after.written[:1].islower() and unit.start > units[-1].end


def _is_abbreviation(unit: Unit) -> bool:
    return unit.form in _ABBREVIATIONS or (len(unit.form) == 1 and unit.capital)


class Words:
    """The words of one text with what the model says of them."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._text = text
        self._strings = doc.vocab.strings
        places, *read = (column.tolist() for column in doc.to_array(["IDX", "POS", "MORPH"]).T)
        self._tokens = dict(zip(places, zip(*read, strict=True), strict=True))

    def units(self, start: int, end: int) -> Iterator[Unit]:
        """The units from `start` to `end`; a paragraph's end is one too, of the form "\\n"."""
        for found in _WORD.finditer(fold(self._text[start:end])):
            form, at = found.group(), start + found.start()
            if form[0] == "\n":
                yield Unit("\n", at, start + found.end())
                continue
            clitic = _CLITIC.fullmatch(form) if "-" in form else None
            cut = clitic.end(1) if clitic else len(form)
            yield self._unit(form[:cut], at)
            if clitic:
                yield Unit(
                    f"-{clitic[2]}",
                    at + cut,
                    at + len(form),
                    self._text[at + cut : at + len(form)],
                    pos="PRON",
                )

    def _unit(self, form: str, start: int) -> Unit:
        token = self._tokens.get(start)
        end = start + len(form)
        if token is None:
            return Unit(form, start, end, self._text[start:end])
        pos, morph = token
        mood, gender, plural = _read_morph(self._strings[morph])
        return Unit(form, start, end, self._text[start:end], self._strings[pos], mood, gender, plural)


def _units(text: str, words: Words, marked: list[Marked]) -> Iterator[Unit]:
    at = 0
    for number, span in enumerate(marked):
        yield from words.units(at, span.open)
        first = next(words.units(span.start, span.end), None)
        opens = first.mood if first else ""
        yield Unit(QUOTE, span.open, span.close, quote=number, ends=text[span.end - 1] in _STOPS, opens=opens)
        at = span.close
    yield from words.units(at, len(text))


@cache
def _read_morph(morph: str) -> tuple[Mood | Literal[""], str, bool | None]:
    """Mood, gender and number of spaCy's analysis: there are a few hundred."""
    gender = "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else ""
    plural = "Number=Plur" in morph if "Number=" in morph else None
    return _mood(morph), gender, plural


def _mood(morph: str) -> Mood | Literal[""]:
    if "VerbForm=Fin" in morph:
        return "finite"
    if "VerbForm=Inf" in morph:
        return "infinitive"
    if "VerbForm=Part" in morph:
        return "present" if "Tense=Pres" in morph else "past"
    return ""
