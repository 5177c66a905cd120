"""Words of a country that is not: names that nobody bears, and common nouns that meet by Zipf's law."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random


def _read_lists(text: str) -> dict[str, tuple[str, ...]]:
    """Lists by name: a block opens with its name and a colon, words follow."""
    blocks = (block.split(":\n", 1) for block in text.split("\n\n") if not block.startswith("#"))
    return {name.strip(): tuple(words.split()) for name, words in blocks}


_LISTS = _read_lists(Path(__file__).with_name("words_fr.txt").read_text(encoding="utf-8"))
ONSETS, VOWELS = _LISTS["onsets"], _LISTS["vowels"]
CODAS = ("", "", "", "", "", "", "", "l", "r", "n")
SURNAMES, TOWNS = _LISTS["ends of surnames"], _LISTS["ends of towns"]
FIRST_NAMES, NOUNS, ADJECTIVES = _LISTS["first names"], _LISTS["nouns"], _LISTS["adjectives"]


class Words:
    """Seeded words. A name is never given twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._given: set[str] = set()

    def _root(self, syllables: int) -> str:
        pick = self.random.choice
        return "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(syllables))

    def name(self, ends: Sequence[str] = SURNAMES) -> str:
        """One word with a capital that was given to nobody yet."""
        while True:
            word = (self._root(self.random.choice((1, 2))) + self.random.choice(ends)).capitalize()
            if word not in self._given and len(word) > 4:
                self._given.add(word)
                return word

    def person(self) -> str:
        """A first name and a name."""
        return f"{self.random.choice(FIRST_NAMES)} {self.name()}"

    def place(self) -> str:
        """A town, of one word or more."""
        town = self.name(TOWNS)
        return self.random.choice((town, town, f"Saint-{town}", f"{town}-sur-{self.name(TOWNS)}"))

    def phrase(self) -> str:
        """Two common words, as they come."""
        return f"{self.random.choice(NOUNS)} {self.random.choice(ADJECTIVES)}"

    def rare_phrase(self) -> str:
        """A phrase of common words that nobody has yet written: three of them."""
        noun, other = self.random.sample(NOUNS, 2)
        of = "d'" if other[0] in "aeiouéô" or other == "hôpital" else "de "
        return f"{noun} {of}{other} {self.random.choice(ADJECTIVES)}"

    def noun(self) -> str:
        """One common noun."""
        return self.random.choice(NOUNS)


class Zipf:
    """Draws the first of its items most: the nth as often as one in n."""

    def __init__(self, items: Sequence[str]) -> None:
        self._items = items
        self._sums = list(accumulate(1 / (n + 3) for n in range(len(items))))

    def draw(self, random: Random) -> str:
        """One item."""
        return self._items[bisect_left(self._sums, random.random() * self._sums[-1])]
