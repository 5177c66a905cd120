"""After a restore: leases of processes that are gone, and articles that the index does not hold as it should."""

from collections.abc import Iterable

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import ArticleRow, DeliveryRow, FeedRow, HostRow
from vigie.batches import in_batches
from vigie.model import ArticleId

LEASED = (FeedRow, HostRow, ArticleRow, DeliveryRow)
AT_ONCE = 500


def release_all(ledger: Ledger) -> None:
    """Nobody works on this ledger: whatever its copy says was leased is free."""
    with ledger.writing() as session:
        for table in LEASED:
            session.execute(sa.update(table).values(lease_owner=None, lease_until=None))


def reopen_articles(ledger: Ledger, ids: Iterable[ArticleId]) -> int:
    """The index does not hold these: each that should be there is made once more, from the archive; how many."""
    again = {"todo": "extract", "rules_version": None, "retry_at": None, "state": "waiting"}
    reopened = 0
    with ledger.writing() as session:
        for batch in in_batches(list(ids), AT_ONCE):
            chosen = ArticleRow.id.in_(batch)
            session.execute(sa.update(ArticleRow).where(chosen).values(indexed_version=0))
            kept = sa.and_(chosen, ArticleRow.version > 0, ArticleRow.state != "duplicate")
            done = session.execute(sa.update(ArticleRow).where(kept).values(again))
            reopened += done.rowcount  # type: ignore[attr-defined]  # an update has a row count
    return reopened
