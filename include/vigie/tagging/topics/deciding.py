"""Which topics an article has, from the points of its words: a pure decision.

A broad topic has the points of the rules and up to `COMPANY` more, by its chance among all words of the text: that decides
where the rules find little, and hardly matters where they find much. The best one needs `BEST` points, another one `OTHER`
and `SHARE` of the best one's. A finer topic needs `FINER` points and its main broad topic given, or `SURE` points, and
brings all topics above it along. Long texts need a little more, as words meet there by chance.
Scores lie between 0 and 1 and only order topics.
"""

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass

from vigie.knowledge.types.topics import TopicKnowledge
from vigie.model import TopicId, TopicTag
from vigie.tagging.topics.company import Chance, Company
from vigie.tagging.topics.patterns import Counted, Patterns
from vigie.tagging.topics.points import Points, RuleBook

# Chosen on one half of the labelled feed entries, with weights learned from the other publishers: the best broad topic
# was the section's for 74 % with COMPANY between 5 and 8, for 70 % without.
COMPANY = 6.0
BEST = 2.0
OTHER = 5.0
SHARE = 0.6
FINER = 3.0
SURE = 12.0
SURE_OF_DESK = 9.0
"""A topic of the desk has words that are its own: one of them in the title and the text, with another, is enough."""
BROUGHT = 0.5
"""A topic that a finer one brings has this share of its points: it should not stand above what the text speaks of."""
LONG_CHARS = 1_000
"""Entries of one section, 15 in a row (3,000 characters), had 1.1 broad topics and 5.6 finer ones; from 3,000 on 1.2 and 8."""


@dataclass(frozen=True, slots=True)
class _Given:
    points: float
    words: tuple[str, ...]


class TopicFinder:
    """Counts words and decides topics. Built once for what a desk knows."""

    def __init__(self, knowledge: TopicKnowledge) -> None:
        self.book = RuleBook(knowledge.rules)
        self._patterns = Patterns(self.book.patterns, knowledge.idioms)
        self._company = Company(knowledge.weights)

    def count(self, text: str) -> Counted:
        """The patterns and words of a text."""
        return self._patterns.count(text)

    def decide(self, title: Counted, body: Counted, chars: int) -> tuple[TopicTag, ...]:
        """The topics of an article from the words of its title and body, highest score first."""
        points = self.book.points(title, body)
        scale = 1 + 0.5 * math.log2(max(1.0, chars / LONG_CHARS))
        given = self._broad(points, self._company.chances(title, body), scale)
        fine = self._fine(points, given.keys(), scale)
        self._add_broader(given, fine)
        tags = [self._tag(key, found) for key, found in given.items()]
        return tuple(sorted(tags, key=lambda tag: (-tag.score, tag.id)))

    def _broad(
        self, points: Mapping[TopicId, Points], chances: Mapping[TopicId, Chance], scale: float
    ) -> dict[TopicId, _Given]:
        sums: dict[TopicId, _Given] = {}
        for key in self.book.broad:
            found = _add_company(points.get(key, Points()), chances.get(key))
            if found.words:
                sums[key] = found
        best = max((found.points for found in sums.values()), default=0.0)
        others = max(OTHER * scale, SHARE * best)
        return {
            key: found
            for key, found in sums.items()
            if found.points >= (BEST * scale if found.points == best else others)
        }

    def _fine(
        self, points: Mapping[TopicId, Points], broad: Container[TopicId], scale: float
    ) -> dict[TopicId, _Given]:
        return {
            key: _Given(found.sum, found.words)
            for key, found in points.items()
            if found.sum >= scale * FINER
            and self.book.rules[key].broader
            and found.sum >= scale * self._needed(key, broad)
        }

    def _needed(self, key: TopicId, broad: Container[TopicId]) -> float:
        if self.book.main_broad(key) in broad:
            return FINER
        return SURE_OF_DESK if key.startswith("desk:") else SURE

    def _add_broader(self, given: dict[TopicId, _Given], fine: Mapping[TopicId, _Given]) -> None:
        """Give the finer topics, and those above each of them, which need no words of their own."""
        given |= fine
        for key, found in fine.items():
            for above in self.book.rules[key].broader:
                had = given.get(above, _Given(0.0, ()))
                words = tuple(dict.fromkeys((*had.words, *found.words)))
                given[above] = _Given(max(had.points, BROUGHT * found.points), words)

    def _tag(self, key: TopicId, found: _Given) -> TopicTag:
        score = round(1 - math.exp(-found.points / 8), 3)
        return TopicTag(id=key, label=self.book.rules[key].label, score=score, words=found.words)


def _add_company(points: Points, chance: Chance | None) -> _Given:
    """The points of the rules and those of the company, with the words of both."""
    own = max(0.0, points.sum)
    if chance is None:
        return _Given(own, points.words)
    return _Given(own + COMPANY * chance.value, tuple(dict.fromkeys((*points.words, *chance.words))))
