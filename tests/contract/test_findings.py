"""The contract of alerts and topics in the index: every line of the port, on a real Tantivy folder and Elasticsearch."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOW, alert, trend
from tests.contract.conftest import take_away
from tests.contract.documents import document
from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import Index
from vigie.errors import PermanentError, UsageError
from vigie.search.documents import Document
from vigie.search.findings import DECIDED_KINDS, FindingKind, build_alert_document, build_topic_document

HOUR = timedelta(hours=1)


def topic(name: str, **fields: Any) -> Document:
    return build_topic_document(trend(name, **fields))


def told(name: str, rating: Any = None, **fields: Any) -> Document:
    return build_alert_document(alert(name, **fields), rating)


MADE = {"topics": topic, "alerts": told}


@pytest.fixture(params=DECIDED_KINDS)
def kind(request: pytest.FixtureRequest) -> FindingKind:
    """Both kinds keep the same contract."""
    found: FindingKind = request.param
    return found


def test_a_document_comes_back_exactly_as_put(index: Index, kind: FindingKind) -> None:
    put = MADE[kind]("é l'a/1", sources=("L’Écho « du » soir", "\U0001f5fc"), before=0.123456789)
    assert index.findings(kind).put([put]) == ()
    assert index.findings(kind).get("é l'a/1") == put
    assert index.findings(kind).newest() == (put,)
    assert dict(index.findings(kind).digests()) == {"é l'a/1": put["digest"]}


def test_nothing_is_there_before_anything_was_put(index: Index, kind: FindingKind) -> None:
    findings = index.findings(kind)
    assert findings.get("a") is None
    assert findings.newest() == ()
    assert list(findings.digests()) == []
    findings.delete(["a"])
    assert findings.put([]) == ()


@pytest.mark.parametrize("first", ["get", "put", "delete"])
def test_an_index_that_was_never_set_up_works_or_says_so(index_address: tuple[str, str], first: str) -> None:
    url, prefix = index_address
    opened = open_index(url, prefix=prefix)
    if url.startswith("http"):
        alerts = opened.findings("alerts")
        uses = {"get": alerts.get, "put": lambda name: alerts.put([told(name)]), "delete": alerts.delete}
        with pytest.raises(UsageError, match="run `vigie setup-search`"):
            uses[first]("a")
        opened.set_up()
    if first == "get":
        assert opened.findings("alerts").get("a") is None
    if first == "delete":
        opened.findings("alerts").delete(["a"])
    opened.findings("alerts").put([told("a")])
    assert opened.findings("alerts").get("a") == told("a")
    take_away(opened)
    opened.close()


def test_the_last_one_put_is_the_one_that_is_there(index: Index, kind: FindingKind) -> None:
    make, findings = MADE[kind], index.findings(kind)
    findings.put([make("a", now=1), make("b"), make("a", now=2)])
    assert findings.get("a") == make("a", now=2)
    findings.put([make("a", now=1)])  # it may go back: people take their rating back
    assert findings.get("a") == make("a", now=1)
    findings.put([make("a", now=1)])
    assert len(findings.newest()) == 2


def test_the_newest_first_ties_by_id_from_a_moment_on(index: Index) -> None:
    topics = [
        topic(n, touched_at=NOW + hours * HOUR) for n, hours in (("c", 0), ("b", 2), ("a", 0), ("d", -9))
    ]
    alerts = [told(n, fired_at=NOW + hours * HOUR) for n, hours in (("c", 0), ("b", 2), ("a", 0), ("d", -9))]
    index.findings("topics").put(topics)
    index.findings("alerts").put(alerts)
    for kind in DECIDED_KINDS:
        findings = index.findings(kind)
        assert [found["id"] for found in findings.newest()] == ["b", "a", "c", "d"]
        assert [found["id"] for found in findings.newest(2)] == ["b", "a"]
        assert [found["id"] for found in findings.newest(since=NOW)] == ["b", "a", "c"]
        assert [found["id"] for found in findings.newest(since=NOW + timedelta(milliseconds=1))] == ["b"]
        assert findings.newest(0) == ()
        with pytest.raises(UsageError, match="5000"):
            findings.newest(5_001)


def test_the_kinds_do_not_meet_and_articles_meet_neither(index: Index) -> None:
    index.findings("topics").put([topic("a")])
    index.findings("alerts").put([told("a"), told("b")])
    index.put([document("a"), document("c")])
    index.findings("alerts").delete(["a"])
    assert index.findings("topics").get("a") == topic("a")
    assert [found["id"] for found in index.findings("alerts").newest()] == ["b"]
    assert dict(index.versions()) == {"a": 1, "c": 1}
    index.delete(["a"])
    assert index.findings("topics").get("a") == topic("a")


def test_the_bad_is_refused_with_its_reason_and_the_rest_is_in(index: Index) -> None:
    bad = [
        {**topic("x"), "surprise": 1},
        {**topic("y"), "days": [{"day": "hier", "articles": 1}]},
        {**topic("z"), "label": "\ud83d"},
        {**topic(""), "id": ""},
    ]
    refusals = index.findings("topics").put([topic("a"), *bad, topic("b")])
    assert [refusal.id for refusal in refusals] == ["x", "y", "z", ""]
    for refusal, word in zip(refusals, ("surprise", "days.day", "surrogate", "empty"), strict=True):
        assert word in refusal.reason
    assert set(dict(index.findings("topics").digests())) == {"a", "b"}


def test_clear_removes_them_and_leaves_a_working_index(index: Index, kind: FindingKind) -> None:
    findings = index.findings(kind)
    findings.put([MADE[kind]("a")])
    index.clear()
    assert findings.newest() == ()
    assert index.findings(kind).put([MADE[kind]("b")]) == ()
    assert set(dict(findings.digests())) == {"b"}


def test_setting_up_twice_changes_nothing(index: Index, kind: FindingKind) -> None:
    index.findings(kind).put([MADE[kind]("a")])
    index.set_up()
    assert index.findings(kind).get("a") == MADE[kind]("a")


def test_two_openings_see_each_other(index: Index, index_address: tuple[str, str], kind: FindingKind) -> None:
    url, prefix = index_address
    other = open_index(url, prefix=prefix)
    assert other.findings(kind).newest() == ()
    index.findings(kind).put([MADE[kind]("a")])
    other.findings(kind).put([MADE[kind]("b")])
    assert {found["id"] for found in index.findings(kind).newest()} == {"a", "b"}
    assert len(other.findings(kind).newest()) == 2
    other.close()


def test_all_digests_are_told_however_many(index: Index) -> None:
    documents = [told(f"a{number:05d}") for number in range(5_200)]
    index.findings("alerts").put(documents)
    assert dict(index.findings("alerts").digests()) == {each["id"]: each["digest"] for each in documents}


@pytest.mark.elasticsearch
def test_a_dashboard_can_draw_articles_a_day(elasticsearch_url: str) -> None:
    """A day and its number stay together: that is what nested is for."""
    index = open_index(elasticsearch_url, prefix="t-drawn-articles")
    assert isinstance(index, ElasticsearchIndex)
    index.set_up()
    index.findings("topics").put([topic("a", counts=(1, 0, 4)), topic("b", counts=(2, 7))])
    by_day = {"date_histogram": {"field": "days.day", "calendar_interval": "day"}}
    summed = {**by_day, "aggs": {"articles": {"sum": {"field": "days.articles"}}}}
    said = index._client.search(
        index="t-drawn-topics", aggs={"days": {"nested": {"path": "days"}, "aggs": {"a_day": summed}}}
    )
    buckets = said["aggregations"]["days"]["a_day"]["buckets"]
    assert [(b["key_as_string"][:10], b["articles"]["value"]) for b in buckets] == [
        ("2026-03-08", 1),
        ("2026-03-09", 2),
        ("2026-03-10", 11),
    ]
    found = index._client.search(index="t-drawn-topics", query={"match": {"label": "une plainte"}})
    assert found["hits"]["total"]["value"] == 2
    with pytest.raises(Exception, match="strict_dynamic_mapping"):
        index._client.index(index="t-drawn-topics", document={"surprise": 1})
    take_away(index)


def test_a_broken_file_is_named_and_clear_is_the_way_out(tmp_path: Any) -> None:
    index = open_index(f"tantivy://{tmp_path}")
    index.findings("alerts").put([told("a")])
    (tmp_path / "findings.db").write_bytes(b"not a database, and long enough to be looked at" * 100)
    with pytest.raises(PermanentError, match="vigie rebuild-index"):
        index.findings("alerts").get("a")
    index.clear()
    index.findings("alerts").put([told("b")])
    assert index.findings("alerts").get("b") == told("b")
