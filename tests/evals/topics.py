"""Measures the topics: `python -m tests.evals.topics`. No model is needed: topics are decided from words alone.

Two kinds of sets. Texts of our own (`topics_fr_dev.txt`, `topics_fr_aside.txt`) have all of their broad topics, some finer
ones, and topics that they must not have. Feed entries have their publisher's section, one topic at most: there a second
topic counts as wrong even where it is right, so precision is a lower bound, and `first` says how often the best-scored
broad topic is the section's.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.evals.scores import Score, digest_of
from tests.evals.shared import shared_evals
from train.texts import read_entries
from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import TopicTag
from vigie.tagging.topics.deciding import TopicFinder

DEVELOPED = Path(__file__).with_name("topics_fr_dev.txt")
ASIDE = Path(__file__).with_name("topics_fr_aside.txt")
FEWEST = 8
"""A topic with fewer texts in a set is not part of the set's macro F1."""

Decide = Callable[[str, str], tuple[TopicTag, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text, the broad topics that it has, those it may have, finer ones to be found, and those it must not have."""

    id: str
    title: str
    text: str
    broad: frozenset[str]
    allowed: frozenset[str] = frozenset()
    finer: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The broad topics of a set; `first` is the share of texts whose best-scored broad topic is one they have."""

    broad: Score
    finer: Score
    first: float
    traps: tuple[str, ...]

    def macro_f1(self, fewest: int = 1) -> float:
        """The mean F1 of the topics of which the set has enough."""
        parts = [part.f1 for part in self.broad.parts.values() if part.labelled >= fewest]
        return sum(parts) / len(parts)


def load_own(path: Path) -> list[Labelled]:
    """The texts of one of our files."""
    blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    return [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]


def load_sections(folder: Path, *, aside: bool) -> list[Labelled]:
    """The entries whose section is one topic: those kept aside, or the others."""
    return [
        Labelled(id=entry.id, title=entry.title, text=entry.text, broad=frozenset(entry.topics))
        for entry in read_entries(folder)
        if entry.aside == aside and len(entry.topics) == 1
    ]


def decider(finder: TopicFinder) -> Decide:
    """How a title and a text get their topics, as the pipeline does it."""
    return lambda title, text: finder.decide(finder.count(title), finder.count(text), len(text))


def measure(decide: Decide, texts: Iterable[Labelled]) -> Measure:
    """Decide the topics of all texts and compare."""
    texts = list(texts)
    tags = {text.id: decide(text.title, text.text) for text in texts}
    given = {key: frozenset(tag.id for tag in found) for key, found in tags.items()}
    best = {key: next((tag.id for tag in found if _is_broad(tag.id)), None) for key, found in tags.items()}
    return Measure(
        broad=_score_broad(texts, given),
        finer=_score_finer(texts, given),
        first=sum(best[text.id] in text.broad for text in texts) / len(texts),
        traps=tuple(f"{text.id}: {key}" for text in texts for key in sorted(text.wrong & given[text.id])),
    )


def _read_block(lines: list[str]) -> Labelled:
    key, _date, *labels = lines[0].split()
    plain = frozenset(_full(label) for label in labels if label[0] not in "?-")
    return Labelled(
        id=key,
        title=lines[1],
        text=" ".join(lines[2:]),
        broad=frozenset(label for label in plain if _is_broad(label)),
        allowed=frozenset(_full(label[1:]) for label in labels if label[0] == "?"),
        finer=frozenset(label for label in plain if not _is_broad(label)),
        wrong=frozenset(_full(label[1:]) for label in labels if label[0] == "-"),
    )


def _full(label: str) -> str:
    if label.startswith("desk:"):
        return label
    return f"medtop:{label}000000" if len(label) == 2 else f"medtop:{label}"


def _is_broad(key: str) -> bool:
    return re.fullmatch(r"medtop:\d\d0{6}", key) is not None


def _score_broad(texts: list[Labelled], given: Mapping[str, frozenset[str]]) -> Score:
    right, tagged, labelled = Counter[str](), Counter[str](), Counter[str]()
    misses: list[str] = []
    wrong: list[str] = []
    for text in texts:
        broad = {key for key in given[text.id] if _is_broad(key)} - text.allowed
        right.update(broad & text.broad)
        tagged.update(broad)
        labelled.update(text.broad)
        misses += [f"{text.id}: {key} ({text.title})" for key in sorted(text.broad - broad)]
        wrong += [f"{text.id}: {key} ({text.title})" for key in sorted(broad - text.broad)]
    parts = {
        key: Score(right=right[key], tagged=tagged[key], labelled=labelled[key])
        for key in sorted(labelled.keys() | tagged.keys())
    }
    return Score(
        right=right.total(), tagged=tagged.total(), labelled=labelled.total(),
        misses=tuple(misses), wrong=tuple(wrong), parts=parts,
    )  # fmt: skip


def _score_finer(texts: list[Labelled], given: Mapping[str, frozenset[str]]) -> Score:
    """Recall only: the labels of finer topics are not complete."""
    misses = [
        f"{text.id}: {key} ({text.title})" for text in texts for key in sorted(text.finer - given[text.id])
    ]
    labelled = sum(len(text.finer) for text in texts)
    found = labelled - len(misses)
    return Score(right=found, tagged=found, labelled=labelled, misses=tuple(misses))


def report(name: str, found: Measure, fewest: int = 1) -> str:
    """What a person reads: sums, topics, misses, what is wrong, traps taken."""
    lines = (
        found.broad.report(name),
        f"macro F1 {found.macro_f1(fewest):.3f}; first {found.first:.3f}; finer found {found.finer.recall:.3f}",
        *(f"finer missed: {miss}" for miss in found.finer.misses),
        *(f"trap taken: {trap}" for trap in found.traps),
    )
    return "\n".join(lines)


def main() -> None:
    """Print all sets, each with its digest."""
    decide = decider(TopicFinder(load_knowledge().topics))
    for path in (DEVELOPED, ASIDE):
        found = measure(decide, load_own(path))
        sys.stdout.write(report(f"{path.name} ({digest_of(path)})", found) + "\n\n")
    folder = shared_evals()
    for aside in (False, True) if folder else ():
        found = measure(decide, load_sections(folder, aside=aside))
        name = f"entries {'kept aside' if aside else 'developed on'}"
        lines = [found.broad.line(name), *(p.line(f"  {k}") for k, p in sorted(found.broad.parts.items()))]
        sys.stdout.write("\n".join(lines))
        sys.stdout.write(f"\nmacro F1 {found.macro_f1(FEWEST):.3f}; first {found.first:.3f}\n\n")


if __name__ == "__main__":
    main()
