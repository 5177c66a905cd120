"""Alerts and topics to index documents: what dashboards and the page draw.

`include/elasticsearch/alerts.json` and `topics.json` map each field; a test holds them against `FINDING_FIELDS`. Articles a
day are objects of a day and a number, because a bare list of numbers has no axis.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from vigie.model import Alert, Trend, Verdict
from vigie.search.documents import Document
from vigie.search.mapping import Fields
from vigie.wire import dump_object

FindingKind = Literal["topics", "alerts"]
FINDING_KINDS: tuple[FindingKind, ...] = ("topics", "alerts")

MOMENTS: Mapping[FindingKind, str] = {"topics": "touched_at", "alerts": "fired_at"}
"""The field that says which is newer."""

_SHARED: Fields = {
    **dict.fromkeys(("id", "digest"), "keyword"),
    **dict.fromkeys(("terms", "article_ids", "sources"), "keywords"),
    **{"now": "integer", "before": "float", "window_h": "integer", "days": "objects"},
}
FINDING_FIELDS: Mapping[FindingKind, Fields] = {
    "topics": {
        **_SHARED,
        **{"label": "text", "state": "keyword", "weight": "float", "peak": "float"},
        **{"opened_at": "date", "touched_at": "date", "told_at": "date?", "alert_id": "keyword?"},
    },
    "alerts": {
        **_SHARED,
        **{"kind": "keyword", "topic": "text", "reason": "text", "fired_at": "date"},
        **dict.fromkeys(("about", "update", "rating"), "keyword?"),
        **{"matched": "keywords", "passages": "objects"},
    },
}
"""Every field of a document and its kind, as in `vigie.search.mapping`."""

FINDING_OBJECTS: Mapping[str, Fields] = {
    "days": {"day": "date", "articles": "integer"},
    "passages": {
        **{"article_id": "keyword", "title": "text", "url": "keyword?"},
        **{"source": "keyword", "text": "text"},
    },
}
"""The fields of the objects that they hold lists of."""


def build_alert_document(alert: Alert, rating: Verdict | None = None) -> Document:
    """The document of an alert, with what a person said of it."""
    fields = dump_object(alert)
    days = _days(fields.pop("trend"), alert.fired_at)
    return _sign({**fields, "fired_at": _iso(alert.fired_at), "days": days, "rating": rating})


def build_topic_document(trend: Trend) -> Document:
    """The document of a trend."""
    fields = dump_object(trend)
    days = _days(fields.pop("counts"), trend.touched_at)
    told = _iso(trend.told_at) if trend.told_at else None
    moments = {"opened_at": _iso(trend.opened_at), "touched_at": _iso(trend.touched_at), "told_at": told}
    return _sign({**fields, **moments, "days": days})


def _days(counts: Sequence[int], last: datetime) -> list[dict[str, Any]]:
    """Articles a day, oldest first; the last count is of the day of `last` (UTC)."""
    midnight = last.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight - timedelta(days=len(counts) - 1) if counts else midnight
    return [
        {"day": _iso(first + timedelta(days=number)), "articles": articles}
        for number, articles in enumerate(counts)
    ]


def _sign(document: dict[str, Any]) -> Document:
    """With a digest of all the rest: an audit compares digests, not documents."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return {**document, "digest": hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]}


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
