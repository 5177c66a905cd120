"""Publish: put the alerts, topics and standings that the index does not have, where dashboards and the page draw them."""

from collections.abc import Sequence

from vigie.adapters.ledger import findings as ledger_findings
from vigie.adapters.ledger.findings import Finding
from vigie.batches import in_batches
from vigie.model import Alert, Sums
from vigie.search.documents import Document
from vigie.search.findings import (
    DECIDED_KINDS,
    DecidedKind,
    build_alert_document,
    build_topic_document,
)
from vigie.steps.putting import PUT_AT_ONCE, put_findings
from vigie.steps.standings import publish_standings
from vigie.stores import Stores


def publish_findings(stores: Stores) -> Sums:
    """Put every alert, topic and standing that changed into the index; what the ledger no longer has leaves it.

    In the index first, then said in the ledger: killed between the two, it is put again, which changes nothing.
    """
    sums = Sums()
    for kind in DECIDED_KINDS:
        waiting = list(ledger_findings.read_findings(stores.ledger, kind, unpublished=True))
        for batch in in_batches(waiting, PUT_AT_ONCE):
            sums += _publish(stores, kind, batch)
        if waiting:
            _remove_strangers(stores, kind)
    return sums + publish_standings(stores)


def build_finding(finding: Finding) -> Document:
    """The document of an alert or a topic."""
    if isinstance(finding.body, Alert):
        return build_alert_document(finding.body, finding.rating)
    return build_topic_document(finding.body)


def _publish(stores: Stores, kind: DecidedKind, batch: Sequence[Finding]) -> Sums:
    refused = put_findings(stores, kind, [build_finding(finding) for finding in batch])
    taken = [finding for finding in batch if finding.body.id not in refused]
    ledger_findings.record_published(stores.ledger, taken, stores.now())
    return Sums(taken=len(batch), done=len(taken), failed=len(refused))


def _remove_strangers(stores: Stores, kind: DecidedKind) -> None:
    """A trend that the detector forgot is no topic any more.

    The index is read first: what another worker adds meanwhile is in the ledger before it is in the index.
    """
    findings = stores.index.findings(kind)
    held = {finding_id for finding_id, _digest in findings.digests()}
    gone = held - ledger_findings.finding_ids(stores.ledger, kind)
    if gone:
        findings.delete(sorted(gone))
