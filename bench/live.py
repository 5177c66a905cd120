"""Live: one pass of counting and deciding over a day's new articles, tagged and indexed, behind weeks of such days.

Beside it, reading the same articles' documents from the index, which counting has to do.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bench.figures import Figure, Job, measure
from bench.newsroom import SOURCES, Entry, Newsroom
from bench.stores import open_bench_stores
from vigie.adapters.ledger.schema import ArticleRow
from vigie.batches import in_batches
from vigie.model import Article, ArticleId, DateClaim, FeedId, TaggedArticle, Tags
from vigie.search.documents import build_document
from vigie.steps import counting, deciding
from vigie.steps.polling import sync_feeds_file
from vigie.stores import Stores

AT_ONCE = 1_000


def live(job: Job) -> dict[str, Figure]:
    """`job.feeds` days of `job.entries` articles are counted and decided on; then comes one more day, which is measured.

    What lies in ledger and index is what the steps before leave there, written at once: they are measured elsewhere.
    """
    newsroom = Newsroom(per_day=job.entries, weekend=1.0)
    entries = list(newsroom.write(job.entries * (job.feeds + 1)))
    past, new = entries[: -job.entries], entries[-job.entries :]
    with open_bench_stores(job, now=_at(past[-1])) as stores:
        sync_feeds_file(stores)
        for batch in in_batches(past, AT_ONCE):
            _index(stores, batch)
        _pass(stores)
    with open_bench_stores(job, now=_at(new[-1])) as stores:
        ids = _index(stores, new)
        bare = measure(lambda: sum(1 for article_id in ids if stores.index.get(article_id)))
        ours = measure(lambda: _pass(stores))
    return {"live": ours, "bare": bare}


def _pass(stores: Stores) -> int:
    counted = counting.count_terms(stores).done
    deciding.decide_alerts(stores)
    return counted


def _index(stores: Stores, entries: Sequence[Entry]) -> list[ArticleId]:
    """Articles as they are when they have just been indexed."""
    tagged = [_tagged(entry) for entry in entries]
    stores.index.put([build_document(item, indexed_at=item.article.date, copy_of=None) for item in tagged])
    with stores.ledger.writing() as session:
        session.add_all(_row(item.article) for item in tagged)
    return [item.article.id for item in tagged]


def _row(article: Article) -> ArticleRow:
    return ArticleRow(
        id=article.id, entry_id=article.id, feed_id=article.feed_id, state="indexed", url=article.url, title=article.title,
        first_seen_at=article.first_seen_at, published_at=article.date, version=1, indexed_version=1,
        indexed_at=article.first_seen_at,
    )  # fmt: skip


def _tagged(entry: Entry) -> TaggedArticle:
    at = _at(entry)
    claim = DateClaim(at=at, origin="feed", precision="second", offset_minutes=0, raw=entry.published_at)
    article = Article(
        id=ArticleId(entry.id), version=1, feed_id=FeedId(f"journal-{SOURCES.index(entry.source)}"),
        publisher=entry.source, kind="press", country="FR", url=entry.url, title=entry.title, text=entry.text,
        authors=(), language="fr", published=claim, dates=(claim,), first_seen_at=at, fetched_at=at, origin="feed",
    )  # fmt: skip
    return TaggedArticle(article=article, tags=Tags(keyphrases=entry.keyphrases), rules_version="1")


def _at(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.published_at) + timedelta(seconds=1)
