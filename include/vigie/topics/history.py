"""What was counted: articles per term, day and source over a baseline, and the last hours in detail."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from vigie.model import ArticleId, Sighting
from vigie.topics.counts import BASELINE_DAYS, Counts
from vigie.topics.window import WINDOWS_H, Seen, Window, make_seen


class History:
    """Counts of articles. Times are aware UTC; a day is a UTC day, by its ordinal.

    An article is counted once, by its id, on its own day; copies are counted nowhere.
    """

    def __init__(self, counts: Counts | None = None, window: Window | None = None) -> None:
        self.counts = counts or Counts()
        self.window = window or Window()
        self._ids: dict[int, set[ArticleId]] = {}
        self._by_id: dict[ArticleId, int] = {}

    @property
    def now(self) -> datetime:
        """The latest moment that was seen."""
        assert self.window.now is not None  # noqa: S101  # a history that is asked has counted something
        return self.window.now

    def add(self, sightings: Sequence[Sighting]) -> Seen | None:
        """Count one article, given as the sightings of its terms; None if it was counted before or is a copy."""
        if not sightings or sightings[0].copy or sightings[0].article_id in self._by_id:
            return None
        seen = make_seen(sightings)
        self._move_to(seen.at)
        self._note(seen)
        self.counts.add(seen.at, seen.source, seen.terms)
        self.window.add(seen, {s.term: s.label for s in sightings})
        return seen

    def recall(self, sightings: Sequence[Sighting]) -> None:
        """Keep in detail one article that the counts hold already."""
        seen = make_seen(sightings)
        self.window.move_to(seen.at)
        self._note(seen)
        self.window.add(seen, {s.term: s.label for s in sightings})

    def _move_to(self, at: datetime) -> None:
        before = self.window.now
        self.window.move_to(at)
        if before is not None and self.now.toordinal() > before.toordinal():
            today = self.now.toordinal()
            self.counts.forget(today)
            for day in [day for day in self._ids if day < today - BASELINE_DAYS - 5]:
                for article_id in self._ids.pop(day):
                    del self._by_id[article_id]

    def _note(self, seen: Seen) -> None:
        day = seen.at.toordinal()
        self._by_id[seen.article_id] = day
        self._ids.setdefault(day, set()).add(seen.article_id)

    def knows(self, article_id: ArticleId) -> bool:
        """True for an article that was counted in the baseline."""
        return article_id in self._by_id

    def recent(self, term: str, window_h: int) -> Sequence[Seen]:
        """The articles of a term in the window that ends now, oldest first."""
        return self.window.recent(term, window_h)

    def volumes(self, window_h: int) -> Mapping[str, int]:
        """How many articles each source gave in the window that ends now."""
        return self.window.volumes(window_h)

    def label(self, term: str) -> str:
        """The form of a term that was written most of late."""
        return self.window.label(term)

    def day_count(self) -> int:
        """How many days the history spans, today included: at most the baseline."""
        return min(self.now.toordinal() - min(self.counts.volumes) + 1, BASELINE_DAYS)

    def articles_per_day(self) -> float:
        """How many articles a day the days before today brought, those of the baseline; today's where there is no other."""
        today = self.now.toordinal()
        before = {d: c.total() for d, c in self.counts.volumes.items() if today - BASELINE_DAYS <= d < today}
        return sum(before.values()) / (today - min(before)) if before else self.counts.volumes[today].total()

    def source_count(self) -> int:
        """How many sources gave something in the longest window."""
        return len(self.window.volumes(WINDOWS_H[-1]))

    def daily(self, term: str, *, until: datetime, days: int = BASELINE_DAYS) -> tuple[int, ...]:
        """The articles of a term a day, oldest first, the day of `until` last."""
        last = until.toordinal()
        return tuple(self.counts.on_day(term, day) for day in range(last - days + 1, last + 1))
