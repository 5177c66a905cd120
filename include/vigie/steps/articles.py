"""Index: from the archived page to the searchable document, a batch at a time."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.adapters.ledger import copies, stages
from vigie.adapters.ledger.stages import Extraction, Material
from vigie.compose import Ground, compose_article, diff_articles, hash_content, hash_text
from vigie.documents import build_document
from vigie.errors import PermanentError, TransientError
from vigie.extract import ExtractedPage, extract_page
from vigie.model import Article, ArticleId, RecordId, Sums, TaggedArticle, Tags
from vigie.stores import Stores

if TYPE_CHECKING:
    from vigie.tagging.trials import Untaggable

log = logging.getLogger(__name__)


def choose_articles(stores: Stores) -> list[ArticleId]:
    """The articles that need something done now."""
    return stages.due_articles(stores.ledger, stores.now())


def extract_articles(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """From what the archive holds to an article with its text and dates, or a reason to refuse it."""
    claimed = stages.claim_for_extract(stores.ledger, ids, stores.now())
    found = [extraction for material in claimed if (extraction := _try_extract(stores, material))]
    stages.record_extractions(stores.ledger, found, stores.now())
    refused: dict[str, int] = {}
    for extraction in found:
        if extraction.rejected:
            refused[extraction.rejected] = refused.get(extraction.rejected, 0) + 1
    done = len(found) - sum(refused.values())
    return Sums(taken=len(claimed), done=done, failed=len(claimed) - len(found), refused=refused)


def tag_articles(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """Say who and what each article is about."""
    claimed = stages.claim_for_tag(stores.ledger, ids, stores.now())
    if not claimed:
        return Sums()
    tagged: list[TaggedArticle] = []
    for article, found in zip(claimed, _tag_each(stores, claimed), strict=True):
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
    now = stores.now()
    documents = [
        build_document(item, indexed_at=now, copy_of=originals.get(item.article.id)) for item in tagged
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


def _tag_each(stores: Stores, articles: Sequence[Article]) -> "list[Tags | Untaggable]":
    from vigie.tagging.pipeline import TextToTag  # spaCy: a second to import, for this step alone
    from vigie.tagging.trials import tag_each

    texts = [
        TextToTag(
            id=article.id,
            text=article.text,
            title=article.title,
            date=article.date,
            language=article.language,
            source_country=article.country,
        )
        for article in articles
    ]
    return tag_each(stores.tagger, texts)


def _try_extract(stores: Stores, material: Material) -> Extraction | None:
    """One article's trouble is its own: it is recorded, and the batch goes on."""
    try:
        return extract_article(stores, material)
    except TransientError:
        raise
    except Exception as error:
        log.exception("article %s cannot be extracted", material.article_id)
        reason = str(error) if isinstance(error, PermanentError) else f"{type(error).__name__}: {error}"
        stages.record_failure(stores.ledger, material.article_id, reason, stores.now())
        return None


def extract_article(stores: Stores, material: Material) -> Extraction:
    """The next version of an article, beside the one before it."""
    page = _read_page(stores, material.page_record_id, material)
    article = _compose(stores, material, material.entry_record_id, page, material.version + 1)
    if article is None:
        return Extraction(article_id=material.article_id, article=None, rejected="ni titre ni texte")
    content_hash = hash_content(article)
    before = _previous(stores, material)
    if before is not None and (content_hash == material.text_hash or _is_worse(article, before)):
        article, content_hash = before, material.text_hash or content_hash
    return Extraction(
        article_id=material.article_id,
        article=article,
        text_hash=content_hash,
        body_hash=hash_text(article),
        diff=diff_articles(before, article) if before is not None and before is not article else None,
        canonical=article.url if page and article.url != material.url else None,
        entry_record_id=material.entry_record_id,
        page_record_id=material.page_record_id,
    )


def _is_worse(article: Article, before: Article) -> bool:
    """A page that was read once and now gives nothing is no edit: what we had stays."""
    return before.origin == "page" and article.origin != "page"


def _previous(stores: Stores, material: Material) -> Article | None:
    if material.previous is None:
        return None
    entry_record_id, page_record_id = material.previous
    page = _read_page(stores, page_record_id, material)
    return _compose(stores, material, entry_record_id, page, material.version)


def _read_page(stores: Stores, record_id: RecordId | None, material: Material) -> ExtractedPage | None:
    if record_id is None:
        return None
    page = stores.archive.read_page(record_id)
    return extract_page(
        page.body, url=page.url, zone=material.feed.zone, content_type=page.header("Content-Type")
    )


def _compose(
    stores: Stores, material: Material, entry_record_id: RecordId, page: ExtractedPage | None, version: int
) -> Article | None:
    ground = Ground(
        article_id=material.article_id,
        version=version,
        feed=material.feed,
        url=material.url,
        first_seen_at=material.first_seen_at,
        fetched_at=material.fetched_at,
        published=material.published,
    )
    return compose_article(ground, stores.archive.read_entry(entry_record_id), page)
