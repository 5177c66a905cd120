"""What is asked of the index: each kind of question once a run, with words that change, so that no answer is at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bench.corpus import LEADERS, TOPICS
from bench.newsroom import SOURCES
from bench.press import DID, WHAT
from vigie.adapters.index.port import FacetName, Question

FACETS: tuple[FacetName, ...] = ("leader", "topic", "source", "kind", "language", "day")
COMMON = 40
"""Of the words by frequency: each stands in a third of the articles and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question may be made of: the corpus's words, most frequent first, and the days it spans."""

    words: Sequence[str]
    first: datetime
    days: int

    def common(self, chance: Random) -> str:
        """A word of many articles."""
        return chance.choice(self.words[:COMMON])

    def rare(self, chance: Random) -> str:
        """A word of few."""
        return chance.choice(self.words[len(self.words) // 2 :])

    def day(self, chance: Random) -> datetime:
        """Any day of the corpus."""
        return self.first + timedelta(days=chance.randrange(max(self.days, 1)))


Make = Callable[[Asked, Random], Question]


def _filtered(asked: Asked, chance: Random) -> Question:
    start = asked.day(chance)
    return Question(
        text=asked.common(chance),
        leaders=(chance.choice(LEADERS)[1],),
        since=start,
        until=start + timedelta(days=30),
    )


def _narrowed(asked: Asked, chance: Random) -> Question:
    """As somebody clicks through facets."""
    return Question(
        topics=(chance.choice(TOPICS)[0],), sources=(chance.choice(SOURCES),), sort="date", facets=FACETS
    )


QUESTIONS: tuple[tuple[str, Make], ...] = (
    ("a rare word", lambda asked, chance: Question(text=asked.rare(chance))),
    ("a common word", lambda asked, chance: Question(text=asked.common(chance))),
    (
        "two common words",
        lambda asked, chance: Question(text=f"{asked.common(chance)} {asked.common(chance)}"),
    ),
    ("a phrase", lambda asked, chance: Question(text=f'"{chance.choice(DID)} {chance.choice(WHAT)}"')),
    (
        "a word without another",
        lambda asked, chance: Question(text=f"{asked.common(chance)} -{asked.common(chance)}"),
    ),
    ("a word, newest first", lambda asked, chance: Question(text=asked.common(chance), sort="date")),
    ("a word, a leader, a month", _filtered),
    ("a topic, a source, all facets", _narrowed),
    ("a common word, all facets", lambda asked, chance: Question(text=asked.common(chance), facets=FACETS)),
    ("everything, newest first, all facets", lambda asked, chance: Question(sort="date", facets=FACETS)),
    ("one day, all facets", lambda asked, chance: _one_day(asked.day(chance))),
)


def _one_day(start: datetime) -> Question:
    """What the page's first screen asks."""
    return Question(since=start, until=start + timedelta(days=1), sort="date", size=12, facets=FACETS)
