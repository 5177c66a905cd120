"""What the ledger holds of a period: from its start up to, and without, its end."""

from datetime import datetime, timedelta

from tests.builders import NOW, alert, entry
from tests.digests.happened import trend
from tests.ledger.flow import MINUTE, assert_sound, poll, publish
from vigie.adapters.ledger import Ledger, alerts, digests
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.adapters.ledger.schema import LessonRow, TrendRow
from vigie.model import Alert, Lesson, LessonId, Trend, Verdict
from vigie.wire import dump_json

DAY = timedelta(days=1)
CHANNELS = [("cle-mail", "Courriel")]


def decide(ledger: Ledger, found: Alert, at: datetime) -> None:
    """An alert that was decided at a moment."""
    alerts.record_decision(ledger, [], [found], [], at)


def keep(ledger: Ledger, *trends: Trend) -> None:
    """Trends as the detector leaves them."""
    with ledger.writing() as session:
        session.add_all(
            TrendRow(
                id=one.id,
                state=one.state,
                opened_at=one.opened_at,
                touched_at=one.touched_at,
                told_at=one.told_at,
                body=dump_json(one),
                memory="{}",
            )
            for one in trends
        )


def rate(ledger: Ledger, lesson_id: str, verdict: Verdict, at: datetime, *, taken_back: bool = False) -> None:
    """A person's word on an alert."""
    lesson = Lesson(id=LessonId(lesson_id), kind="rate", target="a", label="A", made_at=at, verdict=verdict)
    with ledger.writing() as session:
        session.add(
            LessonRow(
                id=lesson_id,
                kind="rate",
                target="a",
                made_at=at,
                withdrawn_at=at if taken_back else None,
                body=dump_json(lesson),
            )
        )


def test_an_alert_is_in_the_period_it_was_decided_in(ledger: Ledger) -> None:
    late = alert("tard", fired_at=NOW - 2 * DAY)
    for found, at in ((alert("avant"), NOW - MINUTE), (late, NOW), (alert("au bout"), NOW + DAY)):
        decide(ledger, found, at)
    decide(ledger, alert("digest-daily-2026-03-10", kind="digest"), NOW + MINUTE)
    assert digests.alerts_decided(ledger, NOW, NOW + DAY) == [late]
    assert [one.id for one in digests.alerts_decided(ledger, NOW + DAY, NOW + 2 * DAY)] == ["au bout"]


def test_the_newest_alerts_of_some_kinds(ledger: Ledger) -> None:
    for number, kind in enumerate(("topic", "watch", "operator", "topic")):
        decide(ledger, alert(f"a{number}", kind=kind, fired_at=NOW + number * MINUTE), NOW)
    assert [one.id for one in digests.newest_alerts(ledger, ["topic", "watch"], 2)] == ["a3", "a1"]
    assert [one.id for one in digests.newest_alerts(ledger, ["operator"], 2)] == ["a2"]


def test_topics_that_were_told_before_and_are_not_long_silent(ledger: Ledger) -> None:
    known = trend("su", [1], touched_at=NOW, told_at=NOW - 3 * DAY)
    keep(
        ledger,
        known,
        trend("jamais dit", [1], touched_at=NOW, told_at=None),
        trend("nouveau", [1], touched_at=NOW, told_at=NOW),
        trend("muet", [1], touched_at=NOW - 9 * DAY, told_at=NOW - 20 * DAY),
    )
    assert digests.trends_told(ledger, before=NOW, touched_since=NOW - 7 * DAY) == [known]


def test_articles_of_a_period_and_their_publishers(ledger: Ledger) -> None:
    assert digests.first_arrival(ledger) is None
    publish(ledger, entry("hier"), at=NOW - DAY)
    publish(ledger, entry("un"))
    publish(ledger, entry("deux", feed_id="le-soir"))
    poll(ledger, entry("en attente", feed_id="le-soir"), at=NOW + MINUTE)
    assert digests.count_arrivals(ledger, NOW, NOW + DAY) == digests.Arrivals(articles=3, sources=2)
    assert digests.count_arrivals(ledger, NOW - DAY, NOW) == digests.Arrivals(articles=1, sources=1)
    assert digests.count_arrivals(ledger, NOW + DAY, NOW + 2 * DAY) == digests.Arrivals(articles=0, sources=0)
    assert digests.first_arrival(ledger) == NOW - DAY


def test_ratings_of_a_period_without_those_taken_back(ledger: Ledger) -> None:
    rate(ledger, "l1", "useful", NOW)
    rate(ledger, "l2", "useful", NOW + MINUTE)
    rate(ledger, "l3", "noise", NOW)
    rate(ledger, "l4", "noise", NOW, taken_back=True)
    rate(ledger, "l5", "noise", NOW + DAY)
    assert digests.count_ratings(ledger, NOW, NOW + DAY) == {"useful": 2, "noise": 1}


def test_a_digest_is_written_once_with_its_deliveries(ledger: Ledger) -> None:
    found = alert("digest-daily-2026-03-10", kind="digest", about="daily")
    assert digests.read_digest(ledger, found.id) is None
    assert digests.record_digests(ledger, [found], CHANNELS, NOW) == [found.id]
    assert digests.record_digests(ledger, [found], CHANNELS, NOW + MINUTE) == []
    assert digests.known_digests(ledger, [found.id, alert("autre").id]) == {found.id}
    assert digests.read_digest(ledger, found.id) == found
    assert alert_deliveries(ledger) == {found.id: [("Courriel", "pending", None)]}
    assert_sound(ledger)
