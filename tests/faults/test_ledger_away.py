"""The ledger is locked, away, broken or gone: one line says so, and the next run does the rest."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.faults.calls import all_in, one_line, start, wait_for
from tests.faults.table import fault
from tests.servers import postgresql
from tests.servers.processes import free_port, give_away


@contextmanager
def locked(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Another program holds the whole database, as a backup by hand would."""
    with closing(sqlite3.connect(desk.folder / "home" / "ledger.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


@fault(
    "ledger",
    "locked-briefly",
    "Another program holds the SQLite ledger for three seconds",
    after="the run waits and does all of it",
)
def test_a_ledger_that_is_locked_for_a_while(two: Desk) -> None:
    two.ask("feeds")  # there is a ledger
    with locked(two) as connection:
        process = start(two, "run")
        time.sleep(3)
        assert process.poll() is None
        connection.execute("ROLLBACK")
    assert process.wait(120) == 0
    all_in(two)


@fault(
    "ledger",
    "locked-long",
    "Another program holds the SQLite ledger longer than a writer waits",
    after="one line and exit 1; the next run does all of it",
)
def test_a_ledger_that_stays_locked(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from vigie.adapters.ledger import engine

    two.ask("feeds")
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 300)  # it is 30 s
    with locked(two):
        one_line(two.call("run"), 1, "ledger", "does not answer")
    two.run()
    all_in(two)


@fault(
    "ledger",
    "no-database",
    "The ledger's file is no database",
    after="one line and exit 2; the file is not touched",
)
def test_a_ledger_that_is_no_database(two: Desk) -> None:
    file = two.folder / "home" / "ledger.db"
    file.parent.mkdir()
    file.write_bytes(b"Ceci n'est pas une base." * 500)
    one_line(two.call("run"), 2, "VIGIE_LEDGER_URL", "no ledger")
    assert file.read_bytes() == b"Ceci n'est pas une base." * 500
    file.unlink()
    two.run()
    all_in(two)


@fault(
    "ledger",
    "ledger-gone",
    "The ledger's file is deleted after a run, the index stays",
    after="the audit names every document as one that no row knows; a run and a rebuild make the three agree again",
)
def test_a_ledger_that_is_gone(two: Desk) -> None:
    two.run()
    for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
        (two.folder / "home" / name).unlink(missing_ok=True)
    outcome = two.call("audit", "--json")
    assert outcome.code == 1
    assert len(outcome.json["problems"]) >= 2
    two.wait(hours=7)
    two.run()
    two.ask("rebuild-index")
    all_in(two)


@fault(
    "ledger",
    "postgresql-away",
    "PostgreSQL does not answer",
    after="one line and exit 1, without its password; nothing is asked of any feed",
)
def test_a_postgresql_that_is_away(two: Desk, newsroom: Newsroom) -> None:
    away = f"postgresql://vigie:secret@127.0.0.1:{free_port()}/vigie"
    outcome = two.call("run", VIGIE_LEDGER_URL=away)
    one_line(outcome, 1, "ledger")
    assert "secret" not in outcome.err
    assert newsroom.requests == ()
    two.run()
    all_in(two)


@pytest.mark.postgresql
@fault(
    "ledger",
    "postgresql-killed",
    "PostgreSQL is killed with SIGKILL in the middle of a run, and started again on the same data",
    after="the run ends with one line and exit 1; the next one does the rest, and nothing is doubled",
)
def test_a_postgresql_that_is_killed_in_the_middle(two: Desk, newsroom: Newsroom) -> None:
    with ExitStack() as stack:
        binaries, data = (
            postgresql.find_binaries(),
            Path(stack.enter_context(TemporaryDirectory(prefix="vigie-pg-"))),
        )
        give_away(data)
        postgresql._run([str(binaries / "initdb"), "-D", f"{data}/data", "-U", "vigie", "-A", "trust", "-N"])
        first = stack.enter_context(ExitStack())
        two.settings["VIGIE_LEDGER_URL"] = first.enter_context(postgresql._running(binaries, data))
        process = start(two, "run", VIGIE_HOST_DELAY_S="1")
        wait_for(lambda: len(newsroom.requests) >= 3)
        pid = int((data / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "the ledger" in err.decode().splitlines()[-1]
        assert "Traceback" not in err.decode()
        first.close()
        wait_for(lambda: not children_of(pid))
        (data / "data" / "postmaster.pid").unlink(missing_ok=True)
        two.settings["VIGIE_LEDGER_URL"] = stack.enter_context(postgresql._running(binaries, data))
        two.run()
        all_in(two)


def children_of(pid: int) -> list[int]:
    """The servers that PostgreSQL's own process left behind when it was killed; they end by themselves."""
    return [process.pid for process in psutil.process_iter() if process.ppid() == pid]
