"""Which words and phrases of the topics stand in a text: one trie for all of them, walked once.

A pattern is a phrase as the desk writes it ("cour d'assises", "narcotraf*"); a word that ends in * matches all that begin
so. Accents, case and the s or x of a plural do not matter. No word inside an idiom ("guerre des prix") counts, for a
pattern or by itself; a pattern that is the idiom, or longer, does.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from vigie.tagging.words import fold

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_STEM = 2
"""The shortest stem ("20*" is a year of this century)."""
_REMEMBERED = 50_000
"""So many different words and the nodes that they lead to from the root are kept: French news has about as many."""


def normal(pattern: str) -> str:
    """A pattern as it is compared: two that match the same words are one."""
    forms = _TOKEN.findall(fold(pattern))
    stems = [after == "*" for after in (*forms[1:], "")]
    return " ".join(
        f"{form}*" if stem else singular(form) for form, stem in zip(forms, stems, strict=True) if form != "*"
    )


def singular(form: str) -> str:
    """A folded word without the s or x of its plural, if it is long enough to have one."""
    return form[:-1] if len(form) > 3 and form[-1] in "sx" else form


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each pattern (as `normal` writes it) and each single word stands in a text."""

    patterns: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.patterns + other.patterns, self.words + other.words)


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    pattern: str | None = None
    idiom: bool = False
    longest: int = 0
    """The length of the longest of `stems`: a word of a million letters has no more beginnings to look up than that."""

    def step(self, form: str) -> "list[_Node]":
        """The nodes that a word leads to: itself, and every stem that it begins with."""
        found = [self.words[form]] if form in self.words else []
        if self.stems:
            prefixes = (form[:size] for size in range(_STEM, min(len(form), self.longest) + 1))
            found += [self.stems[prefix] for prefix in prefixes if prefix in self.stems]
        return found


_Match = tuple[int, int, _Node]
"""The tokens from the first number up to the second, and the node that they lead to."""


class Patterns:
    """The patterns of all topics, and the idioms that hide them."""

    def __init__(self, patterns: Iterable[str], idioms: Iterable[str] = ()) -> None:
        self._root = _Node()
        self._steps: dict[str, list[_Node]] = {}
        for pattern in patterns:
            self._node(pattern).pattern = normal(pattern)
        for idiom in idioms:
            self._node(idiom).idiom = True

    def count(self, text: str) -> Counted:
        """The patterns and words of a text."""
        forms = [singular(form) for form in _TOKEN.findall(fold(text))]
        matches = self._matches(forms)
        hidden = _hide(matches)
        if not hidden:
            return Counted(Counter(node.pattern for _, _, node in matches if node.pattern), Counter(forms))
        return Counted(
            Counter(m[2].pattern for m in matches if m[2].pattern and not _inside(m, hidden)),
            Counter(form for index, form in enumerate(forms) if index not in hidden),
        )

    def _matches(self, forms: list[str]) -> list[_Match]:
        found: list[_Match] = []
        for start, form in enumerate(forms):
            nodes = self._steps.get(form)
            for node in self._first_step(form) if nodes is None else nodes:
                if node.words or node.stems:
                    _walk(forms, start, start + 1, node, found)
                else:  # nearly always: a word by itself
                    found.append((start, start + 1, node))
        return found

    def _first_step(self, form: str) -> list[_Node]:
        if len(self._steps) >= _REMEMBERED:
            self._steps.clear()
        nodes = self._steps[form] = self._root.step(form)
        return nodes

    def _node(self, pattern: str) -> _Node:
        """The node at the end of a pattern's way, made where it is new."""
        node = self._root
        for form in normal(pattern).split():
            stem = form.removesuffix("*")
            children, key = (node.stems, stem) if stem != form else (node.words, form)
            if stem != form:
                node.longest = max(node.longest, len(stem))
            node = children.setdefault(key, _Node())
        return node


def _walk(forms: list[str], start: int, at: int, node: _Node, found: list[_Match]) -> None:
    if node.pattern or node.idiom:
        found.append((start, at, node))
    if at < len(forms) and (node.stems or forms[at] in node.words):
        for child in node.step(forms[at]):
            _walk(forms, start, at + 1, child, found)


def _hide(matches: list[_Match]) -> dict[int, int]:
    """For each token inside an idiom, how long that idiom is."""
    hidden: dict[int, int] = {}
    for start, end, node in matches:
        if node.idiom:
            for index in range(start, end):
                hidden[index] = max(hidden.get(index, 0), end - start)
    return hidden


def _inside(match: _Match, hidden: dict[int, int]) -> bool:
    """Whether an idiom longer than the match holds all of it."""
    start, end, _ = match
    return all(hidden.get(index, 0) > end - start for index in range(start, end))
