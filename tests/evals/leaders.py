"""Measures the leader tagger on labelled texts: `python -m tests.evals.leaders FILE…` (JSON Lines, or our `_fr.txt`).

A line is `{"id", "date", "text", "title"?, "source_country"?, "leaders": [{"name", "wikidata", "start", "end", "via"}],
"not_leaders"?: [words] or "traps"?: [{"start", "end"}]}`. A tagged mention is right when it overlaps a labelled one and
means the same person, by Wikidata id or by name; each counts once. A trap is taken when a mention that is not right
overlaps it. The parts of a score are the kinds of mention (`via`), by the label where there is one.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.evals.labels import load_labelled
from tests.evals.scores import Score, digest_of
from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import LeaderMention
from vigie.tagging.pipeline import Tagger, TextToTag, load_tagger
from vigie.tagging.words import tokenize

Gold = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class LeaderScore:
    """The score of a set, how many of the right mentions are so to the character and by their `via`, and the traps."""

    score: Score
    exact: float
    same_via: float
    traps: int
    taken: tuple[str, ...]

    @property
    def taken_share(self) -> float:
        return len(self.taken) / self.traps if self.traps else 0.0

    def report(self, name: str) -> str:
        """Everything, for a person to read."""
        sums = (
            f"exact {self.exact:.3f}  via {self.same_via:.3f}  traps taken {len(self.taken)} of {self.traps}"
        )
        return "\n".join([self.score.report(name), *(f"trap: {words}" for words in self.taken), sums])


@dataclass(slots=True)
class _Tally:
    """What is counted while texts are compared; the counters are by `via`."""

    right: Counter[str] = field(default_factory=Counter)
    tagged: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    exact: int = 0
    same_via: int = 0
    traps: int = 0
    taken: list[str] = field(default_factory=list)

    def add(self, text: Mapping[str, Any], mentions: Iterable[LeaderMention]) -> None:
        """Compare one text."""
        left = list(text["leaders"])
        self.labelled.update(gold["via"] for gold in left)
        strays = []
        for mention in mentions:
            gold = _match(mention, left)
            self.tagged[gold["via"] if gold else mention.via] += 1
            if gold is None:
                strays.append(mention)
                continue
            left.remove(gold)
            self.right[gold["via"]] += 1
            self.exact += (mention.start, mention.end) == (gold["start"], gold["end"])
            self.same_via += mention.via == gold["via"]
        self.misses += [
            f"{text['id']}: {gold['mention']!r} -> {gold['name']} ({gold['via']})" for gold in left
        ]
        self.wrong += [f"{text['id']}: {m.mention!r} -> {m.name} ({m.via})" for m in strays]
        self._add_traps(text, strays)

    def _add_traps(self, text: Mapping[str, Any], strays: list[LeaderMention]) -> None:
        for start, end in _traps(text):
            self.traps += 1
            if any(m.start < end and start < m.end for m in strays):
                self.taken.append(f"{text['id']}: {text['text'][start:end]!r}")

    def score(self) -> LeaderScore:
        """What it comes to."""
        right = self.right.total()
        kinds = sorted(self.tagged.keys() | self.labelled.keys())
        whole = Score(
            right=right,
            tagged=self.tagged.total(),
            labelled=self.labelled.total(),
            misses=tuple(self.misses),
            wrong=tuple(self.wrong),
            parts={
                k: Score(right=self.right[k], tagged=self.tagged[k], labelled=self.labelled[k]) for k in kinds
            },
        )
        return LeaderScore(
            score=whole,
            exact=self.exact / max(right, 1),
            same_via=self.same_via / max(right, 1),
            traps=self.traps,
            taken=tuple(self.taken),
        )


def load_texts(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a file: JSON Lines, or marked as ours are."""
    if path.suffix == ".txt":
        return load_labelled(path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_leaders(tagger: Tagger, texts: Iterable[Mapping[str, Any]]) -> LeaderScore:
    """Tag the texts and compare."""
    texts = list(texts)
    tally = _Tally()
    for text, tags in zip(texts, tagger.tag(_to_tag(text) for text in texts), strict=True):
        tally.add(text, tags.leaders)
    return tally.score()


def _to_tag(text: Mapping[str, Any]) -> TextToTag:
    return TextToTag(
        id=text["id"],
        text=text["text"],
        title=text.get("title") or "",
        date=text["date"],
        language=text.get("language", "fr"),
        source_country=text.get("source_country", "FR"),
    )


def _match(mention: LeaderMention, left: list[Gold]) -> Gold | None:
    """The label that a mention answers to: of those that agree, the one with the closest span."""
    agreeing = (gold for gold in left if _agrees(mention, gold))
    return min(
        agreeing, key=lambda g: abs(mention.start - g["start"]) + abs(mention.end - g["end"]), default=None
    )


def _agrees(mention: LeaderMention, gold: Gold) -> bool:
    same = (
        mention.id == gold["wikidata"]
        if gold["wikidata"] and mention.id.startswith("Q")
        else _same_name(mention.name, gold["name"])
    )
    return same and mention.start < gold["end"] and gold["start"] < mention.end


def _same_name(one: str, other: str) -> bool:
    return [token.form for token in tokenize(one)] == [token.form for token in tokenize(other)]


def _traps(text: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """The spans of a text's traps; of words without a place, all places where they stand and no label does."""
    yield from ((trap["start"], trap["end"]) for trap in text.get("traps", ()))
    for words in text.get("not_leaders") or ():
        for found in re.finditer(re.escape(words), text["text"]):
            if not any(found.start() < g["end"] and g["start"] < found.end() for g in text["leaders"]):
                yield found.span()


def main(*paths: Path) -> None:
    """Print the score of each file, with its digest, its misses and its wrong mentions."""
    tagger = load_tagger(load_knowledge())
    for path in paths:
        texts = load_texts(path)
        name = f"{path.name} ({digest_of(path)}), {len(texts)} texts"
        sys.stdout.write(score_leaders(tagger, texts).report(name) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
