"""Counts of articles per term, day and source: what is usual. Pure sums, kept for a month; of a year, the seasons.

Memory is bounded by the baseline: what is older than `KEPT_DAYS` is summed by the week for `SEASON_DAYS`, where it was
enough to matter, and forgotten. So a year costs little more than a month does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

BASELINE_DAYS = 28
"""Four of each weekday, so that a weekly column is known on its third week and a monthly habit is not learnt."""
KEPT_DAYS = BASELINE_DAYS + 5
"""The baseline ends where the longest window begins."""
SEASON_DAYS = 400
"""Thirteen months: what came back on last year's days is known again, a day or a fortnight earlier or later."""
SEASON_MIN = 5
"""Articles in a week that make a term worth a year's memory: less bursts nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The articles of a term over some days: on how many days there were any, on how many of the older half, and how
    many of each source."""

    days: int
    early_days: int
    by_source: Mapping[str, int]


_NOTHING = Total(days=0, early_days=0, by_source={})


def week_of(day: int) -> int:
    """The number of the week of a day (an ordinal): seven days each, Monday first."""
    return (day - 1) // 7


@dataclass(slots=True)
class Counts:
    """A day is a UTC day, by its ordinal. `counts` and `volumes` may be given, as a ledger remembers them."""

    terms: dict[str, dict[int, dict[str, int]]] = field(default_factory=dict)
    volumes: dict[int, Counter[str]] = field(default_factory=dict)
    seasons: dict[str, dict[int, int]] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    _terms_on: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _leaving: dict[int, Counter[str]] = field(default_factory=dict)
    _season_of: dict[int, list[str]] = field(default_factory=dict)

    def add(self, at: datetime, source: str, terms: Iterable[str]) -> None:
        """Count one article on its own day."""
        day = at.toordinal()
        self.volumes.setdefault(day, Counter())[source] += 1
        hour = at.replace(minute=0, second=0, microsecond=0)  # as exact as a ledger remembers it
        self.joined[source] = min(hour, self.joined.get(source, hour))
        for term in terms:
            on_day = self.terms.setdefault(term, {}).get(day)
            if on_day is None:
                self.terms[term][day] = {source: 1}
                self._terms_on[day].append(term)
            else:
                on_day[source] = on_day.get(source, 0) + 1

    def total(self, term: str, first: int, last: int) -> Total:
        """The articles of a term from one day to another, both included."""
        by_day = self.terms.get(term)
        if not by_day:
            return _NOTHING
        days, early, by_source = 0, 0, dict[str, int]()
        middle = (first + last) // 2
        for day, counted in by_day.items():
            if first <= day <= last:
                days += 1
                early += day <= middle
                for source, count in counted.items():
                    by_source[source] = by_source.get(source, 0) + count
        return Total(days=days, early_days=early, by_source=by_source)

    def on_day(self, term: str, day: int) -> int:
        """The articles of a term on a day, of all sources."""
        return sum(self.terms.get(term, {}).get(day, {}).values())

    def volume(self, first: int, last: int) -> tuple[list[int], Counter[str]]:
        """The days from one to another that brought anything, oldest first, and the articles of each source."""
        days = sorted(day for day in self.volumes if first <= day <= last)
        total: Counter[str] = Counter()
        for day in days:
            total.update(self.volumes[day])
        return days, total

    def forget(self, today: int) -> None:
        """Drop the days that left the baseline; their weeks become seasons. Costs what is dropped."""
        oldest = today - KEPT_DAYS
        for day in sorted(day for day in self._terms_on if day < oldest):
            for term in self._terms_on.pop(day):
                self._drop(term, day)
        for day in [day for day in self.volumes if day < oldest]:
            del self.volumes[day]
        for week in [week for week in self._leaving if (week + 1) * 7 < oldest]:
            self._end_season(week)
        for week in [week for week in self._season_of if week < week_of(today - SEASON_DAYS)]:
            for term in self._season_of.pop(week):
                weeks = self.seasons.get(term, {})
                weeks.pop(week, None)
                if not weeks:
                    self.seasons.pop(term, None)

    def _drop(self, term: str, day: int) -> None:
        by_day = self.terms[term]
        count = sum(by_day.pop(day).values())
        self._leaving.setdefault(week_of(day), Counter())[term] += count
        if not by_day:
            del self.terms[term]

    def _end_season(self, week: int) -> None:
        kept = [(term, count) for term, count in self._leaving.pop(week).items() if count >= SEASON_MIN]
        self._season_of.setdefault(week, []).extend(term for term, _ in kept)
        for term, count in kept:
            weeks = self.seasons.setdefault(term, {})
            weeks[week] = weeks.get(week, 0) + count  # a late article may come after its week

    def last_year(self, term: str, today: int) -> int:
        """The most articles that a term had in one of the weeks around this one a year ago."""
        weeks = self.seasons.get(term)
        if not weeks:
            return 0
        return max((weeks.get(week_of(today - ago), 0) for ago in (357, 364, 371)), default=0)
