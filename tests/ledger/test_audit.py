"""The audit of the ledger: what goes any other way than through the ledger shows."""

import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import NOW, alert, entry, sighting
from tests.ledger.flow import assert_sound, fetch, id_of, poll, publish
from vigie.adapters.ledger import Ledger, alerts, hosts, sightings
from vigie.adapters.ledger.accounts import count_entries, ledger_problems
from vigie.adapters.ledger.schema import TALLIED, Base, LessonRow, MatchRow, WatchRow

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with something in every table that is tallied."""
    one = publish(ledger, entry("une"))
    poll(ledger, entry("deux"))
    sightings.record_sightings(ledger, [(one, 1, [sighting("gel", one), sighting("vague", one)])])
    alerts.record_decision(ledger, [one], [alert()], [("cle", "Slack")], NOW)
    with ledger.writing() as session:
        session.add(LessonRow(id="un", kind="mute", target="gel", made_at=NOW, body="{}"))
        session.add(WatchRow(id="neige", origin="hand", made_at=NOW, body="{}"))
        session.flush()
        session.add(MatchRow(watch_id="neige", article_id=one, version=1, at=NOW))
    assert_sound(ledger)
    return ledger


def by_hand(ledger: Ledger, statement: str) -> None:
    """Change the database past the ledger, as no foreign key allows."""
    if ledger.engine.dialect.name == "sqlite":
        connection = sqlite3.connect(ledger.engine.url.database or "")
        connection.execute(statement)
        connection.commit()
        connection.close()
        return
    with ledger.engine.begin() as pg:
        pg.exec_driver_sql("SET LOCAL session_replication_role = replica")
        pg.exec_driver_sql(statement)


@pytest.mark.parametrize("table", TALLIED, ids=lambda table: table.__tablename__)
def test_a_row_that_is_deleted_shows(full: Ledger, table: type[Base]) -> None:
    name = table.__tablename__
    key = next(iter(table.__table__.primary_key.columns)).name
    with full.reading() as session:
        rows = session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    by_hand(full, f"DELETE FROM {name} WHERE {key} = (SELECT min({key}) FROM {name})")
    said = [line for line in ledger_problems(full) if f"its tally says {rows}" in line]
    assert len(said) == 1
    assert said[0].startswith(f"ledger: {name} has ")


def test_every_table_is_tallied_or_a_cache() -> None:
    caches = {"bands", "counts", "drafts", "hosts", "seasons", "tallies", "trends", "volumes"}
    assert {table.__tablename__ for table in TALLIED} | caches == set(Base.metadata.tables)


def test_a_tally_that_is_not_there_shows(full: Ledger) -> None:
    by_hand(full, "DELETE FROM tallies WHERE table_name = 'entries'")
    assert list(ledger_problems(full)) == ["ledger: entries has 2 rows, its tally says nothing"]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE entries SET article_id = NULL WHERE id = '{entry}'", "entry {entry} has no article and no reason"),
        ("UPDATE articles SET entry_id = 'x' WHERE id = '{article}'", "article {article} has lost the entry it came from"),
        ("UPDATE articles SET version = 2 WHERE id = '{article}'", "article {article} is at version 2 and has 1"),
    ],
)  # fmt: skip
def test_what_contradicts_shows(full: Ledger, statement: str, problem: str) -> None:
    names = {"entry": entry("une").id, "article": id_of(entry("une"))}
    by_hand(full, statement.format(**names))
    assert f"ledger: {problem.format(**names)}" in list(ledger_problems(full))


def test_an_entry_whose_article_is_lost_does_not_add_up(full: Ledger) -> None:
    assert count_entries(full).adds_up
    by_hand(full, f"UPDATE entries SET article_id = NULL WHERE id = '{entry('une').id}'")
    assert not count_entries(full).adds_up


def test_counts_by_state(ledger: Ledger) -> None:
    publish(ledger, entry("une"))
    poll(
        ledger,
        entry("une", feed_id="le-soir"),
        entry("deux"),
        entry("trois"),
        entry("rien", url=None, title="", summary=""),
    )
    fetch(ledger, id_of(entry("deux")))
    counts = count_entries(ledger)
    assert (counts.total, counts.indexed, counts.duplicate, counts.waiting) == (5, 1, 1, 2)
    assert sum(counts.rejected.values()) == 1
    assert counts.adds_up


def test_hosts_keep_one_thing_when_the_other_is_said(ledger: Ledger) -> None:
    key = "https://le-matin.example:443"
    assert hosts.read_host(ledger, key, NOW) == hosts.Host(key=key)
    hosts.record_robots(ledger, key, "User-agent: *\nDisallow: /prive", NOW, 7.0)
    hosts.record_tdm(ledger, key, "[]", LATER)
    assert hosts.read_host(ledger, key, NOW) == hosts.Host(
        key=key,
        robots="User-agent: *\nDisallow: /prive",
        robots_fetched_at=NOW,
        crawl_delay_s=7.0,
        tdm="[]",
        tdm_fetched_at=LATER,
    )
    hosts.record_robots(ledger, key, "", LATER, None)
    assert hosts.read_host(ledger, key, NOW).tdm == "[]"
