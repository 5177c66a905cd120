"""Measures places and organisations on labelled texts: `python -m tests.evals.places [kept]`.

On a mention basis (a tagged mention is right when it overlaps a labelled one of its kind with the same usual name) and
on the basis of each text's set of names. The country of the right mentions is a part of its own.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.evals.scores import Score
from vigie.model import NamedThing, Tags
from vigie.tagging.pipeline import Tagger, TextToTag
from vigie.tagging.words import fold

LABELLED = Path(__file__).with_name("places_fr.txt")
KINDS = {"p": "places", "o": "organizations"}

_MARK = re.compile(r"\[([^\]]+)\]\{([po]) ([A-Z]{2}|-)(?: ([^}]+))?\}")
_ARTICLE = re.compile(r"^(?:la |le |les |l'\s?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A place or an organisation as its author labelled it."""

    kind: str
    name: str
    country: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text, its half, and what it names."""

    id: str
    half: str
    date: str
    text: str
    labels: tuple[Label, ...]


def load_labelled(half: str, path: Path = LABELLED) -> list[LabelledText]:
    """The texts of one half."""
    blocks = (block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n"))
    texts = [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]
    return [text for text in texts if text.half == half]


def _read_block(lines: list[str]) -> LabelledText:
    key, half, date = lines[0].split()
    plain, at, labels = "", 0, []
    marked = " ".join(lines[1:])
    for found in _MARK.finditer(marked):
        plain += marked[at : found.start()]
        country = None if found[3] == "-" else found[3]
        label = Label(
            kind=found[2],
            name=found[4] or found[1],
            country=country,
            start=len(plain),
            end=len(plain) + len(found[1]),
        )
        labels.append(label)
        plain += found[1]
        at = found.end()
    return LabelledText(id=key, half=half, date=date, text=plain + marked[at:], labels=tuple(labels))


def tag_texts(tagger: Tagger, texts: Iterable[LabelledText]) -> list[tuple[LabelledText, Tags]]:
    """Each text with its tags."""
    texts = list(texts)
    tags = tagger.tag(TextToTag(id=text.id, text=text.text, date=text.date) for text in texts)
    return list(zip(texts, tags, strict=True))


def score_mentions(pairs: Iterable[tuple[LabelledText, Tags]], kind: str) -> Score:
    """Precision and recall of the mentions of a kind ("p" or "o"); the part "country" is of the right ones."""
    right = tagged = labelled = same = 0
    misses: list[str] = []
    wrong: list[str] = []
    for text, tags in pairs:
        left = [label for label in text.labels if label.kind == kind]
        things: tuple[NamedThing, ...] = getattr(tags, KINDS[kind])
        tagged, labelled = tagged + len(things), labelled + len(left)
        for thing in things:
            match = next((label for label in left if _agrees(thing, label)), None)
            if match is None:
                wrong.append(f"{text.id}: {thing.mention!r} -> {thing.name}")
                continue
            left.remove(match)
            right += 1
            same += thing.country == match.country
            if thing.country != match.country:
                wrong.append(f"{text.id}: {thing.name} is of {match.country}, not {thing.country}")
        misses += [f"{text.id}: {label.name}" for label in left]
    country = Score(right=same, tagged=right, labelled=right)
    return Score(
        right=right,
        tagged=tagged,
        labelled=labelled,
        misses=tuple(misses),
        wrong=tuple(wrong),
        parts={"country": country},
    )


def score_names(pairs: Iterable[tuple[LabelledText, Tags]], kind: str) -> Score:
    """The same on each text's set of usual names."""
    right = tagged = labelled = 0
    for text, tags in pairs:
        gold = {fold(label.name) for label in text.labels if label.kind == kind}
        got = {fold(thing.name) for thing in getattr(tags, KINDS[kind])}
        right, tagged, labelled = right + len(gold & got), tagged + len(got), labelled + len(gold)
    return Score(right=right, tagged=tagged, labelled=labelled)


def _agrees(thing: NamedThing, label: Label) -> bool:
    overlaps = thing.start < label.end and label.start < thing.end
    return overlaps and fold(thing.name) == fold(label.name)


def score_shared(tagger: Tagger, path: Path, field: str, kind: str) -> Score:
    """Recall on texts labelled by others, by folded name or mention: their lists are not complete."""
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    tags = tagger.tag(TextToTag(id=t["id"], text=t["text"], date=t["date"]) for t in texts)
    misses: list[str] = []
    labelled = 0
    for text, found in zip(texts, tags, strict=True):
        names = set(_names(getattr(found, KINDS[kind])))
        labelled += len(text[field])
        misses += [f"{text['id']}: {name}" for name in text[field] if plain_name(name) not in names]
    right = labelled - len(misses)
    return Score(right=right, tagged=right, labelled=labelled, misses=tuple(misses))


def _names(things: Iterable[NamedThing]) -> Iterator[str]:
    for thing in things:
        yield plain_name(thing.name)
        yield plain_name(thing.mention)


def plain_name(name: str) -> str:
    """A name folded, without its article and hyphens."""
    return _ARTICLE.sub("", fold(name)).replace("-", " ")


def main(half: str) -> None:
    """Print the report of a half; of the half kept aside the figures only."""
    from tests.tagging.taggers import shared_tagger  # the model takes seconds

    pairs = tag_texts(shared_tagger(), load_labelled(half))
    for kind, name in KINDS.items():
        score = score_mentions(pairs, kind)
        shown = score.line(name) if half == "kept" else score.report(name)
        print(shown, score.parts["country"].line("  country"), sep="\n")  # noqa: T201  a report
        print(score_names(pairs, kind).line(f"{name}, by names"))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
