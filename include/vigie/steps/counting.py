"""Count: write down the terms of what was indexed."""

from collections.abc import Collection, Sequence

from vigie.adapters.index.port import read_all
from vigie.adapters.ledger import copies, sightings
from vigie.batches import in_batches
from vigie.model import ArticleId, Sighting, Sums
from vigie.search.documents import Document, read_document
from vigie.stores import Stores
from vigie.topics.terms import list_sightings


def count_terms(stores: Stores) -> Sums:
    """Write down the terms of every article that was indexed since the last time."""
    ids = sightings.uncounted_articles(stores.ledger)
    titles = stores.never_new.title_keys
    for batch in in_batches(ids):
        originals = copies.originals_of(stores.ledger, batch)
        documents = read_all(stores.index, batch)
        counted = [
            _count(document, copy=article_id in originals, titles=titles)
            for article_id, document in zip(batch, documents, strict=True)
        ]
        sightings.record_sightings(stores.ledger, counted)
    return Sums(taken=len(ids), done=len(ids))


def _count(
    document: Document, *, copy: bool, titles: Collection[str]
) -> tuple[ArticleId, int, Sequence[Sighting]]:
    tagged = read_document(document)
    article = tagged.article
    return article.id, article.version, list_sightings(tagged, copy=copy, routine_titles=titles)
