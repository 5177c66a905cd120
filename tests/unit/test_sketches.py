"""Near copies: what editors do to an agency's text leaves it a copy; what only shares formulas is none."""

from itertools import combinations

import pytest

from tests.unit.alike import AGENCY, EDITED_COPIES, INDEPENDENT, SERIES
from vigie.articles.sketches import (
    LEAST_WORDS,
    MOST_OTHER_FACTS,
    Sketch,
    bands_of,
    copy_similarity,
    load_sketch,
    similarity,
    sketch_text,
)


def sketch(text: str) -> Sketch:
    """The sketch of a text that is long enough."""
    found = sketch_text(text)
    assert found is not None
    return found


@pytest.mark.parametrize("edit", EDITED_COPIES)
def test_an_edited_copy_is_found_and_known(edit: str) -> None:
    original, copy = sketch(AGENCY), sketch(EDITED_COPIES[edit])
    assert set(bands_of(original)) & set(bands_of(copy))
    assert (copy_similarity(original, copy) or 0) >= 0.55


def test_copies_of_one_text_are_copies_of_each_other() -> None:
    missed = [
        (one, other)
        for one, other in combinations(EDITED_COPIES, 2)
        if copy_similarity(sketch(EDITED_COPIES[one]), sketch(EDITED_COPIES[other])) is None
    ]
    assert missed == []


def test_the_same_event_in_other_words_is_no_copy() -> None:
    assert copy_similarity(sketch(AGENCY), sketch(INDEPENDENT)) is None
    assert similarity(sketch(AGENCY), sketch(INDEPENDENT)) < 0.1


@pytest.mark.parametrize("series", SERIES)
def test_issues_of_a_series_are_no_copies(series: str) -> None:
    one, other = SERIES[series]
    assert copy_similarity(sketch(one), sketch(other)) is None
    assert copy_similarity(sketch(other), sketch(one)) is None


def test_a_figure_that_was_corrected_in_a_long_text_leaves_a_copy() -> None:
    assert MOST_OTHER_FACTS > 1 / 17  # places that hold a fact
    assert copy_similarity(sketch(AGENCY), sketch(AGENCY.replace("2031", "2032"))) is not None


def test_a_short_text_has_no_sketch() -> None:
    words = AGENCY.replace("'", " ").split()
    assert sketch_text(" ".join(words[: LEAST_WORDS - 5])) is None
    assert sketch_text("") is None
    assert sketch_text(" ".join(words[: LEAST_WORDS + 5])) is not None


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert similarity(sketch(AGENCY), sketch(AGENCY.upper().replace("É", "E").replace(",", ""))) > 0.9


def test_a_sketch_is_read_back_as_it_was_written() -> None:
    one = sketch(AGENCY)
    assert load_sketch(one.dump()) == one
    assert len(one.dump()) <= 700


def test_sketches_of_other_machines_and_years_can_be_compared() -> None:
    """A ledger outlives its libraries: these bytes were written by the first release."""
    assert sketch(AGENCY).minima[:8].hex() == "ca1ecc1f10628988"
    assert max(map(len, bands_of(sketch(AGENCY)))) <= 40  # the column's width


def test_a_very_long_text_is_sketched() -> None:
    long = " ".join(f"mot{number}" for number in range(60_000))
    assert len(sketch(long).dump()) <= 700
