"""A day of alerts and trends to make digests of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.builders import alert
from vigie.digests.periods import Period, Timing, find_period
from vigie.model import Alert, ArticleId, Passage, Trend, TrendId

PARIS = Timing(zone=ZoneInfo("Europe/Paris"), hour=7)
DAY = find_period("daily", date(2025, 2, 18), PARIS)
WEEK = find_period("weekly", date(2025, 2, 17), PARIS)
HOSTILE = '<script>alert(1)</script>" onmouseover="x\u202egnp.exe\u0000\u001b[31m\ud800\ufffe & ]]> <!-- {{ 7*7 }} %}'


def passage(title: str = "Un article", **fields: Any) -> Passage:
    """An article of Le Matin."""
    usual: dict[str, Any] = {
        "url": "https://le-matin.example/un",
        "source": "Le Matin",
        "text": "Un passage.",
    }
    return Passage(article_id=ArticleId("a1"), title=title, **{**usual, **fields})


def told(alert_id: str, **fields: Any) -> Alert:
    """An alert in the middle of the day."""
    return alert(alert_id, **{"fired_at": DAY.end - timedelta(hours=10), "passages": (passage(),), **fields})


def trend(trend_id: str, counts: list[int], touched: Period = DAY, **fields: Any) -> Trend:
    """A topic that was told weeks ago and had an article in the last hours of a period."""
    usual: dict[str, Any] = {
        "label": f"Sujet {trend_id}",
        "terms": (trend_id,),
        "state": "steady",
        "opened_at": datetime(2025, 1, 10, tzinfo=UTC),
        "touched_at": touched.end - timedelta(hours=2),
        "weight": 5.0,
        "peak": 9.0,
        "now": 3,
        "before": 1.0,
        "window_h": 24,
        "counts": tuple(counts),
        "sources": ("Le Matin",),
        "article_ids": (),
        "told_at": datetime(2025, 1, 11, tzinfo=UTC),
    }
    return Trend(id=TrendId(trend_id), **{**usual, **fields})
