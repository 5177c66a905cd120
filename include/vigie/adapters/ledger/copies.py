"""Copies: articles of their own whose text stands, to the letter, in one that was seen earlier."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import ArticleRow
from vigie.model import ArticleId


def originals_of(ledger: Ledger, ids: Sequence[ArticleId]) -> dict[ArticleId, ArticleId]:
    """For each of `ids` that is a copy, the article that had its text first."""
    earlier, later = aliased(ArticleRow), aliased(ArticleRow)
    same = sa.and_(earlier.body_hash == later.body_hash, earlier.id != later.id, earlier.state != "duplicate")
    first = sa.or_(
        earlier.first_seen_at < later.first_seen_at,
        sa.and_(earlier.first_seen_at == later.first_seen_at, earlier.id < later.id),
    )
    query = sa.select(later.id, earlier.id).join(earlier, same).where(later.id.in_(ids), first)
    with ledger.reading() as session:
        rows = session.execute(query.order_by(earlier.first_seen_at.desc(), earlier.id.desc()))
        return {
            ArticleId(copy): ArticleId(original) for copy, original in rows
        }  # the earliest comes last and stays
