"""Standings: each pass puts what changed, removes what is no more, and leaves what it does not count again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, entry, feed
from tests.ledger.flow import MINUTE, SOURCES, poll
from vigie.adapters.ledger.feeds import sync_feeds
from vigie.model import Sums
from vigie.settings import Settings
from vigie.steps import auditing, publishing, rework, standings
from vigie.stores import Stores, open_stores


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """Three feeds; one was polled and brought two entries that wait."""
    with open_stores(Settings(home=tmp_path, now=NOW)) as opened:
        sync_feeds(opened.ledger, SOURCES, NOW)
        poll(opened.ledger, entry("un"), entry("deux"))
        yield opened


def strangers(stores: Stores) -> list[str]:
    """What the audit says of standings; entries here were never archived, and it says that too."""
    return [each for each in auditing.audit(stores).problems if each.startswith("index:")]


def test_every_feed_and_each_day_once(stores: Stores) -> None:
    assert publishing.publish_findings(stores) == Sums(taken=4, done=4)
    assert publishing.publish_findings(stores) == Sums()
    feeds = stores.index.findings("feeds")
    assert [(each["id"], each["health"], each["entries"]) for each in feeds.newest()] == [
        ("le-matin", "ok", 2),
        ("elysee", "new", 0),
        ("le-soir", "new", 0),
    ]
    [waiting] = stores.index.findings("states").newest()
    assert (waiting["day"], waiting["state"], waiting["entries"]) == ("2026-03-10T00:00:00Z", "waiting", 2)
    assert strangers(stores) == []


def test_what_changed_is_put_again_and_what_is_no_more_leaves(stores: Stores) -> None:
    publishing.publish_findings(stores)
    poll(stores.ledger, entry("trois"), at=NOW + MINUTE)
    sync_feeds(stores.ledger, [feed("le-matin")], NOW)
    assert strangers(stores) == []  # not yet put: no fault
    assert publishing.publish_findings(stores) == Sums(taken=2, done=2)
    assert [each["id"] for each in stores.index.findings("feeds").newest()] == ["le-matin"]
    assert stores.index.findings("states").newest()[0]["entries"] == 3


def test_days_that_are_not_counted_again_stay_as_they_were(stores: Stores) -> None:
    old = NOW - timedelta(days=standings.RECOUNTED_DAYS + 5)
    poll(stores.ledger, entry("vieux"), at=old)
    publishing.publish_findings(stores)
    assert len(stores.index.findings("states").newest()) == 2
    poll(stores.ledger, entry("autre"), at=old)
    publishing.publish_findings(stores)
    assert [each["entries"] for each in stores.index.findings("states").newest()] == [2, 1]
    rework.empty_index(stores)
    publishing.publish_findings(stores)
    assert [each["entries"] for each in stores.index.findings("states").newest()] == [2, 2]


def test_what_is_lost_or_wrong_is_right_after_the_next_pass(stores: Stores) -> None:
    publishing.publish_findings(stores)
    feeds, states = stores.index.findings("feeds"), stores.index.findings("states")
    before = feeds.newest(), states.newest()
    feeds.put([{**before[0][0], "id": "inconnu"}, {**before[0][1], "digest": "faux"}])
    states.put([{**before[1][0], "id": "2025-12-24 indexed"}])
    states.delete([before[1][0]["id"]])
    assert strangers(stores) == [
        "index: feeds: inconnu is in no ledger row",
        "index: states: 2025-12-24 indexed is in no ledger row",
    ]
    states.delete(["2025-12-24 indexed"])
    publishing.publish_findings(stores)
    assert (feeds.newest(), states.newest()) == before
    assert strangers(stores) == []
