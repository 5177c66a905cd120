"""Workers: two at once, one that died elsewhere, one that is told to stop, and clocks that jump under them."""

import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from tests.cli.world import import_past, open_today
from tests.faults.calls import all_in, start, wait_for
from tests.faults.table import Row, each_fault, fault
from tests.ledger.conftest import _own_database

ONCE = "each feed and each page is asked once, nothing is doubled or lost, and the alert is sent once"


@contextmanager
def ledger_of(desk: Desk, kind: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """The desk's ledger on a database of this kind."""
    if kind == "sqlite":
        yield
        return
    with _own_database(request.getfixturevalue("postgresql_url")) as url:
        desk.settings["VIGIE_LEDGER_URL"] = url.replace("postgresql+psycopg", "postgresql")
        yield


@each_fault(
    "processes",
    "kind",
    Row(id="two-workers-sqlite", what="Two runs start at once on one SQLite ledger", value="sqlite", after=ONCE),
    Row(id="two-workers-postgresql", what="Two runs start at once on one PostgreSQL ledger", value="postgresql",
        marks=(pytest.mark.postgresql,), after=ONCE),
)  # fmt: skip
def test_two_workers_at_once(
    desk: Desk, newsroom: Newsroom, kind: str, request: pytest.FixtureRequest
) -> None:
    with ledger_of(desk, kind, request):
        open_today(desk, newsroom)
        import_past(desk, newsroom)
        workers = [start(desk, "run", "--json") for _ in range(2)]
        said = [worker.communicate(timeout=200)[1].decode() for worker in workers]
        assert [worker.returncode for worker in workers] == [0, 0], said
        assert "Traceback" not in "".join(said)
        desk.run()  # what one had claimed while the other looked for work
        entries = desk.audit()["entries"]
        assert (entries["total"], entries["indexed"], entries["duplicate"]) == (44, 43, 1)
        assert desk.ask("search", "")["total"] == 43
        asked = Counter(request.path for request in newsroom.requests if "robots" not in request.path)
        asked -= Counter({path: 1 for path in asked if path.startswith("/hooks")})
        assert {path: times for path, times in asked.items() if times > 1} == {}
        assert len({alert["alert_id"] for alert in newsroom.received_alerts}) == 1
        assert len(newsroom.received_alerts) == 1


@fault(
    "processes",
    "dead-machine",
    "A worker on another machine claimed everything and its machine died",
    after="nothing is done twice while its leases may run; a quarter of an hour later all of it is done",
)
def test_a_worker_that_died_on_another_machine(two: Desk) -> None:
    two.call("run", VIGIE_FETCH_TIMEOUT_S="0.001")  # the ledger knows the feed, and has nothing of it
    two.wait(hours=7)
    with sqlite3.connect(two.folder / "home" / "ledger.db") as connection:
        until = (two.clock + timedelta(minutes=15)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        statement = "UPDATE feeds SET lease_owner = 'ailleurs|17|1000.0', lease_until = ?"
        changed = connection.execute(statement, (until,)).rowcount
    connection.close()
    assert changed == 1
    two.run()
    assert two.audit()["entries"]["total"] == 0
    two.wait(minutes=16)
    two.run()
    all_in(two)


@each_fault(
    "processes",
    "sign",
    *(
        Row(id=f"stopped-{name}", what=f"A run is stopped with {name} while it fetches", value=sign,
            after="it ends at once; the next run does the rest, and nothing is doubled")
        for name, sign in (("SIGTERM", signal.SIGTERM), ("SIGINT", signal.SIGINT))
    ),
)  # fmt: skip
def test_a_run_that_is_stopped(desk: Desk, newsroom: Newsroom, sign: signal.Signals) -> None:
    items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(6)]
    desk.follow({"id": "f", "url": put_feed(newsroom, *items)})
    process = start(desk, "run", VIGIE_HOST_DELAY_S="1")
    wait_for(lambda: len(newsroom.requests) >= 4)
    process.send_signal(sign)
    process.communicate(timeout=60)
    assert process.returncode != 0
    desk.audit()
    desk.run()
    all_in(desk, 6)


@fault(
    "processes",
    "reader-gone",
    "Whoever reads a run's output has gone, as `head -1` goes",
    after="the run does all of its work and ends quietly",
)
def test_a_run_whose_reader_has_gone(two: Desk) -> None:
    read, write = os.pipe()
    os.close(read)
    process = start(two, "run", stdout=write)
    os.close(write)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, b"")
    two.run()
    all_in(two)


# Clocks.


def grow(desk: Desk, newsroom: Newsroom, count: int) -> None:
    """The feed has `count` entries now."""
    items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(count)]
    desk.follow({"id": "f", "url": put_feed(newsroom, *items)})


@each_fault(
    "clock",
    "jump",
    Row(id="forward-a-day", what="The clock jumps forward a day", value=timedelta(days=1),
        after="the feed is polled, what is new is indexed, nothing is doubled"),
    Row(id="back-an-hour", what="The clock jumps back an hour", value=-timedelta(hours=1),
        after="nothing is lost or doubled; the feed is polled again once its time has come"),
    Row(id="back-a-year", what="The clock was a year ahead for one run, and is put right",
        value=-timedelta(days=365),
        after="the feed is not left alone for a year: it is polled and what is new is indexed"),
)  # fmt: skip
def test_a_clock_that_jumps(desk: Desk, newsroom: Newsroom, jump: timedelta) -> None:
    grow(desk, newsroom, 2)
    desk.run()
    grow(desk, newsroom, 3)
    desk.clock += jump
    desk.run()
    desk.audit()
    desk.wait(hours=8)
    desk.run()
    all_in(desk, 3)
    assert {hit["published_at"] for hit in desk.ask("search", "")["hits"]} == {None}  # nobody dated them


@fault(
    "clock",
    "no-zone",
    "VIGIE_NOW has no zone, or is no time at all",
    after="read as UTC; a junk one is refused in one line with exit 2",
)
def test_a_clock_without_a_zone(two: Desk) -> None:
    outcome = two.call("run", VIGIE_NOW="demain")
    assert outcome.code == 2
    assert outcome.err.startswith("vigie: VIGIE_NOW")
    assert two.call("run", VIGIE_NOW="2026-11-23T08:00:00").code == 0
    all_in(two)
