"""What the words of a text say together of each broad topic, by weights learned from texts.

    chance of a topic = 1 / (1 + exp(-(bias + sum of weight x (1 + ln count) / length of the counts)))

A word of the title counts twice. Words that the weights do not know say nothing. The length is Euclid's, so that a long
text, in which more words agree, may be surer than a short one, and words without a topic make nobody sure.
"""

import math
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vigie.knowledge.types.topics import TopicWeights
from vigie.model import TopicId
from vigie.tagging.topics.patterns import Counted, normal

Vector = npt.NDArray[np.float64]

_TITLE = 2
_CLEAR, _NAMED = 0.4, 3
"""From such a chance on, so many words are named."""
_FEWEST = 3
"""So many different words must be known: one alone keeps no company."""
_SHARE = 0.2
"""And such a share of them: of a French text 0.33 to 0.6, of a German one 0.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely a topic is, and, if it is clear, the words that say so most, the heaviest first."""

    value: float
    words: tuple[str, ...]


class Company:
    """The weights, a row for the normal form of each word."""

    def __init__(self, weights: TopicWeights) -> None:
        self._topics = weights.topics
        self._bias = np.array(weights.bias)
        self._spelled = {normal(word): word for word in weights.words}
        self._places = {form: place for place, form in enumerate(self._spelled)}
        self._rows = np.array([weights.words[word] for word in self._spelled.values()])

    def chances(self, title: Counted, body: Counted) -> dict[TopicId, Chance]:
        """The chance of each broad topic; none where too few words are known."""
        weighed = weigh(title, body, self._places)
        if len(weighed) < max(
            _FEWEST, _SHARE * sum(map(str.isalpha, title.words.keys() | body.words.keys()))
        ):
            return {}
        forms = list(weighed)
        gains = self._rows[[self._places[form] for form in forms]] * np.array(list(weighed.values()))[:, None]
        values = 1 / (1 + np.exp(-(gains.sum(axis=0) + self._bias).clip(-50, 50)))
        return {
            topic: Chance(
                value=value, words=self._heaviest(forms, gains[:, place]) if value >= _CLEAR else ()
            )
            for place, (topic, value) in enumerate(zip(self._topics, values.tolist(), strict=True))
        }

    def _heaviest(self, forms: list[str], gains: Vector) -> tuple[str, ...]:
        order = np.argsort(-gains, kind="stable")[:_NAMED].tolist()
        return tuple(self._spelled[forms[row]] for row in order if gains[row] > 0)


def weigh(title: Counted, body: Counted, known: Container[str]) -> dict[str, float]:
    """What each known word has to say in a text: (1 + ln count) / length of all of these."""
    counts = Counter({form: count for form, count in body.words.items() if form in known})
    for form, count in title.words.items():
        if form in known:
            counts[form] += _TITLE * count
    values = {form: 1 + math.log(count) for form, count in counts.items()}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {form: value / length for form, value in values.items()}
