"""Trends as the detector last saw them, and which of them the index does not have yet."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW, alert, lesson, trend
from tests.ledger.flow import MINUTE
from vigie.adapters.ledger import Ledger, alerts, findings
from vigie.adapters.ledger.lessons import add_lesson
from vigie.adapters.ledger.schema import TrendRow
from vigie.adapters.ledger.trends import read_trend, read_trends, record_trends
from vigie.model import Trend, TrendId
from vigie.search.findings import DECIDED_KINDS

UNTOLD = trend("b", told_at=None, alert_id=None, state="new", touched_at=NOW - MINUTE)


def write(ledger: Ledger, *trends: Trend, memory: str = "{}") -> None:
    with ledger.writing() as session:
        record_trends(session, [(each, memory) for each in trends], NOW)


def waiting(ledger: Ledger) -> list[str]:
    """The ids that are to be published."""
    return [
        found.body.id
        for kind in DECIDED_KINDS
        for found in findings.read_findings(ledger, kind, unpublished=True)
    ]


def publish(ledger: Ledger) -> None:
    for kind in DECIDED_KINDS:
        found = list(findings.read_findings(ledger, kind, unpublished=True))
        findings.record_published(ledger, found, NOW)


def test_trends_come_back_as_they_were_the_newest_first(ledger: Ledger) -> None:
    write(ledger, UNTOLD, trend("a"))
    assert read_trends(ledger) == [trend("a"), UNTOLD]
    assert read_trends(ledger, NOW) == [trend("a")]
    assert read_trends(ledger, told=True) == [trend("a")]
    assert read_trends(ledger, told=False) == [UNTOLD]
    assert read_trend(ledger, TrendId("b")) == UNTOLD
    assert read_trend(ledger, TrendId("c")) is None


def test_the_columns_say_what_the_body_says(ledger: Ledger) -> None:
    write(ledger, trend("a"), memory="[1]")
    later = trend("a", state="fading", touched_at=NOW + MINUTE)
    write(ledger, later, memory="[2]")
    with ledger.reading() as session:
        row = session.get_one(TrendRow, "a")
        assert (row.state, row.touched_at, row.told_at) == (later.state, later.touched_at, later.told_at)
        assert (row.opened_at, row.memory) == (later.opened_at, "[2]")


def test_only_what_shows_anything_new_is_published_again(ledger: Ledger) -> None:
    write(ledger, trend("a"), UNTOLD)
    publish(ledger)
    assert waiting(ledger) == []
    write(ledger, trend("a"), memory="autre")
    assert waiting(ledger) == []
    write(ledger, replace(UNTOLD, now=9))
    assert waiting(ledger) == ["b"]


def test_what_changed_while_it_was_put_is_put_once_more(ledger: Ledger) -> None:
    write(ledger, trend("a"), UNTOLD)
    alerts.record_decision(ledger, [], [alert()], [], NOW)
    read = [found for kind in DECIDED_KINDS for found in findings.read_findings(ledger, kind)]
    write(ledger, trend("a", now=9))
    add_lesson(ledger, lesson("rate", "alerte-1", verdict="useful"))
    findings.record_published(ledger, read, NOW)
    assert waiting(ledger) == ["a", "alerte-1"]


def test_an_older_state_that_came_after_a_newer_one_is_put_once_more(ledger: Ledger) -> None:
    write(ledger, trend("a"))
    old = list(findings.read_findings(ledger, "topics"))
    write(ledger, trend("a", now=9))
    publish(ledger)
    findings.record_published(ledger, old, NOW)  # a slower worker has put the older one over it
    assert waiting(ledger) == ["a"]


def test_a_trend_that_was_forgotten_meanwhile_is_not_missed(ledger: Ledger) -> None:
    write(ledger, trend("a"))
    read = list(findings.read_findings(ledger, "topics"))
    with ledger.writing() as session:
        session.delete(session.get_one(TrendRow, "a"))
    findings.record_published(ledger, read, NOW + timedelta(days=1))
    assert findings.finding_ids(ledger, "topics") == set()


def test_an_index_that_is_emptied_wants_everything_again(ledger: Ledger) -> None:
    write(ledger, trend("a"))
    alerts.record_decision(ledger, [], [alert()], [], NOW)
    publish(ledger)
    assert findings.forget_published(ledger) == 2
    assert waiting(ledger) == ["a", "alerte-1"]
    assert findings.read_alert(ledger, alert().id) == alert()
    assert findings.read_alert(ledger, alert("b").id) is None
