"""Count: write down the terms of what was indexed."""

from collections.abc import Collection, Sequence

from vigie.adapters.ledger import copies, sightings
from vigie.batches import in_batches
from vigie.errors import TransientError
from vigie.model import ArticleId, Sighting, Sums
from vigie.search.documents import read_document
from vigie.stores import Stores
from vigie.topics.terms import list_sightings


def count_terms(stores: Stores) -> Sums:
    """Write down the terms of every article that was indexed since the last time."""
    ids = sightings.uncounted_articles(stores.ledger)
    titles = stores.never_new.title_keys
    for batch in in_batches(ids):
        originals = copies.originals_of(stores.ledger, batch)
        counted = [
            _count(stores, article_id, copy=article_id in originals, titles=titles) for article_id in batch
        ]
        sightings.record_sightings(stores.ledger, counted)
    return Sums(taken=len(ids), done=len(ids))


def _count(
    stores: Stores, article_id: ArticleId, *, copy: bool, titles: Collection[str]
) -> tuple[ArticleId, int, Sequence[Sighting]]:
    document = stores.index.get(article_id)
    if document is None:
        raise TransientError(f"article {article_id} is not in the index; `vigie audit` says more")
    tagged = read_document(document)
    return article_id, tagged.article.version, list_sightings(tagged, copy=copy, routine_titles=titles)
