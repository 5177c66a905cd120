"""Standings: how feeds fare and what became of entries, read off the ledger and put into the index for dashboards.

The ledger does not say which of them the index has: each pass compares digests, puts what changed and removes what is no
more. So one that is lost or wrong is right again after the next pass, and a rebuild needs nothing but that pass.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta

from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.adapters.ledger.feed_reports import FeedReport, report_feeds
from vigie.adapters.ledger.state_counts import count_states
from vigie.batches import in_batches
from vigie.model import Sums
from vigie.search.documents import Document
from vigie.search.findings import STANDING_KINDS, StandingKind
from vigie.search.standings import FeedStanding, build_feed_document, build_state_document, day_of
from vigie.steps.putting import PUT_AT_ONCE, put_findings
from vigie.stores import Stores

SHOWN_DAYS = 400
"""A year can be laid beside the one before; at some five documents a day that is two thousand."""
RECOUNTED_DAYS = 31
"""What an entry becomes is settled in days. Older days stay as they were counted, until the index is rebuilt."""


def publish_standings(stores: Stores) -> Sums:
    """Put every standing that the index does not have as the ledger has it."""
    sums = Sums()
    for kind in STANDING_KINDS:
        sums += _publish(stores, kind)
    return sums


def find_strange_standings(stores: Stores, kind: StandingKind) -> Iterator[str]:
    """For the audit: the ids in the index that the ledger knows nothing of. Late ones are no fault: a pass puts them.

    The index is read first: what comes into it meanwhile has its row in the ledger already.
    """
    held = [finding_id for finding_id, _digest in stores.index.findings(kind).digests()]
    if kind == "feeds":
        known = ledger_feeds.known_feeds(
            stores.ledger
        )  # one that left the feeds file leaves the index with the next pass
        yield from (finding_id for finding_id in held if finding_id not in known)
    elif held:
        first = datetime.fromisoformat(f"{min(map(day_of, held))}T00:00:00+00:00")
        days = {standing.day.isoformat() for standing in count_states(stores.ledger, first)}
        yield from (finding_id for finding_id in held if day_of(finding_id) not in days)


def _publish(stores: Stores, kind: StandingKind) -> Sums:
    held = dict(stores.index.findings(kind).digests())
    since = _midnight(stores.now(), RECOUNTED_DAYS if held else SHOWN_DAYS)
    wanted = {document["id"]: document for document in _build(stores, kind, since)}
    gone = [
        finding_id for finding_id in held if finding_id not in wanted and _may_go(stores, kind, finding_id)
    ]
    if gone:
        stores.index.findings(kind).delete(sorted(gone))
    changed = [document for document in wanted.values() if held.get(document["id"]) != document["digest"]]
    refused = [
        finding_id
        for batch in in_batches(changed, PUT_AT_ONCE)
        for finding_id in put_findings(stores, kind, batch)
    ]
    return Sums(taken=len(changed), done=len(changed) - len(refused), failed=len(refused))


def _build(stores: Stores, kind: StandingKind, since: datetime) -> Iterator[Document]:
    if kind == "feeds":
        return (build_feed_document(_standing(report)) for report in report_feeds(stores.ledger))
    return (build_state_document(standing) for standing in count_states(stores.ledger, since))


def _standing(report: FeedReport) -> FeedStanding:
    return FeedStanding(**{field.name: getattr(report, field.name) for field in fields(FeedStanding)})


def _may_go(stores: Stores, kind: StandingKind, finding_id: str) -> bool:
    """A feed that is listed no more; of days, those that were counted again and those that are shown no longer."""
    recounted = _midnight(stores.now(), RECOUNTED_DAYS).date().isoformat()
    shown = _midnight(stores.now(), SHOWN_DAYS).date().isoformat()
    return kind == "feeds" or not shown <= day_of(finding_id) < recounted


def _midnight(now: datetime, days_before: int) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_before)
