"""Engines and sessions of the ledger, on SQLite and PostgreSQL alike.

Every write transaction on SQLite begins with `BEGIN IMMEDIATE`: two writers then wait for one another instead of
failing when a read turns into a write. Readers never wait (write-ahead log).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from vigie.adapters.ledger import tallies
from vigie.errors import TransientError, UsageError

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another on SQLite; our longest transaction takes well under a second."""


def open_engine(url: str) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; `UsageError` when the address cannot be one."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise UsageError(f"VIGIE_LEDGER_URL: not a database address: {error}") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if backend != "sqlite":
        raise UsageError(f"VIGIE_LEDGER_URL: {backend} is not supported; use sqlite:///… or postgresql://…")
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own recipe: we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
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
        tallies.follow(session)
        yield session


@contextmanager
def named_faults(engine: sa.Engine) -> Iterator[None]:
    """Say which ledger it is when the database does not answer."""
    try:
        yield
    except OperationalError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise TransientError(f"the ledger {where} does not answer: {error.orig}") from error
