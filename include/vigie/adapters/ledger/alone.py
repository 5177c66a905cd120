"""One worker at a time for what must not be done twice at once and takes longer than a transaction.

The lock is not a lease: it goes with the connection, or the open file, of who holds it, so a process that is killed
leaves nothing behind and hours of copying need no renewal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger import engine as engines
from vigie.errors import TransientError

SETUP_LOCK = 7_186_433
"""Any number that is ours: PostgreSQL's advisory lock of who changes the index."""


@contextmanager
def changing_index(ledger: Ledger) -> Iterator[None]:
    """Make, move or empty the index, of all who share this ledger alone. Raises `TransientError` if another is at it."""
    held = _held_by_file if ledger.engine.dialect.name == "sqlite" else _held_by_server
    with held(ledger.engine):
        yield


@contextmanager
def _held_by_server(engine: sa.Engine) -> Iterator[None]:
    lock, unlock = (f(SETUP_LOCK) for f in (sa.func.pg_try_advisory_lock, sa.func.pg_advisory_unlock))
    with engines.named_faults(engine), engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(sa.select(lock)):
            raise _busy()
        try:
            yield
        finally:
            connection.execute(sa.select(unlock))


@contextmanager
def _held_by_file(engine: sa.Engine) -> Iterator[None]:
    database = Path(engine.url.database or "")
    try:
        with filelock.FileLock(database.with_name(f"{database.name}.setup.lock"), timeout=0):
            yield
    except filelock.Timeout as cause:
        raise _busy() from cause


def _busy() -> TransientError:
    return TransientError(
        "another process is setting up search, or empties it: wait for it and do this again"
    )
