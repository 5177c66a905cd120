"""The detector of new topics: articles in, one by one as they come; alerts out, each once.

The same code serves `vigie detect` (a stream) and the DAG (what the ledger remembers, then what is new). An alert
uses only what was observed before it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vigie.model import Alert, ArticleId, Sighting, TaggedArticle
from vigie.topics.decisions import MIN_ARTICLES, MIN_WEIGHT, enough_sources, find_threshold
from vigie.topics.history import History
from vigie.topics.labels import ArticleEvidence, build_alert
from vigie.topics.scores import Burst, Scorer
from vigie.topics.subjects import Subject, Subjects, was_told, weigh_burst
from vigie.topics.terms import is_vague, list_sightings, normalize_term


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One article as the detector takes it: its sightings, and what may be shown of it."""

    sightings: tuple[Sighting, ...]
    evidence: ArticleEvidence | None = None


def make_observation(tagged: TaggedArticle, *, copy: bool = False) -> Observation:
    """What the detector needs of a tagged article."""
    article = tagged.article
    return Observation(
        sightings=list_sightings(tagged, copy=copy),
        evidence=ArticleEvidence(
            id=article.id, title=article.title, url=article.url, source=article.publisher, text=article.text
        ),
    )


def detect(
    known: Iterable[Observation],
    new: Iterable[Observation],
    *,
    evidence: Mapping[ArticleId, ArticleEvidence],
    told: Sequence[Alert] = (),
    never: Collection[str] = (),
    routine: Collection[str] = (),
) -> tuple[Alert, ...]:
    """The alerts that new articles bring, given the articles of the last month in the order they were seen.

    `evidence` is asked only for the articles of an alert. `told` are the alerts of that month: none is made again. What crossed the bar among the known ones without being
    told (a task was killed) is told at the next article that touches it.
    """
    detector = Detector(told=told, never=never, routine=routine, evidence=evidence)
    for observation in known:
        detector.learn(observation)
    return tuple(alert for observation in new for alert in detector.decide(observation))


@dataclass(slots=True)
class Detector:
    """State of one stream. `never` are words that head no alert, in any spelling; nor do those of `routine`, and
    what stands beside them weighs less. `evidence` is what is known of articles observed without any."""

    told: Sequence[Alert] = ()
    never: Collection[str] = ()
    routine: Collection[str] = ()
    evidence: Mapping[ArticleId, ArticleEvidence] = field(default_factory=dict)
    history: History = field(default_factory=History, init=False)
    _scorer: Scorer = field(init=False)
    _subjects: Subjects = field(default_factory=Subjects, init=False)
    _evidence: dict[ArticleId, ArticleEvidence] = field(default_factory=dict, init=False)
    _told: list[Alert] = field(init=False)
    _never: frozenset[str] = field(init=False)
    _routine: frozenset[str] = field(init=False)
    _day: int = field(default=0, init=False)
    _threshold: float = field(default=MIN_WEIGHT, init=False)

    def __post_init__(self) -> None:
        self._scorer = Scorer(self.history)
        self._told = list(self.told)
        self._routine = frozenset(map(normalize_term, self.routine))
        self._never = self._routine | frozenset(map(normalize_term, self.never))

    def observe(self, tagged: TaggedArticle, *, copy: bool = False) -> tuple[Alert, ...]:
        """Count an article and return the alerts due now; `fired_at` is the latest date that was seen."""
        return self.decide(make_observation(tagged, copy=copy))

    def learn(self, observation: Observation) -> None:
        """Count an article that was decided on before."""
        for _ in self._touch(observation):
            pass

    def decide(self, observation: Observation) -> tuple[Alert, ...]:
        """Count an article and return the alerts due now, strongest first."""
        due = {id(s): s for s, weight in self._touch(observation) if weight >= self._threshold}
        alerts: list[Alert] = []
        for subject in sorted(due.values(), key=lambda s: -s.peak):
            if subject.is_told:
                continue
            subject.is_told = True
            if not was_told(subject, self._told):
                alert = build_alert(subject, self.history, self._shown(subject))
                self._told.append(alert)
                alerts.append(alert)
        return tuple(alerts)

    def _shown(self, subject: Subject) -> dict[ArticleId, ArticleEvidence]:
        ids = [seen.article_id for seen in subject.main.articles]
        found = ((i, self._evidence.get(i) or self.evidence.get(i)) for i in ids)
        return {article_id: evidence for article_id, evidence in found if evidence}

    def _touch(self, observation: Observation) -> list[tuple[Subject, float]]:
        """Count an article; the subjects that it touches, with what the touching term weighs now."""
        if observation.evidence:
            self._evidence[observation.evidence.id] = observation.evidence
        if not self.history.add(observation.sightings):
            return []
        self._turn_day()
        if self._scorer.is_learning():
            return []
        now, first = self.history.now, observation.sightings[0]
        assert now is not None  # noqa: S101  # it has just counted
        self._subjects.follow((s.term for s in observation.sightings), first.article_id, now)
        bursts = [b for s in observation.sightings if (b := self._burst_of(s.term))]
        weighed = [(weigh_burst(b, self.history, self._routine), b) for b in bursts]
        weighed.sort(key=lambda wb: (-wb[0], -len(wb[1].term)))
        return [(self._place(b, w), w) for w, b in weighed if w >= MIN_WEIGHT]

    def _burst_of(self, term: str) -> Burst | None:
        if term in self._never:
            return None
        burst = self._scorer.score(term, MIN_ARTICLES)
        if burst is None or burst.strength < MIN_WEIGHT:
            return None
        return burst if enough_sources(len(burst.sources), self.history.source_count()) else None

    def _place(self, burst: Burst, weight: float) -> Subject:
        now = self.history.now
        assert now is not None  # noqa: S101  # it has just counted
        subject = self._subjects.place(
            burst, weight, is_vague=is_vague(self.history.label(burst.term)), now=now
        )
        self._threshold = self._find_threshold()
        return subject

    def _find_threshold(self) -> float:
        days = max(self.history.day_count(), 1)
        per_day = self.history.article_count() / days
        return find_threshold(self._subjects.peaks(), days=days, articles_per_day=per_day)

    def _turn_day(self) -> None:
        now = self.history.now
        assert now is not None  # noqa: S101
        if now.toordinal() != self._day:
            self._day = now.toordinal()
            self._subjects.close_old(now)
            kept = self.history.terms_of
            self._evidence = {a: e for a, e in self._evidence.items() if a in kept}
