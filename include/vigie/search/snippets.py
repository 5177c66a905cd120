"""The passage of a text that answers a question, as plain text with the matched words marked.

Made here rather than by the engines, so that both show the same; the terms are those of `vigie.search.french`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from vigie.search.french import find_spans, fold_word, reduce_word, split_words
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
    matches = _choose_window(_find_matches(clean, clauses), len(set(clauses)))
    start = _to_word_start(clean, max(0, matches[0].start - LEAD) if matches else 0)
    end = _to_word_end(clean, start + WIDTH)
    spans = {span for match in matches for span in match.spans}
    return _mark(clean, start, end, sorted((left, right) for left, right in spans if right <= end))


def _find_matches(text: str, clauses: Sequence[Clause]) -> Iterator[_Match]:
    """The matches in the order in which they end.

    Which words match is known from the words alone; where they stand is found only as far as somebody asks.
    """
    by_last: dict[str, list[tuple[int, Clause]]] = {}
    for number, clause in enumerate(dict.fromkeys(clauses)):
        by_last.setdefault(clause.terms[-1], []).append((number, clause))
    if not clauses:
        return
    words = split_words(text)
    light, plain = list(map(reduce_word, words)), list(map(fold_word, words))
    there, found = find_spans(text), list[tuple[int, int]]()
    for at in (nr for nr in range(len(words)) if light[nr] in by_last or plain[nr] in by_last):
        for number, clause in _ending_at(light[at], plain[at], by_last):
            first = at + 1 - len(clause.terms)
            terms = (plain if clause.exact else light)[max(first, 0) : at + 1]
            if tuple(terms) == clause.terms:
                found.extend(islice(there, at + 1 - len(found)))
                yield _Match(clause=number, spans=tuple(found[first : at + 1]))


def _ending_at(
    light: str, plain: str, by_last: Mapping[str, list[tuple[int, Clause]]]
) -> Iterator[tuple[int, Clause]]:
    """The clauses whose last term a word with these two may be."""
    for term in dict.fromkeys((light, plain)):
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
