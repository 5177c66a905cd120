"""Publish: alerts and topics reach the index, once more when they change, and leave it with the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOW, alert, trend
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger.schema import TrendRow
from vigie.adapters.ledger.trends import record_trends
from vigie.errors import PermanentError
from vigie.model import Sums, Trend
from vigie.search.findings import build_alert_document, build_topic_document
from vigie.settings import Settings
from vigie.steps import auditing, publishing, rework, teaching
from vigie.stores import Stores, open_stores


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """Stores with two alerts and two topics that were not published."""
    with open_stores(Settings(home=tmp_path, now=NOW)) as opened:
        ledger_alerts.record_decision(opened.ledger, [], [alert("a"), alert("b")], [], NOW)
        write(opened, trend("s"), trend("t"))
        yield opened


def write(stores: Stores, *trends: Trend) -> None:
    with stores.ledger.writing() as session:
        record_trends(session, [(each, "{}") for each in trends], NOW)


def problems(stores: Stores) -> tuple[str, ...]:
    return auditing.audit(stores).problems


def test_everything_is_published_once(stores: Stores) -> None:
    assert problems(stores) == ()  # it waits: nothing is missing yet
    assert publishing.publish_findings(stores) == Sums(taken=4, done=4)
    assert publishing.publish_findings(stores) == Sums()
    assert stores.index.findings("alerts").get("a") == build_alert_document(alert("a"))
    assert stores.index.findings("topics").get("s") == build_topic_document(trend("s"))
    assert problems(stores) == ()


def test_what_changed_is_published_again(stores: Stores) -> None:
    publishing.publish_findings(stores)
    write(stores, trend("s", now=9), trend("t"))
    teaching.rate(stores, "b", "useful")
    assert problems(stores) == ()
    assert publishing.publish_findings(stores) == Sums(taken=2, done=2)
    assert stores.index.findings("alerts").get("b") == build_alert_document(alert("b"), "useful")
    assert stores.index.findings("topics").get("s") == build_topic_document(trend("s", now=9))
    assert problems(stores) == ()


def test_a_trend_that_the_detector_forgot_leaves_the_index(stores: Stores) -> None:
    publishing.publish_findings(stores)
    with stores.ledger.writing() as session:
        session.delete(session.get_one(TrendRow, "s"))
    assert problems(stores) == ("index: topics: s is in no ledger row",)
    write(stores, trend("u"))
    publishing.publish_findings(stores)
    assert {found["id"] for found in stores.index.findings("topics").newest()} == {"t", "u"}
    assert problems(stores) == ()


def test_a_refusal_is_counted_and_tried_again(stores: Stores, caplog: pytest.LogCaptureFixture) -> None:
    write(stores, trend("x" * 40, now=2**40))
    assert publishing.publish_findings(stores) == Sums(taken=5, done=4, failed=1)
    assert "is refused by the index: field now" in caplog.text
    assert publishing.publish_findings(stores) == Sums(taken=1, failed=1)
    assert problems(stores) == ()


def test_a_rebuild_puts_all_again(stores: Stores) -> None:
    publishing.publish_findings(stores)
    rework.empty_index(stores)
    assert stores.index.findings("alerts").newest() == ()
    assert problems(stores) == ()
    assert publishing.publish_findings(stores) == Sums(taken=4, done=4)
    assert problems(stores) == ()


def test_the_audit_names_what_is_missing_strange_or_other(stores: Stores) -> None:
    publishing.publish_findings(stores)
    alerts, topics = stores.index.findings("alerts"), stores.index.findings("topics")
    alerts.delete(["a"])
    alerts.put([build_alert_document(alert("z")), build_alert_document(alert("b", reason="Falsifié."))])
    topics.delete(["t"])
    assert set(problems(stores)) == {
        "index: alerts: a is missing",
        "index: alerts: b is there, but not as the ledger has it",
        "index: alerts: z is in no ledger row",
        "index: topics: t is missing",
    }
    with pytest.raises(PermanentError, match="4 problems"):
        auditing.require_audit(stores)
