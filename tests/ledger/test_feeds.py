"""Feeds: the rows follow the feeds file, polls are recorded whole or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import NOW, entry, feed
from tests.ledger.flow import SOURCES, a_poll, archived, assert_sound, id_of, poll, publish
from vigie.adapters.ledger import Ledger, feeds
from vigie.adapters.ledger.accounts import count_entries
from vigie.adapters.ledger.entries import record_entries_in, unseen_entries
from vigie.adapters.ledger.reports import read_history, report_feeds
from vigie.adapters.ledger.schema import FeedRow, PollRow
from vigie.model import Expectation, FeedId

LATER = NOW + timedelta(hours=3)
MATIN = FeedId("le-matin")


def rows(ledger: Ledger) -> dict[str, dict[str, object]]:
    """Every column of every feed."""
    with ledger.reading() as session:
        found = session.scalars(sa.select(FeedRow))
        return {
            row.id: {column.key: getattr(row, column.key) for column in sa.inspect(FeedRow).column_attrs}
            for row in found
        }


def test_reading_the_file_twice_changes_nothing(ledger: Ledger) -> None:
    off = feed("vieux", enabled=False, reason="fermé")
    feeds.sync_feeds(ledger, [*SOURCES, off], NOW)
    before = rows(ledger)
    feeds.sync_feeds(ledger, [*SOURCES, off], LATER)
    assert rows(ledger) == before
    assert_sound(ledger)


def test_a_row_says_what_the_file_says(ledger: Ledger) -> None:
    full = feed(
        "le-soir",
        url="https://autre.example/rss",
        publisher="L’Écho",
        kind="official",
        language="en",
        country="BE",
        zone="Europe/Brussels",
        poll_minutes=7,
        expect=Expectation(min_per_week=3, max_per_day=40),
    )
    feeds.sync_feeds(ledger, [full], NOW)
    assert feeds.known_feeds(ledger)[full.id] == full


def test_a_feed_that_leaves_the_file_is_kept_and_not_polled(ledger: Ledger) -> None:
    poll(ledger, entry(), at=NOW)
    feeds.sync_feeds(ledger, SOURCES[1:], LATER)
    assert MATIN not in feeds.due_feeds(ledger, LATER)
    assert MATIN in feeds.known_feeds(ledger)
    assert [report.id for report in report_feeds(ledger)] == ["elysee", "le-soir"]
    assert count_entries(ledger).total == 1
    assert_sound(ledger)


def test_a_feed_that_comes_back_is_polled_at_once(ledger: Ledger) -> None:
    poll(ledger, entry(), next_poll_at=LATER)
    feeds.sync_feeds(ledger, SOURCES[1:], NOW)
    feeds.sync_feeds(ledger, SOURCES, NOW)
    assert MATIN in feeds.due_feeds(ledger, NOW)
    assert feeds.known_feeds(ledger)[MATIN] == SOURCES[0]


def test_a_disabled_feed_is_not_polled_and_says_why(ledger: Ledger) -> None:
    feeds.sync_feeds(ledger, [replace(SOURCES[0], enabled=False, reason="payant")], NOW)
    (report,) = report_feeds(ledger)
    assert (report.health, report.sentence, report.next_poll_at) == (
        "disabled",
        "Désactivé : payant",
        None,
    )
    assert feeds.due_feeds(ledger, LATER) == []
    feeds.sync_feeds(ledger, SOURCES[:1], LATER)
    assert feeds.due_feeds(ledger, LATER) == [MATIN]
    assert report_feeds(ledger)[0].health == "new"


def test_a_feed_that_is_gone_stays_so_until_its_address_changes(ledger: Ledger) -> None:
    poll(ledger, health="gone", status=410, sentence="Supprimé.", next_poll_at=None)
    feeds.sync_feeds(ledger, SOURCES, LATER)
    assert MATIN not in feeds.due_feeds(ledger, LATER)
    feeds.sync_feeds(ledger, [replace(SOURCES[0], url="https://neuf.example/rss")], LATER)
    assert feeds.due_feeds(ledger, LATER) == [MATIN]


def test_a_new_address_is_asked_without_the_old_validators(ledger: Ledger) -> None:
    poll(ledger, entry(), etag='"abc"', last_modified="hier", body_hash="0" * 64, next_poll_at=LATER)
    (kept,) = feeds.claim_feeds(ledger, [MATIN], LATER)
    assert (kept.etag, kept.last_modified, kept.body_hash) == ('"abc"', "hier", "0" * 64)
    poll(ledger, health="ok", status=304, next_poll_at=LATER)  # a 304 leaves the validators as they were
    feeds.sync_feeds(ledger, [replace(SOURCES[0], url="https://neuf.example/rss")], LATER)
    (fresh,) = feeds.claim_feeds(ledger, [MATIN], LATER)
    assert (fresh.etag, fresh.last_modified, fresh.body_hash) == (None, None, None)


def test_due_feeds_are_official_first_then_longest_waiting(ledger: Ledger) -> None:
    poll(ledger, entry(), next_poll_at=NOW + timedelta(minutes=9))
    poll(ledger, entry(feed_id="le-soir"), next_poll_at=NOW + timedelta(minutes=5))
    poll(ledger, entry(feed_id="elysee"), next_poll_at=NOW + timedelta(minutes=7))
    assert feeds.due_feeds(ledger, NOW + timedelta(minutes=6)) == ["le-soir"]
    assert feeds.due_feeds(ledger, NOW + timedelta(minutes=9)) == ["elysee", "le-soir", "le-matin"]


def test_a_poll_is_recorded_once_whatever_it_brings_twice(ledger: Ledger) -> None:
    one, two = entry("une"), entry("deux")
    assert poll(ledger, one, one, two) == 2
    assert poll(ledger, one, two, at=LATER) == 0
    assert count_entries(ledger).total == 2
    with ledger.reading() as session:
        assert unseen_entries(session, [one, two, entry("trois"), entry("trois")]) == [entry("trois")]
    assert_sound(ledger)


def test_a_poll_is_all_or_nothing(ledger: Ledger) -> None:
    before = rows(ledger)
    stranger = archived(entry("trois", feed_id="inconnu"))  # of a feed that is not there
    bad = replace(a_poll(entry("une"), entry("deux"), at=LATER), entries=(archived(entry("une")), stranger))
    with pytest.raises(sa.exc.IntegrityError):
        feeds.record_poll(ledger, bad)
    assert count_entries(ledger).total == 0
    assert rows(ledger) == before
    with ledger.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PollRow)) == 0
    assert_sound(ledger)


def test_failures_count_in_a_row(ledger: Ledger) -> None:
    for _ in range(3):
        poll(ledger, health="failing", status=500)
    assert feeds.claim_feeds(ledger, [MATIN], LATER)[0].failures == 3
    poll(ledger, entry(), health="ok")
    assert feeds.claim_feeds(ledger, [MATIN], LATER)[0].failures == 0


def test_a_malformed_feed_that_brings_entries_is_no_failure(ledger: Ledger) -> None:
    """Not even when they are the same as last time."""
    poll(ledger, entry(), health="malformed")
    poll(ledger, health="malformed", entries_seen=1)
    assert feeds.claim_feeds(ledger, [MATIN], LATER)[0].failures == 0
    poll(ledger, health="malformed", entries_seen=0)
    assert feeds.claim_feeds(ledger, [MATIN], LATER + timedelta(hours=1))[0].failures == 1


def test_an_entry_with_nothing_in_it_is_refused_with_a_reason(ledger: Ledger) -> None:
    empty = entry("vide", url=None, title="", summary="")
    assert poll(ledger, empty, entry("une")) == 2
    counts = count_entries(ledger)
    assert (counts.total, counts.waiting, counts.rejected) == (2, 1, {"ni adresse, ni titre, ni texte": 1})
    assert_sound(ledger)


def test_an_import_makes_its_source_once(ledger: Ledger) -> None:
    source = feed("import:fonds", url="", enabled=False, reason="source d'un import")
    old = entry("vieille", feed_id=source.id, origin="import", text="Il était une fois.")
    for expected in (1, 0):
        with ledger.writing() as session:
            feeds.ensure_source(session, source)
            assert record_entries_in(session, [archived(old)], NOW) == expected
    assert feeds.known_feeds(ledger)[source.id] == source
    assert source.id not in feeds.due_feeds(ledger, LATER)
    assert source.id not in [report.id for report in report_feeds(ledger)]
    history = read_history(ledger, id_of(old))
    assert history is not None
    assert history.addresses == ((old.url, "import"),)
    assert_sound(ledger)


def test_a_week_of_activity(ledger: Ledger) -> None:
    publish(ledger, entry("une"), NOW - timedelta(days=9))
    publish(ledger, entry("deux"), NOW - timedelta(days=2))
    activity = {item.feed.id: item for item in feeds.week_counts(ledger, NOW)}
    assert (activity[MATIN].week_count, activity[MATIN].polled_since) == (1, NOW - timedelta(days=9))
    assert activity[MATIN].last_entry_at == NOW - timedelta(days=2)
    assert (activity[FeedId("le-soir")].week_count, activity[FeedId("le-soir")].polled_since) == (0, None)
    feeds.set_health(ledger, MATIN, "silent", "Plus rien.")
    assert {r.id: (r.health, r.sentence) for r in report_feeds(ledger)}[MATIN] == ("silent", "Plus rien.")
