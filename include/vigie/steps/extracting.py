"""Extract: from what the archive holds to an article with its text and dates, a batch at a time."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from vigie.adapters.confined.extractor import extract_confined
from vigie.adapters.ledger import extractions, stages
from vigie.adapters.ledger.extractions import Extraction, Material
from vigie.articles.changes import diff_articles, drop_noise, list_changes
from vigie.articles.compose import Ground, compose_article, hash_content, hash_text
from vigie.articles.sketches import sketch_text
from vigie.errors import PermanentError, TransientError
from vigie.model import Article, ArticleId, RecordId, Sums
from vigie.pages.extract import ExtractedPage
from vigie.rights import reserved_by_meta
from vigie.stores import Stores

log = logging.getLogger(__name__)


def extract_articles(stores: Stores, ids: Sequence[ArticleId]) -> Sums:
    """From what the archive holds to an article with its text and dates, or a reason to refuse it."""
    claimed = extractions.claim_for_extract(stores.ledger, ids, stores.now())
    found = [extraction for material in claimed if (extraction := _try_extract(stores, material))]
    extractions.record_extractions(stores.ledger, found, stores.now())
    refused: dict[str, int] = {}
    for extraction in found:
        if extraction.rejected:
            refused[extraction.rejected] = refused.get(extraction.rejected, 0) + 1
    done = len(found) - sum(refused.values())
    return Sums(taken=len(claimed), done=done, failed=len(claimed) - len(found), refused=refused)


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
    problem = page.problem if page and not page.text else None
    article = _compose(stores, material, material.entry_record_id, page, material.version + 1)
    if article is None:
        return Extraction(
            article_id=material.article_id, article=None, rejected="ni titre ni texte", page_problem=problem
        )
    content_hash = hash_content(article)
    before = _previous(stores, material)
    upgraded = before is not None and before.origin == "feed" and article.origin == "page"
    changed = list_changes(before, article) if before is not None and not upgraded else ()
    if before is not None and not upgraded and (not changed or _is_worse(article, before)):
        article, content_hash = before, material.text_hash or content_hash
    sketch = sketch_text(drop_noise(article.text))
    return Extraction(
        article_id=material.article_id,
        article=article,
        text_hash=content_hash,
        body_hash=hash_text(article),
        sketch=sketch.dump() if sketch else None,
        changed=changed,
        diff=diff_articles(before, article) if before is not None and before is not article else None,
        canonical=article.url if page and article.url != material.url else None,
        page_problem=problem,
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
    return extract_confined(
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
        refused_canonical=material.refused_canonical,
    )
    reserved = page is not None and page.tdm_reserved and not material.feed.licensed
    article = compose_article(ground, stores.archive.read_entry(entry_record_id), None if reserved else page)
    rights = reserved_by_meta() if reserved else material.rights
    return replace(article, rights=rights) if article and article.origin != "page" else article
