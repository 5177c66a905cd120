"""The marked text as a template writes it: runs of words with their classes, anchors and numbered notes. Pure.

A person's mention is a link to their row in the list of people; a quotation, reported speech or an event ends with a
note that leads to its row. Letters and numbers say what a mark is: colour is never needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigie.page.drawing.marking import Mark, MarkKind, Piece, mark_text
from vigie.page.drawing.people import Person

LETTERS: Mapping[MarkKind, str] = {"quote": "C", "reported": "R", "event": "E"}
"""A note's letter; its number is its place in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The sign behind a mark, and the anchor that it leads to."""

    label: str
    target: str
    kind: MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words. `person` is the number of whom they mean, `is_last` whether the mention ends here."""

    text: str
    classes: str = ""
    anchors: tuple[str, ...] = ()
    person: int | None = None
    is_last: bool = False
    notes: tuple[Note, ...] = ()


def annotate(text: str, marks: Iterable[Mark], people: Iterable[Person]) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of a text that hold anything, each as its runs."""
    numbers = {key: person.number for person in people for way in person.ways for key in way.keys}
    paragraphs = mark_text(text, marks)
    return tuple(tuple(_run(piece, numbers) for piece in pieces) for pieces in paragraphs if pieces)


def target_of(key: str) -> str:
    """The anchor of a mark's row in the lists beside the text."""
    return f"row-{key}"


def _run(piece: Piece, numbers: Mapping[str, int]) -> Run:
    if not piece.marks:
        return Run(text=piece.text)
    people = [mark for mark in piece.marks if mark.key in numbers]
    inmost = people[-1] if people else None  # a link holds no link: of two people, the narrower mark
    return Run(
        text=piece.text,
        classes=" ".join(dict.fromkeys(mark.kind for mark in piece.marks if mark.kind in LETTERS)),
        anchors=tuple(mark.key for mark in piece.begins),
        person=numbers[inmost.key] if inmost else None,
        is_last=inmost in piece.ends,
        notes=tuple(_notes([mark for mark in piece.ends if mark is not inmost], numbers)),
    )


def _notes(ended: Sequence[Mark], numbers: Mapping[str, int]) -> Iterable[Note]:
    """The inner one's first. Words that mean two people lead to one and have a note for the other."""
    for mark in reversed(ended):
        if mark.key in numbers:
            number = numbers[mark.key]
            yield Note(label=f"{number}", target=f"who-{number}", kind=mark.kind)
        elif mark.kind in LETTERS:
            yield Note(
                label=f"{LETTERS[mark.kind]}{mark.key[1:]}", target=target_of(mark.key), kind=mark.kind
            )
