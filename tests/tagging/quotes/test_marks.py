"""Quotation marks, paired or not."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vigie.tagging.quotes.marks import MAX_CHARS, find_marked

MARKS = st.text(alphabet='«»“”"‘’„‹› ab.,:\n', max_size=80)


def inside(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("« a b » et \"c d\" puis “e f”", ["a b", "c d", "e f"]),
        ("« il a dit “jamais” hier »", ["il a dit “jamais” hier"]),
        ("« il a dit « jamais » hier »", ["il a dit « jamais » hier"]),
        ("avec eux « comme des alliés« , a dit", ["comme des alliés"]),
        ("”Le Président a parlé”, écrit", ["Le Président a parlé"]),
        ("qualifié d'\"obstacle à la paix\". Il", ["obstacle à la paix"]),
        ("a dit:\"Je pars\" puis\"Je reste\".", ["Je pars", "Je reste"]),
        ("‘Je viens’, a-t-il dit. L’homme d’hier", ["Je viens"]),
        ("« Bonjour.\nJe reviens. » Oui « non »", ["Bonjour.\nJe reviens.", "non"]),
        ("rien » ici", []),
        ("il dit «  » ici", []),
        ("(“oui”) et “non", ["oui"]),
    ],
)  # fmt: skip
def test_marks_are_paired_by_shape_and_place(text: str, found: list[str]) -> None:
    assert inside(text) == found


@pytest.mark.parametrize("opening", ["«", "»"])
def test_marks_reopened_at_each_paragraph_make_one_span_a_paragraph(opening: str) -> None:
    spans = find_marked(f"« Un premier.\n{opening} Un second.\n{opening} Un dernier. » Fin.")
    assert [span.again for span in spans] == [False, True, True]
    assert inside(f"« Un premier.\n{opening} Un second. »") == ["Un premier.", "Un second."]


def test_a_long_quotation_that_nothing_closes_ends_with_its_paragraph() -> None:
    assert inside("« Le président a parlé ce matin\nEt puis rien.") == ["Le président a parlé ce matin"]
    assert inside("« Trop court\nEt puis rien.") == []


def test_a_forgotten_mark_does_not_swallow_the_next_quotation() -> None:
    assert inside("« Il part, assure X. Puis il dit : « Je reste ».") == ["Je reste"]
    assert inside("« oublié " + "mot " * MAX_CHARS + "« Je reste ».") == ["Je reste"]


@example('"«‹:›«')
@given(MARKS)
def test_spans_are_in_order_apart_and_trimmed(text: str) -> None:
    spans = find_marked(text)
    assert all(0 <= s.open < s.start < s.end <= s.close <= len(text) for s in spans)
    assert all(one.close <= other.open for one, other in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)


@pytest.mark.parametrize("mark", ["«", "»", '"', "« ", '" ', '" a', "»«", "“a\n", "‘a ", "« a »"])
def test_ten_thousand_marks_are_read_at_once(mark: str) -> None:
    start = time.process_time()
    find_marked(mark * 10_000)
    assert time.process_time() - start < 3
