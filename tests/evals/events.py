"""Measures the event tagger on `events_fr.txt`: `python -m tests.evals.events [dev|aside]`.

A tagged event is right when a labelled one has its kind and its days, to the letter; with participants, when it has all
those that are labelled and no other than may be left out. An event that may be found or not counts on no side.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.evals.scores import Score, digest_of
from tests.tagging.taggers import shared_tagger
from vigie.model import Event
from vigie.tagging.pipeline import Tagger, TextToTag
from vigie.tagging.words import tokenize

LABELLED = Path(__file__).with_name("events_fr.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """An event as its author reads it. `place` is "?" where any will do."""

    kind: str
    date: str | None
    last_date: str | None
    participants: frozenset[str]
    optional: frozenset[str]
    place: str | None
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text and its events; one without any is a trap."""

    id: str
    date: str | None
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScores:
    """By kind and days; by those and who takes part; and the share of the right ones whose place is right."""

    when: Score
    who: Score
    places: float
    traps_taken: int
    traps: int


def load_labelled(part: str = "", path: Path = LABELLED) -> list[LabelledText]:
    """The texts whose id begins with `part`."""
    blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    texts = [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]
    return [text for text in texts if text.id.startswith(part)]


def score_events(tagger: Tagger, texts: Iterable[LabelledText]) -> EventScores:
    """Tag the texts and compare."""
    texts = list(texts)
    tagged = tagger.tag(TextToTag(id=text.id, text=text.text, date=text.date) for text in texts)
    pairs = [(text, tags.events) for text, tags in zip(texts, tagged, strict=True)]
    right = [
        (event, label)
        for text, events in pairs
        for event, label in _match(events, text.labels)
        if label and label.counts
    ]
    traps = [bool(events) for text, events in pairs if not text.labels]
    return EventScores(
        when=_score(pairs, with_people=False),
        who=_score(pairs, with_people=True),
        places=sum(_same_place(event, label) for event, label in right) / max(len(right), 1),
        traps_taken=sum(traps),
        traps=len(traps),
    )


def _read_block(lines: list[str]) -> LabelledText:
    key, date = lines[0].split()
    body = [line for line in lines[1:] if line[0] not in "=~"]
    labels = [_read_label(line) for line in lines[1:] if line[0] in "=~"]
    return LabelledText(id=key, date=None if date == "-" else date, text=" ".join(body), labels=tuple(labels))


def _read_label(line: str) -> Label:
    what, people, place = (part.strip() for part in line[1:].split("|"))
    kind, days = what.split()
    date, _, last = days.partition("..")
    names = [] if people == "-" else [name.strip() for name in people.split(";")]
    return Label(
        kind=kind,
        date=None if date == "-" else date,
        last_date=last or None,
        participants=frozenset(_key(name) for name in names if not name.startswith("?")),
        optional=frozenset(_key(name) for name in names if name.startswith("?")),
        place=None if place == "-" else place,
        counts=line[0] == "=",
    )


def _key(name: str) -> str:
    return " ".join(token.form for token in tokenize(name.lstrip("?")))


def _score(pairs: list[tuple[LabelledText, tuple[Event, ...]]], *, with_people: bool) -> Score:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    misses, wrong = [], []
    for text, events in pairs:
        matched = list(_match(events, text.labels))
        for event, label in matched:
            is_right = label is not None and (not with_people or same_people(event, label))
            if label is None or label.counts:
                counts[event.kind][1] += 1
            if is_right and label and label.counts:
                counts[event.kind][0] += 1
            elif label is None or label.counts:
                wrong.append(f"{text.id}: {_describe(event)}")
        found = [label for _, label in matched]
        for label in text.labels:
            if label.counts:
                counts[label.kind][2] += 1
                if label not in found:
                    misses.append(
                        f"{text.id}: {label.kind} {label.date} {label.last_date or ''} {sorted(label.participants)}"
                    )
    parts = {kind: Score(right=r, tagged=t, labelled=n) for kind, (r, t, n) in counts.items()}
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    return Score(
        right=total[0],
        tagged=total[1],
        labelled=total[2],
        misses=tuple(misses),
        wrong=tuple(wrong),
        parts=parts,
    )


def _match(events: Iterable[Event], labels: tuple[Label, ...]) -> Iterator[tuple[Event, Label | None]]:
    """Each event with the label that it meets, if any: that of the same people first. A label is met once."""
    left = list(labels)
    for event in events:
        same = [label for label in left if _same_days(event, label)]
        same.sort(key=lambda label: not same_people(event, label))
        if same:
            left.remove(same[0])
        yield event, same[0] if same else None


def _same_days(event: Event, label: Label) -> bool:
    return (event.kind, event.date, event.last_date) == (label.kind, label.date, label.last_date)


def same_people(event: Event, label: Label) -> bool:
    """Whether all who take part are there and nobody else."""
    named = {_key(name) for name in event.participants}
    return label.participants <= named <= label.participants | label.optional


def _same_place(event: Event, label: Label) -> bool:
    wanted = label.place or ""
    if wanted.startswith("?") and event.place is None:
        return True
    return wanted == "?" or _key(event.place or "") == _key(wanted)


def _describe(event: Event) -> str:
    days = f"{event.date}..{event.last_date}" if event.last_date else f"{event.date}"
    return f"{event.kind} {days} | {'; '.join(event.participants)} | {event.place} | {event.text!r}"


def main(part: str) -> None:
    """Print the scores with the digest of the set, its misses and what is wrong."""
    texts = load_labelled(part)
    scores = score_events(shared_tagger(), texts)
    brief = part == "aside"
    lines = [scores.who.line("kind, days, who"), f"places {scores.places:.3f}  traps taken {scores.traps_taken}/{scores.traps}",
             f"digest {digest_of(LABELLED)}, {len(texts)} texts"]  # fmt: skip
    report = (
        scores.when.line("kind, days")
        if brief
        else scores.when.report("kind, days") + "\n" + "\n".join(scores.who.wrong)
    )
    sys.stdout.write("\n".join([report, *lines]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
