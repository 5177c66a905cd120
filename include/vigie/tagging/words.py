"""Words as the taggers compare them: folded, cut into tokens, looked up in a trie of phrases.

Folding keeps every character in its place, so an offset in the folded text is an offset in the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_SPECIAL = {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " ", "ł": "l", "Ł": "l", "ø": "o",
            "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "İ": "i", "ß": "s", "ð": "d", "þ": "t"}  # fmt: skip


class _Folding(dict[int, str]):
    """Each character's folded form, made when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _SPECIAL.get(character) or unicodedata.normalize("NFD", character)[0].lower()
        self[code] = folded = plain if len(plain) == 1 else character
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case without accents, typographic signs made plain; as long as the text, character by character."""
    return text.translate(_FOLDING)


class Token(NamedTuple):
    """One word or sign: its folded form, and where it stands."""

    form: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words and signs of a text, in order. An apostrophe and a hyphen are tokens of their own."""
    make = tuple.__new__  # half the time of Token(), which is a function in Python
    return [make(Token, (found.group(), *found.span())) for found in _TOKEN.finditer(fold(text))]


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The token sequences by which a phrase is known: as written, and with its hyphens left out."""
    forms = tuple(token.form for token in tokenize(phrase))
    yield forms
    if "-" in forms:
        yield tuple(form for form in forms if form != "-")


@dataclass(slots=True)
class _Node(Generic[Value]):
    children: dict[str, "_Node[Value]"] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)


class Trie(Generic[Value]):
    """Phrases and what they mean; `matches` finds all that begin at a token, the longest first."""

    def __init__(self) -> None:
        self._root: _Node[Value] = _Node()

    def add(self, phrase: str, value: Value) -> None:
        """Know a phrase, in all its spellings. A value is kept once a phrase."""
        for forms in spellings(phrase):
            node = self._root
            for form in forms:
                node = node.children.setdefault(form, _Node())
            if value not in node.values:
                node.values.append(value)

    def matches(self, tokens: list[Token], at: int, skip: range = range(0)) -> list[tuple[int, list[Value]]]:
        """The phrases that begin at `tokens[at]`, as (index after, values). Tokens in `skip` are read over."""
        node = self._root.children.get(tokens[at].form) if at < len(tokens) else None
        if node is None:
            return []  # nearly always
        index = at + 1
        found = [(index, node.values)] if node.values else []
        while index < len(tokens):
            if index in skip:
                index = skip.stop
                continue
            child = node.children.get(tokens[index].form)
            if child is None:
                break
            node, index = child, index + 1
            if node.values:
                found.append((index, node.values))
        return found[::-1]
