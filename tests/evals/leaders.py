"""Measures the leader tagger on labelled texts: `python -m tests.evals.leaders FILE` (JSON Lines).

A line is `{"id", "date", "text", "title"?, "source_country"?, "leaders": [{"name", "wikidata", "start", "end", "via"}]}`.
A tagged mention is right when it overlaps a labelled one and means the same person, by Wikidata id or by name; each
counts once. `exact` is the share of the right ones whose span is the labelled one to the character.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import LeaderMention
from vigie.tagging.pipeline import Tagger, TextToTag, load_tagger
from vigie.tagging.words import tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts over a set, and what they say. `misses` and `wrong` are for a person to read."""

    right: int
    tagged: int
    labelled: int
    exact: int
    same_via: int
    misses: tuple[str, ...]
    wrong: tuple[str, ...]
    missed_via: Counter[str]

    @property
    def precision(self) -> float:
        return self.right / self.tagged if self.tagged else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load_texts(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_leaders(tagger: Tagger, texts: Iterable[Mapping[str, Any]]) -> Score:
    """Tag the texts and compare."""
    texts = list(texts)
    right = tagged = labelled = exact = same_via = 0
    misses: list[str] = []
    wrong: list[str] = []
    missed_via: Counter[str] = Counter()
    for text, tags in zip(texts, tagger.tag(_to_tag(text) for text in texts), strict=True):
        left = list(text["leaders"])
        tagged, labelled = tagged + len(tags.leaders), labelled + len(left)
        for mention in tags.leaders:
            match = max(
                (gold for gold in left if _agrees(mention, gold)),
                key=lambda g: _closeness(mention, g),
                default=None,
            )
            if match is None:
                wrong.append(f"{text['id']}: {mention.mention!r} -> {mention.name} ({mention.via})")
                continue
            left.remove(match)
            right += 1
            exact += (mention.start, mention.end) == (match["start"], match["end"])
            same_via += mention.via == match["via"]
        misses += [f"{text['id']}: {gold['mention']!r} -> {gold['name']} ({gold['via']})" for gold in left]
        missed_via.update(gold["via"] for gold in left)
    return Score(
        right=right, tagged=tagged, labelled=labelled, exact=exact, same_via=same_via,
        misses=tuple(misses), wrong=tuple(wrong), missed_via=missed_via,
    )  # fmt: skip


def _to_tag(text: Mapping[str, Any]) -> TextToTag:
    return TextToTag(
        id=text["id"],
        text=text["text"],
        title=text.get("title", ""),
        date=text["date"],
        language=text.get("language", "fr"),
        source_country=text.get("source_country", "FR"),
    )


def _agrees(mention: LeaderMention, gold: Mapping[str, Any]) -> bool:
    same = (
        mention.id == gold["wikidata"]
        if gold["wikidata"] and mention.id.startswith("Q")
        else _same_name(mention.name, gold["name"])
    )
    return same and mention.start < gold["end"] and gold["start"] < mention.end


def _same_name(one: str, other: str) -> bool:
    return [token.form for token in tokenize(one)] == [token.form for token in tokenize(other)]


def _closeness(mention: LeaderMention, gold: Mapping[str, Any]) -> int:
    return -abs(mention.start - gold["start"]) - abs(mention.end - gold["end"])


def main(path: Path) -> None:
    """Print the score of a file, with its digest, its misses and its wrong mentions."""
    texts = load_texts(path)
    score = score_leaders(load_tagger(load_knowledge()), texts)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    sys.stdout.write("\n".join(["MISSED", *score.misses, "WRONG", *score.wrong, ""]))
    sys.stdout.write(
        f"{path.name} ({digest}), {len(texts)} texts: precision {score.precision:.3f} recall {score.recall:.3f} "
        f"F1 {score.f1:.3f} exact {score.exact / max(score.right, 1):.3f} via {score.same_via / max(score.right, 1):.3f}; "
        f"missed {dict(score.missed_via)}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
