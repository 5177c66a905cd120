"""Reported speech: what somebody says without marks, as the clause that tells it.

"Selon X, …", "…, selon X", "X a déclaré que …" (not "n'a pas dit que"), "…, a annoncé X". A clause that is nothing but a
quotation is left to the quotations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.cues import CueReader
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.mentions import SPEAKERS, Mention
from vigie.tagging.quotes.verbs import Verb

_MIN_WORDS = 3
_ENDS = frozenset(".!?…;,")
_THAT = frozenset({"que", "qu'"})


@dataclass(frozen=True, slots=True)
class Clause:
    """What `mention` says, from character to character."""

    start: int
    end: int
    mention: Mention


def find_clauses(clauses: ClauseReader, cues: CueReader) -> Iterator[Clause]:
    """The reported clauses of a frame, none overlapping another that comes before."""
    units = clauses.units
    if len(units) <= _MIN_WORDS:
        return
    after = 0
    for first, last, mention in sorted(_spans(clauses, cues), key=lambda span: span[0]):
        clause = _clause(units, max(first, after), last, mention)
        if clause is not None:
            after = last
            yield clause


def _spans(clauses: ClauseReader, cues: CueReader) -> Iterator[tuple[int, int, Mention]]:
    units = clauses.units
    for row in cues.according:
        first, last, mention = row.first, row.last, row.mention
        if not row.sure or mention.kind not in SPEAKERS:
            continue
        if first == 0 and last < len(units) and units[last].form == ",":
            yield last + 1, len(units), mention
        elif first > 0 and units[first - 1].form == "," and last >= len(units) - 1:
            yield _start(units, first), first, mention
    for verb in clauses.verbs:
        span = _told(clauses, verb)
        if span:
            yield span


def _told(clauses: ClauseReader, verb: Verb) -> tuple[int, int, Mention] | None:
    """The clause behind a verb and "que", or before an incise at the frame's end."""
    units = clauses.units
    if verb.kind != "saying" or verb.mood != "finite" or verb.negated or verb.passive:
        return None
    that = next((i for i in range(verb.last, min(verb.last + 4, len(units))) if units[i].form in _THAT), None)
    if that is not None and all(
        units[i].pos in ("ADV", "ADP", "NOUN", "PROPN", "") for i in range(verb.last, that)
    ):
        subject = clauses.subject(verb)
        return (that + 1, len(units), subject) if subject and subject.kind in SPEAKERS else None
    if verb.first > _MIN_WORDS and units[verb.first - 1].form == "," and units[verb.first - 2].quote is None:
        subject = clauses.subject(verb)
        if subject and subject.first >= verb.first and subject.kind in SPEAKERS:
            return _start(units, verb.first), verb.first, subject
    return None


def _start(units: list[Unit], end: int) -> int:
    """Where the clause that ends at a comma begins: at the frame's start, or behind a semicolon or a colon."""
    return next((i + 1 for i in range(end - 1, -1, -1) if units[i].form in (";", ":")), 0)


def _clause(units: list[Unit], first: int, last: int, mention: Mention) -> Clause | None:
    while last > first and units[last - 1].form in _ENDS:
        last -= 1
    words = [unit for unit in units[first:last] if unit.quote is not None or unit.form[0].isalnum()]
    if len(words) < _MIN_WORDS:
        return None
    return Clause(units[first].start, units[last - 1].end, mention)
