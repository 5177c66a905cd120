"""Engines and sessions of the ledger, on SQLite and PostgreSQL alike.

One write transaction at a time, on both: SQLite by `BEGIN IMMEDIATE`, PostgreSQL by an advisory lock. Writers share
the tallies' rows anyway, so little could overlap; and two workers that meet the same address wait for one another
instead of colliding or waiting in a ring. Readers never wait.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from vigie.adapters.full_disk import describe_full, has_no_room, is_full
from vigie.adapters.ledger import tallies
from vigie.errors import StoreAway, UsageError

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another; our longest transaction takes well under a second."""
WRITER_LOCK = 7_186_432
"""Any number that is ours: PostgreSQL's advisory lock of the one writer."""


def open_engine(url: str) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; `UsageError` when the address cannot be one."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:  # not told in full: there may be a password in it
        raise UsageError(f"VIGIE_LEDGER_URL: not a database address: {error}") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if backend != "sqlite":
        raise UsageError(f"VIGIE_LEDGER_URL: {backend} is not supported; use sqlite:///… or postgresql://…")
    _make_folder(parsed)
    engine = sa.create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(url: sa.URL) -> None:
    if not url.database:
        return
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"VIGIE_LEDGER_URL: no folder for {url.database}: {error}") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own recipe: we say BEGIN ourselves
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",  # first: the change to WAL itself may have to wait
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    readonly = connection.get_execution_options().get("vigie_readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session that only reads."""
    with named_faults(engine), Session(engine.execution_options(vigie_readonly=True)) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """A session whose block is one transaction: all of it, or nothing. Tallies follow what it adds and removes."""
    with named_faults(engine), Session(engine) as session, session.begin():
        _await_turn(session)
        tallies.follow(session)
        yield session


def _await_turn(session: Session) -> None:
    """The lock goes with the transaction; a writer that was stopped in its own is not waited for without end."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"))
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITER_LOCK)))


@contextmanager
def named_faults(engine: sa.Engine) -> Iterator[None]:
    """Say which ledger it is when the database does not answer."""
    try:
        yield
    except OperationalError as error:
        where = f"the ledger {engine.url.render_as_string(hide_password=True)}"
        full = error.orig is not None and (is_full(error.orig) or _has_no_room(engine.url, error.orig))
        said = describe_full(where) if full else f"{where} does not answer: {error.orig}"
        raise StoreAway(said) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # its subclasses are faults of ours
            raise
        where = engine.url.render_as_string(hide_password=True)
        raise UsageError(f"VIGIE_LEDGER_URL: {where} is no ledger: {error.orig}") from error


def _has_no_room(url: sa.URL, error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return (
        code is not None
        and code & 0xFF == sqlite3.SQLITE_IOERR
        and has_no_room(Path(url.database or ".").parent)
    )
