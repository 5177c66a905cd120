"""Alerts and topics to index documents: what dashboards and the page draw. Standings, their neighbours, are in `standings`.

`include/elasticsearch/alerts.json`, `topics.json`, `feeds.json` and `states.json` map each field; a test holds them against
`FINDING_FIELDS`. Articles a day are objects of a day and a number, because a bare list of numbers has no axis.
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

DecidedKind = Literal["topics", "alerts"]
DECIDED_KINDS: tuple[DecidedKind, ...] = ("topics", "alerts")
"""What the detector decided: a row of the ledger each, which says whether the index has it."""
StandingKind = Literal["feeds", "states"]
STANDING_KINDS: tuple[StandingKind, ...] = ("feeds", "states")
"""What is read off the ledger anew each time: how a feed fares, how many entries of a day are in which state."""
FindingKind = DecidedKind | StandingKind
FINDING_KINDS: tuple[FindingKind, ...] = (*DECIDED_KINDS, *STANDING_KINDS)

MOMENTS: Mapping[FindingKind, str] = {
    **{"topics": "touched_at", "alerts": "fired_at"},
    **{"feeds": "last_polled_at", "states": "day"},
}
"""The field that says which is newer. A feed that was never polled has none: it comes last."""

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
    "feeds": {
        **dict.fromkeys(("id", "digest", "publisher", "kind", "source"), "keyword"),
        **dict.fromkeys(("url", "health", "condition", "sentence"), "keyword"),
        **dict.fromkeys(("last_error", "moved_url"), "keyword?"),
        **dict.fromkeys(("last_polled_at", "last_entry_at", "troubled_since"), "date?"),
        **{"entries": "integer", "failures": "integer", "interval_s": "integer?", "gaps": "integer?"},
    },
    "states": {
        **dict.fromkeys(("id", "digest", "state"), "keyword"),
        **{"day": "date", "reason": "keyword?", "entries": "integer"},
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
    return sign({**fields, "fired_at": iso(alert.fired_at), "days": days, "rating": rating})


def build_topic_document(trend: Trend) -> Document:
    """The document of a trend."""
    fields = dump_object(trend)
    days = _days(fields.pop("counts"), trend.touched_at)
    told = iso(trend.told_at) if trend.told_at else None
    moments = {"opened_at": iso(trend.opened_at), "touched_at": iso(trend.touched_at), "told_at": told}
    return sign({**fields, **moments, "days": days})


def _days(counts: Sequence[int], last: datetime) -> list[dict[str, Any]]:
    """Articles a day, oldest first; the last count is of the day of `last` (UTC)."""
    midnight = last.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight - timedelta(days=len(counts) - 1) if counts else midnight
    return [
        {"day": iso(first + timedelta(days=number)), "articles": articles}
        for number, articles in enumerate(counts)
    ]


def sign(document: dict[str, Any]) -> Document:
    """With a digest of all the rest: an audit compares digests, not documents."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return {**document, "digest": hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]}


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
