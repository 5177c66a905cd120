"""Reconcile: bring an index that was restored, or lost something, back to what the ledger says of it.

What is missing or of another version is indexed again from the archive, what no ledger row knows leaves. A rebuild does
the same for all articles; this does it for those that differ.
"""

from vigie.adapters.ledger import accounts, findings, reconciling
from vigie.model import Sums
from vigie.search.findings import DECIDED_KINDS
from vigie.stores import Stores


def mend_index(stores: Stores) -> Sums:
    """Find what differs and open it again: the stages do the rest. Alerts and topics are to be published again."""
    return _mend_articles(stores) + _mend_findings(stores)


def _mend_articles(stores: Stores) -> Sums:
    """The index is read first: what comes into it meanwhile has its row in the ledger already."""
    held = dict(stores.index.versions())
    expected = accounts.expected_documents(stores.ledger)
    wrong = [each for each, item in expected.items() if not item.allows(held.get(each))]
    strangers = [each for each in held if each not in expected]
    reconciling.reopen_articles(stores.ledger, wrong)
    stores.index.delete([*strangers, *(each for each in wrong if each in held)])
    return Sums(taken=len(wrong) + len(strangers), done=len(wrong) + len(strangers))


def _mend_findings(stores: Stores) -> Sums:
    """Alerts and topics are few: all are published again, by the step that does so."""
    gone = 0
    for kind in DECIDED_KINDS:
        held = {finding_id for finding_id, _digest in stores.index.findings(kind).digests()}
        strangers = sorted(held - findings.finding_ids(stores.ledger, kind))
        stores.index.findings(kind).delete(strangers)
        gone += len(strangers)
    findings.forget_published(stores.ledger)
    return Sums(taken=gone, done=gone)
