"""Days as the desk's tables write them, and what is sure of a month.

A term that starts in "2026-03" may have started on any day of that month: only from the first of April on is it sure
who holds the office. One that ends in "2026-03" is sure until the last day of February. In between we do not know,
and a title names nobody.
"""

import re
from datetime import date
from itertools import pairwise

_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Span = tuple[date, date]
"""The first day, and the first that is no longer in it."""


def read_start(text: str) -> date:
    """The first sure day of a term: of a month, the first of the next. `ValueError` when it is neither day nor month."""
    first = read_day(text)
    if not _MONTH.fullmatch(text):
        return first
    return first.replace(month=first.month + 1) if first.month < 12 else date(first.year + 1, 1, 1)


def read_day(text: str) -> date:
    """A day, or the first of a month; `ValueError` for anything else, however Python would read it."""
    if _MONTH.fullmatch(text):
        text = f"{text}-01"
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def merge(spans: list[Span]) -> list[Span]:
    """The same days in order, without overlaps."""
    merged: list[Span] = []
    for first, end in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif first < end:
            merged.append((first, end))
    return merged


def cut(span: Span, taken: list[Span]) -> list[Span]:
    """What is left of a span without the days that are taken."""
    edges = merge([(max(a, span[0]), min(b, span[1])) for a, b in taken if a < span[1] and b > span[0]])
    bounds = [(span[0], span[0]), *edges, (span[1], span[1])]
    return [(before[1], after[0]) for before, after in pairwise(bounds) if before[1] < after[0]]


def count(spans: list[Span]) -> int:
    """How many days they are."""
    return sum((end - first).days for first, end in spans)
