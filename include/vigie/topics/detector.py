"""The detector of new topics: articles in, one by one as they come; alerts out, each once.

The same code serves `vigie detect` (a stream) and the DAG, which goes on from what the ledger remembers (`Memory`). An
alert uses only what was observed before it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from vigie.model import Alert, ArticleId, Sighting, TaggedArticle
from vigie.topics.decisions import MIN_ARTICLES, MIN_WEIGHT, enough_sources, find_threshold
from vigie.topics.history import History
from vigie.topics.labels import ArticleEvidence, build_alert, build_update
from vigie.topics.lessons import Lessons
from vigie.topics.scores import Burst, Scorer
from vigie.topics.subjects import Subject, Subjects, midnight
from vigie.topics.terms import (
    ROUTINE_MARK,
    has_phrase,
    is_name,
    is_vague,
    keys_of_names,
    list_sightings,
    normalize_term,
)
from vigie.topics.trends import turn_state
from vigie.topics.weighing import Habits, is_routine, weigh_burst
from vigie.topics.window import Seen

OFFICIAL_EVERY = timedelta(days=1)
"""An official subject is told on its first communiqué, one a day: a presidency publishes several, each with a phrase
that was never there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One article as the detector takes it: its sightings, and what may be shown of it."""

    sightings: tuple[Sighting, ...]
    evidence: ArticleEvidence | None = None


def make_observation(
    tagged: TaggedArticle, *, copy: bool = False, routine_titles: Collection[str] = ()
) -> Observation:
    """What the detector needs of a tagged article."""
    article = tagged.article
    return Observation(
        sightings=list_sightings(tagged, copy=copy, routine_titles=routine_titles),
        evidence=ArticleEvidence(
            id=article.id, title=article.title, url=article.url, source=article.publisher, text=article.text
        ),
    )


@dataclass(slots=True, kw_only=True)
class Detector:
    """State of one stream. `never` are words that head no alert, in any spelling; nor do those of `routine`, and
    what stands beside them weighs less, as under `routine_titles`. `known_names` are of people in office and of standing bodies. `evidence` is what is known of articles observed
    without any. `history` and `subjects` may be given, as a ledger remembers them."""

    never: Collection[str] = ()
    routine: Collection[str] = ()
    routine_titles: Collection[str] = ()
    known_names: Collection[str] = ()
    lessons: Lessons = field(default_factory=Lessons)
    evidence: Mapping[ArticleId, ArticleEvidence] = field(default_factory=dict)
    history: History = field(default_factory=History)
    subjects: Subjects = field(default_factory=Subjects)
    _scorer: Scorer = field(init=False)
    _habits: Habits = field(init=False)
    _never: frozenset[str] = field(init=False)
    _titles: frozenset[str] = field(init=False)
    _evidence: dict[ArticleId, ArticleEvidence] = field(default_factory=dict, init=False)
    _day: int = field(default=0, init=False)
    _threshold: float = field(default=MIN_WEIGHT, init=False)

    def __post_init__(self) -> None:
        self._scorer = Scorer(self.history)
        routine = frozenset(map(normalize_term, self.routine))
        self._habits = Habits(routine=routine, known=keys_of_names(self.known_names), lessons=self.lessons)
        self._never = routine | frozenset(map(normalize_term, self.never)) | {ROUTINE_MARK}
        self._titles = frozenset(map(normalize_term, self.routine_titles))
        if self.history.window.now is not None:  # it goes on from what a ledger remembers
            self._day = self.history.now.toordinal()
            self._threshold = self._find_threshold()

    def observe(self, tagged: TaggedArticle, *, copy: bool = False) -> tuple[Alert, ...]:
        """Count an article and return the alerts due now; `fired_at` is the latest date that was seen."""
        return self.decide(make_observation(tagged, copy=copy, routine_titles=self._titles))

    def decide(self, observation: Observation) -> tuple[Alert, ...]:
        """Count an article and return the alerts due now, strongest first, then the updates of followed trends."""
        if observation.evidence:
            self._evidence[observation.evidence.id] = observation.evidence
        seen = self.history.add(observation.sightings)
        if seen is None:
            return ()
        turned = self._turn_day()
        if self._scorer.is_learning():
            return ()
        self.subjects.follow(seen, self.history.now)
        placed = self._place_bursts(seen)
        due = {s.id: s for s, weight in placed if weight >= self._threshold and not s.is_told}
        new = sorted(due.values(), key=lambda s: -s.peak) or self._official_first(seen)
        told = [alert for subject in new if (alert := self._tell(subject))]
        moved = [s for s, _ in placed if s.is_told] + turned
        return (*told, *(a for s in {s.id: s for s in moved}.values() if (a := self._update(s))))

    def _place_bursts(self, seen: Seen) -> list[tuple[Subject, float]]:
        """The subjects that an article touches, with what the touching term weighs now."""
        bursts = [b for term in sorted(seen.terms) if (b := self._burst_of(term))]
        weighed = [(weigh_burst(b, self.history, self._habits), b) for b in bursts]
        weighed = [(w, b) for w, b in weighed if w >= MIN_WEIGHT]
        weighed.sort(key=lambda wb: (-wb[0], -len(wb[1].term), wb[1].term))
        placed = [(self._place(b, w), w) for w, b in weighed]
        if any(weight >= self._threshold for _, weight in placed):
            self._threshold = self._find_threshold()
        return placed

    def _burst_of(self, term: str) -> Burst | None:
        if term in self._never:
            return None
        burst = self._scorer.score(term, MIN_ARTICLES)
        if burst is None or burst.strength < MIN_WEIGHT:
            return None
        return burst if enough_sources(len(burst.sources), self.history.source_count()) else None

    def _place(self, burst: Burst, weight: float) -> Subject:
        label = self.history.label(burst.term)
        return self.subjects.place(burst, weight, label=label, is_vague=is_vague(label), now=self.history.now)

    def _find_threshold(self) -> float:
        days = self.history.day_count()
        told = self.subjects.count_told(midnight(self.history.now) - timedelta(days=days - 1))
        return find_threshold(
            self.subjects.peaks(), days=days, articles_per_day=self.history.articles_per_day(), told=told
        )

    def _official_first(self, seen: Seen) -> list[Subject]:
        """The subject of a communiqué, when its title has a name or a phrase that nobody had in the baseline."""
        if (
            seen.kind != "official"
            or is_routine(seen, self._habits.routine)
            or self.subjects.official_since(self.history.now - OFFICIAL_EVERY)
        ):
            return []
        shown = self._shown([seen])
        title = shown[seen.article_id].title if seen.article_id in shown else ""
        first = [b for term in sorted(seen.terms) if (b := self._first_of(term, title))]
        if not first:
            return []
        burst = max(first, key=lambda b: (is_name(self.history.label(b.term)), len(b.term), b.term))
        subject = self._place(burst, burst.strength)
        subject.is_official = True
        return [] if subject.is_told else [subject]

    def _first_of(self, term: str, title: str) -> Burst | None:
        label = self.history.label(term)
        if term in self._never or is_vague(label) or not has_phrase([term], title):
            return None
        burst = self._scorer.score(term, 1)
        return burst if burst and not burst.before and len(burst.sources) == 1 else None

    def _tell(self, subject: Subject) -> Alert | None:
        """The alert of a subject; None when people want no more of it."""
        burst = self.subjects.bursts[subject.id]
        if self.lessons.is_muted((subject.lead,), self.history.now, subject.id):
            return None
        alert = build_alert(subject, burst, self.history, self._shown(burst.articles))
        self.subjects.tell(subject, alert.id, alert.topic, self.history.now)
        self._threshold = self._find_threshold()
        return alert

    def _update(self, subject: Subject) -> Alert | None:
        """The update of a followed trend that turned to another state."""
        if not turn_state(subject, self.history):
            return None
        self.subjects.changed[subject.id] = subject
        if subject.state in ("new", "steady", "quiet") or not subject.is_told:
            return None
        if not self.lessons.follows(subject.id, self.history.now):
            return None
        seen = self.history.recent(subject.lead, subject.window_h)
        return build_update(subject, seen, self.history, self._shown(seen))

    def _shown(self, articles: Iterable[Seen]) -> dict[ArticleId, ArticleEvidence]:
        found = (
            (s.article_id, self._evidence.get(s.article_id) or self.evidence.get(s.article_id))
            for s in articles
        )
        return {article_id: evidence for article_id, evidence in found if evidence}

    def _turn_day(self) -> list[Subject]:
        """On a new day what is old is let go; the told subjects whose state must be judged anew."""
        now = self.history.now
        if now.toordinal() == self._day:
            return []
        self._day = now.toordinal()
        self.subjects.close_old(now)
        self._evidence = {a: e for a, e in self._evidence.items() if self.history.knows(a)}
        self._threshold = self._find_threshold()
        return [subject for subject in self.subjects.open_subjects() if subject.is_told]
