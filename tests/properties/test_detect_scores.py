"""What must hold of the numbers that decide."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.topics.decisions import alerts_per_day, enough_sources, find_threshold
from vigie.topics.scores import gain, surprise


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0.01, 100), st.floats(0.01, 100))
def test_surprise_grows_with_counts_and_falls_with_habit(
    n: float, more: float, m: float, habit: float
) -> None:
    assert surprise(n + more, m) >= surprise(n, m) - 1e-9
    assert surprise(n, m + habit) <= surprise(n, m) + 1e-9
    assert surprise(n, m) >= 0


@given(st.integers(0, 10_000))
def test_gain_grows(count: int) -> None:
    assert gain(count + 1) > gain(count)


def test_the_bar_rises_with_what_the_stream_brings() -> None:
    calm = find_threshold([3.5, 4.0], days=10, articles_per_day=400)
    busy = find_threshold([float(n) for n in range(3, 60)], days=10, articles_per_day=400)
    assert calm < busy
    assert alerts_per_day(18) < alerts_per_day(400) < 1


def test_a_stream_of_one_source_needs_no_second() -> None:
    assert enough_sources(1, active=1)
    assert not enough_sources(1, active=2)
