"""A ledger whose disk is full says so, and what to do; what was not committed is not there."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.builders import entry
from tests.ledger.flow import assert_sound, poll
from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.accounts import count_entries
from vigie.errors import TransientError

REFUSE = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"


def refuse_more(ledger: Ledger) -> None:
    """SQLite by its own quota of pages; on PostgreSQL the server raises what it raises when its disk is full."""
    if ledger.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(ledger.engine.url.database))) as connection:
            connection.execute("VACUUM")  # pages that earlier tests left empty would be room
        event.listen(
            ledger.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1")
        )
        return

    def raise_there(connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO entries"):
            connection.connection.cursor().execute(REFUSE)

    event.listen(ledger.engine, "before_cursor_execute", raise_there)


def test_what_is_said_when_the_disk_of_the_ledger_is_full(
    ledger_url: str, elsewhere: object, ledger: Ledger
) -> None:
    full = elsewhere("other")  # type: ignore[operator]  # the fixture's own type is a callable
    assert poll(full, entry("une")) == 1
    refuse_more(full)
    many = [entry(f"une-{number}", summary="é" * 3000) for number in range(200)]
    with pytest.raises(TransientError, match=r"^the disk of the ledger .* is full: make room and run again"):
        poll(full, *many)
    assert count_entries(ledger).total == 1
    assert_sound(ledger)
    assert poll(ledger, *many) == 200
    assert_sound(ledger)
