"""Put: findings into the index, and a line in the log for each that it would not take."""

import logging
from collections.abc import Sequence

from vigie.search.documents import Document
from vigie.search.findings import FindingKind
from vigie.stores import Stores

log = logging.getLogger(__name__)
PUT_AT_ONCE = 500


def put_findings(stores: Stores, kind: FindingKind, documents: Sequence[Document]) -> set[str]:
    """The ids of those that were refused."""
    refusals = stores.index.findings(kind).put(documents)
    for refusal in refusals:
        log.error("%s %s is refused by the index: %s", kind, refusal.id, refusal.reason)
    return {str(refusal.id) for refusal in refusals}
