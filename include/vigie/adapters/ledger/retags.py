"""Articles whose tags were given by other rules than today's."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import ArticleRow, DraftRow
from vigie.model import Article, ArticleId
from vigie.wire import dump_json


def stale_articles(
    ledger: Ledger, rules_version: str, since: datetime | None, until: datetime | None
) -> list[ArticleId]:
    """The articles of a range of `first_seen_at` that are in the index by other rules, first seen first."""
    chosen = [
        ArticleRow.state == "indexed",
        ArticleRow.todo.is_(None),
        sa.or_(ArticleRow.rules_version.is_(None), ArticleRow.rules_version != rules_version),
    ]
    if since:
        chosen.append(ArticleRow.first_seen_at >= since)
    if until:
        chosen.append(ArticleRow.first_seen_at < until)
    with ledger.reading() as session:
        ids = session.scalars(
            sa.select(ArticleRow.id).where(*chosen).order_by(ArticleRow.first_seen_at, ArticleRow.id)
        )
        return [ArticleId(i) for i in ids]


def reopen_tags(ledger: Ledger, articles: Sequence[Article]) -> int:
    """Send these through tag and index again, as they are; those that changed meanwhile are left alone. How many."""
    with ledger.writing() as session:
        opened = 0
        for article in articles:
            row = session.get_one(ArticleRow, article.id)
            if row.state == "indexed" and row.todo is None and row.version == article.version:
                session.merge(DraftRow(article_id=row.id, body=dump_json(article)))
                row.todo, row.rules_version, row.retry_at = "tag", None, None
                opened += 1
        return opened
