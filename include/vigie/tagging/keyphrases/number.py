"""French singulars, without a lemmatizer: of words that the model says are plural, by ending and by the desk's lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SAME_ADJECTIVES = ("ais", "ois", "eux", "oux", "aux")
"""Adjectives whose masculine does not change ("français", "dangereux"); "-aux" of "national" is seen before."""
_KEPT_AU = ("eaux", "yaux")
_SHORTEST = 4
"""Nothing shorter is a plural that counts: "os", "cas", "gaz"."""


@dataclass(frozen=True, slots=True)
class Singulars:
    """`invariable` words end in -s, -x or -z in the singular too; `irregular` ones have a singular of their own."""

    invariable: frozenset[str]
    irregular: Mapping[str, str]

    @classmethod
    def of(cls, invariable: Iterable[str], irregular: Mapping[str, str]) -> "Singulars":
        """From the desk's lists, in small letters."""
        return cls(frozenset(invariable), dict(irregular))

    def singular(self, word: str, *, adjective: bool = False) -> str:
        """The singular of a plural word in small letters; the word itself when it shows no plural. A fixed point."""
        if word in self.irregular:
            return self.irregular[word]
        if len(word) < _SHORTEST or word in self.invariable or word[-1] not in "sx" or word.endswith("ss"):
            return word
        if word.endswith("aux") and not word.endswith(_KEPT_AU):
            return word[:-2] + "l"
        if word.endswith("x"):
            return word if adjective or not word.endswith(("eux", "eaux", "oux", "aux")) else word[:-1]
        return word if adjective and word.endswith(_SAME_ADJECTIVES) else word[:-1]
