"""Counts as a line of small bars, one character each."""

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"


def draw_sparkline(counts: Sequence[int], width: int | None = None) -> str:
    """One bar a count, the highest full and zero the lowest; with `width`, the last so many, zeros before the first.

    Nothing at all is a flat line, and so is a series that is always the same: neither has a shape. That one stands half high.
    """
    shown = list(counts) if width is None else [0] * (width - len(counts)) + list(counts)[-width:]
    highest = max(shown, default=0)
    if highest <= 0:
        return BARS[0] * len(shown)
    if len(shown) > 1 and min(shown) == highest:
        return BARS[len(BARS) // 2] * len(shown)
    return "".join(_bar(max(count, 0), highest) for count in shown)


def _bar(count: int, highest: int) -> str:
    """Only zero has the lowest bar: one article among hundreds is not none."""
    step = -(-count * (len(BARS) - 1) // highest)
    return BARS[step]
