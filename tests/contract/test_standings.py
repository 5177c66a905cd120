"""Standings in the index: of feeds and of states, on a real Tantivy folder and a real Elasticsearch."""

from dataclasses import replace
from datetime import date, timedelta

from tests.builders import NOW
from vigie.adapters.index.port import Index
from vigie.search.standings import FeedStanding, StateStanding, build_feed_document, build_state_document

FEED = FeedStanding(
    **{
        "id": "le-matin",
        "url": "https://le-matin.example/flux.xml",
        "publisher": "Le Matin",
        "kind": "press",
    },
    **{"source": "feed", "health": "failing", "condition": "timeout", "sentence": "Pas de réponse."},
    **{"last_polled_at": NOW, "last_entry_at": None, "troubled_since": NOW - timedelta(hours=3)},
    **{"last_error": "ReadTimeout", "moved_url": None, "interval_s": 900, "failures": 3},
    **{"entries": 12, "gaps": None},
)
STATE = StateStanding(day=date(2026, 3, 10), state="rejected", reason="robots.txt", entries=3)


def test_they_come_back_as_they_were_put(index: Index) -> None:
    feed, state = build_feed_document(FEED), build_state_document(STATE)
    assert index.findings("feeds").put([feed]) == ()
    assert index.findings("states").put([state]) == ()
    assert index.findings("feeds").get("le-matin") == feed
    assert index.findings("states").newest() == (state,)
    assert dict(index.findings("states").digests()) == {"2026-03-10 rejected robots.txt": state["digest"]}


def test_a_feed_that_was_never_polled_comes_last(index: Index) -> None:
    polled = [
        replace(FEED, id=name, last_polled_at=NOW + timedelta(hours=h)) for name, h in (("b", 0), ("c", 1))
    ]
    never = replace(FEED, id="a", last_polled_at=None)
    feeds = index.findings("feeds")
    feeds.put([build_feed_document(each) for each in (never, *polled)])
    assert [found["id"] for found in feeds.newest()] == ["c", "b", "a"]
    assert [found["id"] for found in feeds.newest(since=NOW)] == ["c", "b"]


def test_one_with_a_field_too_many_is_refused(index: Index) -> None:
    bad = {**build_state_document(STATE), "surprise": 1}
    assert [refusal.reason for refusal in index.findings("states").put([bad])] == ["unknown field surprise"]
