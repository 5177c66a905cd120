"""A disk that is full, under each store in turn: one clear line, nothing recorded as done, and all of it done later."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.adapters.warc import read_with_warcio
from tests.cli.desk import Desk
from tests.cli.world import open_today
from tests.faults.small_disk import SmallDisk, small_disk
from tests.faults.table import Row, each_fault

WAY_OUT = "is full: make room and run again; what was not finished is not recorded as done"
"""What a person reads."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Large enough for any of the stores; `fill` takes what is left."""
    with small_disk(tmp_path / "disk", kilobytes=4096) as mounted:
        yield mounted


@pytest.fixture
def today(desk: Desk, newsroom: Newsroom) -> Desk:
    """A desk that follows three feeds with a day's news, and has not asked them yet."""
    open_today(desk, newsroom)
    return desk


@pytest.fixture
def control(today: Desk, tmp_path: Path) -> dict[str, Any]:
    """What the audit counts where no disk was full."""
    other = Desk(
        tmp_path / "control", hosts=today.hosts, settings={"VIGIE_FEEDS": str(today.folder / "feeds.yml")}
    )
    other.run()
    return _kept(other)


def _kept(desk: Desk) -> dict[str, Any]:
    found = desk.audit()
    return {"entries": found["entries"], "index": found["index"]}


STORES = (
    Row(
        id="archive-full",
        what="The disk of the archive is full",
        after="the run ends with 1 and one line; nothing is recorded; with room again, all of it is done",
        value=("VIGIE_ARCHIVE_URL", "{disk}/archive", "the archive"),
    ),
    Row(
        id="ledger-full",
        what="The disk of the ledger is full",
        after="the run ends with 1 and one line; with room again, all of it is done",
        value=("VIGIE_LEDGER_URL", "sqlite:///{disk}/ledger.db", "the ledger"),
    ),
    Row(
        id="index-full",
        what="The disk of the index is full",
        after="the run ends with 1 and one line; articles wait, tagged; with room again, all are indexed",
        value=("VIGIE_INDEX_URL", "tantivy://{disk}/index", "the index"),
    ),
)


@each_fault("disk", "store", *STORES)
def test_a_store_whose_disk_is_full(
    today: Desk, disk: SmallDisk, control: dict[str, Any], store: tuple[str, str, str]
) -> None:
    setting, address, name = store
    today.settings[setting] = address.format(disk=disk.path)
    today.ask("audit")  # the stores are there; now their disk fills up
    disk.fill()
    for _ in range(2):
        today.wait(minutes=20)
        outcome = today.call("run")
        assert outcome.code == 1
        assert outcome.out == ""
        (line,) = [line for line in outcome.err.splitlines() if "HTTP 404" not in line]
        assert line.startswith(f"vigie: the disk of {name}")
        assert line.endswith(WAY_OUT)
    disk.make_room()
    assert today.audit()["entries"]["indexed"] == 0
    _run_later(today)
    assert _kept(today) == control


def _run_later(desk: Desk) -> None:
    """When the leases of the run that failed are over: its process is this one, and did not end."""
    desk.wait(minutes=20)
    desk.run()


HOMES = tuple(
    Row(
        id=f"home-of-{kilobytes}-kB",
        what=f"A run fills a disk of {kilobytes} kB that all three stores are on",
        after="one line, exit code 1; what is recorded is there; with room again, the next run does the rest",
        value=kilobytes,
    )
    for kilobytes in (40, 200, 400, 440, 480, 520, 560)
)


@each_fault("disk", "kilobytes", *HOMES)
def test_a_run_that_fills_its_disk(
    today: Desk, tmp_path: Path, control: dict[str, Any], kilobytes: int
) -> None:
    with small_disk(tmp_path / "small", kilobytes=kilobytes) as disk:
        today.settings["VIGIE_HOME"] = str(disk.path / "home")
        for _ in range(2):
            today.wait(minutes=20)
            outcome = today.call("run")
            assert outcome.code == 1
            (line,) = [line for line in outcome.err.splitlines() if "HTTP 404" not in line]
            assert line.endswith(WAY_OUT)
        disk.make_room()
        today.audit()
        _run_later(today)
        assert _kept(today) == control


CUTS = tuple(
    Row(
        id=f"archive-of-{kilobytes}-kB",
        what=f"The disk of the archive is full after {kilobytes} kB, in the middle of a record",
        after="no half record is left, and none is referred to; with room again, all of it is done",
        value=kilobytes,
    )
    for kilobytes in (4, 8, 12)
)


@each_fault("disk", "kilobytes", *CUTS)
def test_an_archive_that_fills_up_half_way(
    today: Desk, tmp_path: Path, control: dict[str, Any], kilobytes: int
) -> None:
    with small_disk(tmp_path / "small", kilobytes=kilobytes) as disk:
        today.settings["VIGIE_ARCHIVE_URL"] = str(disk.path / "archive")
        assert today.call("run").code == 1
        assert today.audit()["archive"]["unreadable"] == 0
        disk.make_room()
        _run_later(today)
        for path in (disk.path / "archive").rglob("*.warc.gz"):
            read_with_warcio(path)
        assert _kept(today) == control
