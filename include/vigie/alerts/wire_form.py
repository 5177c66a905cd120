"""A message as a machine reads it: the body of a webhook. `docs/channels.md` documents it; fields are only ever added."""

from typing import Any

from vigie.alerts.addresses import alert_address, topic_address
from vigie.alerts.messages import Message
from vigie.alerts.wording import clean_text
from vigie.model import Alert, Passage


def message_object(message: Message) -> dict[str, Any]:
    """The fields that Apprise gives a webhook, the message's id, and all that is known of its alert.

    Of several gathered alerts each stands whole in `alerts`, with the same fields as one alone.
    """
    body: dict[str, Any] = {
        "version": "1.0",
        "title": message.title,
        "message": message.text,
        "attachments": [],
        "type": "info",
        "alert_id": message.id,
    }
    if len(message.alerts) == 1:
        return {**body, **_alert_object(message.alerts[0], message.page_url), "alert_id": message.id}
    told = [_alert_object(alert, message.page_url) for alert in message.alerts]
    return {**body, "kind": "gathered", "alerts": told}


def _alert_object(alert: Alert, page_url: str | None) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "page_url": alert_address(page_url, alert),
        "topic_page_url": topic_address(page_url, alert),
        "kind": alert.kind,
        "topic": clean_text(alert.topic),
        "reason": clean_text(alert.reason),
        "fired_at": alert.fired_at.isoformat(),
        "about": alert.about,
        "update": alert.update,
        "terms": [clean_text(term) for term in alert.terms],
        "matched": [clean_text(word) for word in alert.matched],
        "now": alert.now,
        "before": alert.before,
        "window_h": alert.window_h,
        "sources": [clean_text(source) for source in alert.sources],
        "trend": list(alert.trend),
        "article_ids": list(alert.article_ids),
        "articles": [_article_object(passage) for passage in alert.passages],
    }


def _article_object(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.article_id,
        "title": clean_text(passage.title),
        "url": passage.url,
        "source": clean_text(passage.source),
        "passage": clean_text(passage.text),
    }
