"""The audit fails, and names it, when one row, record or document is taken away or put in by hand."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.faults.conftest import Undisturbed
from tests.faults.table import Row, each_fault, fault
from vigie.settings import Settings
from vigie.stores import open_stores

TABLES = (
    "feeds",
    "polls",
    "entries",
    "articles",
    "addresses",
    "versions",
    "sightings",
    "alerts",
    "deliveries",
)


@pytest.fixture
def collected(undisturbed: Undisturbed, tmp_path: Path) -> Desk:
    """A desk of one's own, on which everything adds up."""
    return undisturbed.copy(tmp_path)


def problems(desk: Desk) -> list[str]:
    """What the audit says is wrong, which must be something; people are told the same."""
    outcome = desk.call("audit", "--json")
    assert outcome.code == 1
    assert outcome.json["ok"] is False
    told = desk.call("audit")
    assert told.code == 1
    assert outcome.json["problems"][0].split()[0] in told.out
    return list(outcome.json["problems"])


def change(desk: Desk, statement: str) -> None:
    """One statement by hand, behind the ledger's back."""
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as connection:
        assert connection.execute(statement).rowcount == 1
    connection.close()


def stores_of(desk: Desk) -> Settings:
    return Settings(home=desk.folder / "home")


@each_fault(
    "ledger",
    "table",
    *(
        Row(
            id=f"row-gone-{t}",
            what=f"A row of `{t}` is deleted by hand",
            after="the audit names the table",
            value=t,
        )
        for t in TABLES
    ),
)
def test_a_row_that_is_gone(collected: Desk, table: str) -> None:
    change(collected, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert any(table in problem for problem in problems(collected))


@fault(
    "ledger", "row-put-in", "A row is put into the ledger by hand", after="the audit names it and ends with 1"
)
def test_a_row_that_was_put_in(collected: Desk) -> None:
    change(
        collected,
        "INSERT INTO entries (id, feed_id, first_seen_at, record_id) VALUES ('x', 'soir', '2026-11-23', 'x#0')",
    )
    assert any("entry x " in problem for problem in problems(collected))


@fault(
    "ledger",
    "state-changed",
    "An article's state is changed by hand to one that is none",
    after="the audit names it and ends with 1",
)
def test_a_state_that_was_changed(collected: Desk) -> None:
    change(collected, "UPDATE articles SET state = 'lost' WHERE rowid = (SELECT max(rowid) FROM articles)")
    assert any("do not sum" in problem for problem in problems(collected))


@fault(
    "index",
    "document-gone",
    "A document is taken out of the index behind the ledger's back",
    after="the audit names the article; `vigie rebuild-index` brings it back",
)
def test_a_document_that_is_gone_comes_back_with_a_rebuild(collected: Desk) -> None:
    hit = collected.ask("search", "Brévanoux")["hits"][0]
    with open_stores(stores_of(collected)) as stores:
        stores.index.delete([hit["id"]])
    assert [hit["id"] in problem for problem in problems(collected)] == [True]
    assert collected.ask("rebuild-index")["index"]["failed"] == 0
    collected.audit()


@fault(
    "index",
    "document-put-in",
    "A document is put into the index that is in no ledger row",
    after="the audit names it and ends with 1",
)
def test_a_document_that_nobody_put(collected: Desk) -> None:
    with open_stores(stores_of(collected)) as stores:
        any_id = next(iter(stores.index.versions()))[0]
        stranger = json.loads(json.dumps(stores.index.get(any_id))) | {"id": "0" * 20}
        assert stores.index.put([stranger]) == ()
    assert any("0" * 20 in problem for problem in problems(collected))


@fault(
    "index",
    "findings-changed",
    "An alert is taken out of the index, another is put in, by hand",
    after="the audit names both; `vigie rebuild-index` mends it",
)
def test_alerts_of_the_index_that_are_not_those_of_the_ledger(collected: Desk) -> None:
    (alert,) = collected.ask("alerts")["alerts"]
    with open_stores(stores_of(collected)) as stores:
        findings = stores.index.findings("alerts")
        stranger = {**(findings.get(alert["id"]) or {}), "id": "0" * 16}
        findings.delete([alert["id"]])
        assert findings.put([stranger]) == ()
    assert [problem.split()[2] for problem in problems(collected)] == [alert["id"], "0" * 16]
    collected.ask("rebuild-index")
    collected.audit()


@fault(
    "index",
    "findings-broken",
    "The file of alerts and topics is damaged",
    after="one line says so; `vigie rebuild-index` makes it anew",
)
def test_a_broken_file_of_alerts_is_said_in_one_line_and_can_be_rebuilt(collected: Desk) -> None:
    (collected.folder / "home" / "index" / "findings.db").write_bytes(b"\x00broken" * 4_096)
    (problem,) = problems(collected)
    assert "rebuild-index" in problem
    collected.ask("rebuild-index")
    collected.audit()


@fault(
    "index",
    "index-gone",
    "The index's folder is deleted",
    after="the audit names each article; `vigie rebuild-index` brings all back",
)
def test_an_index_that_is_gone(collected: Desk) -> None:
    shutil.rmtree(collected.folder / "home" / "index")
    found = problems(collected)
    assert sum("article" in problem for problem in found) == 43
    assert any(problem.startswith("index: alerts: ") for problem in found)
    assert collected.ask("rebuild-index")["index"]["done"] == 43
    collected.audit()


@fault(
    "index",
    "index-broken",
    "A file of the index is damaged",
    after="one line says so; `vigie rebuild-index` makes it anew",
)
def test_an_index_that_is_broken_is_said_in_one_line_and_can_be_rebuilt(collected: Desk) -> None:
    (collected.folder / "home" / "index" / "articles" / "meta.json").write_text("{")
    (problem,) = problems(collected)
    assert "rebuild-index" in problem
    collected.ask("rebuild-index")
    collected.audit()


@fault(
    "index",
    "index-version",
    "The index was made by another version",
    after="refused in one line; `vigie rebuild-index` makes it anew",
)
def test_an_index_of_another_version_can_be_rebuilt(collected: Desk) -> None:
    (collected.folder / "home" / "index" / "schema-version").write_text("0")
    outcome = collected.call("search", "Brévanoux")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    collected.ask("rebuild-index")
    collected.audit()


@fault(
    "archive",
    "file-gone",
    "A WARC file is deleted",
    after="the audit names every entry, page and feed body that lay in it",
)
def test_an_archive_file_that_is_gone(collected: Desk) -> None:
    newest(collected).unlink()
    found = problems(collected)
    assert all(problem.startswith("archive: ") and "the file is not there" in problem for problem in found)
    for what in ("entry ", "page of article ", "body of feed "):  # the day is in one file
        assert any(problem.startswith(f"archive: {what}") for problem in found)


@fault(
    "archive",
    "record-cut-out",
    "A record is cut out of the middle of a WARC file",
    after="no other record passes for it: the audit names it",
)
def test_one_record_that_was_cut_out_of_its_file(collected: Desk) -> None:
    """By hand: the bytes between two records."""
    first, second = offsets(collected)[-2:]
    file = newest(collected)
    body = file.read_bytes()
    file.write_bytes(body[:first] + body[second:])
    assert any(file.name in problem for problem in problems(collected))


@fault("archive", "byte-flipped", "One byte of a WARC file is flipped", after="the audit names the record")
def test_one_byte_that_was_changed_in_a_record(collected: Desk) -> None:
    first, second = offsets(collected)[-2:]
    file = newest(collected)
    body = bytearray(file.read_bytes())
    body[(first + second) // 2] ^= 0xFF
    file.write_bytes(bytes(body))
    assert any(file.name in problem for problem in problems(collected))


@each_fault(
    "archive",
    "keep",
    Row(
        id="file-cut-in-a-record",
        what="A WARC file is cut in the middle of a record, and more is written after it was mended",
        after="every record before the cut is read; the audit names those behind it, now and later",
        value=0.5,
    ),
    Row(
        id="file-cut-between-records",
        what="A WARC file is cut between two records, and more is written",
        after="every record before the cut is read; the audit names those behind it, now and later",
        value=0.0,
    ),
)
def test_a_file_that_was_cut(collected: Desk, keep: float) -> None:
    start, end = offsets(collected)[-2:]
    file = newest(collected)
    file.write_bytes(file.read_bytes()[: start + int((end - start) * keep)])
    found = problems(collected)
    lines = (
        '{"id": "n", "url": "https://vieux.example/n", "title": "Le phare", "text": "Le phare est repeint."}'
    )
    assert collected.call("import", "-", stdin=lines).code == 0
    assert [_record_of(line) for line in problems(collected)] == [_record_of(line) for line in found]


def _record_of(problem: str) -> str:
    """What is lost, whatever is said to lie there now."""
    return problem.partition("warc.gz#")[0] + problem.partition("warc.gz#")[2].partition(":")[0]


def newest(desk: Desk) -> Path:
    """The WARC file of the last articles' pages."""
    return desk.folder / "home" / "archive" / offsets_by_file(desk)[-1].split("#")[0]


def offsets(desk: Desk) -> list[int]:
    """Where the records that the ledger counts on lie in that file, in order."""
    name = offsets_by_file(desk)[-1].split("#")[0]
    return sorted(int(r.split("#")[1]) for r in offsets_by_file(desk) if r.startswith(f"{name}#"))


def offsets_by_file(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as connection:
        query = "SELECT page_record_id FROM articles WHERE page_record_id IS NOT NULL ORDER BY page_record_id"
        found = [str(row[0]) for row in connection.execute(query)]
    connection.close()
    return found


def test_what_the_audit_counts(collected: Desk) -> None:
    found = collected.audit()
    assert found["entries"] == {
        "total": 44, "waiting": 0, "indexed": 43, "duplicate": 1, "rejected": {}, "failed": 0
    }  # fmt: skip
    archive = found["archive"]
    assert (archive["files"], archive["unreadable"], archive["unreferred"]) == (1, 0, 0)
    assert archive["records"] == archive["referred"]
    assert (found["index"]["documents"], found["index"]["missing"]) == (43, 0)
