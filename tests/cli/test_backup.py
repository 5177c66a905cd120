"""`vigie backup` and `vigie restore`: what they refuse, and that a restore leaves the world as it was backed up."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.site import Item, html, put_feed
from tests.faults.states import read_state


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two articles, searchable."""
    with Newsroom(START, past_days=0) as newsroom:
        desk = Desk(tmp_path_factory.mktemp("once"), hosts=[newsroom.host_port])
        items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(2)]
        desk.follow({"id": "f", "url": put_feed(newsroom, *items)})
        desk.run()
        yield desk


@pytest.fixture
def collected(once: Desk, tmp_path: Path) -> Desk:
    """The same, to do with as one likes."""
    shutil.copytree(once.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk", hosts=once.hosts)


def elsewhere(desk: Desk, folder: Path) -> Desk:
    """A second installation that follows the same feeds."""
    folder.mkdir()
    (folder / "feeds.yml").write_bytes((desk.folder / "feeds.yml").read_bytes())
    return Desk(folder, hosts=desk.hosts, clock=desk.clock, settings=dict(desk.settings))


def test_a_backup_is_restored_whole_elsewhere(collected: Desk, tmp_path: Path) -> None:
    made = collected.ask("backup", str(tmp_path / "kept"))["backup"]
    assert made["files"] == len(json.loads((tmp_path / "kept/backup.json").read_text())["files"]) > 4
    other = elsewhere(collected, tmp_path / "other")
    said = other.ask("restore", str(tmp_path / "kept"))
    assert said["audit"]["ok"]
    assert said["mend"]["taken"] == 0
    assert said["backup"] == made
    assert read_state(other) == read_state(collected)
    assert other.ask("search", "Page")["total"] == 2
    assert "index" not in other.run()  # nothing is left to do


def test_people_are_told_what_was_kept(collected: Desk, tmp_path: Path) -> None:
    said = collected.call("backup", str(tmp_path / "kept"))
    assert said.code == 0
    assert f"Sauvegardé dans {tmp_path / 'kept'}" in said.out
    said = elsewhere(collected, tmp_path / "other").call("restore", str(tmp_path / "kept"))
    assert "Tout y est." in said.out


def test_nothing_is_overwritten(collected: Desk, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    collected.ask("backup", kept)
    before = read_state(collected)
    again, onto = collected.call("backup", kept), collected.call("restore", kept)
    assert (again.code, onto.code) == (2, 2)
    assert "holds a backup" in again.err
    assert "restore into an empty VIGIE_HOME" in onto.err
    assert read_state(collected) == before


def test_an_old_log_beside_the_ledger_is_not_read_into_it(collected: Desk, tmp_path: Path) -> None:
    collected.ask("backup", str(tmp_path / "kept"))
    other = elsewhere(collected, tmp_path / "other")
    (other.folder / "home").mkdir()
    (other.folder / "home/ledger.db-wal").write_bytes(b"of another time")
    assert "ledger.db-wal is there already" in other.call("restore", str(tmp_path / "kept")).err


@pytest.mark.parametrize("part", ["ledger.db", "archive", "index"])
def test_a_backup_that_was_changed_is_not_restored(collected: Desk, tmp_path: Path, part: str) -> None:
    collected.ask("backup", str(tmp_path / "kept"))
    chosen = tmp_path / "kept" / part
    file = chosen if chosen.is_file() else next(path for path in sorted(chosen.rglob("*")) if path.is_file())
    file.write_bytes(file.read_bytes() + b"x")
    other = elsewhere(collected, tmp_path / "other")
    said = other.call("restore", str(tmp_path / "kept"))
    assert said.code == 1
    assert "not as they were written" in said.err
    assert not any((other.folder / "home").iterdir())


def test_a_backup_that_was_stopped_is_not_restored(collected: Desk, tmp_path: Path) -> None:
    collected.ask("backup", str(tmp_path / "kept"))
    (tmp_path / "kept/backup.json").unlink()
    said = elsewhere(collected, tmp_path / "other").call("restore", str(tmp_path / "kept"))
    assert said.code == 2
    assert "is no whole backup" in said.err


def test_a_restore_that_was_killed_is_done_again(collected: Desk, tmp_path: Path) -> None:
    """It had copied some of it beside its place."""
    collected.ask("backup", str(tmp_path / "kept"))
    other = elsewhere(collected, tmp_path / "other")
    left = other.folder / "home/archive.restoring/2001"
    left.mkdir(parents=True)
    (left / "half.warc.gz").write_bytes(b"half")
    assert other.ask("restore", str(tmp_path / "kept"))["audit"]["ok"]
    assert not list((other.folder / "home").glob("*.restoring"))
    assert not list((other.folder / "home/archive").rglob("half*"))


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("VIGIE_LEDGER_URL", "postgresql://127.0.0.1:1/vigie"),
        ("VIGIE_ARCHIVE_URL", "memory://archive"),
        ("VIGIE_INDEX_URL", "http://127.0.0.1:1"),
    ],
)
def test_stores_with_tools_of_their_own(collected: Desk, tmp_path: Path, name: str, url: str) -> None:
    said = collected.call("backup", str(tmp_path / "kept"), **{name: url})
    assert said.code == 2
    assert said.err.startswith(f"vigie: {name}: the ")
    assert "docs/operating.md" in said.err
    assert not (tmp_path / "kept").exists()


def test_no_ledger_no_backup(desk: Desk, tmp_path: Path) -> None:
    said = desk.call("backup", str(tmp_path / "kept"))
    assert said.code == 2
    assert "there is no ledger to back up" in said.err


def test_work_of_who_had_the_lease_is_free_after_a_restore(collected: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(collected.folder / "home/ledger.db") as connection:
        until = (collected.clock + timedelta(minutes=15)).isoformat()
        connection.execute(
            "UPDATE feeds SET lease_owner = 'elsewhere|1|1.0', lease_until = ?, next_poll_at = NULL", (until,)
        )
    connection.close()
    collected.ask("backup", str(tmp_path / "kept"))
    other = elsewhere(collected, tmp_path / "other")
    other.ask("restore", str(tmp_path / "kept"))
    with sqlite3.connect(other.folder / "home/ledger.db") as connection:
        assert connection.execute("SELECT lease_owner FROM feeds").fetchall() == [(None,)]
    connection.close()
