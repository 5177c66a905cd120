"""The world that the page's tests look at, made by the steps themselves: only tags and one topic are by hand.

Thirteen articles (an edited one, a copy, an undated one, hostile titles), feeds of every health, a topic of the detector
with two alerts, a watch that found something, a communiqué, operators' alerts, a lesson.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from demo.newsroom import Newsroom
from tests.builders import alert, trend
from tests.cli.site import Item, html, published, put_feed
from tests.page.tagging import tag_by_hand
from tests.page.written import HOSTILE_LABEL, PIECES, Piece
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import sightings
from vigie.adapters.ledger.watches import save_watch
from vigie.model import Alert, AlertId, Passage, Trend, TrendId
from vigie.settings import Settings
from vigie.steps import (
    articles,
    auditing,
    counting,
    extracting,
    feed_alerts,
    feed_health,
    fetching,
    notifying,
    polling,
    publishing,
    rework,
    teaching,
    watching,
)
from vigie.stores import Stores, open_stores
from vigie.topics.subjects import Subject
from vigie.watches.watch import Watch, WatchId
from vigie.wire import dump_json

BEGAN = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
EDITED = BEGAN + timedelta(minutes=16)
NOW = BEGAN + timedelta(minutes=30)
"""When the page is asked."""

TOPIC = TrendId("0123456789abcdef0123")
HOSTILE_TOPIC = TrendId("fedcba98765432100123")
TOPIC_ALERT = AlertId("a0a0a0a0a0a0a0a0a0a0")
GROWING_ALERT = AlertId("b1b1b1b1b1b1b1b1b1b1")
WATCH = WatchId("eau")
WATCH_OF_FILE = WatchId("du-fichier")

_TROUBLED = {"malforme": 200, "bloque": 403, "en-panne": 500, "supprime": 410}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where it all lies. `settings` have its clock at `NOW`; `newsroom` still answers."""

    settings: Settings
    newsroom: Newsroom
    busy: Newsroom


@contextmanager
def made_world(folder: Path) -> Iterator[World]:
    """The world in a folder, while its newsrooms are up."""
    with Newsroom(BEGAN, past_days=0) as newsroom, Newsroom(BEGAN, past_days=0) as busy:
        settings = _settings(folder, newsroom, busy)
        _write_watches(folder)
        _follow(folder, newsroom, busy)
        with open_stores(_at(settings, BEGAN)) as stores:
            _begin(stores, newsroom)
        with open_stores(_at(settings, EDITED)) as stores:
            _put_pages(newsroom, edited=True)
            _collect(stores)
        _follow(folder, newsroom, busy, ("nouveau",))
        with open_stores(settings) as stores:
            polling.sync_feeds_file(stores)
            _detect(stores)
            assert auditing.audit(stores).ok, auditing.audit(stores).problems
        yield World(settings=settings, newsroom=newsroom, busy=busy)


def open_world(settings: Settings, stack: ExitStack) -> Stores:
    """Stores over it, as the plugin opens them."""
    return Stores(settings, stack)


def _settings(folder: Path, *newsrooms: Newsroom) -> Settings:
    return Settings(
        home=folder / "home",
        feeds=folder / "feeds.yml",
        watches=folder / "watches.yml",
        allowed_private_hosts=",".join(newsroom.host_port for newsroom in newsrooms),
        host_delay_s=0,
        channels=f"json://{newsrooms[0].host_port}/hooks/alerts",
        now=NOW,
    )


def _at(settings: Settings, moment: datetime) -> Settings:
    return settings.model_copy(update={"now": moment})


def _write_watches(folder: Path) -> None:
    row = {"id": WATCH_OF_FILE, "name": "<u>Élysée</u>", "query": "entretien", "kinds": ["official"]}
    (folder / "watches.yml").write_text(yaml.safe_dump({"watches": [row]}, allow_unicode=True))


def _follow(folder: Path, newsroom: Newsroom, busy: Newsroom, more: tuple[str, ...] = ()) -> None:
    """A feed of each health; `occupe` is on a host that wants to be left alone."""
    troubled = {name: f"{newsroom.base_url}/{name}.xml" for name in (*_TROUBLED, "muet", *more)}
    rows = [
        {"id": "le-matin", "url": f"{newsroom.base_url}/matin.xml", "publisher": "Le Matin"},
        {"id": "le-soir", "url": f"{newsroom.base_url}/soir.xml", "publisher": "Le Soir"},
        {
            "id": "elysee",
            "url": f"{newsroom.base_url}/palais.xml",
            "publisher": "Présidence de la République",
            "kind": "official",
        },
        {"id": "occupe", "url": f"{busy.base_url}/odd/page/status?code=503&retry_after=7200"},
        {"id": "desactive", "url": f"{newsroom.base_url}/rien.xml", "enabled": False, "reason": "payant"},
        *({"id": name, "url": url} for name, url in troubled.items()),
    ]
    usual = {"kind": "press", "language": "fr", "country": "FR", "poll_minutes": 60}
    feeds = [{"publisher": f"Journal {row['id']}", **usual, **row} for row in rows]
    (folder / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}, allow_unicode=True))


def _begin(stores: Stores, newsroom: Newsroom) -> None:
    """The first pass: what is imported, and what the feeds and pages give."""
    stores.index.set_up()
    save_watch(stores.ledger, Watch(id=WATCH, name="Eau & cobalt", query="cobalt"), stores.now())
    watching.sync_watches_file(stores)
    _put_pages(newsroom)
    _put_feeds(newsroom)
    lines = (_import_line(piece) for piece in PIECES if piece.path is None)
    rework.import_lines(stores, lines, where="written.py")
    polling.poll_feeds(stores, polling.choose_feeds(stores))
    _collect(stores)
    feed_health.check_feeds(stores)


def _collect(stores: Stores) -> None:
    """Pages, texts, tags, index, until nothing waits."""
    fetching.fetch_pages(stores, fetching.choose_pages(stores))
    for _ in range(2):  # an article that came late makes copies of others
        ids = articles.choose_articles(stores)
        extracting.extract_articles(stores, ids)
        tag_by_hand(stores)
        articles.index_articles(stores, ids)


def _put_pages(newsroom: Newsroom, *, edited: bool = False) -> None:
    for piece in PIECES:
        if piece.path:
            text = piece.edited if edited and piece.edited else piece.text
            newsroom.put(piece.path, html(piece.title, text, published(_date(piece) or "")))


def _put_feeds(newsroom: Newsroom) -> None:
    for feed, path in (("le-matin", "/matin.xml"), ("le-soir", "/soir.xml"), ("elysee", "/palais.xml")):
        items = [
            Item(link=newsroom.base_url + piece.path, title=piece.title, date=BEGAN - _age(piece))
            for piece in PIECES
            if piece.feed == feed and piece.path
        ]
        put_feed(newsroom, *items, path=path)
    put_feed(newsroom, path="/muet.xml")
    for name, status in _TROUBLED.items():
        newsroom.put(f"/{name}.xml", b"Bonjour.", "text/plain", status)


def _import_line(piece: Piece) -> bytes:
    slug = "sans-date" if piece.hours is None else f"{piece.hours:g}"
    line = {
        "url": f"https://{piece.feed}.example/{slug}",
        "feed": piece.feed if piece.publisher is None else None,
        "publisher": piece.publisher,
        "title": piece.title,
        "text": "\n".join(piece.text),
        "published_at": _date(piece),
        "language": piece.language,
    }
    return json.dumps(line, ensure_ascii=False).encode()


def _age(piece: Piece) -> timedelta:
    return timedelta(hours=piece.hours or 0)


def _date(piece: Piece) -> str | None:
    return None if piece.hours is None else (BEGAN - _age(piece)).isoformat()


def _detect(stores: Stores) -> None:
    """The alerts of every kind, sent and published."""
    counting.count_terms(stores)
    decided = sightings.undecided_sightings(stores.ledger, 1000)
    topic, hostile = _topics(stores)
    ledger_alerts.record_decision(
        stores.ledger,
        [group[0].article_id for group in decided],
        _topic_alerts(stores, topic),
        stores.channels_for("topic"),
        stores.now(),
        decided=decided,
        trends=[(topic, _memory(topic)), (hostile, _memory(hostile))],
    )
    watching.match_watches(stores)
    feed_alerts.alert_operators(stores)
    notifying.notify_channels(stores)
    teaching.mute(stores, "récolte", None)
    publishing.publish_findings(stores)


def _topics(stores: Stores) -> tuple[Trend, Trend]:
    from vigie.adapters.index.port import Question

    found = stores.index.search(Question(text="cobalt", sort="date"))
    told = BEGAN - timedelta(minutes=20)
    topic = trend(
        TOPIC,
        label="Brévanoux : cobalt dans l'eau",
        terms=("Brévanoux", "cobalt", "source polluée"),
        opened_at=told,
        touched_at=BEGAN,
        now=4,
        counts=(0,) * 11 + (1, 0, 4),
        sources=("La Dépêche des Vallées", "Le Matin", "Le Soir"),
        article_ids=tuple(reversed([hit.id for hit in found.hits])),
        told_at=told,
        alert_id=TOPIC_ALERT,
    )
    hostile = trend(
        HOSTILE_TOPIC,
        label=HOSTILE_LABEL,
        terms=(HOSTILE_LABEL,),
        state="fading",
        opened_at=BEGAN - timedelta(days=3),
        touched_at=BEGAN - timedelta(days=1),
        article_ids=topic.article_ids[:1],
        told_at=None,
        alert_id=None,
    )
    return topic, hostile


def _topic_alerts(stores: Stores, topic: Trend) -> tuple[Alert, Alert]:
    documents = [stores.index.get(article_id) for article_id in topic.article_ids[:3]]
    passages = tuple(
        Passage(
            article_id=document["id"],
            title=document["title"],
            url=document["url"],
            source=document["publisher"],
            text=document["text"][:120],
        )
        for document in documents
        if document
    )
    usual = {
        "topic": topic.label,
        "terms": topic.terms,
        "article_ids": topic.article_ids,
        "sources": topic.sources,
        "passages": passages,
        "about": topic.id,
        "trend": topic.counts,
    }
    assert topic.told_at is not None
    first = alert(
        TOPIC_ALERT,
        fired_at=topic.told_at,
        now=2,
        reason="« Brévanoux » : 2 articles de 2 sources en 24 h, contre 0,1 d'ordinaire.",
        **usual,
    )
    growing = alert(
        GROWING_ALERT,
        fired_at=BEGAN,
        now=4,
        update="growing",
        reason="« Brévanoux » : 4 articles de 3 sources en 24 h ; ils étaient 1 la veille.",
        **usual,
    )
    return first, growing


def _memory(topic: Trend) -> str:
    subject = Subject(
        id=topic.id, lead="brevanou", peak=topic.peak, opened_at=topic.opened_at, touched_at=topic.touched_at
    )
    return dump_json(subject)
