"""Tries that know which words their phrases begin with: most words of a text begin none, and are passed over at once."""

from collections.abc import Iterable
from typing import TypeVar

from vigie.tagging.words import Trie, spellings

Value = TypeVar("Value")


class HeadedTrie(Trie[Value]):
    """A trie, and the first words of all its phrases."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: set[str] = set()

    def add(self, phrase: str, value: Value) -> None:
        """Know a phrase, in all its spellings."""
        super().add(phrase, value)
        self.heads.update(forms[0] for forms in spellings(phrase) if forms)


def trie_of(words: Iterable[str]) -> HeadedTrie[bool]:
    """A trie that only knows whether a phrase is one of these."""
    trie: HeadedTrie[bool] = HeadedTrie()
    for word in words:
        trie.add(word, True)
    return trie
