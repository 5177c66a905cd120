"""Kill a run while it matches watches and tells communiqués, and run again: each alert once, or once again by its id."""

import signal
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.faults.conftest import Before, Forks
from tests.faults.states import State, read_state
from tests.faults.table import Row, each_fault

LEDGER = "vigie.adapters.ledger"
STEP = "watching:match_watches"
TOLD = {"watch": 2, "communique": 2, "topic": 1}
POINTS = {
    "deciding": [
        (f"{LEDGER}.watches:sync_watches", "after", 1),
        ("vigie.steps.watching:show_evidence", "after", 2),
        ("vigie.steps.watching:make_communique", "after", 1),
        (f"{LEDGER}.watches:record_watched", "before", 1),
    ],
    "recording": [
        (f"{LEDGER}.watches:add_alerts", "after", 1),
        (f"{LEDGER}.watches:_match_row", "after", 2),
        (f"{LEDGER}.watches:_mark", "after", 1),
        (f"{LEDGER}.watches:record_watched", "after", 1),
    ],
}


def watching(before: Before, folder: Path) -> Desk:
    """The desk of before with two watches, and a newspaper that is official: its articles are communiqués."""
    desk = before.copy(folder)
    feeds = desk.folder / "feeds.yml"
    text = feeds.read_text(encoding="utf-8")
    rows = text.split("- ")
    changed = [row.replace("kind: press", "kind: official") if "id: matin" in row else row for row in rows]
    assert changed != rows
    feeds.write_text("- ".join(changed), encoding="utf-8")
    (desk.folder / "watches.yml").write_text(
        "watches:\n  - {id: cobalt, name: Cobalt, query: cobalt}\n  - {id: tout, name: Tout, kinds: [official, press]}\n",
        encoding="utf-8",
    )
    desk.settings["VIGIE_WATCHES"] = str(desk.folder / "watches.yml")
    return desk


def count_kinds(state: State) -> dict[str, int]:
    kinds = [row["kind"] for row in state["alerts"]]
    return {kind: kinds.count(kind) for kind in kinds}


@pytest.fixture(scope="module")
def watched(before: Before, forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> State:
    """The world of the desk with watches after one whole run."""
    desk = watching(before, tmp_path_factory.mktemp("watched"))
    assert forks.run(desk) == 0
    desk.audit()
    state = read_state(desk)
    assert count_kinds(state) == TOLD
    assert len(state["matches"]) > len(state["watches"]) == 2
    return state


@each_fault(
    "processes",
    "part",
    *(
        Row(id=f"kill-watch-{part}", value=part,
            what=f"SIGKILL at {len(points)} points while watches are matched ({part}), one run after the other",
            after="the audit adds up after each; the next run leaves the undisturbed world, each match told once")
        for part, points in POINTS.items()
    ),
)  # fmt: skip
def test_killed_while_watches_are_matched(
    before: Before, forks: Forks, watched: State, tmp_path: Path, part: str
) -> None:
    desk = watching(before, tmp_path)
    received = len(before.newsroom.received_alerts)
    for target, when, times in POINTS[part]:
        assert forks.run(desk, STEP, target, when, times) == -signal.SIGKILL, f"{target} was not reached"
        desk.audit()
    assert forks.run(desk) == 0
    desk.audit()
    assert read_state(desk) == watched
    sent = [alert["alert_id"] for alert in before.newsroom.received_alerts[received:]]
    assert len(sent) == len(set(sent)) == sum(TOLD.values())
