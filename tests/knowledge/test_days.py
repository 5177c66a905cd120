"""What is sure of a month, and spans of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.knowledge.days import Span, count, cut, merge, read_day, read_start

EPOCH = date(2020, 1, 1)
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(
        lambda pair: (EPOCH + timedelta(pair[0]), EPOCH + timedelta(pair[0] + pair[1]))
    ),
    max_size=6,
)


def days_of(spans: list[Span]) -> set[date]:
    return {first + timedelta(n) for first, end in spans for n in range((end - first).days)}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-02", date(2024, 3, 1), date(2024, 2, 1)),
        ("2024-12", date(2025, 1, 1), date(2024, 12, 1)),
    ],
)
def test_a_month_is_a_day_that_we_do_not_know(text: str, start: date, end: date) -> None:
    assert (read_start(text), read_day(text)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2023-02-29",
        "2024-00",
        "2024-1-1",
        "20240101",
        "2024-W01",
        "2024-01-01T00",
        "٢٠٢٤-٠١",
        "0000-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        read_start(text)
    with pytest.raises(ValueError):
        read_day(text)


@given(SPANS)
def test_merging_keeps_the_days(spans: list[Span]) -> None:
    merged = merge(spans)
    assert days_of(merged) == days_of(spans)
    assert all(a[1] < b[0] for a, b in pairwise(merged))
    assert count(merged) == len(days_of(spans))


@given(SPANS, SPANS)
def test_cutting_leaves_the_days_that_are_not_taken(wholes: list[Span], taken: list[Span]) -> None:
    for whole in wholes:
        left = cut(whole, taken)
        assert days_of(left) == days_of([whole]) - days_of(taken)
        assert left == merge(left)
