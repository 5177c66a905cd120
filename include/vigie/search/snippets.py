"""The passage of a text that answers a question, as plain text with the matched words marked.

Made here rather than by the engines, so that both show the same; the terms are those of `vigie.search.french`.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vigie.search.french import find_words, fold_word, reduce_word
from vigie.search.questions import Clause

OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters around a matched word: they need no escaping, and a page turns them into its own marks."""

WIDTH = 200
LEAD = 60
"""Characters of a snippet, and how many of them stand before its first match."""

REACH = WIDTH - LEAD
"""What is farther behind the first match is not shown."""

_Word = tuple[str, str, tuple[int, int]]
"""The light and the plain term of a word, and where it stands."""

_STRAY = re.compile(f"[{OPEN}{CLOSE}]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """The words of a text that one clause, by its number, asked for: where each begins and ends."""

    clause: int
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def make_snippet(text: str, clauses: Sequence[Clause]) -> str:
    """About 200 characters around the first place with the most clauses, or the start of the text if there is none."""
    clean = _STRAY.sub(" ", text)
    matches = _find_window(clean, clauses) if clauses else []
    start = _to_word_start(clean, max(0, matches[0].start - LEAD) if matches else 0)
    end = _to_word_end(clean, start + WIDTH)
    spans = {span for match in matches for span in match.spans}
    return _mark(clean, start, end, sorted((left, right) for left, right in spans if right <= end))


def _find_window(text: str, clauses: Sequence[Clause]) -> list[_Match]:
    """The matches of the first window that holds all clauses, or else of the one that holds the most.

    The text is read only until nothing behind can be better: of most hits that is a part of it.
    """
    by_last = _group_by_last_term(clauses)
    recent: deque[_Word] = deque(maxlen=max(len(clause.terms) for clause in clauses))
    best: list[_Match] = []
    window: list[_Match] = []
    is_whole, wanted = False, len(set(clauses))
    for found in find_words(text):
        start, end = found.span(1)
        if is_whole and end - best[0].start > REACH:
            break
        light, plain = reduce_word(found[1]), fold_word(found[1])
        recent.append((light, plain, (start, end)))
        if light not in by_last and plain not in by_last:
            continue
        for match in _end_matches(recent, by_last):
            window = [m for m in window if match.end - m.start <= REACH] + [match]
            more = _count(window) - _count(best)
            if more > 0 or (more == 0 and window[0] is best[0]):
                best = window
        is_whole = _count(best) == wanted
    return best


def _group_by_last_term(clauses: Sequence[Clause]) -> Mapping[str, list[tuple[int, Clause]]]:
    """Each clause with its number, under its last term."""
    found: dict[str, list[tuple[int, Clause]]] = {}
    for number, clause in enumerate(dict.fromkeys(clauses)):
        found.setdefault(clause.terms[-1], []).append((number, clause))
    return found


def _end_matches(
    recent: Sequence[_Word], by_last: Mapping[str, list[tuple[int, Clause]]]
) -> Iterator[_Match]:
    """What ends with the last word."""
    light, plain, _ = recent[-1]
    for term in dict.fromkeys((light, plain)):
        for number, clause in by_last.get(term, ()):
            words = tuple(recent)[-len(clause.terms) :]
            if tuple(word[clause.exact] for word in words) == clause.terms:
                yield _Match(clause=number, spans=tuple(word[2] for word in words))


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
