"""What the watches found and what officials published, each once, however many alerts told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigie.adapters.index.port import Index
from vigie.model import Alert, AlertId, Passage
from vigie.page.shapes import ShortArticle, shorten_document
from vigie.search.documents import Document, passage_of
from vigie.search.snippets import make_snippet

PASSAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchNews:
    """What one watch found: articles in all, its alerts, the newest first, the words that matched, first passages."""

    id: str
    name: str
    articles: int
    at: datetime
    matched: tuple[str, ...]
    alert_ids: tuple[AlertId, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Communique:
    """An article of an official source; with the alert that told of it, where it is about a leader, and who that is."""

    article: ShortArticle
    alert_id: AlertId | None
    reason: str | None


def gather_watches(alerts: Iterable[Alert]) -> tuple[WatchNews, ...]:
    """One line a watch, the one that found something last first."""
    groups: dict[str, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.about or alert.id, []).append(alert)
    return tuple(_watch_news(about, group) for about, group in groups.items())


def _watch_news(about: str, alerts: Sequence[Alert]) -> WatchNews:
    passages = {passage.article_id: passage for alert in alerts for passage in alert.passages}
    return WatchNews(
        id=about,
        name=alerts[0].topic,
        articles=len({article for alert in alerts for article in alert.article_ids}),
        at=alerts[0].fired_at,
        matched=_once(word for alert in alerts for word in alert.matched),
        alert_ids=tuple(alert.id for alert in alerts),
        passages=tuple(passages.values())[:PASSAGES],
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Without what differs in capitals only; the first form stays."""
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(word.lower(), word)
    return tuple(kept.values())


def gather_communiques(
    index: Index, official: Sequence[ShortArticle], alerts: Sequence[Alert]
) -> tuple[Communique, ...]:
    """Each official article once, those that an alert told of too: one may be of the day before."""
    told = {
        alert.article_ids[0]: alert for alert in alerts if alert.kind == "communique" and alert.article_ids
    }
    listed = {article.id for article in official}
    missing = [article_id for article_id in told if article_id not in listed]
    others = index.get_many(missing).values() if missing else ()
    articles = [*official, *map(_shorten, others)]
    articles.sort(
        key=lambda article: (article.published_at or article.first_seen_at, article.id), reverse=True
    )
    return tuple(_communique(article, told.get(article.id)) for article in articles)


def _shorten(document: Document) -> ShortArticle:
    """With the start of its text, as the index gives it where no word was asked for."""
    return shorten_document(document, make_snippet(passage_of(document), ()))


def _communique(article: ShortArticle, alert: Alert | None) -> Communique:
    return Communique(
        article=article, alert_id=alert.id if alert else None, reason=alert.reason if alert else None
    )
