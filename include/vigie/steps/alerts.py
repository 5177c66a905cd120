"""Alerts: count the terms of what was indexed, decide what is new, tell the channels."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from vigie.adapters.index.port import Index
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import copies
from vigie.adapters.notify import notify
from vigie.batches import in_batches
from vigie.errors import TransientError
from vigie.model import ArticleId, Sighting, Sums
from vigie.search.documents import read_document
from vigie.stores import Stores
from vigie.topics.detector import Observation, detect
from vigie.topics.labels import ArticleEvidence
from vigie.topics.terms import list_sightings

log = logging.getLogger(__name__)
BASELINE = timedelta(days=35)
"""How far back the detector is told of: its own baseline of 28 days, and a week for what comes late."""
NEWS = timedelta(days=2)
"""An alert whose articles are older than this is history: an import, a feed that was away. It is counted, not sent."""


def count_terms(stores: Stores) -> Sums:
    """Write down the terms of every article that was indexed since the last time."""
    ids = ledger_alerts.uncounted_articles(stores.ledger)
    for batch in in_batches(ids):
        originals = copies.originals_of(stores.ledger, batch)
        counted = [_count(stores, article_id, copy=article_id in originals) for article_id in batch]
        ledger_alerts.record_sightings(stores.ledger, counted)
    return Sums(taken=len(ids), done=len(ids))


def decide_alerts(stores: Stores) -> Sums:
    """Decide which topics are new, and write the alerts with their deliveries, before anything is sent."""
    now = stores.now()
    new = ledger_alerts.undecided_sightings(stores.ledger)
    if not new:
        return Sums()
    since = min(now, new[0][0].at) - BASELINE
    known = ledger_alerts.decided_sightings(stores.ledger, since)
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
    channels = [(channel.key, channel.label) for channel in stores.channels]
    seen = [sightings[0].article_id for sightings in new]
    ledger_alerts.record_decision(stores.ledger, seen, fresh, channels, now)
    return Sums(
        taken=len(found), done=len(fresh), refused={"plus ancien que deux jours": len(found) - len(fresh)}
    )


def notify_channels(stores: Stores) -> Sums:
    """Send every delivery that is due; a channel that is down is tried again later."""
    channels = {channel.key: channel for channel in stores.channels}
    sent = failed = 0
    while claimed := ledger_alerts.claim_deliveries(stores.ledger, list(channels), stores.now()):
        for delivery in claimed:
            try:
                notify(delivery.alert, channels[delivery.channel])
            except TransientError as error:
                ledger_alerts.record_unsent(stores.ledger, delivery, str(error), stores.now())
                failed += 1
            else:
                ledger_alerts.record_sent(stores.ledger, delivery, stores.now())
                sent += 1
    return Sums(taken=sent + failed, done=sent, failed=failed)


def _count(stores: Stores, article_id: ArticleId, *, copy: bool) -> tuple[ArticleId, int, Sequence[Sighting]]:
    document = stores.index.get(article_id)
    if document is None:
        raise TransientError(f"article {article_id} is not in the index; `vigie audit` says more")
    tagged = read_document(document)
    return article_id, tagged.article.version, list_sightings(tagged, copy=copy)


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
