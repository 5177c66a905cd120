"""The nouns with sensible defaults: a test says only what it is about."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from vigie.model import (
    Alert,
    AlertId,
    Article,
    ArticleId,
    DateClaim,
    Entry,
    EntryId,
    Feed,
    FeedId,
    Lesson,
    LessonId,
    Page,
    Passage,
    Sighting,
    TaggedArticle,
    Tags,
    Trend,
    TrendId,
)

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
"""The moment that tests speak from: a Tuesday."""


def feed(feed_id: str = "le-matin", **fields: Any) -> Feed:
    """A feed of the press that is polled."""
    usual: dict[str, Any] = {
        "url": f"https://{feed_id}.example/flux.xml",
        "publisher": feed_id.replace("-", " ").title(),
        "kind": "press",
        "language": "fr",
        "country": "FR",
        "zone": "Europe/Paris",
    }
    return Feed(id=FeedId(feed_id), **{**usual, **fields})


def entry(name: str = "une", **fields: Any) -> Entry:
    """An entry whose address is made from its name; the same name and feed give the same entry."""
    feed_id = fields.pop("feed_id", "le-matin")
    usual: dict[str, Any] = {
        "id": EntryId(hashlib.sha256(f"{feed_id}\n{name}".encode()).hexdigest()[:24]),
        "feed_id": FeedId(feed_id),
        "guid": name,
        "url": f"https://le-matin.example/{name}",
        "title": f"Titre de {name}",
        "summary": f"Résumé de {name}.",
    }
    return Entry(**{**usual, **fields})


def claim(at: datetime = NOW, **fields: Any) -> DateClaim:
    """A date that a feed gave to the second."""
    usual: dict[str, Any] = {
        "origin": "feed",
        "precision": "second",
        "offset_minutes": 60,
        "raw": at.isoformat(),
    }
    return DateClaim(at=at, **{**usual, **fields})


def page(url: str = "https://le-matin.example/une", body: bytes = b"<p>Bonjour.</p>", **fields: Any) -> Page:
    """A page that was had without a redirect."""
    usual: dict[str, Any] = {
        "requested_url": url,
        "addresses": (url,),
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": body,
        "fetched_at": NOW,
    }
    return Page(**{**usual, **fields})


def article(article_id: str = "a1", **fields: Any) -> Article:
    """The first version of an article that was read from its page."""
    usual: dict[str, Any] = {
        "version": 1,
        "feed_id": FeedId("le-matin"),
        "publisher": "Le Matin",
        "kind": "press",
        "country": "FR",
        "url": f"https://le-matin.example/{article_id}",
        "title": f"Titre de {article_id}",
        "text": f"Le texte de {article_id}.",
        "authors": (),
        "language": "fr",
        "published": None,
        "dates": (),
        "first_seen_at": NOW,
        "fetched_at": NOW,
        "origin": "page",
    }
    return Article(id=ArticleId(article_id), **{**usual, **fields})


def tagged(item: Article | None = None, tags: Tags | None = None, rules_version: str = "r1") -> TaggedArticle:
    """An article with its tags, none by default."""
    return TaggedArticle(article=item or article(), tags=tags or Tags(), rules_version=rules_version)


def sighting(term: str, article_id: str = "a1", **fields: Any) -> Sighting:
    """One term in one article."""
    usual: dict[str, Any] = {"label": term.title(), "at": NOW, "source": "Le Matin", "kind": "press"}
    return Sighting(term=term, article_id=ArticleId(article_id), **{**usual, **fields})


def alert(alert_id: str = "alerte-1", **fields: Any) -> Alert:
    """An alert with one passage."""
    usual: dict[str, Any] = {
        "fired_at": NOW,
        "topic": "Malpertuis : des plaintes",
        "terms": ("malpertuis",),
        "article_ids": (ArticleId("a1"),),
        "now": 6,
        "before": 0.1,
        "window_h": 24,
        "sources": ("Le Matin",),
        "reason": "« Malpertuis » : 6 articles en 24 h, contre 0,1 d'ordinaire.",
        "passages": (
            Passage(article_id=ArticleId("a1"), title="Titre", url=None, source="Le Matin", text="Six."),
        ),
    }
    return Alert(id=AlertId(alert_id), **{**usual, **fields})


def trend(trend_id: str = "sujet-1", **fields: Any) -> Trend:
    """A topic that was told an hour ago and grows."""
    usual: dict[str, Any] = {
        "label": "Malpertuis : des plaintes",
        "terms": ("Malpertuis", "plaintes"),
        "state": "growing",
        "opened_at": NOW - timedelta(days=1),
        "touched_at": NOW,
        "weight": 6.5,
        "peak": 7.0,
        "now": 6,
        "before": 0.1,
        "window_h": 24,
        "counts": (0, 0, 1, 6),
        "sources": ("Le Matin", "Le Soir"),
        "article_ids": (ArticleId("a1"), ArticleId("a2")),
        "told_at": NOW - timedelta(hours=1),
        "alert_id": AlertId("alerte-1"),
    }
    return Trend(id=TrendId(trend_id), **{**usual, **fields})


def lesson(kind: str = "mute", target: str = "malpertui", **fields: Any) -> Lesson:
    """What a person taught just now; a mute is of the word that is its target."""
    terms = (target,) if kind == "mute" else ()
    usual: dict[str, Any] = {"id": f"{kind}-{target}", "label": target, "made_at": NOW, "terms": terms}
    named = {**usual, **fields}
    return Lesson(kind=kind, target=target, **{**named, "id": LessonId(named["id"])})  # type: ignore[arg-type]
