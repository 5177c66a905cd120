"""A line of bars has the shape of its counts."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.topics.sparkline import BARS, draw_sparkline


def test_shapes() -> None:
    assert draw_sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"
    assert draw_sparkline([7, 0, 7]) == "█▁█"
    assert draw_sparkline([0, 1, 700]) == "▁▂█"  # one article is not none


def test_flat_series() -> None:
    assert draw_sparkline([]) == ""
    assert draw_sparkline([0, 0, 0]) == "▁▁▁"
    assert draw_sparkline([5, 5, 5]) == "▅▅▅"
    assert draw_sparkline([5]) == "█"
    assert draw_sparkline([0]) == "▁"


def test_a_width_keeps_the_last_days_and_fills_up_those_before_the_first() -> None:
    assert draw_sparkline([9, 9, 0, 7], 2) == "▁█"
    assert draw_sparkline([7], 4) == "▁▁▁█"
    assert draw_sparkline([], 3) == "▁▁▁"


@given(st.lists(st.integers(0, 10_000), max_size=60), st.none() | st.integers(1, 40))
def test_a_higher_count_never_has_a_lower_bar(counts: list[int], width: int | None) -> None:
    drawn = draw_sparkline(counts, width)
    shown = counts if width is None else ([0] * width + counts)[-width:]
    assert len(drawn) == len(shown)
    for left, right, one, other in zip(shown, shown[1:], drawn, drawn[1:], strict=False):
        assert (left > right) >= (BARS.index(one) > BARS.index(other))
