"""Bursting terms gathered into subjects: what shares its articles is one thing, told once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vigie.model import Alert, ArticleId
from vigie.topics.history import BASELINE_DAYS, History
from vigie.topics.scores import Burst
from vigie.topics.terms import is_name, is_vague, normalize_term

JOIN_SHARE = 0.5
"""A term joins the subject that holds half of its articles. On the development stream (docs/adr/0004) 0.34 gives 28
alerts and no repeat, 0.5 gives 27 and one, 0.67 gives 30 and three."""
OPEN_DAYS = 10
"""A subject that no term touched for ten days is closed; by then its words weigh in the baseline. Chosen."""
VAGUE_FACTOR = 0.5
"""A lone common noun needs twice the surprise of a name. 0.5: 19 listed subjects in 27 alerts; 0.7: 18 in 28; 1: 16 in
28 ("sécurité", "corps" and "élèves" pool unrelated articles)."""

PHRASE_FACTOR = 0.85
"""So that of a name and a phrase in the same articles the name heads the alert: 19 listed subjects in 27 alerts; without
it 19 in 30."""
UNLIKE_FACTOR = 0.4
"""What is left to a term whose articles have nothing else in common. From 0.2 to 0.6 the same 19 subjects are found."""
ROUTINE_CUT = 0.35
"""What the sports calendar costs at most: a strong event of sport passes, a fixture seldom does. 0 gives 19 listed
subjects in 26 alerts without Bétharram, whose place fixtures take; 0.35 gives 19 in 27, 0.6 17 in 28."""
MIN_LIFT = 4.0
"""How much more frequent a companion must be beside a term than anywhere: 4 and 8 give the same alerts."""


@dataclass(slots=True, kw_only=True)
class Subject:
    """What people talk about: terms that burst together. `main` is its sharpest; `peak` the most it ever weighed."""

    main: Burst
    peak: float
    opened_at: datetime
    touched_at: datetime
    is_told: bool = False
    is_vague: bool = False
    terms: dict[str, float] = field(default_factory=dict)
    article_ids: set[ArticleId] = field(default_factory=set)


def weigh_burst(burst: Burst, history: History, routine: Collection[str] = ()) -> float:
    """The surprise of a burst, less for a term that is often there, for what is no name, for unlike articles and
    for articles with a word of routine (keys of terms)."""
    form = form_factor(history.label(burst.term))
    alike = min(1.0, UNLIKE_FACTOR + coherence(burst, history))
    habit = 1.0 - ROUTINE_CUT * routine_share(burst, history, routine)
    return burst.strength * burst.quiet_share**2 * form * alike * habit


def form_factor(label: str) -> float:
    """1 for a name, less for a phrase of common nouns, least for a lone one."""
    if is_name(label):
        return 1.0
    return VAGUE_FACTOR if is_vague(label) else PHRASE_FACTOR


def routine_share(burst: Burst, history: History, routine: Collection[str]) -> float:
    """The share of a burst's articles that have a term of routine beside it."""
    terms = (history.terms_of.get(seen.article_id, ()) for seen in burst.articles)
    return sum(any(t in routine for t in of) for of in terms) / len(burst.articles)


def coherence(burst: Burst, history: History) -> float:
    """The share of a burst's articles that its best companion term is in too: 1 for one story, near 0 for a pool.

    A companion is no variant of the term, and is `MIN_LIFT` times as frequent here as in the whole window.
    """
    own = set(burst.term.split())
    counts: Counter[str] = Counter()
    for seen in burst.articles:
        counts.update(t for t in history.terms_of.get(seen.article_id, ()) if not own & set(t.split()))
    total = history.window_volume(burst.window_h)
    for term, count in counts.most_common(6):
        share = count / len(burst.articles)
        if share * total >= MIN_LIFT * len(history.recent(term, burst.window_h)):
            return share
    return 0.0


class Subjects:
    """The subjects of the last four weeks; those still open can be joined."""

    def __init__(self) -> None:
        self._open: list[Subject] = []
        self._peaks: list[Subject] = []
        self._by_term: dict[str, Subject] = {}

    def place(self, burst: Burst, weight: float, *, is_vague: bool, now: datetime) -> Subject:
        """Put a burst with the subject that its term or its articles belong to, or open one."""
        ids = {seen.article_id for seen in burst.articles}
        subject = self._by_term.get(burst.term) or self._holder_of(ids, is_vague=is_vague)
        if subject is None:
            subject = Subject(main=burst, peak=weight, opened_at=now, touched_at=now, is_vague=is_vague)
            self._open.append(subject)
            self._peaks.append(subject)
        self._by_term[burst.term] = subject
        if not subject.terms or weight > max(subject.terms.values()):
            subject.main, subject.is_vague = burst, is_vague
        subject.terms[burst.term] = max(weight, subject.terms.get(burst.term, 0.0))
        subject.peak = max(subject.peak, weight)
        subject.article_ids |= ids
        subject.touched_at = now
        return subject

    def follow(self, terms: Iterable[str], article_id: ArticleId, now: datetime) -> None:
        """Give an article to the open subjects whose leading term it has, so that later words of a running story
        find it."""
        for term in terms:
            subject = self._by_term.get(term)
            if subject and subject.main.term == term:
                subject.article_ids.add(article_id)
                subject.touched_at = now

    def _holder_of(self, ids: set[ArticleId], *, is_vague: bool) -> Subject | None:
        """The subject with most of these articles; a vague one that was told never swallows a sharp term."""
        joinable = (s for s in self._open if is_vague or not (s.is_told and s.is_vague))
        best = max(joinable, key=lambda s: len(ids & s.article_ids), default=None)
        return best if best and len(ids & best.article_ids) >= JOIN_SHARE * len(ids) else None

    def peaks(self) -> Iterator[float]:
        """The most that each subject of the last four weeks weighed, told or not."""
        return (subject.peak for subject in self._peaks)

    def close_old(self, now: datetime) -> None:
        """Close what nothing touched for `OPEN_DAYS`; forget the peaks of more than four weeks ago."""
        edge = now - timedelta(days=OPEN_DAYS)
        self._open = [s for s in self._open if s.touched_at >= edge]
        self._by_term = {t: s for t, s in self._by_term.items() if s.touched_at >= edge}
        month = now - timedelta(days=BASELINE_DAYS)
        self._peaks = [s for s in self._peaks if s.opened_at >= month]


def was_told(subject: Subject, told: Iterable[Alert]) -> bool:
    """True when an earlier alert is of this subject: it named its main term, or holds half of its articles."""
    ids = {seen.article_id for seen in subject.main.articles}
    return any(
        subject.main.term in map(normalize_term, alert.terms)
        or len(ids & set(alert.article_ids)) >= JOIN_SHARE * len(ids)
        for alert in told
    )
