"""Whatever the text: no crash, offsets that cut the mention, the same answer twice, bounded time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tagging.places.lookups import read

WORDS = st.sampled_from(
    ["Paris", "à", "d'", "la", "Le", "Havre", "ONU", "-", "’", "(", ")", ".", "rue", "de", "Tripoli", "parti", "Renaissance",
     "tribunal", "Nice", "LE", "MONDE", "M.", "\n", "«", "İstanbul", "ministère", "russe", "\u00a0", "Guinée", "et", "Macron"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_offsets_cut_the_mention_and_spans_of_a_kind_do_not_cross(text: str) -> None:
    places, bodies = read(text)
    for things in (places, bodies):
        assert all(text[thing.start : thing.end] == thing.mention for thing in things)
        ordered = sorted(things, key=lambda thing: thing.start)
        assert all(one.end <= other.start for one, other in pairwise(ordered))
    assert read(text) == (places, bodies)


@pytest.mark.parametrize(
    "text",
    ["«" * 20_000, "Paris " * 20_000, "de la " * 20_000, "A" * 100_000, "rue de " * 20_000, "tribunal " * 20_000,
     "Renaissance " * 20_000, "LE HAVRE " * 10_000, "Congo, " * 10_000, "l'" * 30_000, "Lyon-" * 20_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_long_runs_take_a_time_that_grows_with_the_text(text: str) -> None:
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 10, "2 s at most were measured on a busy machine"
