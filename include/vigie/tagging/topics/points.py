"""What the words of a text are worth to each topic: points, and which words gave them.

A `strong` word gives 3 points, a word of `words` 1.5, a `weak` one 0.5; in the title twice that; `against` takes 3 away;
the same word again adds little. All words of an `all_of` together give 3. A broad topic also gets half of what a word is
worth to the finer topics under it, unless it has a weight for that word itself.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vigie.knowledge.types.topics import TopicRule
from vigie.model import TopicId
from vigie.tagging.topics.patterns import Counted, normal

STRONG, WORD, WEAK, AGAINST = 3.0, 1.5, 0.5, -3.0
TITLE_FACTOR = 2.0
INHERITED = 0.5


@dataclass(slots=True)
class Points:
    """What one topic has got: its sum, and each word that gave some."""

    sum: float = 0.0
    gains: dict[str, float] = field(default_factory=dict)

    def add(self, word: str, gain: float) -> None:
        """Count a word, or what it takes away."""
        self.sum += gain
        if gain > 0:
            self.gains[word] = gain

    @property
    def words(self) -> tuple[str, ...]:
        """The words that gave points, the heaviest first."""
        return tuple(sorted(self.gains, key=lambda word: -self.gains[word]))


class RuleBook:
    """All rules, turned round: from a word to the topics that it speaks for or against."""

    def __init__(self, rules: Iterable[TopicRule]) -> None:
        self.rules = {TopicId(rule.id): rule for rule in rules}
        self.broad = tuple(key for key, rule in self.rules.items() if not rule.broader)
        self._spelled: dict[str, str] = {}
        self._uses: dict[str, list[tuple[TopicId, float]]] = {}
        self._groups: dict[str, list[tuple[TopicId, tuple[str, ...]]]] = {}
        for key, weights in self._weights().items():
            for word, weight in weights.items():
                self._uses.setdefault(word, []).append((key, weight))
        for key, rule in self.rules.items():
            for group in rule.all_of:
                words = tuple(self._note(word) for word in group)
                self._groups.setdefault(words[0], []).append((key, words))

    @property
    def patterns(self) -> Iterable[str]:
        """Every word and phrase of every rule."""
        return self._spelled.values()

    def main_broad(self, key: TopicId) -> TopicId:
        """The broad topic of a topic: the first that its first `broader` leads to."""
        return next((above for above in self.rules[key].broader if above in self.broad), key)

    def points(self, title: Counted, body: Counted) -> dict[TopicId, Points]:
        """The points of every topic that a word of the text speaks of."""
        found: dict[TopicId, Points] = {}
        for word in sorted(title.patterns.keys() | body.patterns.keys()):
            factor = _frequency(title.patterns.get(word, 0), body.patterns.get(word, 0))
            for key, weight in self._uses.get(word, ()):
                # what speaks against does so once, however often it stands there
                gain = weight * factor if weight > 0 else weight
                found.setdefault(key, Points()).add(self._spelled[word], gain)
            for key, group in self._groups.get(word, ()):
                if all(other in title.patterns or other in body.patterns for other in group):
                    found.setdefault(key, Points()).add(
                        " + ".join(self._spelled[other] for other in group), STRONG
                    )
        return found

    def _note(self, pattern: str) -> str:
        """The normal form of a pattern, of which the first spelling is kept to be shown."""
        form = normal(pattern)
        self._spelled.setdefault(form, pattern)
        return form

    def _own_weights(self, rule: TopicRule) -> dict[str, float]:
        lists = ((WEAK, rule.weak), (WORD, rule.words), (STRONG, rule.strong), (AGAINST, rule.against))
        return {self._note(word): weight for weight, words in lists for word in words}

    def _weights(self) -> dict[TopicId, dict[str, float]]:
        weights = {key: self._own_weights(rule) for key, rule in self.rules.items()}
        own = {key: frozenset(weights[key]) for key in self.broad}
        for key in self.rules.keys() - own.keys():
            above = self.main_broad(key)
            for word, weight in weights[key].items():
                if weight > 0 and word not in own[above]:
                    weights[above][word] = max(weights[above].get(word, 0.0), weight * INHERITED)
        return {key: _without_overlap(words) for key, words in weights.items()}


def _without_overlap(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights such that a word which two patterns of a topic match ("roman*", "romanci*") is worth its heavier one."""
    stems = {word[:-1] for word in weights if word.endswith("*") and " " not in word}
    left: dict[str, float] = {}
    for word in sorted(weights, key=lambda word: (len(word.rstrip("*")), not word.endswith("*"))):
        bare = word.rstrip("*")
        shorter = (f"{bare[:size]}*" for size in range(1, len(bare) + 1) if bare[:size] in stems)
        taken = sum(left.get(stem, 0.0) for stem in shorter if stem != word) if " " not in word else 0.0
        weight = weights[word]
        left[word] = max(0.0, weight - taken) if weight > 0 else weight
    return {word: weight for word, weight in left.items() if weight}


def _frequency(in_title: int, in_text: int) -> float:
    """1 for a word met once, a little more when it comes again, twice that when it is in the title."""
    times = 1 + 0.3 * math.log2(in_title + in_text)
    return times * TITLE_FACTOR if in_title else times
