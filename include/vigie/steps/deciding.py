"""Decide which topics are new, and write the alerts with their deliveries, before anything is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from vigie.adapters.index.port import Index
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import detection, lessons, sightings
from vigie.model import ArticleId, Sighting, Sums
from vigie.stores import Stores
from vigie.topics.detector import Detector, Observation
from vigie.topics.history import History
from vigie.topics.labels import ArticleEvidence
from vigie.topics.lessons import Lessons
from vigie.topics.memory import list_changes, recall_history, recall_subjects
from vigie.topics.subjects import Subjects

NEWS = timedelta(days=2)
"""An alert whose articles are older than this is history: an import, a feed that was away. It is counted, not sent."""
AT_ONCE = 2_000
"""Articles decided on in one transaction: two days of a large stream."""


def decide_alerts(stores: Stores) -> Sums:
    """Decide which topics are new among what was counted. `done` are the alerts that were written."""
    sums = Sums()
    while new := sightings.undecided_sightings(stores.ledger, AT_ONCE):
        sums += _decide(stores, new)
    detection.forget_old(stores.ledger)
    return sums


def _decide(stores: Stores, new: Sequence[Sequence[Sighting]]) -> Sums:
    """One transaction; nothing is written where another worker was quicker."""
    now, detector = stores.now(), resume_detector(stores, new)
    found = [a for group in new for a in detector.decide(Observation(sightings=tuple(group)))]
    fresh = [alert for alert in found if now - alert.fired_at <= NEWS]
    ledger_alerts.record_decision(
        stores.ledger,
        [group[0].article_id for group in new],
        fresh,
        stores.channels_for("topic"),
        now,
        decided=new,
        trends=list_changes(detector.subjects, detector.history),
    )
    return Sums(
        taken=len(found), done=len(fresh), refused={"plus ancien que deux jours": len(found) - len(fresh)}
    )


def resume_detector(stores: Stores, new: Sequence[Sequence[Sighting]]) -> Detector:
    """The detector as the last decision left it, with what these articles can make burst."""
    memory = detection.read_memory(stores.ledger, new)
    return Detector(
        never=stores.never_new.never,
        routine=stores.never_new.routine,
        known_names=stores.knowledge.names,
        lessons=Lessons(lessons.read_lessons(stores.ledger)),
        evidence=EvidenceFromIndex(stores.index),
        history=recall_history(memory) if memory else History(),
        subjects=recall_subjects(memory) if memory else Subjects(),
    )


class EvidenceFromIndex(Mapping[ArticleId, ArticleEvidence]):
    """What an alert may show of its articles, read from the index when an alert is made."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, article_id: ArticleId) -> ArticleEvidence:
        document = self._index.get(article_id)
        if document is None:
            raise KeyError(article_id)
        return ArticleEvidence(
            id=article_id,
            title=document["title"],
            url=document["url"],
            source=document["publisher"],
            text=document["text"],
        )

    def __iter__(self) -> Iterator[ArticleId]:
        return (article_id for article_id, _version in self._index.versions())

    def __len__(self) -> int:
        return sum(1 for _ in self._index.versions())
