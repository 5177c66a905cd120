"""The documents of alerts and topics: all that is known of them, and a digest."""

from datetime import UTC, datetime, timedelta

from tests.builders import NOW, alert, trend
from vigie.model import Alert, Trend
from vigie.search.findings import (
    FINDING_FIELDS,
    FINDING_OBJECTS,
    build_alert_document,
    build_topic_document,
)
from vigie.search.mapping import find_fault

ALERTS = (
    alert(),
    alert(kind="operator", terms=(), article_ids=(), sources=(), passages=(), now=0, about="le-matin"),
    alert(kind="topic", update="back", matched=("plainte",), about="sujet-1", trend=(0, 2, 6)),
)


def test_the_index_takes_every_document() -> None:
    for item in ALERTS:
        document = build_alert_document(item, "useful")
        assert find_fault(document, FINDING_FIELDS["alerts"], FINDING_OBJECTS) is None
        assert set(document) == set(FINDING_FIELDS["alerts"])
    for told in (trend(), trend(told_at=None, alert_id=None, counts=())):
        document = build_topic_document(told)
        assert find_fault(document, FINDING_FIELDS["topics"], FINDING_OBJECTS) is None
        assert set(document) == set(FINDING_FIELDS["topics"])


def test_every_field_of_the_types_is_in_the_document() -> None:
    assert set(Alert.__slots__) - {"trend"} <= set(FINDING_FIELDS["alerts"])
    assert set(Trend.__slots__) - {"counts"} <= set(FINDING_FIELDS["topics"])
    assert "rating" in FINDING_FIELDS["alerts"]


def test_days_end_on_the_day_of_the_last_count_in_utc() -> None:
    late = datetime(2026, 3, 10, 0, 30, tzinfo=UTC).astimezone(tz=None)
    days = build_topic_document(trend(touched_at=late, counts=(1, 0, 4)))["days"]
    assert [(day["day"], day["articles"]) for day in days] == [
        ("2026-03-08T00:00:00Z", 1),
        ("2026-03-09T00:00:00Z", 0),
        ("2026-03-10T00:00:00Z", 4),
    ]
    assert build_alert_document(alert())["days"] == []


def test_the_digest_says_whether_anything_changed() -> None:
    digests = [
        build_alert_document(alert())["digest"],
        build_alert_document(alert(), "noise")["digest"],
        build_alert_document(alert(reason="Autre chose."))["digest"],
        build_topic_document(trend())["digest"],
        build_topic_document(trend(touched_at=NOW + timedelta(seconds=1)))["digest"],
    ]
    assert len(set(digests)) == 5
    assert build_alert_document(alert())["digest"] == digests[0]
