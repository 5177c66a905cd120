"""Bursting terms gathered into subjects: what shares its articles is one thing, told once."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vigie.model import AlertId, ArticleId, TrendId, TrendState
from vigie.topics.counts import BASELINE_DAYS
from vigie.topics.scores import Burst
from vigie.topics.window import Seen

JOIN_SHARE = 0.5
"""A term joins the subject that holds half of its articles. On the development stream (docs/adr/0004) 0.34 gives 28
alerts and no repeat, 0.5 gives 27 and one, 0.67 gives 30 and three."""
FOLLOW_TERMS = 2
"""An article with the leading term of an open subject is one of its articles, or with so many of its others."""
OPEN_DAYS = 7
"""A subject that no term touched for a week is closed; by then its words weigh in the baseline. Chosen."""
PAST_DAYS = 400
"""How long it is known that a term was told before: a year, and what comes back every year a little late."""
KEPT_ARTICLES = 200
"""The newest articles of a subject: a running story has thousands."""


@dataclass(slots=True, kw_only=True, eq=False)
class Subject:
    """What people talk about: terms that burst together. `lead` is its sharpest; `peak` the most it ever weighed.

    `weight` to `sources` are of its newest burst; `away` is how long it was gone before, where it was told once already.
    It is all that must be remembered of it.
    """

    id: TrendId
    lead: str
    peak: float
    opened_at: datetime
    touched_at: datetime
    is_vague: bool = False
    is_official: bool = False
    weight: float = 0.0
    now: int = 0
    before: float = 0.0
    window_h: int = 24
    sources: tuple[str, ...] = ()
    terms: dict[str, float] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    article_ids: dict[ArticleId, None] = field(default_factory=dict)
    told_at: datetime | None = None
    alert_id: AlertId | None = None
    headline: str | None = None
    away: timedelta | None = None
    state: TrendState = "new"
    state_at: datetime | None = None

    @property
    def is_told(self) -> bool:
        """True once an alert was made of it."""
        return self.told_at is not None

    def hold(self, ids: Iterable[ArticleId]) -> None:
        """Keep the newest articles."""
        for article_id in ids:
            self.article_ids[article_id] = None
        while len(self.article_ids) > KEPT_ARTICLES:
            del self.article_ids[next(iter(self.article_ids))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A subject that was told and is closed: what is left of it is when it was last seen, for its leading term."""

    id: TrendId
    touched_at: datetime


def make_trend_id(term: str, day: str) -> TrendId:
    """The same for the same first term on the same day (UTC, ISO)."""
    return TrendId(hashlib.sha256(f"trend|{term}|{day}".encode()).hexdigest()[:16])


def midnight(at: datetime) -> datetime:
    """The start of a day (UTC): what is let go is let go then, whenever in the day that is done."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


class Subjects:
    """The subjects of the last four weeks; those still open can be joined.

    `changed` are those that moved since it was last emptied, `bursts` the newest of each leading term, `past` the
    subjects that were told and are closed, by leading term.
    """

    def __init__(self) -> None:
        self.changed: dict[TrendId, Subject] = {}
        self.past: dict[str, Past] = {}
        self.bursts: dict[TrendId, Burst] = {}
        self._open: dict[TrendId, Subject] = {}
        self._peaks: list[Subject] = []
        self._by_term: dict[str, Subject] = {}
        self._by_article: dict[ArticleId, list[Subject]] = defaultdict(list)

    def restore(self, subjects: Iterable[Subject], past: Mapping[str, Past], now: datetime) -> None:
        """Go on with what a ledger remembers."""
        self.past = dict(past)
        for subject in sorted(subjects, key=lambda s: (s.opened_at, s.id)):
            self._peaks.append(subject)
            if subject.touched_at >= midnight(now) - timedelta(days=OPEN_DAYS):
                self._open[subject.id] = subject
                self._by_term.update(dict.fromkeys(subject.terms, subject))
                self._index(subject, subject.article_ids)

    def place(self, burst: Burst, weight: float, *, label: str, is_vague: bool, now: datetime) -> Subject:
        """Put a burst with the subject that its term or its articles belong to, or open one."""
        ids = [seen.article_id for seen in burst.articles]
        subject = self._by_term.get(burst.term) or self._holder_of(ids, is_vague=is_vague)
        if subject is None:
            subject = self._begin(burst, weight, is_vague=is_vague, now=now)
        self._by_term[burst.term] = subject
        if weight > max(subject.terms.values(), default=0.0):
            subject.lead, subject.is_vague = burst.term, is_vague
        if subject.lead == burst.term:
            self.bursts[subject.id] = burst
            subject.weight, subject.before, subject.window_h = weight, burst.before, burst.window_h
            subject.now, subject.sources = len(burst.articles), burst.sources
        subject.terms[burst.term] = max(weight, subject.terms.get(burst.term, 0.0))
        subject.labels[burst.term] = label
        subject.peak = max(subject.peak, weight)
        self._hold(subject, ids, now)
        return subject

    def follow(self, seen: Seen, now: datetime) -> None:
        """Give an article to the open subjects it is one of, so that later words of a running story find them."""
        found: Counter[TrendId] = Counter()
        for term in seen.terms:
            if subject := self._by_term.get(term):
                found[subject.id] += FOLLOW_TERMS if subject.lead == term else 1
        for trend_id, count in found.items():
            if count >= FOLLOW_TERMS:
                self._hold(self._open[trend_id], [seen.article_id], now)

    def tell(self, subject: Subject, alert_id: AlertId, headline: str, now: datetime) -> None:
        """An alert was made of it."""
        subject.told_at, subject.alert_id, subject.headline = now, alert_id, headline
        subject.state, subject.state_at = ("back" if subject.away else "new"), now
        self.changed[subject.id] = subject

    def peaks(self) -> Iterator[float]:
        """The most that each subject of the last four weeks weighed, told or not."""
        return (subject.peak for subject in self._peaks)

    def count_told(self, since: datetime) -> int:
        """How many subjects were told since then, those of the press."""
        return sum(s.told_at is not None and s.told_at >= since and not s.is_official for s in self._peaks)

    def official_since(self, since: datetime) -> bool:
        """True when a subject was told on its first communiqué since then."""
        return any(s.is_official and s.told_at is not None and s.told_at > since for s in self._peaks)

    def open_subjects(self) -> Iterator[Subject]:
        """Those that may still be joined."""
        return iter(self._open.values())

    def close_old(self, now: datetime) -> None:
        """Close what nothing touched for `OPEN_DAYS`; forget the peaks of more than four weeks ago."""
        now = midnight(now)
        edge = now - timedelta(days=OPEN_DAYS)
        for subject in [s for s in self._open.values() if s.touched_at < edge]:
            self._close(subject)
        month = now - timedelta(days=BASELINE_DAYS)
        self._peaks = [s for s in self._peaks if s.opened_at >= month]
        year = now - timedelta(days=PAST_DAYS)
        self.past = {term: past for term, past in self.past.items() if past.touched_at >= year}

    def _begin(self, burst: Burst, weight: float, *, is_vague: bool, now: datetime) -> Subject:
        past = self.past.pop(burst.term, None)
        subject = Subject(
            id=past.id if past else make_trend_id(burst.term, now.date().isoformat()),
            lead=burst.term,
            peak=weight,
            opened_at=now,
            touched_at=now,
            is_vague=is_vague,
            away=now - past.touched_at if past else None,
        )
        self._open[subject.id] = subject
        self._peaks.append(subject)
        return subject

    def _holder_of(self, ids: list[ArticleId], *, is_vague: bool) -> Subject | None:
        """The subject with most of these articles; a vague one that was told never swallows a sharp term."""
        held = Counter(s for i in ids for s in self._by_article.get(i, ()))
        fit = [(n, s) for s, n in held.items() if is_vague or not (s.is_told and s.is_vague)]
        best = max(fit, key=lambda ns: ns[0], default=None)
        return best[1] if best and best[0] >= JOIN_SHARE * len(ids) else None

    def _hold(self, subject: Subject, ids: Iterable[ArticleId], now: datetime) -> None:
        new = [i for i in ids if i not in subject.article_ids]
        subject.hold(new)
        self._index(subject, new)
        subject.touched_at = now
        self.changed[subject.id] = subject

    def _index(self, subject: Subject, ids: Iterable[ArticleId]) -> None:
        for article_id in ids:
            self._by_article[article_id].append(subject)

    def _close(self, subject: Subject) -> None:
        del self._open[subject.id]
        self.bursts.pop(subject.id, None)
        for term in subject.terms:
            if self._by_term.get(term) is subject:
                del self._by_term[term]
        for article_id in subject.article_ids:
            self._by_article.pop(article_id, None)
        if subject.is_told:
            self.past[subject.lead] = Past(id=subject.id, touched_at=subject.touched_at)
