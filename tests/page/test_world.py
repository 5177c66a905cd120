"""The world itself: what every screen's tests rely on is in it."""

from fastapi.testclient import TestClient

from tests.page.asking import ask_html, ask_json, assert_tame
from tests.page.written import PIECES
from vigie.adapters.index.port import Question
from vigie.adapters.ledger.alerts import recent_alerts
from vigie.adapters.ledger.feed_reports import report_feeds
from vigie.adapters.ledger.reports import read_history
from vigie.stores import Stores


def test_every_article_is_there(stores: Stores) -> None:
    hits = stores.index.search(Question(size=100)).hits
    assert {hit.document["title"] for hit in hits} == {piece.title for piece in PIECES}
    assert sum(hit.document["copy_of"] is not None for hit in hits) == 1
    assert sum(hit.document["published_at"] is None for hit in hits) == 1
    histories = [read_history(stores.ledger, hit.id) for hit in hits]
    assert [bool(h.versions[1].diff) for h in histories if h and len(h.versions) > 1] == [True]


def test_feeds_of_each_health(stores: Stores) -> None:
    found = {feed.id: feed.health for feed in report_feeds(stores.ledger)}
    assert set(found.values()) == {
        *("ok", "silent", "malformed", "blocked", "failing", "gone", "disabled", "new"),
    }


def test_alerts_of_each_kind(stores: Stores) -> None:
    assert {alert.kind for alert in recent_alerts(stores.ledger)} == {
        *("topic", "watch", "communique", "operator")
    }


def test_the_first_screen_shows_it(page: TestClient) -> None:
    assert ask_json(page, "/")
    assert_tame(ask_html(page, "/"))
