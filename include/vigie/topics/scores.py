"""How surprising the articles of a term are: a pure function of counts and time.

    strength = G(n, m) = n ln(n/m) - (n + k) ln((n + k) / (m + k))

the signed half-deviance of a negative binomial of mean m and size k (McCullagh and Nelder, 1989, ch. 8-9), where n
is what the window holds, each source with diminishing returns, and m what the baseline makes us expect of the same
sources. It grows with n and falls with m, needs no table, and `exp(-strength)` bounds the tail (Chernoff).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt

from vigie.topics.counts import BASELINE_DAYS, Total
from vigie.topics.history import History
from vigie.topics.window import WINDOWS_H, Seen

LEARNING_DAYS = 3
"""Cold start: nothing fires in the first three days of a history, and sources younger than that count together as
one article. Chosen, not tuned: 2, 3 and 5 days give the same alerts on the development stream (docs/adr/0004)."""
SIZE = 3.0
"""k, the size of the negative binomial (docs/adr/0009)."""
PRIOR = 0.25
"""Articles expected in a day of a term never seen; of another window by the square root of its length, so that ten
articles in six hours are more than ten in three days (docs/adr/0009)."""
MAX_PACE = 2.0
"""How much of a source's growth raises what is expected of it. Without a limit one early article of a thin week is
read as ten of a full one, and hides a subject that comes back."""
MIN_QUIET_SHARE = 0.4
"""A term of more than three days in five is no news however it bursts. It is not scored."""
OFFICIAL_WEIGHT = 2.0
"""One communiqué weighs two press articles of two sources: with two of the press it makes an alert."""
SEASON_SHARE = 0.5
"""How much of what a term had in a week around this one a year ago is expected again: what is announced every year
must outdo itself, what was a crisis a year ago may come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A term that is more than expected now. `before` is the mean count of such a window over the baseline.

    `quiet_share` is the chance that a day had none of it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The baseline of one window: its days, and how many articles each source gave then."""

    days: tuple[int, ...]
    volume: Mapping[str, int]

    @property
    def span(self) -> tuple[int, int]:
        """Its first and last day: windows that end on one day share their sums."""
        return self.days[0], self.days[-1]


def quiet_share(total: Total, base: Base) -> float:
    """The chance that a day of the baseline has none of a term, or one of its older half, whichever is more: what began
    to be told a week ago and breaks now was not there before. Laplace's succession: a short baseline is not sure."""
    middle = (base.days[0] + base.days[-1]) // 2
    early = sum(day <= middle for day in base.days)
    return 1 - min((total.days + 1) / (len(base.days) + 2), (total.early_days + 1) / (early + 2))


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
        self._bases: dict[int, tuple[int, Base]] = {}
        self._totals: dict[tuple[int, int], dict[str, Total]] = {}

    def is_learning(self) -> bool:
        """True until the history covers `LEARNING_DAYS` whole days before a day's window."""
        days = self._base(24).days
        return not days or days[-1] - days[0] + 1 < LEARNING_DAYS

    def score(self, term: str, min_articles: int) -> Burst | None:
        """The strongest burst of a term over the windows, None if too few articles or nothing unexpected."""
        if len(self._history.recent(term, WINDOWS_H[-1])) < min_articles:
            return None
        best, held = None, 0
        for window_h in WINDOWS_H:
            articles = self._history.recent(term, window_h)
            if len(articles) < min_articles or len(articles) == held:
                continue  # a longer window with nothing more in it is less of a surprise
            held = len(articles)
            burst = self._score_window(term, window_h, articles)
            if burst and (best is None or burst.strength > best.strength):
                best = burst
        return best

    def _score_window(self, term: str, window_h: int, articles: Sequence[Seen]) -> Burst | None:
        base = self._base(window_h)
        if not base.days:
            return None
        total = self._total(term, base)
        if total.days > (1 - MIN_QUIET_SHARE) * len(base.days):
            return None
        before = self._expect(term, window_h, base, total)
        unknown = max(PRIOR * sqrt(window_h / 24), self._ignorance(window_h, base))
        return Burst(
            term=term,
            window_h=window_h,
            strength=surprise(self._weigh(articles), before + unknown),
            articles=tuple(articles),
            before=before,
            quiet_share=quiet_share(total, base),
        )

    def _expect(self, term: str, window_h: int, base: Base, total: Total) -> float:
        """What the baseline, the weekday or last year makes us expect of a term in a window."""
        due = sum(count * self._pace(source, window_h, base) for source, count in total.by_source.items())
        habit = self._weekday_habit(term, base.days[0]) * min(1.0, window_h / 24)
        today = self._history.now.toordinal()
        season = SEASON_SHARE * self._history.counts.last_year(term, today) * window_h / (7 * 24)
        return max(due, habit, season)

    def _total(self, term: str, base: Base) -> Total:
        """The articles of a term in the baseline. Kept for a day: a late article enters it when the day turns."""
        kept = self._totals[base.span]
        if term not in kept:
            kept[term] = self._history.counts.total(term, *base.span)
        return kept[term]

    def _base(self, window_h: int) -> Base:
        last = self._history.window.start(window_h).toordinal()
        kept = self._bases.get(window_h)
        if kept is None or kept[0] != last:
            days, volume = self._history.counts.volume(last - BASELINE_DAYS, last - 1)
            kept = self._bases[window_h] = (last, Base(days=tuple(days), volume=volume))
            spans = {base.span for _, base in self._bases.values() if base.days}
            self._totals = {span: self._totals.get(span, {}) for span in spans}
        return kept[1]

    def _pace(self, source: str, window_h: int, base: Base) -> float:
        """What share of its baseline a source is due to repeat in the window: 0 when it is silent now, and no more
        than `MAX_PACE` usual windows when it suddenly brings more (a new section, a wider crawl)."""
        now = self._history.volumes(window_h).get(source, 0) / max(base.volume.get(source, 0), 1)
        return min(now, MAX_PACE * window_h / 24 / len(base.days))

    def _ignorance(self, window_h: int, base: Base) -> float:
        """What the window may hold of a term that a short or thin baseline had no room for (Laplace's succession:
        once in as many articles as the baseline had)."""
        volumes = self._history.volumes(window_h)
        now = sum(count for source, count in volumes.items() if source in base.volume)
        return now / (sum(base.volume.values()) + 1)

    def _weekday_habit(self, term: str, first: int) -> float:
        """The mean count on this weekday since the first day, when the term came on two of them or more."""
        today = self._history.now.toordinal()
        counts = [self._history.counts.on_day(term, d) for d in range(today - 28, today, 7) if d >= first]
        return sum(counts) / len(counts) if sum(map(bool, counts)) > 1 else 0.0

    def _weigh(self, articles: Sequence[Seen]) -> float:
        if self._history.source_count() == 1:
            return float(len(articles))  # a front page, or one outlet: its articles are all there is
        sources = Counter((seen.source, seen.kind) for seen in articles)
        grown = [(kind, count) for (source, kind), count in sources.items() if not self._is_young(source)]
        weights = (OFFICIAL_WEIGHT if kind == "official" else gain(count) for kind, count in grown)
        return sum(weights) + (len(grown) < len(sources))

    def _is_young(self, source: str) -> bool:
        joined = self._history.counts.joined[source]
        return self._history.now - joined < timedelta(days=LEARNING_DAYS)
