"""Tag and index: from an extracted article to the searchable document, a batch at a time."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.adapters.ledger import copies, stages
from vigie.model import Article, ArticleId, Sums, TaggedArticle, Tags
from vigie.search.documents import build_document
from vigie.stores import Stores

if TYPE_CHECKING:
    from vigie.tagging.trials import Untaggable

log = logging.getLogger(__name__)


def choose_articles(stores: Stores) -> list[ArticleId]:
    """The articles that need something done now."""
    return stages.due_articles(stores.ledger, stores.now())


def tag_articles(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """Say who and what each article is about."""
    claimed = stages.claim_for_tag(stores.ledger, ids, stores.now())
    if not claimed:
        return Sums()
    tagged: list[TaggedArticle] = []
    for article, found in zip(claimed, tag_each(stores, claimed), strict=True):
        if isinstance(found, Tags):
            rules = stores.tagger.rules_version
            tagged.append(TaggedArticle(article=article, tags=found, rules_version=rules))
        else:
            log.error("article %s cannot be tagged: %s", article.id, found.reason)
            stages.record_failure(stores.ledger, article.id, found.reason, stores.now())
    stages.record_tagged(stores.ledger, tagged)
    return Sums(taken=len(claimed), done=len(tagged), failed=len(claimed) - len(tagged))


def index_articles(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """Make each article searchable; what became a duplicate leaves the index."""
    tagged, gone = stages.claim_for_index(stores.ledger, ids, stores.now())
    originals = copies.originals_of(stores.ledger, [item.article.id for item in tagged])
    copy_of = {article_id: ArticleId(original.id) for article_id, original in originals.items()}
    now = stores.now()
    before = stores.index.get_many([item.article.id for item in tagged])
    documents = [
        build_document(
            item,
            indexed_at=now,
            copy_of=copy_of.get(item.article.id),
            before=before.get(item.article.id),
        )
        for item in tagged
    ]
    refusals = {refusal.id: refusal.reason for refusal in stores.index.put(documents)}
    stores.index.delete(gone)
    stages.record_deleted(stores.ledger, gone)
    taken = [item.article for item in tagged if item.article.id not in refusals]
    stages.record_indexed(stores.ledger, [(article.id, article.version) for article in taken], now)
    for article_id, reason in refusals.items():
        log.error("article %s is refused by the index: %s", article_id, reason)
        stages.record_failure(stores.ledger, article_id, f"refused by the index: {reason}", now)
    return Sums(taken=len(tagged) + len(gone), done=len(taken) + len(gone), failed=len(refusals))


def tag_each(stores: Stores, articles: Sequence[Article]) -> "list[Tags | Untaggable]":
    """What the rules say of each article, in order, or why they cannot."""
    from vigie.tagging import trials  # spaCy: a second to import, for this step alone
    from vigie.tagging.pipeline import TextToTag

    texts = [
        TextToTag(
            id=article.id,
            text=article.text,
            title=article.title,
            standfirst=article.standfirst,
            date=article.date,
            language=article.language,
            source_country=article.country,
        )
        for article in articles
    ]
    return trials.tag_each(stores.tagger, texts)
