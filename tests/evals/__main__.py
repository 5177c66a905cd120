"""`make evals`: how good the tags are, on every labelled set, into `docs/quality.md`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.evals import detect_page, events, keyphrases, labels, leaders, places, quotes, topics
from tests.evals.scores import Score, digest_of
from tests.evals.shared import shared_evals
from tests.tagging.taggers import shared_tagger
from vigie.adapters.knowledge_files import load_knowledge
from vigie.settings import PROJECT
from vigie.tagging.topics.deciding import TopicFinder

PAGE = PROJECT / "docs" / "quality.md"
HEAD = """# How good the tags and the alerts are

<!-- made by `make evals`: change the taggers or the texts instead -->

Precision, recall and F1 by `make evals`, each with the digest of its set. "Own" texts were written for Vigie under
`tests/evals/` and labelled by their authors: those *developed on* were looked at while the rules were made; those *kept
aside* were scored when the rules stood, and some of what they showed was mended afterwards, so both flatter. The first
score on texts kept aside, before that, is said below where it was taken. "Shared" sets were labelled by others; they are
not in the project. CI fails when a figure falls under its floor (`tests/evals/test_*.py`).
"""
FIRST_SIGHT = """
## At first sight

What the rules scored on own texts that had not been looked at, the day they were written (2026-11-23): leaders F1 0.945
to 0.954 with 2 to 3 % of the traps taken; quotations with the right speaker 0.958; places 0.937, organisations 0.936;
keyphrases 0.980; events by kind and day 0.849, with exactly the right participants 0.717. These are the figures to
expect on texts by others.
"""
Row = tuple[str, str, str, Score, str]
"""Tagger, set, digest, score, and a note."""


def rows() -> Iterator[Row]:
    """A row a tagger, part and set."""
    yield from _leaders()
    yield from _quotes()
    yield from _topics()
    yield from _things()
    yield from _events()


def _leaders() -> Iterator[Row]:
    sets = {
        "own, developed on": (labels.load_labelled(*labels.DEVELOPED_ON), labels.DEVELOPED_ON),
        "own, kept aside": (labels.load_labelled(labels.KEPT_ASIDE), (labels.KEPT_ASIDE,)),
    }
    folder = shared_evals()
    if folder:
        path = folder / "leaders_dev.jsonl"
        sets["shared, developed on"] = (leaders.load_texts(path), (path,))
    for name, (texts, paths) in sets.items():
        found = leaders.score_leaders(shared_tagger(), texts)
        note = f"{len(texts)} texts; traps taken: {len(found.taken)} of {found.traps}"
        yield "leaders", name, digest_of(*paths), found.score, note
        for via, part in sorted(found.score.parts.items()):
            yield f"leaders, {via}", name, "", part, ""


def _quotes() -> Iterator[Row]:
    for name, paths in {
        "own, developed on": (quotes.LABELLED, quotes.MORE),
        "own, kept aside": (quotes.KEPT,),
    }.items():
        texts = [text for path in paths for text in quotes.load_labelled(path)]
        found = quotes.score_quotes(shared_tagger(), texts)
        yield "quotations with their speaker", name, digest_of(*paths), found, f"{len(texts)} texts"
        yield "quotations, found", name, "", found.parts["found"], ""


def _topics() -> Iterator[Row]:
    decide = topics.decider(TopicFinder(load_knowledge().topics))
    for name, path in {"own, developed on": topics.DEVELOPED, "own, kept aside": topics.ASIDE}.items():
        found = topics.measure(decide, topics.load_own(path))
        yield "broad topics", name, digest_of(path), found.broad, f"macro F1 {found.macro_f1():.3f}"
    folder = shared_evals()
    for aside in (False, True) if folder else ():
        found = topics.measure(decide, topics.load_sections(folder, aside=aside))
        name = f"publishers' sections, {'kept aside' if aside else 'developed on'}"
        note = (
            f"one label a text, title and summary only; macro F1 {found.macro_f1(topics.FEWEST):.3f}, "
            f"best topic right {found.first:.3f}"
        )
        yield "broad topics", name, "", found.broad, note


def _things() -> Iterator[Row]:
    for half, name in (("dev", "own, developed on"), ("kept", "own, kept aside")):
        texts = places.load_labelled(half)
        pairs = places.tag_texts(shared_tagger(), texts)
        for kind, field in places.KINDS.items():
            score = places.score_mentions(pairs, kind)
            yield field, name, digest_of(places.LABELLED), score, f"{len(texts)} texts"
        phrased = keyphrases.load_labelled(half)
        found = keyphrases.score_keyphrases(shared_tagger(), phrased)
        yield "keyphrases", name, digest_of(keyphrases.LABELLED), found, f"{len(phrased)} texts"


def _events() -> Iterator[Row]:
    for half, name in (("dev", "own, developed on"), ("aside", "own, kept aside")):
        texts = events.load_labelled(half)
        found = events.score_events(shared_tagger(), texts)
        note = f"{len(texts)} texts; place right {found.places:.3f}; traps taken {found.traps_taken} of {found.traps}"
        yield "events, kind and days", name, digest_of(events.LABELLED), found.when, note
        yield "events, and exactly who", name, "", found.who, ""


def write_page(path: Path) -> None:
    """The page, with today's figures."""
    lines = [
        "| tagger | set | digest | precision | recall | F1 | right / tagged / labelled | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for tagger, name, digest, score, note in rows():
        figures = f"{score.precision:.3f} | {score.recall:.3f} | **{score.f1:.3f}**"
        lines.append(
            f"| {tagger} | {name} | {digest} | {figures} | {score.right} / {score.tagged} / {score.labelled} | {note} |"
        )
        sys.stdout.write(score.line(f"{tagger}, {name}") + "\n")
        sys.stdout.flush()
    found = list(detect_page.list_lines(shared_tagger()))
    sys.stdout.write("\n".join(detect_page.list_summary()) + "\n")
    rules = f"\nRules {shared_tagger().rules_version}.\n"
    path.write_text(
        f"{HEAD}{rules}\n" + "\n".join(lines) + "\n" + "\n".join(found) + f"\n{FIRST_SIGHT}", encoding="utf-8"
    )


if __name__ == "__main__":
    write_page(PAGE)
