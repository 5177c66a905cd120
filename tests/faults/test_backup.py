"""A backup that is taken while Vigie works, restored elsewhere: the audit adds up, and the next run ends the work."""

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.desk import Desk
from tests.faults.conftest import Before, Forks, Undisturbed
from tests.faults.states import read_state
from tests.faults.table import fault
from vigie.adapters.backup.manifest import NAME, write_manifest

RESTORED = 3
"""Of the backups that were taken during a run: the first, the last, and one between."""


def restored(desk: Desk, kept: Path, folder: Path) -> Desk:
    """A second installation, made of a backup."""
    folder.mkdir(parents=True)
    shutil.copy(desk.folder / "feeds.yml", folder)
    other = Desk(folder, hosts=desk.hosts, clock=desk.clock, settings=dict(desk.settings))
    assert other.ask("restore", str(kept))["audit"]["ok"]
    other.audit()
    return other


@fault(
    "disk",
    "backup-while-working",
    "The stores are lost and restored from a backup that `vigie backup` took in the middle of a run",
    after="the audit adds up at once; the next run leaves the undisturbed world row by row, the alert under one id",
)
def test_backups_while_a_run_works(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    desk = before.copy(tmp_path / "desk")
    codes: list[int] = []
    run = threading.Thread(target=lambda: codes.append(forks.run(desk)))
    run.start()
    taken = []
    while run.is_alive() or not taken:
        taken.append(tmp_path / f"kept-{len(taken)}")
        desk.ask("backup", str(taken[-1]))
    run.join()
    assert codes == [0]
    assert len(taken) >= RESTORED
    chosen = [taken[number * (len(taken) - 1) // (RESTORED - 1)] for number in range(RESTORED)]
    states = []
    for number, kept in enumerate(chosen):
        received = len(before.newsroom.received_alerts)
        other = restored(desk, kept, tmp_path / f"other-{number}")
        states.append(read_state(other))
        assert forks.run(other) == 0
        other.audit()
        assert read_state(other) == undisturbed.state, f"backup {number} of {len(taken)}"
        sent = before.newsroom.received_alerts[received:]
        assert {alert["alert_id"] for alert in sent} <= {undisturbed.state["alerts"][0]["id"]}
    assert states[0] != states[-1], "no backup saw the run work"


@fault(
    "index",
    "backup-older-index",
    "A backup is restored whose index is older than its ledger",
    after="what the index lacks is indexed again from the archive by the next run; no alert is sent again",
)
def test_an_index_that_is_older_than_the_ledger(
    before: Before, undisturbed: Undisturbed, forks: Forks, tmp_path: Path
) -> None:
    old, kept = tmp_path / "old", tmp_path / "kept"
    before.copy(tmp_path / "a").ask("backup", str(old))
    undisturbed.copy(tmp_path / "b").ask("backup", str(kept))
    shutil.rmtree(kept / "index")
    shutil.copytree(old / "index", kept / "index")
    (kept / NAME).unlink()
    write_manifest(kept, datetime.now(UTC))
    received = len(before.newsroom.received_alerts)
    other = restored(undisturbed.desk, kept, tmp_path / "other")
    lacking = len(undisturbed.state["documents"]) - other.ask("search", "")["total"]
    assert lacking > 0
    assert other.run()["index"]["done"] == lacking
    other.audit()
    assert read_state(other)["documents"] == undisturbed.state["documents"]
    assert read_state(other)["findings"] == undisturbed.state["findings"]
    assert len(before.newsroom.received_alerts) == received


@fault(
    "index",
    "index-lost-some",
    "The index lost documents, and holds one that no ledger row knows",
    after="`vigie mend-index` indexes the first again and removes the second",
)
def test_an_index_that_is_mended(undisturbed: Undisturbed, tmp_path: Path) -> None:
    from vigie.settings import Settings
    from vigie.stores import open_stores

    desk = undisturbed.copy(tmp_path)
    with open_stores(Settings(home=desk.folder / "home")) as stores:
        ids = sorted(article_id for article_id, _version in stores.index.versions())
        stores.index.put([{**(stores.index.get(ids[0]) or {}), "id": "personne"}])
        stores.index.delete(ids[:3])
    assert desk.call("audit").code == 1
    assert desk.ask("mend-index")["mend"]["done"] == 4
    desk.audit()
    assert read_state(desk)["documents"] == undisturbed.state["documents"]
