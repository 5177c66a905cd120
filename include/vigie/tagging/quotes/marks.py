"""Quotation marks paired: « », “ ”, „ “, ‹ ›, ‘ ’ and straight ones, nested, re-opened at a paragraph, or wrong.

A mark means what its place says before what its shape says: after a space and before a letter it opens, after a letter
and before a space or a stop it closes ("comme des alliés« , a dit"). A straight mark is paired within its paragraph.
Only outer spans come out: what stands in marks inside somebody's words is still theirs. One pass; bounded by the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CHARS = 5_000
"""Marks further apart are not a pair: somebody forgot one."""
MAX_OPEN_PARAGRAPHS = 4
_MIN_UNCLOSED_WORDS = 5

_MARK = re.compile(r"[«»“”„‟\"‹›]|(?<!\w)[‘‚]|\n\s*")
_CLOSES = frozenset("»”›")
_FAMILY = {
    "«": "«",
    "»": "«",
    "‹": "‹",
    "›": "‹",
    "“": "“",
    "”": "“",
    "„": "“",
    "‟": "“",
    '"': '"',
    "‘": "‘",
    "‚": "‘",
}
_SINGLE_CLOSE = re.compile(r"’(?![\w])")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between marks: `start` and `end` cut them without marks and inner space; `open` and `close` with them.

    `again` says that the span re-opens, in a new paragraph, what the one before left open.
    """

    start: int
    end: int
    open: int
    close: int
    again: bool = False


def find_marked(text: str) -> list[Marked]:
    """The outermost spans between marks, in order, none overlapping, none empty."""
    kept: list[Marked] = []
    for span in sorted(_Pairing(text).spans(), key=lambda span: (span.open, -span.close)):
        # Marks of three kinds, none of them closed in its turn, leave spans inside one another.
        if span.start < span.end and (not kept or span.open >= kept[-1].close):
            kept.append(span)
    return kept


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner; `paragraph` counts from the text's start."""

    at: int
    family: str
    paragraph: int
    again: bool


class _Pairing:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._inner: list[Marked] = []
        self._paragraph = 0
        self._at_start = True

    def spans(self) -> Iterator[Marked]:
        last = 0
        for found in _MARK.finditer(self._text):
            if found.group()[0] == "\n":
                self._paragraph += 1
                yield from self._drop_old(found.start())
                self._at_start, last = True, found.end()
                continue
            self._at_start = self._at_start and not self._text[last : found.start()].strip()
            yield from self._take(found.group(), found.start())
            last, self._at_start = found.end(), False
        yield from self._close_rest(len(self._text))

    def _drop_old(self, at: int) -> Iterator[Marked]:
        """What cannot be closed any more, at the end of a paragraph."""
        if not self._open:
            return
        first = self._open[0]
        if first.family in '"‘' or self._is_old(first, at):
            yield from self._unclosed(first, at)
            self._open.clear()
            self._inner.clear()
        else:
            del self._open[1:]

    def _is_old(self, mark: _Open, at: int) -> bool:
        return at - mark.at > MAX_CHARS or self._paragraph - mark.paragraph > MAX_OPEN_PARAGRAPHS

    def _take(self, mark: str, at: int) -> Iterator[Marked]:
        if mark in "‘‚":
            yield from self._take_single(at)
            return
        family = _FAMILY[mark]
        if self._open and at - self._open[0].at > MAX_CHARS:
            yield from self._inner
            self._open.clear()
            self._inner.clear()
        if self._reopens(family, at):
            first = self._open[0]
            yield self._span(first, end := self._paragraph_end(first.at), end)
            self._inner.clear()
            self._open = [_Open(at, family, self._paragraph, again=True)]
        elif self._is_opening(mark, at):
            self._push(_Open(at, family, self._paragraph, again=False))
        elif self._open:
            yield from self._pop(family, at)

    def _push(self, mark: _Open) -> None:
        if len(self._open) < 8:  # nobody nests deeper; a run of opening marks must not grow a stack
            self._open.append(mark)

    def _reopens(self, family: str, at: int) -> bool:
        return (
            self._at_start
            and bool(self._open)
            and self._open[0].family == family
            and self._paragraph > self._open[0].paragraph
            and self._text[at + 1 : at + 3].strip()[:1].isalnum()
        )

    def _is_opening(self, mark: str, at: int) -> bool:
        before = self._text[at - 1] if at else "\n"
        after = self._text[at + 1 : at + 2] or "\n"
        waits = any(open_.family == _FAMILY[mark] for open_ in self._open)
        hugs_left, hugs_right = not before.isspace(), not after.isspace()
        if mark == '"':
            return self._straight_opens(before, after, waits)
        if mark in _CLOSES:
            return not waits and hugs_right and not hugs_left and after.isalpha()
        closes_by_place = waits and hugs_left and not hugs_right and self._stop_follows(at + 1)
        return not closes_by_place

    @staticmethod
    def _straight_opens(before: str, after: str, waits: bool) -> bool:
        if not waits:
            return not (after.isspace() and before.isalnum()) or before.isspace()
        return before in "([« “'’" and before != " " and after.isalnum()

    def _stop_follows(self, at: int) -> bool:
        rest = self._text[at : at + 3].lstrip()
        return not rest or rest[0] in ",.;:!?)"

    def _pop(self, family: str, at: int) -> Iterator[Marked]:
        """Close the nearest open mark of the family; what was opened inside and not closed is forgotten."""
        index = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].family == family), None)
        if index is None:
            return
        mark = self._open[index]
        del self._open[index:]
        if self._open:
            self._inner.append(self._span(mark, at, at + 1))
        else:
            self._inner.clear()
            yield self._span(mark, at, at + 1)

    def _take_single(self, at: int) -> Iterator[Marked]:
        """‘ … ’ outside of other marks: the first ’ that no letter follows closes it."""
        if self._open:
            return
        end = self._paragraph_end(at)
        found = _SINGLE_CLOSE.search(self._text, at + 1, min(end, at + 500))
        if found and not set(self._text[at + 1 : found.start()]) & set('«»“”"'):
            yield self._span(_Open(at, "‘", self._paragraph, again=False), found.start(), found.end())

    def _close_rest(self, at: int) -> Iterator[Marked]:
        if self._open:
            yield from self._unclosed(self._open[0], self._paragraph_end(self._open[0].at))

    def _unclosed(self, mark: _Open, end: int) -> Iterator[Marked]:
        """A quotation that nothing closes ends with its paragraph, if it is one: several words, and no mark in them."""
        end = min(end, self._paragraph_end(mark.at))
        inside = [span for span in self._inner if span.open > mark.at]
        if inside:
            yield from inside
        elif mark.family != '"' and self._is_long_enough(mark, end):
            yield self._span(mark, end, end)

    def _is_long_enough(self, mark: _Open, end: int) -> bool:
        return (
            end - mark.at <= MAX_CHARS and len(self._text[mark.at + 1 : end].split()) >= _MIN_UNCLOSED_WORDS
        )

    def _paragraph_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _span(self, mark: _Open, inner_end: int, close: int) -> Marked:
        inner = self._text[mark.at + 1 : inner_end]
        start = mark.at + 1 + len(inner) - len(inner.lstrip())
        return Marked(start, start + len(inner.strip()), mark.at, close, mark.again)
