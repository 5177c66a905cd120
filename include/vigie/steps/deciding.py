"""Decide which topics are new, and write the alerts with their deliveries, before anything is sent."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from vigie.adapters.index.port import Index
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import sightings as ledger_sightings
from vigie.model import ArticleId, Sums
from vigie.stores import Stores
from vigie.topics.detector import Observation, detect
from vigie.topics.labels import ArticleEvidence

BASELINE = timedelta(days=35)
"""How far back the detector is told of: its own baseline of 28 days, and a week for what comes late."""
NEWS = timedelta(days=2)
"""An alert whose articles are older than this is history: an import, a feed that was away. It is counted, not sent."""


def decide_alerts(stores: Stores) -> Sums:
    """Decide which topics are new, and write the alerts with their deliveries, before anything is sent."""
    now = stores.now()
    new = ledger_sightings.undecided_sightings(stores.ledger)
    if not new:
        return Sums()
    since = min(now, new[0][0].at) - BASELINE
    known = ledger_sightings.decided_sightings(stores.ledger, since)
    told = ledger_alerts.recent_alerts(stores.ledger, since, "topic")
    found = detect(
        (Observation(sightings=sightings) for sightings in known),
        (Observation(sightings=sightings) for sightings in new),
        evidence=EvidenceFromIndex(stores.index),
        told=told,
        never=stores.never_new.never,
        routine=stores.never_new.routine,
    )
    fresh = [alert for alert in found if now - alert.fired_at <= NEWS]
    channels = stores.channels_for("topic")
    seen = [sightings[0].article_id for sightings in new]
    ledger_alerts.record_decision(stores.ledger, seen, fresh, channels, now)
    return Sums(
        taken=len(found), done=len(fresh), refused={"plus ancien que deux jours": len(found) - len(fresh)}
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
