"""A text and the marks on it, which may overlap, as paragraphs of pieces. Pure.

A piece is a run of characters that the same marks cover. Joined, the pieces of a paragraph are its line, and the
paragraphs are the text's lines; a mark that runs over the end of a line goes on in the next paragraph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

MarkKind = Literal["person", "quote", "reported", "event", "place", "organization"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something at `text[start:end]`; `key` is its own among all of them: the anchor that leads to it."""

    key: str
    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text. `marks` cover it, the widest first; some of them begin or end with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


Paragraph = tuple[Piece, ...]


def mark_text(text: str, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """A paragraph a line of the text, empty ones too. Each mark begins once and ends once.

    Offsets beyond the text are cut at its ends; a mark that then holds no character, or line ends alone, is left out.
    Linear in the text, and in the marks as long as few of them overlap.
    """
    begins: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(_fit(text, marks), key=lambda m: (m.start, -m.end, m.kind, m.key)):
        begins[mark.start].append(mark)
    edges = sorted({*begins, *(mark.end for each in begins.values() for mark in each)})
    return tuple(_cut(text, edges, begins))


def _fit(text: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks inside the text, without the line ends at theirs."""
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        if start < end:
            yield replace(mark, start=start, end=end)


def _cut(text: str, edges: Sequence[int], begins: Mapping[int, Sequence[Mark]]) -> Iterator[Paragraph]:
    at, edge = 0, 0
    open_marks: list[Mark] = []
    for line in text.split("\n"):
        end = at + len(line)
        cuts = [at]
        while edge < len(edges) and edges[edge] < end:
            cuts += [edges[edge]] if edges[edge] > at else []
            edge += 1
        pieces = []
        for first, last in pairwise([*cuts, end]) if line else ():
            open_marks = _go_on(open_marks, begins.get(first, ()), first)
            pieces.append(_piece(text[first:last], open_marks, first, last))
        yield tuple(pieces)
        at = end + 1


def _go_on(open_marks: list[Mark], new: Sequence[Mark], at: int) -> list[Mark]:
    """Those that still run, and those that begin here; as it was where nothing changes."""
    if new or any(mark.end <= at for mark in open_marks):
        return sorted([*(m for m in open_marks if m.end > at), *new], key=lambda m: (m.start, -m.end))
    return open_marks


def _piece(text: str, marks: Sequence[Mark], first: int, last: int) -> Piece:
    return Piece(
        text=text,
        marks=tuple(marks),
        begins=tuple(mark for mark in marks if mark.start == first),
        ends=tuple(mark for mark in marks if mark.end == last),
    )
