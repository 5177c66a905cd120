"""A ledger as it is after so many articles went through: written at once, because the steps are measured elsewhere."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from bench.corpus import Corpus
from bench.newsroom import SOURCES
from vigie.adapters.ledger.alerts import record_decision
from vigie.adapters.ledger.schema import AddressRow, ArticleRow, EntryRow, PollRow, VersionRow
from vigie.batches import in_batches
from vigie.model import Alert, AlertId, Article, Passage, Trend, TrendId
from vigie.steps.polling import sync_feeds_file
from vigie.steps.publishing import publish_findings
from vigie.stores import Stores
from vigie.wire import dump_object

AT_ONCE = 5_000
ALERTS, TRENDS, POLLS_A_FEED = 400, 200, 2_000


def seed_ledger(stores: Stores, corpus: Corpus, count: int) -> Mapping[str, list[str]]:
    """Articles with an entry, an address and a version each, polls, alerts and trends; ids of each, by kind."""
    sync_feeds_file(stores)
    articles = (tagged.article for tagged in corpus.write(count))
    newest: list[Article] = []
    for batch in in_batches(articles, AT_ONCE):
        _insert(stores, batch)
        newest = batch[-500:]
    _insert_polls(stores)
    alerts = [_alert(number, newest[number % len(newest)], stores.now()) for number in range(ALERTS)]
    trends = [_trend(number, newest[number % len(newest)], stores.now()) for number in range(TRENDS)]
    record_decision(stores.ledger, [], alerts, [], stores.now(), trends=[(trend, "{}") for trend in trends])
    publish_findings(stores)
    return {
        "article": [article.id for article in newest],
        "alert": [alert.id for alert in alerts],
        "trend": [trend.id for trend in trends],
        "feed": [f"journal-{number}" for number in range(len(SOURCES))],
    }


def _insert(stores: Stores, articles: list[Article]) -> None:
    """Rows by the thousand, around the unit of work: the tallies of this ledger mean nothing."""
    with stores.ledger.writing() as session:
        session.execute(sa.insert(ArticleRow), [_article(each) for each in articles])
        session.execute(sa.insert(EntryRow), [_entry(each) for each in articles])
        session.execute(sa.insert(AddressRow), [_address(each) for each in articles])
        session.execute(sa.insert(VersionRow), [_version(each) for each in articles])


def _article(article: Article) -> dict[str, object]:
    return {
        "id": article.id, "entry_id": article.id, "feed_id": article.feed_id, "state": "indexed", "url": article.url,
        "title": article.title, "first_seen_at": article.first_seen_at, "published_at": article.date,
        "published": dump_object(article.published), "version": 1, "indexed_version": 1, "counted_version": 1,
        "decided_version": 1, "watched_version": 1, "indexed_at": article.first_seen_at + timedelta(minutes=3),
        "fetched_at": article.fetched_at, "fetch_tries": 0, "tries": 0,
    }  # fmt: skip


def _entry(article: Article) -> dict[str, object]:
    return {
        "id": article.id, "feed_id": article.feed_id, "article_id": article.id, "url": article.url,
        "first_seen_at": article.first_seen_at, "record_id": f"bench.warc.gz#{int(article.id, 16)}",
    }  # fmt: skip


def _address(article: Article) -> dict[str, object]:
    return {
        "key": str(article.url), "article_id": article.id, "url": article.url, "origin": "feed",
        "seen_at": article.first_seen_at,
    }  # fmt: skip


def _version(article: Article) -> dict[str, object]:
    return {
        "article_id": article.id, "number": 1, "origin": "page", "seen_at": article.first_seen_at,
        "entry_record_id": f"bench.warc.gz#{int(article.id, 16)}", "title": article.title, "text_hash": article.id,
        "dates": [dump_object(claim) for claim in article.dates],
    }  # fmt: skip


def _insert_polls(stores: Stores) -> None:
    for number in range(len(SOURCES)):
        with stores.ledger.writing() as session:
            session.execute(sa.insert(PollRow), list(_polls(f"journal-{number}", stores.now())))


def _polls(feed_id: str, now: datetime) -> Iterator[dict[str, object]]:
    for number in range(POLLS_A_FEED):
        yield {
            "feed_id": feed_id, "at": now - timedelta(minutes=5 * number), "status": 200, "health": "ok",
            "condition": "ok", "sentence": "20 entrées.", "body_bytes": 20_000, "duration_ms": 120, "entries_seen": 20,
            "entries_new": 1,
        }  # fmt: skip


def _alert(number: int, article: Article, now: datetime) -> Alert:
    passage = Passage(
        article_id=article.id,
        title=article.title,
        url=article.url,
        source=article.publisher,
        text=article.text[:200],
    )
    return Alert(
        id=AlertId(f"{number:020x}"), fired_at=now - timedelta(minutes=45 * number), topic=article.title[:60],
        terms=(article.title.split()[0],), article_ids=(article.id,), now=6, before=0.2, window_h=24,
        sources=(article.publisher,), reason="Six articles de trois sources en un jour, aucun avant.",
        passages=(passage,), kind="topic", about=f"{number % TRENDS:020x}", trend=tuple(range(28)),
    )  # fmt: skip


def _trend(number: int, article: Article, now: datetime) -> Trend:
    return Trend(
        id=TrendId(f"{number:020x}"), label=article.title[:60], terms=(article.title.split()[0],), state="growing",
        opened_at=now - timedelta(days=5), touched_at=now - timedelta(hours=number % 48), weight=5.0 + number, peak=9.0,
        now=6, before=0.3, window_h=24, counts=tuple(range(28)), sources=(article.publisher,),
        article_ids=(article.id,), told_at=now - timedelta(days=2), alert_id=AlertId(f"{number:020x}"),
    )  # fmt: skip
