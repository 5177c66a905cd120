"""The last three days in detail: which articles, by whom, with which terms."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from vigie.model import ArticleId, FeedKind, Sighting

WINDOWS_H = (12, 24, 72)
"""Half a day for what breaks, a day for what comes as usual, three for what comes slowly or in a thin stream."""
LONGEST = timedelta(hours=max(WINDOWS_H))

_at = attrgetter("at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One article as the window keeps it; `terms` are keys."""

    at: datetime
    article_id: ArticleId
    source: str
    kind: FeedKind
    terms: frozenset[str]


def make_seen(sightings: Sequence[Sighting]) -> Seen:
    """One article, given as the sightings of its terms: at least one."""
    first = sightings[0]
    return Seen(
        at=first.at,
        article_id=first.article_id,
        source=first.source,
        kind=first.kind,
        terms=frozenset(s.term for s in sightings),
    )


class Window:
    """The articles of the longest window. `now` is the latest moment that was seen and only goes forward."""

    def __init__(self) -> None:
        self.now: datetime | None = None
        self._articles: list[Seen] = []
        self._by_term: dict[str, list[Seen]] = {}
        self._arrivals: dict[str, list[datetime]] = {}
        self._labels: dict[str, Counter[str]] = {}
        self._volumes: dict[int, Mapping[str, int]] = {}
        self._starts: dict[int, datetime] = {}

    def move_to(self, at: datetime) -> None:
        """Time goes on: what left the longest window is forgotten, at a cost of what is forgotten."""
        if self.now is None or at > self.now:
            self.now = at
            self._volumes = {}
            self._starts = {window_h: at - timedelta(hours=window_h) for window_h in WINDOWS_H}
            self._forget(at - LONGEST)

    def add(self, seen: Seen, labels: Mapping[str, str]) -> None:
        """Keep an article, unless it is older than the window."""
        if self.now is None or seen.at <= self.now - LONGEST:
            return
        _insert(self._articles, seen)
        insort(self._arrivals.setdefault(seen.source, []), seen.at)
        self._volumes = {}
        for term in seen.terms:
            _insert(self._by_term.setdefault(term, []), seen)
            self._labels.setdefault(term, Counter())[labels.get(term, term)] += 1

    def recent(self, term: str, window_h: int = WINDOWS_H[-1]) -> Sequence[Seen]:
        """The articles of a term in the window that ends now, oldest first."""
        seen = self._by_term.get(term, [])
        return (
            seen if window_h == WINDOWS_H[-1] else seen[bisect_right(seen, self.start(window_h), key=_at) :]
        )

    def start(self, window_h: int) -> datetime:
        """The moment after which a window begins."""
        assert self.now is not None  # noqa: S101  # a term that was counted set it
        return self._starts.get(window_h) or self.now - timedelta(hours=window_h)

    def volumes(self, window_h: int) -> Mapping[str, int]:
        """How many articles each source gave in the window that ends now; silent ones are not there."""
        if window_h not in self._volumes:
            start = self.start(window_h)
            counted = ((s, len(times) - bisect_right(times, start)) for s, times in self._arrivals.items())
            self._volumes[window_h] = {source: count for source, count in counted if count}
        return self._volumes[window_h]

    def label(self, term: str) -> str:
        """The form of a term that was written most in these days; of equals the one that was first."""
        labels = self._labels.get(term)
        return labels.most_common(1)[0][0] if labels else term

    def _forget(self, edge: datetime) -> None:
        gone = bisect_right(self._articles, edge, key=_at)
        for seen in self._articles[:gone]:
            for term in seen.terms:
                self._forget_term(term, edge)
            times = self._arrivals[seen.source]
            del times[: bisect_right(times, edge)]
        del self._articles[:gone]

    def _forget_term(self, term: str, edge: datetime) -> None:
        kept = self._by_term.get(term)
        if kept is None:
            return
        del kept[: bisect_right(kept, edge, key=_at)]
        if not kept:
            del self._by_term[term], self._labels[term]


def _insert(seen: list[Seen], new: Seen) -> None:
    """In order of time; nearly always at the end."""
    if seen and seen[-1].at > new.at:
        insort(seen, new, key=_at)
    else:
        seen.append(new)
