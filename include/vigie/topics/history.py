"""What was counted: articles per term, day and source over a baseline, and the last hours in detail.

Memory is bounded by the baseline: what is older than `BASELINE_DAYS` is forgotten as time goes on, so a year costs
what a month does.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.model import ArticleId, FeedKind, Sighting

BASELINE_DAYS = 28
"""Four of each weekday, so that a weekly column is known on its third week and a monthly habit is not learnt."""
WINDOWS_H = (24, 72)
"""A day for what breaks, three for what comes slowly or in a thin stream. With the day alone 16 listed subjects of the
development stream are found, with both 19 (docs/adr/0004)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One article as the window keeps it."""

    at: datetime
    article_id: ArticleId
    source: str
    kind: FeedKind


class History:
    """Counts of articles. Times are aware UTC; a day is a UTC day, by its ordinal.

    An article is counted once, by its id, on its own day; copies are counted nowhere. `now` is the latest moment
    that was seen and only goes forward.
    """

    def __init__(self) -> None:
        self.now: datetime | None = None
        self.labels: dict[str, Counter[str]] = {}
        self.terms_of: dict[ArticleId, tuple[str, ...]] = {}
        self._counts: dict[str, dict[int, Counter[str]]] = {}
        self._volume: dict[int, Counter[str]] = defaultdict(Counter)
        self._recent: dict[str, list[Seen]] = {}
        self._arrivals: dict[str, list[datetime]] = defaultdict(list)
        self._days: dict[ArticleId, int] = {}
        self._joined: dict[str, datetime] = {}
        self._terms_on: dict[int, set[str]] = defaultdict(set)
        self._articles_on: dict[int, list[ArticleId]] = defaultdict(list)
        self._detailed_from = 0

    def add(self, sightings: Sequence[Sighting]) -> bool:
        """Count one article, given as the sightings of its terms; False if it was counted before or is a copy."""
        if not sightings:
            return False
        first = sightings[0]
        if first.copy or first.article_id in self._days:
            return False
        self._move_to(first.at)
        self._count_article(first)
        for sighting in sightings:
            self._count_term(sighting)
        if self._is_recent(first.at):
            self.terms_of[first.article_id] = tuple(s.term for s in sightings)
        return True

    def _count_article(self, first: Sighting) -> None:
        day = first.at.toordinal()
        self._days[first.article_id] = day
        self._articles_on[day].append(first.article_id)
        self._volume[day][first.source] += 1
        if self._is_recent(first.at):
            insort(self._arrivals[first.source], first.at)
        self._joined[first.source] = min(first.at, self._joined.get(first.source, first.at))

    def _count_term(self, sighting: Sighting) -> None:
        day = sighting.at.toordinal()
        self._terms_on[day].add(sighting.term)
        self._counts.setdefault(sighting.term, {}).setdefault(day, Counter())[sighting.source] += 1
        self.labels.setdefault(sighting.term, Counter())[sighting.label] += 1
        if self._is_recent(sighting.at):
            seen = Seen(
                at=sighting.at, article_id=sighting.article_id, source=sighting.source, kind=sighting.kind
            )
            insort(self._recent.setdefault(sighting.term, []), seen, key=lambda s: s.at)

    def _is_recent(self, at: datetime) -> bool:
        return self.now is not None and at > self.now - timedelta(hours=max(WINDOWS_H))

    def _move_to(self, at: datetime) -> None:
        if self.now is None or at > self.now:
            is_new_day = self.now is not None and at.toordinal() > self.now.toordinal()
            self.now = at
            if is_new_day:
                self.forget(at - timedelta(days=BASELINE_DAYS + 3))

    def forget(self, before: datetime) -> None:
        """Drop every count of days before this moment, and the details that have left the longest window.

        Costs what is dropped: the terms of those days, not every term known.
        """
        assert self.now is not None  # noqa: S101  # nothing was ever added otherwise
        oldest, edge = before.toordinal(), self.now - timedelta(hours=max(WINDOWS_H))
        for day in [d for d in self._terms_on if d < oldest]:
            for term in self._terms_on.pop(day):
                self._forget_day(term, day)
            for article_id in self._articles_on.pop(day, ()):
                del self._days[article_id]
            self._volume.pop(day, None)
        for day in [d for d in self._terms_on if self._detailed_from <= d <= edge.toordinal()]:
            for term in self._terms_on[day]:
                self._forget_details(term, edge)
            for article_id in self._articles_on[day]:
                if day < edge.toordinal():
                    self.terms_of.pop(article_id, None)
        self._detailed_from = edge.toordinal()
        for source, times in self._arrivals.items():
            self._arrivals[source] = times[bisect_left(times, edge) :]

    def _forget_day(self, term: str, day: int) -> None:
        days = self._counts[term]
        del days[day]
        if not days:
            del self._counts[term], self.labels[term]
            self._recent.pop(term, None)

    def _forget_details(self, term: str, edge: datetime) -> None:
        recent = [s for s in self._recent.get(term, ()) if s.at > edge]
        if recent:
            self._recent[term] = recent
        else:
            self._recent.pop(term, None)

    def recent(self, term: str, window_h: int) -> list[Seen]:
        """The articles of a term in the window that ends now, oldest first."""
        assert self.now is not None  # noqa: S101  # a term that was counted set it
        seen = self._recent.get(term, [])
        return seen[bisect_left(seen, self.now - timedelta(hours=window_h), key=lambda s: s.at) :]

    def recent_volume(self, source: str, window_h: int) -> int:
        """How many articles a source gave in the window that ends now."""
        assert self.now is not None  # noqa: S101
        times = self._arrivals[source]
        return len(times) - bisect_left(times, self.now - timedelta(hours=window_h))

    def window_volume(self, window_h: int) -> int:
        """How many articles all sources gave in the window that ends now."""
        return sum(self.recent_volume(source, window_h) for source in self._arrivals)

    def days_before(self, window_h: int) -> list[int]:
        """The days of the baseline: whole days before the window, that brought anything, oldest first."""
        assert self.now is not None  # noqa: S101
        last = (self.now - timedelta(hours=window_h)).toordinal()
        return sorted(day for day in self._volume if last - BASELINE_DAYS <= day < last)

    def count(self, term: str, day: int) -> Counter[str]:
        """Articles of a term on a day, by source."""
        return self._counts.get(term, {}).get(day, Counter())

    def counted_days(self, term: str) -> Iterable[int]:
        """The days on which a term was seen."""
        return self._counts.get(term, {}).keys()

    def volume(self, day: int) -> Counter[str]:
        """Articles on a day, by source."""
        return self._volume.get(day, Counter())

    def day_count(self) -> int:
        """How many days the history spans, today included: at most the baseline."""
        assert self.now is not None  # noqa: S101
        return min(self.now.toordinal() - min(self._volume) + 1, BASELINE_DAYS)

    def article_count(self) -> int:
        """How many articles the last `day_count` days brought."""
        assert self.now is not None  # noqa: S101
        first = self.now.toordinal() - BASELINE_DAYS
        return sum(counts.total() for day, counts in self._volume.items() if day > first)

    def source_count(self) -> int:
        """How many sources gave something in the longest window."""
        return sum(self.recent_volume(source, max(WINDOWS_H)) > 0 for source in self._arrivals)

    def joined_at(self, source: str) -> datetime:
        """When a source was first seen."""
        return self._joined[source]

    def label(self, term: str) -> str:
        """The form of a term that was written most; of equals the one that was first."""
        return self.labels[term].most_common(1)[0][0]
