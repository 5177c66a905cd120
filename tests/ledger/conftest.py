"""Both databases, each the real one. Every test begins with a ledger that knows some feeds and nothing else."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import NOW
from tests.ledger.flow import SOURCES
from vigie.adapters.ledger import Ledger, open_ledger
from vigie.adapters.ledger.engine import open_engine
from vigie.adapters.ledger.feeds import sync_feeds
from vigie.adapters.ledger.leases import Owner
from vigie.adapters.ledger.schema import TALLIED, Base, TallyRow

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which of the two."""
    return str(request.param)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path}/new/ledger.db"
        return
    with _own_database(request.getfixturevalue("postgresql_url")) as url:
        yield url


@pytest.fixture
def ledger(database: str, request: pytest.FixtureRequest) -> Ledger:
    """An open ledger that knows the feeds of `flow.SOURCES`; it signs its leases as this process.

    It is emptied, not made anew: a new one costs each test half a second of compiled statements and files.
    """
    opened: Ledger = request.getfixturevalue(f"_{database}_ledger")
    with opened.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        tallies = [{"table_name": table.__tablename__, "rows": 0} for table in TALLIED]
        connection.execute(sa.insert(TallyRow), tallies)
    sync_feeds(opened, SOURCES, NOW)
    return opened


@pytest.fixture
def ledger_url(ledger: Ledger) -> str:
    """Where it is."""
    return ledger.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def elsewhere(ledger_url: str) -> Iterator[Callable[[str], Ledger]]:
    """The same ledger as a worker on another machine sees it."""
    opened: list[Ledger] = []

    def open_as(host: str) -> Ledger:
        opened.append(Ledger(open_engine(ledger_url), Owner(f"{host}|17|1000.0")))
        return opened[-1]

    yield open_as
    for other in opened:
        other.close()


@pytest.fixture(scope="session")
def _sqlite_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('ledger')}/ledger.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _postgresql_ledger(postgresql_url: str) -> Iterator[Ledger]:
    with _own_database(postgresql_url) as url:
        opened = open_ledger(url)
        yield opened
        opened.close()


@contextmanager
def _own_database(server_url: str) -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex[:12]}"
    _run(server_url, f"CREATE DATABASE {name}")
    yield sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)
    _run(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server_url: str, statement: str) -> None:
    engine = sa.create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
