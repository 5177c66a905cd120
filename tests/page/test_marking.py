"""A marked text is the text, whatever the marks: nothing of it is lost or doubled, and no mark is."""

import time

from hypothesis import given
from hypothesis import strategies as st

from vigie.page.drawing.marking import Mark, Paragraph, mark_text

TEXTS = st.text(alphabet=st.sampled_from("ab\n é<&\u202e"), max_size=60)
KINDS = st.sampled_from(("person", "quote", "reported", "event", "place"))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text and marks that overlap, cross, run over line ends, hold nothing, or lie outside it."""
    text = draw(TEXTS)
    spans = draw(st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), KINDS), max_size=12))
    return text, [Mark(key=f"k{n}", kind=k, start=a, end=b) for n, (a, b, k) in enumerate(spans)]  # type: ignore[arg-type]  # drawn from the kinds


@given(marked())
def test_joined_pieces_are_the_text(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    paragraphs = mark_text(text, marks)
    assert "\n".join("".join(piece.text for piece in pieces) for pieces in paragraphs) == text
    assert all(piece.text for pieces in paragraphs for piece in pieces)


@given(marked())
def test_no_mark_is_lost_and_each_covers_its_words(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    pieces = _pieces(mark_text(text, marks))
    for mark in marks:
        meant = text[max(mark.start, 0) : max(mark.end, 0)].replace("\n", "")
        covered = [piece for piece in pieces if mark.key in {m.key for m in piece.marks}]
        assert "".join(piece.text for piece in covered) == meant
        for ends in ("begins", "ends"):
            there = [piece for piece in pieces if mark.key in {m.key for m in getattr(piece, ends)}]
            assert there == ((covered[:1] if ends == "begins" else covered[-1:]) if meant else [])


@given(marked())
def test_the_order_of_the_marks_does_not_matter(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    assert mark_text(text, marks) == mark_text(text, list(reversed(marks)))


def test_marks_may_cross() -> None:
    quote = Mark(key="c1", kind="quote", start=0, end=7)
    person = Mark(key="m1", kind="person", start=4, end=11)
    (pieces,) = mark_text("Oui dit Paul", [person, quote])
    assert [(p.text, [m.key for m in p.marks]) for p in pieces] == [
        ("Oui ", ["c1"]),
        ("dit", ["c1", "m1"]),
        (" Pau", ["m1"]),
        ("l", []),
    ]
    assert [len(p.begins) + len(p.ends) for p in pieces] == [1, 2, 1, 0]


def test_a_mark_goes_on_in_the_next_paragraph() -> None:
    mark = Mark(key="c1", kind="quote", start=3, end=8)
    first, empty, second = mark_text(
        "Un deux\n\ntrois", [Mark(key="c2", kind="quote", start=3, end=14), mark]
    )
    assert empty == ()
    assert [p.text for p in first] == ["Un ", "deux"]
    assert [(p.text, [m.key for m in p.marks]) for p in second] == [("trois", ["c2"])]
    assert [m.key for m in first[1].ends] == ["c1"]  # it ended with the line


def test_a_megabyte_is_quick() -> None:
    text = "Le président a dit que le ministre viendrait. " * 25_000
    marks = [Mark(key=f"m{n}", kind="person", start=46 * n, end=46 * n + 12) for n in range(25_000)]
    began = time.process_time()
    pieces = _pieces(mark_text(text, marks))
    assert time.process_time() - began < 2  # 0.2 s when nothing else runs
    assert len(pieces) == 50_000


def _pieces(paragraphs: tuple[Paragraph, ...]) -> list:
    return [piece for pieces in paragraphs for piece in pieces]
