"""The desk's words that make no keyphrase, ready to be looked up."""

from dataclasses import dataclass

from vigie.knowledge.types.keyphrases import StopWords
from vigie.tagging.keyphrases.number import Singulars
from vigie.tagging.keyphrases.view import View
from vigie.tagging.words import fold

MARKS = "«»\"'’“”()[],;:.!?…–—-|/ \n\t"
_SHORTEST_ALONE = 5
"""A lone noun of four letters ("part", "fait", "lave") names too seldom what a text is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Words in small letters, as written; rubrics and clichés folded."""

    calendar: frozenset[str]
    nouns: frozenset[str]
    units: frozenset[str]
    weak: frozenset[str]
    light: frozenset[str]
    rubrics: frozenset[str]
    cliches: frozenset[str]
    singulars: Singulars

    @classmethod
    def of(cls, words: StopWords) -> "Stop":
        """From the desk's file."""
        return cls(
            calendar=frozenset(words.calendar),
            nouns=frozenset(words.nouns),
            units=frozenset(words.units),
            weak=frozenset(words.weak),
            light=frozenset(words.light),
            rubrics=frozenset(fold(word) for word in words.rubrics),
            cliches=frozenset(fold(phrase) for phrase in words.cliches),
            singulars=Singulars.of(words.invariable, words.irregular),
        )

    def says_something(self, view: View, at: int) -> bool:
        """Whether a word is more than a day, an empty noun or a little word."""
        word = view.lowers[at]
        return word not in self.calendar and word not in self.nouns and not view.stops[at]

    def is_name_word(self, view: View, at: int) -> bool:
        """Whether a word may be a name of its own."""
        word = view.words[at]
        if len(word) < 2 or not word[0].isupper():
            return False
        return self.says_something(view, at) and fold(word) not in self.rubrics

    def stands_alone(self, view: View, at: int) -> bool:
        """Whether a noun says something by itself."""
        word = view.lowers[at].strip(MARKS)
        if len(word) < _SHORTEST_ALONE or not word.isalpha() or not self.says_something(view, at):
            return False
        one = self.one(view, at)
        return one not in self.nouns and one not in self.units and fold(word) not in self.rubrics

    def one(self, view: View, at: int) -> str:
        """A word in small letters, in the singular where the model says that it is plural."""
        word = view.lowers[at].strip(MARKS)
        if not view.plural[at]:
            return word
        return self.singulars.singular(word, adjective=view.tags[at] == "A")
