"""Floors under the topics, just under what was measured. Lowering one is a deliberate act.

Two sets of our own, one of them kept aside, and the half of the shared feed entries from which nothing was learned. There
an entry has one label, its section, and hardly any text: what stands here is a floor, not what a reader would say.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.evals.scores import digest_of
from tests.evals.shared import shared_evals
from tests.evals.topics import (
    ASIDE,
    DEVELOPED,
    FEWEST,
    Decide,
    Labelled,
    decider,
    load_own,
    load_sections,
    measure,
    report,
)
from vigie.adapters.knowledge_files import load_knowledge
from vigie.tagging.topics.deciding import TopicFinder

PRECISION_FLOOR = 0.95
RECALL_FLOOR = 0.90
MACRO_FLOOR = 0.94
FINER_FLOOR = 0.93

SECTION_F1_FLOORS = {
    "medtop:01000000": 0.79,
    "medtop:02000000": 0.50,
    "medtop:04000000": 0.76,
    "medtop:05000000": 0.60,
    "medtop:06000000": 0.45,
    "medtop:07000000": 0.75,
    "medtop:10000000": 0.74,
    "medtop:11000000": 0.60,
    "medtop:13000000": 0.40,
    "medtop:15000000": 0.93,
}
SECTION_MACRO_FLOOR = 0.57
SECTION_FIRST_FLOOR = 0.76
LONG_MACRO_FLOOR = 0.85
IN_A_ROW = 8

without_entries = pytest.mark.skipif(shared_evals() is None, reason="the shared entries are not there")


@cache
def decide() -> Decide:
    return decider(TopicFinder(load_knowledge().topics))


@pytest.mark.parametrize("path", [DEVELOPED, ASIDE], ids=["developed", "aside"])
def test_our_own_texts_stay_above_the_floor(path: Path) -> None:
    texts = load_own(path)
    found = measure(decide(), texts)
    said = report(f"{path.name} ({digest_of(path)})", found)
    assert len(texts) >= 60
    assert len({topic for text in texts for topic in text.broad}) == 17
    assert found.broad.precision >= PRECISION_FLOOR, said
    assert found.broad.recall >= RECALL_FLOOR, said
    assert found.macro_f1() >= MACRO_FLOOR, said
    assert found.finer.recall >= FINER_FLOOR, said
    assert not found.traps, said


@without_entries
def test_entries_kept_aside_stay_above_the_floor_in_every_topic() -> None:
    found = measure(decide(), _sections())
    said = "\n".join(part.line(key) for key, part in found.broad.parts.items())
    assert {
        key: part.f1 for key, part in found.broad.parts.items() if part.f1 < SECTION_F1_FLOORS.get(key, 0)
    } == {}
    assert found.macro_f1(FEWEST) >= SECTION_MACRO_FLOOR, said
    assert found.first >= SECTION_FIRST_FLOOR, said


@without_entries
def test_long_texts_stay_above_the_floor() -> None:
    found = measure(decide(), _in_a_row(_sections(), IN_A_ROW))
    assert found.macro_f1() >= LONG_MACRO_FLOOR, "\n".join(p.line(k) for k, p in found.broad.parts.items())


def _sections() -> list[Labelled]:
    folder = shared_evals()
    assert folder
    return load_sections(folder, aside=True)


def _in_a_row(texts: list[Labelled], size: int) -> list[Labelled]:
    """Longer texts: several of one section, under the title of the first."""
    rows: dict[frozenset[str], list[Labelled]] = defaultdict(list)
    for text in texts:
        rows[text.broad].append(text)
    return [
        Labelled(
            id=row[start].id,
            title=row[start].title,
            text=" ".join(f"{text.title}. {text.text}" for text in row[start : start + size]),
            broad=row[start].broad,
        )
        for row in rows.values()
        for start in range(0, len(row) - size + 1, size)
    ]
