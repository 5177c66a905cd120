"""`vigie topics`: what is rising, with its line of bars."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import trend
from tests.cli.desk import START, Desk
from tests.cli.test_alerts import fill

DAY = timedelta(days=1)
NEW = trend("a1", state="new", touched_at=START, counts=(0, 3, 7), told_at=START, weight=4.0)
BACK = trend(
    "b2", label="Grippe \x1b[31maviaire\u202e", state="back", touched_at=START - 2 * DAY, told_at=START
)
QUIET = trend("c3", label="Gel", state="quiet", touched_at=START - 9 * DAY, terms=("gel",))
UNTOLD = trend(
    "d4", label="Marée", touched_at=START, told_at=None, alert_id=None, sources=("A", "B", "C", "D", "E")
)


@pytest.fixture
def filled(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.follow()
    fill(desk, (), [QUIET, UNTOLD, BACK, NEW])
    return desk


def ids(desk: Desk, *options: str) -> list[str]:
    return [found["id"] for found in desk.ask("topics", *options)["topics"]]


def test_topics_for_machines(filled: Desk) -> None:
    assert ids(filled) == ["a1", "b2"]
    assert ids(filled, "--all") == ["a1", "b2", "d4", "c3"]
    assert ids(filled, "--all", "--since", "2026-11-22") == ["a1", "d4"]
    topic = filled.ask("topics")["topics"][0]
    assert topic["counts"] == [0, 3, 7]
    assert topic["spark"] == "▁" * 26 + "▄█"
    assert (topic["followed"], topic["muted"]) == (False, False)
    outcome = filled.call("topics", "--since", "hier")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)


def test_the_line_of_bars_ends_today(filled: Desk) -> None:
    sparks = {found["id"]: found["spark"] for found in filled.ask("topics", "--all")["topics"]}
    assert {len(spark) for spark in sparks.values()} == {28}
    assert sparks["b2"] == "▁" * 24 + "▃█▁▁"  # nothing came for two days
    assert sparks["c3"].endswith("▁" * 9)


def test_a_table_for_people(filled: Desk) -> None:
    said = filled.call("topics", "--all", COLUMNS="80").out
    assert said.replace("\n", "").isprintable()
    assert all(len(line) <= 80 for line in said.splitlines())
    for wanted in (
        *("4 sujets", "nouveau, annoncé le 2026-11-23", "de retour", "calme", "en hausse, pas annoncé"),
        *("6 en 24 h", "avant : 0,1", "A, B, C et 2 de plus", "Grippe [31maviaire", "▄█", "a1", "d4"),
    ):
        assert wanted in said, wanted
    filled.ask("alerts", "follow", "a1")
    filled.ask("alerts", "mute", "gel")
    said = filled.call("topics", "--all").out
    assert "suivi" in said
    assert "calme, annoncé le 2026-03-10, muet" in said


def test_a_desk_with_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.ask("topics") == {"topics": []}
    assert desk.call("topics").code == 0
