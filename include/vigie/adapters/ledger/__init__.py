"""The ledger: what have we done? SQLAlchemy on SQLite or PostgreSQL, its schema kept by Alembic.

    feeds       the feeds' state, and a row a poll
    entries     every entry seen; identity: which address is which article
    pages       which pages are due, and what came of fetching them
    stages      what an article needs next: extract, tag, index
    sightings   terms seen, article by article
    detection   what the detector remembers: counts by the hour, seasons
    trends      topics as the detector last saw them
    lessons     what people taught it
    watches     saved searches, and the articles that they found
    alerts      alerts decided
    deliveries  messages formed, sent, given up
    digests     what a day or a week holds
    findings    alerts and trends that the index shows, and those that it lacks
    accounts    what is in which state, and what contradicts what: the ledger's half of the audit
    reports     what `show`, `feeds` and `alerts` read
    leases      who is working on what right now
    alone       who changes the index, however long it takes

Each function is one transaction, or says otherwise. Doing it twice changes nothing.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from vigie.adapters.ledger import engine as engines
from vigie.adapters.ledger.leases import Owner, current_owner
from vigie.errors import UsageError

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_186_431  # any number that is ours: PostgreSQL's advisory lock while the schema changes


class Ledger:
    """An open ledger. `owner` signs the leases that this process takes."""

    def __init__(self, engine: sa.Engine, owner: Owner) -> None:
        self.engine = engine
        self.owner = owner

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only reads."""
        return engines.reading(self.engine)

    def writing(self) -> AbstractContextManager[Session]:
        """One transaction: all of the block, or nothing."""
        return engines.writing(self.engine)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_ledger(url: str) -> Ledger:
    """Open a ledger and bring its schema up to date."""
    engine = engines.open_engine(url)
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, current_owner())


def _migrate(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))  # "%" means something there
    scripts = ScriptDirectory.from_config(config)
    with _locked_connection(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current and current not in {script.revision for script in scripts.walk_revisions()}:
            raise UsageError(f"VIGIE_LEDGER_URL: a newer Vigie wrote this ledger (revision {current})")
        if current != scripts.get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _locked_connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Two processes that start together change the schema one after the other."""
    with engines.named_faults(engine), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        yield connection
