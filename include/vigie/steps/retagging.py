"""Tag again what other rules tagged: from the text in the index, without the archive.

An article keeps the version of the rules that tagged it, so a run that was stopped goes on where it was: what it
reopened is due in the ledger, and the rest is still by other rules.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from vigie.adapters.ledger import retags
from vigie.batches import in_batches
from vigie.model import ArticleId, Sums, TaggedArticle, Tags
from vigie.search.documents import read_document
from vigie.steps.articles import tag_each
from vigie.stores import Stores
from vigie.tagging.comparing import TagChanges

log = logging.getLogger(__name__)
Report = Callable[[str, Sums], None]
ROWS_LOGGED = 50


def reopen_stale(
    stores: Stores, since: datetime | None, until: datetime | None, report: Report | None = None
) -> Sums:
    """Send the articles of a range that other rules tagged through tag and index again; the stages do the rest."""
    stale = _stale(stores, since, until)
    sums = Sums()
    for batch in in_batches(stale):
        items = [item.article for item in _read(stores, batch)]
        opened = retags.reopen_tags(stores.ledger, items)
        sums += Sums(taken=len(batch), done=opened, refused=_changed(len(batch) - opened))
        if report:
            report("reprocess", sums)
    return sums


def compare_tags(
    stores: Stores,
    since: datetime | None,
    until: datetime | None,
    *,
    limit: int | None = None,
    report: Report | None = None,
) -> tuple[TagChanges, int]:
    """What today's rules would change in a range, and how many articles of it other rules tagged. Nothing is written.

    With `limit` only so many are tagged, spread evenly over the range.
    """
    stale = _stale(stores, since, until)
    changes = TagChanges()
    for batch in in_batches(_spread(stale, limit)):
        items = list(_read(stores, batch))
        for item, found in zip(items, tag_each(stores, [item.article for item in items]), strict=True):
            if isinstance(found, Tags):
                changes.add(item.tags, found)
        if report:
            report("dry run", Sums(taken=min(len(stale), limit or len(stale)), done=changes.seen))
    return changes, len(stale)


def log_changes(stores: Stores, since: datetime | None, until: datetime | None) -> Sums:
    """`compare_tags` for the log of a task."""
    changes, stale = compare_tags(stores, since, until)
    log.info("%d articles by other rules, %d seen, %d would change", stale, changes.seen, changes.changed)
    for name, gained, lost in changes.rows()[:ROWS_LOGGED]:
        log.info("%s %s: +%d -%d", name.kind, name.name, gained, lost)
    return Sums(taken=stale, done=changes.seen)


def _stale(stores: Stores, since: datetime | None, until: datetime | None) -> list[ArticleId]:
    return retags.stale_articles(stores.ledger, stores.tagger.rules_version, since, until)


def _read(stores: Stores, ids: Sequence[ArticleId]) -> Iterator[TaggedArticle]:
    """The articles as the index has them; one that has left it meanwhile is left out."""
    documents = stores.index.get_many(ids)
    yield from (read_document(documents[article_id]) for article_id in ids if article_id in documents)


def _spread(ids: Sequence[ArticleId], limit: int | None) -> Sequence[ArticleId]:
    if limit is None or len(ids) <= limit:
        return ids
    return [ids[index * len(ids) // limit] for index in range(limit)]


def _changed(count: int) -> dict[str, int]:
    return {"changé entre-temps": count} if count else {}
