"""A planted stream as a user replays one: JSON Lines without tags through `vigie detect`, tagged by the real tagger."""

import json
from typing import Any

import pytest

from tests.cli.desk import call_vigie
from tests.topics.streams import Item, Stream, fortnight

DETECT_KEYS = {"fired_at", "topic", "terms", "article_ids", "now", "before", "sources", "reason"}
MOST_ALERTS = 8
"""Of a stream of a fortnight that nobody has seen the month before; four by the tags that the generator gives."""


@pytest.fixture(scope="module")
def stream() -> Stream:
    return fortnight(1)


@pytest.fixture(scope="module")
def alerts(stream: Stream) -> list[dict[str, Any]]:
    return replay(stream.items)


def replay(items: Any) -> list[dict[str, Any]]:
    outcome = call_vigie("detect", stdin="".join(map(to_line, items)), environment={})
    assert outcome.code == 0, outcome.err
    return outcome.objects


def to_line(item: Item) -> str:
    article = item.tagged.article
    line = {
        "id": article.id,
        "published_at": article.date.isoformat(),
        "source": article.publisher,
        "title": article.title,
        "text": article.text,
        "url": article.url,
    }
    return json.dumps(line, ensure_ascii=False) + "\n"


def test_the_event_is_told_on_its_day_with_all_that_is_promised(
    stream: Stream, alerts: list[dict[str, Any]]
) -> None:
    [event] = stream.events
    mine = {item.id for item in stream.items if item.about == event.name}
    of_it = [a for a in alerts if 2 * len(mine & set(a["article_ids"])) >= len(a["article_ids"])]
    assert of_it, [a["reason"] for a in alerts]
    first = of_it[0]
    assert first.keys() >= DETECT_KEYS
    arrived = min(item.arrives for item in stream.items if item.id in mine)
    assert first["fired_at"][:10] == arrived.date().isoformat()
    assert len(alerts) <= MOST_ALERTS, [a["reason"] for a in alerts]


def test_a_stream_cut_anywhere_tells_the_same_before_the_cut(
    stream: Stream, alerts: list[dict[str, Any]]
) -> None:
    cut = len(stream.items) * 9 // 10
    told = replay(stream.items[:cut])
    assert told == alerts[: len(told)]
    edge = stream.items[cut - 1].arrives.isoformat()
    assert all(alert["fired_at"] >= edge[:19] for alert in alerts[len(told) :])
