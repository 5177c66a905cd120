"""Opening a ledger: new or old, alone or with others, or not at all."""

import subprocess
import sys
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.builders import NOW
from tests.ledger.flow import SOURCES, assert_sound
from tests.servers.processes import free_port
from vigie.adapters.ledger import Ledger, open_ledger
from vigie.adapters.ledger.feeds import known_feeds, sync_feeds
from vigie.adapters.ledger.schema import TALLIED, Base, HostRow, TallyRow, UtcDateTime
from vigie.errors import TransientError, UsageError

OPENER = """
import sys
from vigie.adapters.ledger import open_ledger
print("ready", flush=True)
sys.stdin.readline()
open_ledger(sys.argv[1]).close()
"""


def test_the_migrations_make_the_schema(empty_url: str) -> None:
    ledger = open_ledger(empty_url)
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    assert_sound(ledger)
    ledger.close()


def test_opening_twice_changes_nothing(empty_url: str) -> None:
    for _ in range(2):
        ledger = open_ledger(empty_url)
        sync_feeds(ledger, SOURCES, NOW)
        ledger.close()
    again = open_ledger(empty_url)
    assert set(known_feeds(again)) == {feed.id for feed in SOURCES}
    assert_sound(again)
    again.close()


def test_two_processes_that_open_a_new_ledger_at_once_both_succeed(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).parent.mkdir()
    command = [sys.executable, "-c", OPENER, empty_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    workers = [subprocess.Popen(command, text=True, **pipes) for _ in range(2)]  # type: ignore[call-overload]  # Popen's types want each by name
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    errors = [worker.communicate(timeout=60)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 2, errors
    ledger = open_ledger(empty_url)
    with ledger.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(TallyRow)) == len(TALLIED)
    ledger.close()


def test_a_ledger_of_a_newer_release_is_not_touched(empty_url: str) -> None:
    ledger = open_ledger(empty_url)
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ledger.close()
    with pytest.raises(UsageError, match=r"newer Vigie .*9999"):
        open_ledger(empty_url)


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30))]
)
def test_times_come_back_as_they_were(ledger: Ledger, zone: timezone) -> None:
    at = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=zone)
    with ledger.writing() as session:
        session.add(HostRow(key="h", blocked_until=at))
    with ledger.reading() as session:
        read = session.get_one(HostRow, "h").blocked_until
        assert read == at
        assert read.tzinfo is UTC
        for other, later in ((at - timedelta(microseconds=1), True), (at, False)):
            query = sa.select(HostRow.key).where(HostRow.blocked_until > other)
            assert (session.scalar(query) == "h") is later


def test_a_time_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a zone"), ledger.writing() as session:
        session.add(HostRow(key="h", blocked_until=datetime(2026, 3, 10)))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 10), sa.create_engine("sqlite://").dialect)  # noqa: DTZ001


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    url = f"postgresql://vigie:s3cret@127.0.0.1:{free_port()}/vigie?connect_timeout=5"
    with pytest.raises(TransientError, match=r"ledger .*127\.0\.0\.1.*does not answer") as caught:
        open_ledger(url)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.postgresql
def test_a_database_that_is_not_there_is_named_without_the_password(postgresql_url: str) -> None:
    url = sa.make_url(postgresql_url).set(database="absente", password="s3cret")
    with pytest.raises(TransientError, match="absente") as caught:
        open_ledger(url.render_as_string(hide_password=False))
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        "ledger.db",
        "",
        "mysql://root:s3cret@localhost/x",
        "nonsense://u:s3cret@localhost/x",
        "postgresql://u:s3cret@localhost:port/x",
        "sqlite:////proc/nowhere/ledger.db",
    ],
)
def test_an_address_that_cannot_be_one_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="VIGIE_LEDGER_URL") as caught:
        open_ledger(url)
    assert "s3cret" not in str(caught.value)


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"Ceci n'est pas une base. " * 100)
    with pytest.raises(UsageError, match=r"notes\.txt is no ledger"):
        open_ledger(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"Ceci")


def test_a_folder_that_is_odd_is_a_folder(tmp_path: Path) -> None:
    open_ledger(f"sqlite:///{tmp_path}/à 100 % sûr/ledger.db").close()
    assert (tmp_path / "à 100 % sûr" / "ledger.db").exists()
