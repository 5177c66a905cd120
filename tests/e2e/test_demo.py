"""The whole path, once, by a real Airflow: what `make demo` does, with what it must have done asserted."""

import pytest
from rich.console import Console

from demo.play import play
from demo.stage import set_stage

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


TODAY = 19
"""Entries of the three feeds; the thirty days before have 220 or 221 articles, by the hour."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with set_stage(tmp_path_factory.mktemp("demo")) as stage:
        yield stage


@pytest.fixture(scope="module")
def outcome(stage):
    return play(stage, lambda step, how_far: Console().log(f"{step}: {how_far}"))


def test_every_entry_is_accounted_for(stage, outcome):
    assert outcome.audit.ok, outcome.audit.problems
    assert outcome.counts.waiting == outcome.counts.failed == 0
    assert outcome.counts.total == len(stage.past.read_text(encoding="utf-8").splitlines()) + TODAY
    assert outcome.counts.duplicate == 1  # one article stands in two feeds
    assert outcome.counts.indexed == outcome.audit.index.documents == outcome.counts.total - 1


def test_the_one_new_subject_is_told_and_nothing_else(outcome):
    (alert,) = (alert for alert in outcome.alerts if alert.kind == "topic")
    assert "Brévanoux" in alert.terms
    assert len(set(alert.sources)) >= 2


def test_each_alert_arrives_once_with_its_reason(outcome):
    delivered = {alert["alert_id"]: alert["message"] for alert in outcome.delivered}
    assert len(delivered) == len(outcome.delivered)
    assert delivered.keys() == {alert.id for alert in outcome.alerts}
    assert all(alert.reason in delivered[alert.id] for alert in outcome.alerts)


def test_leaders_and_topics_are_found(outcome):
    leaders = dict(outcome.leaders)
    assert leaders["Emmanuel Macron"] > 20
    assert {"Politique", "Relations internationales"} <= dict(outcome.topics).keys()
