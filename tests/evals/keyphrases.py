"""Measures keyphrases on texts with the phrases expected and the phrases unwanted: `python -m tests.evals.keyphrases`.

Recall is the share of expected phrases that are given, by folded form, alone or in a longer one. Precision is one minus the share of unwanted
phrases that are: what is neither listed nor given says nothing.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.evals.scores import Score
from vigie.tagging.pipeline import Tagger, TextToTag
from vigie.tagging.words import fold

LABELLED = Path(__file__).with_name("keyphrases_fr.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasedText:
    """A text, its half, the phrases that should come and those that should not."""

    id: str
    half: str
    text: str
    expected: tuple[str, ...]
    unwanted: tuple[str, ...]


def load_labelled(half: str, path: Path = LABELLED) -> list[PhrasedText]:
    """The texts of one half."""
    blocks = (block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n"))
    texts = [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]
    return [text for text in texts if text.half == half]


def _read_block(lines: list[str]) -> PhrasedText:
    key, half = lines[0].split()
    expected, unwanted = (
        tuple(part.strip() for line in lines if line.startswith(f"{mark} ") for part in line[2:].split("|"))
        for mark in "+-"
    )
    return PhrasedText(id=key, half=half, text=lines[1], expected=expected, unwanted=unwanted)


def score_keyphrases(tagger: Tagger, texts: Iterable[PhrasedText]) -> Score:
    """`right` and `labelled` count expected phrases; `tagged` adds the unwanted ones that came."""
    texts = list(texts)
    tags = tagger.tag(TextToTag(id=text.id, text=text.text, date="2025-03-20") for text in texts)
    misses: list[str] = []
    wrong: list[str] = []
    labelled = 0
    for text, found in zip(texts, tags, strict=True):
        given = {fold(phrase) for phrase in found.keyphrases}
        labelled += len(text.expected)
        told = "|".join(f" {phrase} " for phrase in sorted(given))
        misses += [f"{text.id}: {phrase}" for phrase in text.expected if f" {fold(phrase)} " not in told]
        wrong += [f"{text.id}: {phrase}" for phrase in text.unwanted if fold(phrase) in given]
    right = labelled - len(misses)
    return Score(
        right=right,
        tagged=right + len(wrong),
        labelled=labelled,
        misses=tuple(misses),
        wrong=tuple(wrong),
    )


def main(half: str) -> None:
    """Print the report of a half; of the half kept aside the figures only."""
    from tests.tagging.taggers import shared_tagger  # the model takes seconds

    score = score_keyphrases(shared_tagger(), load_labelled(half))
    print(score.line("keyphrases") if half == "kept" else score.report("keyphrases"))  # noqa: T201  a report


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
