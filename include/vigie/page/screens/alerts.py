"""Alerts: what was told, the newest first; and of one the whole why, where it went, and what it was worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Annotated, get_args

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from vigie.adapters.ledger import alert_reports
from vigie.adapters.ledger.alert_reports import Delivery
from vigie.adapters.ledger.findings import read_alert
from vigie.adapters.ledger.lessons import read_lessons
from vigie.adapters.ledger.trends import read_trend
from vigie.model import Alert, AlertId, AlertKind, ArticleId, TrendId, Verdict
from vigie.page.drawing.charts import DayCount, count_days, draw_days
from vigie.page.serving.desk import ActingDep, Desk, DeskDep
from vigie.page.shapes import ShortArticle
from vigie.page.views.told import Rating, TopicLine, articles_of, line_of, ratings_of
from vigie.steps import teaching
from vigie.steps.teaching import NotTaught
from vigie.stores import Stores
from vigie.topics.lessons import Lessons

routes = APIRouter()
KINDS: tuple[AlertKind, ...] = get_args(AlertKind)
SHOWN: tuple[AlertKind, ...] = ("topic", "watch", "communique", "operator")
"""Unless digests are asked for: they say again what the others said."""
PAGE = 30
ARTICLES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedAlert:
    """An alert with what a person said of it."""

    alert: Alert
    rating: Rating | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """A page of alerts, the newest first. `older` is what to ask with for the next page; `counts` are of all there are."""

    kinds: tuple[AlertKind, ...]
    alerts: tuple[RatedAlert, ...]
    counts: Mapping[AlertKind, int]
    older: AlertId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """One alert. `days` are its topic's articles a day up to when it fired, `topic` how that stands now.

    `articles` are the newest of the `total` that the index has; `gone` counts those that it has no more. `others` are
    the other alerts about the same.
    """

    alert: Alert
    rating: Rating | None
    topic: TopicLine | None
    days: tuple[DayCount, ...]
    articles: tuple[ShortArticle, ...]
    total: int
    gone: int
    deliveries: tuple[Delivery, ...]
    others: tuple[Alert, ...]


Kind = Annotated[list[AlertKind], Query(description="All but digests without it.")]
Older = Annotated[str | None, Query(max_length=40, description="`older` of the page before.")]


@routes.get("/alerts", response_model=Alerts, summary="The alerts so far")
def list_alerts(desk: DeskDep, kind: Kind = [], older: Older = None) -> Response:  # noqa: B006  # FastAPI copies it
    """The alerts so far, the newest first, with why."""
    kinds = tuple(dict.fromkeys(kind)) or SHOWN
    return desk.reply(
        "alerts.html", read_alerts(desk.stores, kinds, AlertId(older) if older else None), older=older
    )


@routes.get("/alerts/{alert_id}", response_model=AlertView, summary="One alert, with the whole why")
def show_alert(desk: DeskDep, alert_id: str) -> Response:
    """Terms, counts now and before, sources, articles, where it went, what it was worth."""
    return desk.reply("alert.html", read_alert_view(desk, AlertId(alert_id)), draw_days=draw_days)


@routes.post("/alerts/{alert_id}/rate", summary="Say what an alert was worth")
def rate_alert(
    desk: ActingDep, alert_id: str, verdict: Annotated[Verdict, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """Its words weigh more (useful) or less (noise) for 90 days."""
    lesson = teaching.rate(desk.stores, alert_id, verdict)
    if isinstance(lesson, NotTaught):
        raise desk.missing(lesson.reason)
    return desk.done("rated", back, lesson)


def read_alerts(stores: Stores, kinds: tuple[AlertKind, ...], older: AlertId | None) -> Alerts:
    """One page."""
    alerts, more = alert_reports.page_alerts(stores.ledger, kinds, size=PAGE, older_than=older)
    ratings = ratings_of(read_lessons(stores.ledger))
    return Alerts(
        kinds=kinds,
        alerts=tuple(RatedAlert(alert=alert, rating=ratings.get(alert.id)) for alert in alerts),
        counts=alert_reports.count_alerts(stores.ledger),
        older=alerts[-1].id if more else None,
    )


def read_alert_view(desk: Desk, alert_id: AlertId) -> AlertView:
    """One alert; raises 404 where there is none of this id."""
    stores = desk.stores
    alert = read_alert(stores.ledger, alert_id)
    if alert is None:
        raise desk.missing(f"no alert has the id {alert_id}")
    taught = read_lessons(stores.ledger)
    trend = read_trend(stores.ledger, TrendId(alert.about)) if alert.kind == "topic" and alert.about else None
    articles = _read_articles(stores, alert)
    return AlertView(
        alert=alert,
        rating=ratings_of(taught).get(alert.id),
        topic=line_of(trend, Lessons(taught), desk.now) if trend else None,
        days=_days(alert),
        articles=articles[:ARTICLES],
        total=len(articles),
        gone=len(set(alert.article_ids)) - len(articles),
        deliveries=tuple(alert_reports.read_deliveries(stores.ledger, alert.id)),
        others=_read_others(stores, alert),
    )


def _read_articles(stores: Stores, alert: Alert) -> tuple[ShortArticle, ...]:
    ids: list[ArticleId] = list(alert.article_ids)
    return articles_of(stores.index, ids) if ids else ()


def _days(alert: Alert) -> tuple[DayCount, ...]:
    fired = alert.fired_at.astimezone(UTC).date()
    return count_days(alert.trend, fired, fired) if any(alert.trend) else ()


def _read_others(stores: Stores, alert: Alert) -> tuple[Alert, ...]:
    if alert.kind not in ("topic", "watch", "operator") or not alert.about:
        return ()
    about = alert_reports.alerts_about(stores.ledger, alert.about, alert.kind, PAGE)
    return tuple(other for other in about if other.id != alert.id)
