"""Which subject is worth an alert: a pure function of what subjects weighed and how much there is to read."""

from collections.abc import Iterable
from heapq import nlargest

MIN_ARTICLES = 3
"""Two articles meet by chance. On the development stream 2, 3 and 4 find the same 19 subjects (docs/adr/0004)."""
MIN_SOURCES = 2
"""What one outlet alone writes of is its own series, show or fixture."""
MANY_SOURCES = 8
"""With so many active sources, three must have it: an agency's line is soon in two of them."""
MIN_WEIGHT = 2.4
"""Three articles in three days on one coherent story, where nothing was in a month: the least there is to tell."""
MAX_PER_DAY = 0.9
"""A reader asked for one alert a day at most; the tenth kept aside is for weeks with more news than the last four."""
HALF_VOLUME = 15.0
"""Articles a day at which half of `MAX_PER_DAY` is told: a thin stream has fewer subjects, and half an alert a day is
what a reader asked of a front page of 18 titles a day."""


def alerts_per_day(articles_per_day: float) -> float:
    """How many alerts a day a stream of this size may bring: 0.5 for 18 articles, 0.87 for 400."""
    return MAX_PER_DAY * articles_per_day / (articles_per_day + HALF_VOLUME)


def find_threshold(peaks: Iterable[float], *, days: int, articles_per_day: float, told: int = 0) -> float:
    """The weight that a subject must reach: what so many subjects of the last `days` reached as may be told.

    Peaks are of every subject, told or not; with fewer subjects than that, `MIN_WEIGHT`. It calibrates itself to the
    size of the stream, which no constant does: chance coincidences of ten articles come daily in a stream of 1,000.
    What was told beyond what may be (`told` counts those of the same days) is saved afterwards.
    """
    allowed = max(1, round(days * alerts_per_day(articles_per_day)))
    allowed = max(1, allowed - max(0, told - allowed))
    strongest = nlargest(allowed, peaks)
    return max(MIN_WEIGHT, strongest[-1]) if len(strongest) == allowed else MIN_WEIGHT


def enough_sources(sources: int, active: int) -> bool:
    """Independent articles: two sources, three where there are many, one where the stream has but one."""
    return sources >= min(MIN_SOURCES + (active >= MANY_SOURCES), active)
