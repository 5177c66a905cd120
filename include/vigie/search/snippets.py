"""The passage of a text that answers a question, as plain text with the matched words marked.

Made here rather than by the engines, so that both show the same; the terms are those of `vigie.search.french`.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vigie.search.french import Word, find_words
from vigie.search.questions import Clause

OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters around a matched word: they need no escaping, and a page turns them into its own marks."""

WIDTH = 200
LEAD = 60
"""Characters of a snippet, and how many of them stand before its first match."""

_STRAY = re.compile(f"[{OPEN}{CLOSE}]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """The words of a text that one clause, by its number, asked for."""

    clause: int
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def make_snippet(text: str, clauses: Sequence[Clause]) -> str:
    """About 200 characters around the first place with the most clauses, or the start of the text if there is none."""
    clean = _STRAY.sub(" ", text)
    matches = _choose_window(_find_matches(clean, clauses), len(set(clauses)))
    start = _to_word_start(clean, max(0, matches[0].start - LEAD) if matches else 0)
    end = _to_word_end(clean, start + WIDTH)
    words = (word for match in matches for word in match.words)
    return _mark(clean, start, end, sorted({(word.start, word.end) for word in words if word.end <= end}))


def _find_matches(text: str, clauses: Sequence[Clause]) -> Iterator[_Match]:
    """The matches in the order in which they end."""
    by_last: dict[str, list[tuple[int, Clause]]] = {}
    for number, clause in enumerate(dict.fromkeys(clauses)):
        by_last.setdefault(clause.terms[-1], []).append((number, clause))
    recent: deque[Word] = deque(maxlen=max((len(clause.terms) for clause in clauses), default=0))
    for word in find_words(text) if clauses else ():
        recent.append(word)
        if word.term not in by_last and word.plain not in by_last:
            continue
        for number, clause in _ending_at(word, by_last):
            words = tuple(recent)[-len(clause.terms) :]
            if tuple(map(clause.term_of, words)) == clause.terms:
                yield _Match(clause=number, words=words)


def _ending_at(word: Word, by_last: Mapping[str, list[tuple[int, Clause]]]) -> Iterator[tuple[int, Clause]]:
    """The clauses whose last term this word may be."""
    for term in dict.fromkeys((word.term, word.plain)):
        yield from by_last.get(term, ())


def _choose_window(matches: Iterator[_Match], wanted: int) -> list[_Match]:
    """The matches of the first window that holds all clauses, or else of the one that holds the most."""
    best: list[_Match] = []
    window: list[_Match] = []
    for match in matches:
        window = [m for m in window if match.end - m.start <= WIDTH - LEAD] + [match]
        if _count(window) >= _count(best) and (_count(window) > _count(best) or window[0] is best[0]):
            best = window
        elif _count(best) == wanted:
            break
    return best


def _count(matches: list[_Match]) -> int:
    return len({match.clause for match in matches})


def _to_word_start(text: str, at: int) -> int:
    if at == 0 or text[at - 1].isspace():
        return at
    space = re.compile(r"\s").search(text, at, at + LEAD // 2)
    return space.end() if space else at


def _to_word_end(text: str, at: int) -> int:
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    space = max(text.rfind(" ", at - LEAD, at), text.rfind("\n", at - LEAD, at))
    return space if space > 0 else at


def _mark(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> str:
    pieces, at = [], start
    for left, right in inside:
        if left >= at:
            pieces += [text[at:left], OPEN, text[left:right], CLOSE]
            at = right
    body = _SPACE.sub(" ", "".join([*pieces, text[at:end]])).strip()
    return f"{'… ' if start > 0 else ''}{body}{' …' if end < len(text.rstrip()) else ''}"
