"""How surprising the articles of a term are: a pure function of counts and time.

    strength = G(n, m) = n ln(n/m) - (n + k) ln((n + k) / (m + k))

the signed half-deviance of a negative binomial of mean m and size k (McCullagh and Nelder, 1989, ch. 8-9), where n
is what the window holds, each source with diminishing returns, and m what the baseline makes us expect of the same
sources. It grows with n and falls with m, needs no table, and `exp(-strength)` bounds the tail (Chernoff).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import log

from vigie.topics.history import WINDOWS_H, History, Seen

LEARNING_DAYS = 3
"""Cold start: nothing fires in the first three days of a history, and sources younger than that count together as
one article. Chosen, not tuned: 2, 3 and 5 days give the same alerts on the development stream (docs/adr/0004)."""
SIZE = 3.0
"""k, the size of the negative binomial. On the development stream (docs/adr/0004): 1.5 finds 17 listed subjects in 23
alerts and loses Bétharram, 3 finds 19 in 27, 6 finds 19 in 30, Poisson (infinite) 21 in 32."""
PRIOR = 0.25
"""Articles expected of a term never seen. 0.15: 18 listed subjects in 35 alerts; 0.25: 19 in 27; 0.5: 12 in 21."""
MAX_PACE = 2.0
"""How much of a source's growth raises what is expected of it. Without a limit one early article of a thin week is
read as ten of a full one, and hides a subject that comes back: the expectation of "Bétharram" on 13 February falls from
2.0 to 0.7 articles in 72 h. The alerts are the same from 1.5 to 2, one more correct at 3."""
MIN_QUIET_SHARE = 0.4
"""A term of more than three days in five is no news however it bursts. It is not scored; 0 gives the same alerts."""
MIN_QUIET_SHARE = 0.4
OFFICIAL_WEIGHT = 2.0
"""One communiqué weighs two press articles of two sources: with two of the press it makes an alert. Chosen, not
measured: no official feed is in the development stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A term that is more than expected now. `before` is the mean count of such a window over the baseline."""

    term: str
    window_h: int
    strength: float
    articles: tuple[Seen, ...]
    before: float
    quiet_share: float

    @property
    def sources(self) -> tuple[str, ...]:
        """Who wrote them, in order of appearance."""
        return tuple(dict.fromkeys(seen.source for seen in self.articles))


def gain(count: float) -> float:
    """What `count` articles of one source weigh: the first is 1, ten are 3.3.

    Measured (docs/adr/0004): 1 + ln n finds 19 listed subjects in 27 alerts; n^0.75 18 in 25; n^0.5 16 in 25; n itself
    17 in 31.
    """
    return 1.0 + log(count) if count > 1 else float(count)


def surprise(observed: float, expected: float, *, size: float = SIZE) -> float:
    """The strength of `observed` where `expected` was due; 0 when it is no more than that. Never falls in
    `observed`, never grows with `expected`."""
    expected = max(expected, 1e-9)
    if observed <= expected:
        return 0.0
    return observed * log(observed / expected) - (observed + size) * log(
        (observed + size) / (expected + size)
    )


class Scorer:
    """Scores the terms of one history; what it keeps between calls is only sums that a new day renews."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._bases: dict[int, tuple[int, list[int], Counter[str]]] = {}
        self._totals: dict[int, dict[str, tuple[int, Counter[str]]]] = {}

    def is_learning(self) -> bool:
        """True until the history covers `LEARNING_DAYS` whole days before the shortest window."""
        days = self._base(min(WINDOWS_H))[0]
        return not days or days[-1] - days[0] + 1 < LEARNING_DAYS

    def score(self, term: str, min_articles: int) -> Burst | None:
        """The strongest burst of a term over the windows, None if too few articles or nothing unexpected."""
        bursts = (self._score_window(term, window_h, min_articles) for window_h in WINDOWS_H)
        return max((b for b in bursts if b), key=lambda b: b.strength, default=None)

    def _score_window(self, term: str, window_h: int, min_articles: int) -> Burst | None:
        articles = self._history.recent(term, window_h)
        if len(articles) < min_articles:
            return None
        days, volume = self._base(window_h)
        if not days:
            return None
        present, totals = self._totals_of(term, window_h)
        quiet_share = 1 - present / len(days)
        if quiet_share < MIN_QUIET_SHARE:
            return None
        due = sum(count * self._pace(source, window_h) for source, count in totals.items())
        before = max(due, self._weekday_habit(term, days[0]))
        strength = surprise(self._weigh(articles), before + max(PRIOR, self._ignorance(window_h, volume)))
        return Burst(
            term=term,
            window_h=window_h,
            strength=strength,
            articles=tuple(articles),
            before=before,
            quiet_share=quiet_share,
        )

    def _totals_of(self, term: str, window_h: int) -> tuple[int, Counter[str]]:
        """On how many days of the baseline a term came, and its articles there by source. Kept for a day: a late
        article enters the baseline when the day turns."""
        days = self._base(window_h)[0]
        kept = self._totals[window_h]
        if term not in kept:
            counted = [day for day in self._history.counted_days(term) if days[0] <= day <= days[-1]]
            total: Counter[str] = Counter()
            if len(counted) <= (1 - MIN_QUIET_SHARE) * len(days):
                for day in counted:
                    total.update(self._history.count(term, day))
            kept[term] = (len(counted), total)
        return kept[term]

    def _base(self, window_h: int) -> tuple[list[int], Counter[str]]:
        now = self._history.now
        assert now is not None  # noqa: S101  # a history that was asked has counted something
        last = (now - timedelta(hours=window_h)).toordinal()
        if window_h not in self._bases or self._bases[window_h][0] != last:
            days = self._history.days_before(window_h)
            total: Counter[str] = Counter()
            for day in days:
                total.update(self._history.volume(day))
            self._bases[window_h] = (last, days, total)
            self._totals[window_h] = {}
        return self._bases[window_h][1:]

    def _pace(self, source: str, window_h: int) -> float:
        """What share of its baseline a source is due to repeat in the window: 0 when it is silent now, and no more
        than `MAX_PACE` usual windows when it suddenly brings more (a new section, a wider crawl)."""
        days, volume = self._base(window_h)
        now = self._history.recent_volume(source, window_h) / max(volume[source], 1)
        return min(now, MAX_PACE * window_h / 24 / len(days))

    def _ignorance(self, window_h: int, volume: Counter[str]) -> float:
        """What the window may hold of a term that a short or thin baseline had no room for (Laplace's succession:
        once in as many articles as the baseline had)."""
        now = sum(self._history.recent_volume(source, window_h) for source in volume)
        return now / (volume.total() + 1)

    def _weekday_habit(self, term: str, first: int) -> float:
        """The mean count on this weekday since the first day, when the term came on two of them or more."""
        now = self._history.now
        assert now is not None  # noqa: S101
        today = now.toordinal()
        counts = [self._history.count(term, d).total() for d in range(today - 28, today, 7) if d >= first]
        return sum(counts) / len(counts) if sum(map(bool, counts)) > 1 else 0.0

    def _weigh(self, articles: Iterable[Seen]) -> float:
        sources = Counter((seen.source, seen.kind) for seen in articles)
        grown = [(kind, count) for (source, kind), count in sources.items() if not self._is_young(source)]
        weights = (OFFICIAL_WEIGHT if kind == "official" else gain(count) for kind, count in grown)
        return sum(weights) + (len(grown) < len(sources))

    def _is_young(self, source: str) -> bool:
        now = self._history.now
        assert now is not None  # noqa: S101
        return now - self._history.joined_at(source) < timedelta(days=LEARNING_DAYS)
