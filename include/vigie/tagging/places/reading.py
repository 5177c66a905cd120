"""A text as the finder of places reads it: tokens with their capitals, what stands before and after, the model's word."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from vigie.model import LeaderMention
from vigie.tagging.words import Token, fold

_ENDS = frozenset('.!?…:;«"“”–—|•*(\n')
_LOUD = 3
"""A run of as many words in capitals is a headline: its capitals say nothing."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that the model has named."""

    start: int
    end: int
    label: str
    words: int


class Reading:
    """One text. Offsets are characters; indexes are tokens."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        entities: list[Entity],
        leaders: tuple[LeaderMention, ...] = (),
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.entities = entities
        self.surnames = frozenset(fold(leader.name.split()[-1]) for leader in leaders)
        self._starts = [entity.start for entity in entities]
        self._named = sorted((leader.start, leader.end) for leader in leaders if leader.via == "name")
        self._name_starts = [start for start, _ in self._named]

    def cut(self, first: int, last: int) -> str:
        """The text of the tokens from `first` up to, not including, `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def word(self, at: int) -> str:
        """One token as written; empty outside of the text."""
        return self.text[self.tokens[at].start : self.tokens[at].end] if 0 <= at < len(self.tokens) else ""

    def is_capital(self, at: int) -> bool:
        """Whether a token begins with a capital."""
        return 0 <= at < len(self.tokens) and self.text[self.tokens[at].start].isupper()

    def count_capitals(self, first: int, last: int) -> int:
        """How many tokens begin with a capital."""
        return sum(self.text[token.start].isupper() for token in self.tokens[first:last])

    def gap(self, at: int) -> str:
        """What stands between a token and the one before."""
        return (
            self.text[self.tokens[at - 1].end : self.tokens[at].start] if 0 < at < len(self.tokens) else "\n"
        )

    def opens(self, at: int) -> bool:
        """Whether a token opens a sentence, a title or a quotation: its capital says nothing."""
        return at == 0 or self.word(at - 1) in _ENDS or "\n" in self.gap(at)

    def is_loud(self, at: int) -> bool:
        """Whether a token stands in a run of words in capitals."""
        first, last = at, at + 1
        while first > max(0, at - 2 * _LOUD) and not any(c.islower() for c in self.word(first - 1)):
            first -= 1
        while last < min(len(self.tokens), at + 2 * _LOUD) and not any(c.islower() for c in self.word(last)):
            last += 1
        words = [self.word(index) for index in range(first, last)]
        return sum(len(word) > 1 and word.isalpha() for word in words) >= _LOUD

    def words_before(self, at: int, count: int = 4) -> tuple[str, ...]:
        """The forms of the words before a token, elided ones whole ("de" for "d'"), up to a sign."""
        found: list[str] = []
        index = at - 1
        while index >= 0 and len(found) < count and "\n" not in self.gap(index + 1):
            form = self.tokens[index].form
            if form == "'" and index:
                index -= 1
                form = {"d": "de", "l": "l"}.get(self.tokens[index].form, self.tokens[index].form)
            elif not form.isalnum() and form != "-":
                break
            if form != "-":
                found.append(form)
            index -= 1
        return tuple(found[::-1])

    def entities_over(self, start: int, end: int) -> list[Entity]:
        """The model's entities that overlap a span."""
        last = bisect_left(self._starts, end)
        first = max(0, bisect_right(self._starts, start) - 1)
        return [entity for entity in self.entities[first:last] if entity.end > start]

    def is_leader_name(self, start: int, end: int) -> bool:
        """Whether a span touches a leader who is called by name."""
        last = bisect_left(self._name_starts, end)
        return any(stop > start for _, stop in self._named[max(0, last - 2) : last])
