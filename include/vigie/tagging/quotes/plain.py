"""Quotes of a text that no model has read: marks around several words, and the one leader of the sentence around them."""

import re
from collections.abc import Iterator, Sequence

from vigie.model import LeaderMention, Quote
from vigie.tagging.quotes.marks import Marked

MIN_WORDS = 3
_NEAR = 200
"""Characters of the sentence around a quotation that are looked at, on each side."""
_STOP = re.compile(r"[.!?…][»”\"]?\s+(?=[«“\"]?\s?[^\W\d_a-zà-ÿ])|\n")


def quotes_without_model(
    text: str, marked: Sequence[Marked], leaders: Sequence[LeaderMention]
) -> Iterator[Quote]:
    """The quotations, in order. `leaders` are in order too."""
    first = 0
    for span in marked:
        if len(text[span.start : span.end].split()) < MIN_WORDS:
            continue
        begin, end = _sentence(text, span)
        while first < len(leaders) and leaders[first].start < begin:
            first += 1
        speaker = _only_leader(leaders, first, span, end)
        yield Quote(
            text=text[span.start : span.end],
            start=span.start,
            end=span.end,
            speaker=speaker.name if speaker else None,
            speaker_id=speaker.id if speaker else None,
            mention=speaker.mention if speaker else None,
        )


def _sentence(text: str, span: Marked) -> tuple[int, int]:
    """Where the sentence around a quotation begins and ends, no farther than `_NEAR`."""
    begin = max(0, span.open - _NEAR)
    stops = _STOP.finditer(text, begin, span.start + 1)
    before = [found.end() for found in stops if found.end() <= span.open]
    after = _STOP.search(text, span.close, span.close + _NEAR)
    return before[-1] if before else begin, after.start() if after else span.close + _NEAR


def _only_leader(
    leaders: Sequence[LeaderMention], first: int, span: Marked, end: int
) -> LeaderMention | None:
    """The leader named around the marks, when it is one alone."""
    found: dict[str, LeaderMention] = {}
    for leader in leaders[first:]:
        if leader.start >= end:
            break
        if leader.end <= span.open or leader.start >= span.close:
            found.setdefault(leader.id, leader)
    return next(iter(found.values())) if len(found) == 1 else None
