"""The first floors: four outlets, even days, three events; lowering one is a deliberate act."""

from datetime import timedelta
from statistics import median

import pytest

from tests.topics.streams.plain import DAYS, START, planted_stream, run
from vigie.model import Alert

SEEDS = range(1, 6)
EVENTS = {"Zorvane": 30, "affaire Bellecombe": 36, "barrage de Malpertuis": 33}
NOT_NEW = ("Ombeline", "Vorlay", "Jardins du lundi", "Carnets de Neuve", "Présidente Martin")

RECALL_FLOOR = 0.95
MEDIAN_DELAY_H_CEILING = 12.0
FALSE_PER_DAY_CEILING = 0.05


@pytest.fixture(scope="module")
def alerts() -> dict[int, list[Alert]]:
    return {seed: run(planted_stream(seed)) for seed in SEEDS}


def about(alert: Alert, name: str) -> bool:
    return any(name.casefold() in term.casefold() for term in alert.terms)


def test_every_planted_event_is_told_soon(alerts: dict[int, list[Alert]]) -> None:
    delays, missed = [], []
    for seed, told in alerts.items():
        for name, day in EVENTS.items():
            first = next((a for a in told if about(a, name)), None)
            if first is None or first.fired_at > START + timedelta(days=day + 4):
                missed.append((seed, name))
            else:
                delays.append((first.fired_at - START - timedelta(days=day)) / timedelta(hours=1))
    recall = len(delays) / (len(delays) + len(missed))
    assert recall >= RECALL_FLOOR, f"recall {recall:.2f}, missed {missed}"
    assert median(delays) <= MEDIAN_DELAY_H_CEILING, f"median delay {median(delays):.1f} h"


def test_an_event_is_told_once(alerts: dict[int, list[Alert]]) -> None:
    for seed, told in alerts.items():
        for name in EVENTS:
            assert sum(about(a, name) for a in told) <= 1, (seed, name, [a.terms for a in told])


@pytest.mark.parametrize("name", NOT_NEW)
def test_what_is_not_new_never_fires(alerts: dict[int, list[Alert]], name: str) -> None:
    assert [a.reason for told in alerts.values() for a in told if about(a, name)] == []


def test_false_alarms_are_rare(alerts: dict[int, list[Alert]]) -> None:
    false = [a.reason for told in alerts.values() for a in told if not any(about(a, n) for n in EVENTS)]
    assert len(false) / (DAYS * len(SEEDS)) <= FALSE_PER_DAY_CEILING, false
