"""The archive cannot be written, or lost a part of itself."""

import os
from pathlib import Path

from tests.cli.desk import Desk
from tests.faults.calls import all_in, leave, one_line
from tests.faults.conftest import Undisturbed
from tests.faults.table import fault


@fault(
    "archive",
    "not-writable",
    "The archive's folder cannot be written",
    after="one line and exit 1; nothing in the ledger says that it is done; the next run does all of it",
)
def test_an_archive_that_cannot_be_written(two: Desk) -> None:
    (two.folder / "home").mkdir()
    (two.folder / "home" / "archive").write_text("a file where the folder should be")
    one_line(two.call("run"), 1, "archive")
    assert two.ask("feeds")["feeds"][0]["entries"] == 0
    (two.folder / "home" / "archive").unlink()
    leave(two)
    two.run()
    all_in(two)


@fault(
    "archive",
    "file-cut",
    "The last WARC file is cut in the middle of a record, as a crash of the machine may leave it",
    after="the audit names what the cut took; the next writer goes on; once the pages were fetched again, search is whole",
)
def test_an_archive_that_is_cut(undisturbed: Undisturbed, tmp_path: Path) -> None:
    desk = undisturbed.copy(tmp_path)
    file = max(
        (desk.folder / "home" / "archive").rglob("*.warc.gz"), key=lambda path: path.stat().st_mtime_ns
    )
    before = file.stat().st_size
    os.truncate(file, before * 2 // 3)
    outcome = desk.call("audit", "--json")
    assert outcome.code == 1
    assert all(problem.startswith("archive: ") for problem in outcome.json["problems"])
    desk.wait(minutes=20)
    desk.run()  # pages of the last minutes are fetched again
    assert desk.ask("search", "Brévanoux")["total"] > 0
    later = desk.call("audit", "--json").json["problems"]
    assert len(later) <= len(outcome.json["problems"])
