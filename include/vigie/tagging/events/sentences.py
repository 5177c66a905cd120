"""Sentences, and the parts of one that each have a verb of their own."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from vigie.tagging.words import Token

MAX_CHARS = 1_500
"""A longer sentence is none: it is read in parts."""

_END = re.compile(
    r"[.!?…\n(](?:(?<=\n)\s*|(?<=\()(?:AFP|Reuters|AP|Belga|ATS|APS|MAP)\)\s*[-–—]"
    r"|(?<=[.!?…])[.!?…]*[»”\"’)\]]*\s+(?=[\"«“(\[–—•-]?\s?[A-ZÀ-Ý0-9]))"
)
_SHORT = re.compile(r"\b(?:M|MM|Mme|Mgr|St|Dr|Me|[A-Z])$")
"""What ends in a full stop and no sentence."""
_SHORT_CHARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """`text[start:end]`, and its words: `tokens[first:last]`."""

    start: int
    end: int
    first: int
    last: int


def cut_sentences(text: str, tokens: list[Token]) -> Iterator[Sentence]:
    """The sentences of a text, in order; "M. Macron" is not the end of one, a dateline is."""
    starts = [token.start for token in tokens]
    at = 0
    ends = (found.end() for found in _END.finditer(text) if not _is_short(text, found.start()))
    for end in (*ends, len(text)):
        while end > at:
            stop = end if end - at <= MAX_CHARS else max(text.rfind(" ", at + 1, at + MAX_CHARS), at + 1)
            if stop == at + 1 and end - at > MAX_CHARS:
                stop = at + MAX_CHARS
            first, last = bisect_left(starts, at), bisect_left(starts, stop)
            if first < last:
                yield Sentence(start=at, end=stop, first=first, last=last)
            at = stop


def _is_short(text: str, at: int) -> bool:
    return text[at] == "." and bool(_SHORT.search(text, max(0, at - _SHORT_CHARS), at))
