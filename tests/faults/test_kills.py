"""Kill a run with SIGKILL in the middle of each step in turn and run again: the same world, and the audit adds up."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.desk import Desk
from tests.cli.world import past_lines
from tests.faults.conftest import Before, Forks, Undisturbed
from tests.faults.states import read_state
from tests.faults.table import Row, each_fault, fault

LEDGER = "vigie.adapters.ledger"
WRITER = "vigie.adapters.archive:ArchiveWriter"
INDEX = "vigie.adapters.index.tantivy.engine"
FINDINGS = "vigie.adapters.index.tantivy.findings"
POINTS = {
    "polling:poll_feeds": [
        (f"{LEDGER}.feeds:claim_feeds", "after", 1),
        (f"{WRITER}.write_entry", "after", 2),
        (f"{WRITER}.close", "before", 1),
        (f"{WRITER}.close", "after", 1),
        (f"{LEDGER}.entries:_record_entry", "after", 2),
        (f"{LEDGER}.polls:_record_poll", "after", 1),
        (f"{LEDGER}.polls:record_polls", "after", 1),
    ],
    "fetching:fetch_pages": [
        (f"{LEDGER}.pages:claim_pages", "after", 1),
        ("vigie.adapters.web.client:WebClient.fetch", "after", 3),
        (f"{WRITER}.write_page", "after", 2),
        (f"{WRITER}.close", "before", 1),
        (f"{WRITER}.close", "after", 1),
        (f"{LEDGER}.pages:join_addresses", "after", 2),
        (f"{LEDGER}.pages:record_fetches", "after", 1),
    ],
    "extracting:extract_articles": [
        (f"{LEDGER}.extractions:claim_for_extract", "after", 1),
        ("vigie.adapters.archive:Archive.read_entry", "after", 3),
        (f"{LEDGER}.extractions:_record_version", "after", 3),
        (f"{LEDGER}.extractions:record_extractions", "after", 1),
    ],
    "articles:tag_articles": [
        (f"{LEDGER}.stages:claim_for_tag", "after", 1),
        (f"{LEDGER}.stages:record_tagged", "before", 1),
        (f"{LEDGER}.stages:record_tagged", "after", 1),
    ],
    "articles:index_articles": [
        (f"{LEDGER}.stages:claim_for_index", "after", 1),
        (f"{INDEX}:build_fields", "after", 3),
        (f"{INDEX}:TantivyIndex.put", "after", 1),
        (f"{LEDGER}.stages:_drop_draft", "after", 2),
        (f"{LEDGER}.stages:record_indexed", "after", 1),
    ],
    "counting:count_terms": [
        ("vigie.steps.counting:list_sightings", "after", 3),
        (f"{LEDGER}.sightings:drop_sightings", "after", 3),
        (f"{LEDGER}.sightings:record_sightings", "after", 1),
    ],
    "deciding:decide_alerts": [
        ("vigie.steps.deciding:resume_detector", "after", 1),
        (f"{LEDGER}.detection:add_counts", "after", 1),
        (f"{LEDGER}.alerts:_alert_row", "after", 1),
        (f"{LEDGER}.alerts:record_decision", "after", 1),
    ],
    "watching:match_watches": [
        (f"{LEDGER}.watches:record_watched", "before", 1),
        (f"{LEDGER}.watches:_mark", "after", 1),
        (f"{LEDGER}.watches:record_watched", "after", 1),
    ],
    "notifying:notify_channels": [
        (f"{LEDGER}.deliveries:take_message", "after", 1),
        ("vigie.steps.notifying:send", "before", 1),
        (f"{LEDGER}.deliveries:record_sent", "after", 1),
    ],
    "publishing:publish_findings": [
        (f"{FINDINGS}:FindingsFile.put", "before", 1),
        (f"{FINDINGS}:FindingsFile.put", "after", 1),
        (f"{LEDGER}.findings:record_published", "before", 1),
        (f"{LEDGER}.findings:record_published", "after", 1),
    ],
}
"""For each step, where to die: one run after the other on the same desk, each a little further."""


@fault(
    "processes",
    "twice",
    "`vigie run` is run three times at one moment",
    after="no row, no document and no alert more than after one",
)
def test_a_second_run_changes_nothing(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    desk = before.copy(tmp_path)
    received = len(before.newsroom.received_alerts)
    for _ in range(3):
        assert forks.run(desk) == 0
    desk.audit()
    assert read_state(desk) == undisturbed.state
    assert len(before.newsroom.received_alerts) == received + 1


@each_fault(
    "processes",
    "step",
    *(
        Row(id=f"kill-{step.partition(':')[2]}", value=step,
            what=f"SIGKILL at {len(points)} points of the step {step.partition(':')[2]}, one run after the other",
            after="the audit adds up after each; the next run leaves the undisturbed world, row by row")
        for step, points in POINTS.items()
    ),
)  # fmt: skip
def test_killed_in_the_middle_and_run_again(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path, step: str
) -> None:
    desk = before.copy(tmp_path)
    received = len(before.newsroom.received_alerts)
    for target, when, times in POINTS[step]:
        code = forks.run(desk, step, target, when, times)
        assert code == -signal.SIGKILL, f"{target} was not reached"
        desk.audit()
    assert forks.run(desk) == 0
    desk.audit()
    assert read_state(desk) == undisturbed.state
    assert len(before.newsroom.received_alerts) == received + 1


@fault(
    "alerts",
    "kill-between",
    "SIGKILL between sending an alert and recording that it was sent",
    after="it is sent again under the same id; nothing else is doubled",
)
def test_killed_between_sending_and_recording_sends_again_under_the_same_id(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    desk = before.copy(tmp_path)
    received = len(before.newsroom.received_alerts)
    assert forks.run(desk, "notifying:notify_channels", "vigie.steps.notifying:send", "after", 1) == -9
    assert forks.run(desk) == 0
    sent = [alert["alert_id"] for alert in before.newsroom.received_alerts[received:]]
    assert len(sent) == 2
    assert len(set(sent)) == 1
    desk.audit()
    assert read_state(desk) == undisturbed.state


@fault(
    "processes",
    "kill-import",
    "SIGKILL at four points of an import",
    after="the next import leaves the undisturbed world",
)
def test_an_import_killed_in_the_middle_and_run_again(before: Before, forks: Forks, tmp_path: Path) -> None:
    desk = Desk(tmp_path, hosts=before.desk.hosts)
    shutil.copy(before.desk.folder / "feeds.yml", tmp_path)
    past = tmp_path / "past.jsonl"
    past.write_text(past_lines(before.newsroom))
    for target, when, times in (
        (f"{WRITER}.write_entry", "after", 5),
        (f"{WRITER}.close", "after", 1),
        (f"{LEDGER}.entries:_record_entry", "after", 7),
        (f"{LEDGER}.entries:record_entries_in", "after", 1),
    ):
        code = forks.run(desk, "rework:import_lines", target, when, times, arguments=("import", str(past)))
        assert code == -signal.SIGKILL, f"{target} was not reached"
        desk.audit()
    assert forks.run(desk, arguments=("import", str(past))) == 0
    assert forks.run(desk, arguments=("import", str(past))) == 0
    assert read_state(desk) == before.state


@each_fault(
    "processes",
    "command",
    *(
        Row(id=f"kill-{command}", what=f"SIGKILL at three points of `vigie {command}`", value=command,
            after="the next `vigie run` finishes it; documents and alerts are as before")
        for command in ("rebuild-index", "reprocess")
    ),
)  # fmt: skip
def test_a_rebuild_killed_in_the_middle_is_finished_by_the_next_run(
    forks: Forks, undisturbed: Undisturbed, tmp_path: Path, command: str
) -> None:
    desk = undisturbed.copy(tmp_path)
    points = [
        (
            f"{LEDGER}.stages:reopen",
            "after",
            "rework:" + ("reprocess" if command == "reprocess" else "empty_index"),
        ),
        (f"{LEDGER}.extractions:record_extractions", "before", "extracting:extract_articles"),
        (f"{INDEX}:TantivyIndex.put", "before", "articles:index_articles"),
    ]
    for target, when, step in points:
        assert forks.run(desk, step, target, when, 1, arguments=(command,)) == -signal.SIGKILL
        desk.audit()
    assert forks.run(desk) == 0
    desk.audit()
    assert read_state(desk)["documents"] == undisturbed.state["documents"]
    assert read_state(desk)["alerts"] == undisturbed.state["alerts"]
    assert read_state(desk)["findings"] == undisturbed.state["findings"]


@fault(
    "processes",
    "kill-outside",
    "The executable is killed from outside while it fetches, and nobody reaps it",
    after="its leases end with it: the next run finishes at once and leaves the undisturbed world",
)
def test_the_executable_killed_while_it_fetches(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """From outside, as an operator or the kernel would; nobody waits for the dead process either."""
    desk = before.copy(tmp_path)
    environment = {**os.environ, **desk.environment, "VIGIE_HOST_DELAY_S": "0.5"}
    asked = len(before.newsroom.requests)
    command = [str(Path(sys.executable).parent / "vigie"), "run"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    ends = time.monotonic() + 60
    while len(before.newsroom.requests) < asked + 6 and time.monotonic() < ends:
        time.sleep(0.05)
    process.kill()
    desk.audit()
    code = forks.run(desk)
    assert process.wait() == -signal.SIGKILL
    assert code == 0
    desk.audit()
    assert read_state(desk) == undisturbed.state
