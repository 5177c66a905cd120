"""Feeds: the rows follow the feeds file, polls are recorded whole or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import NOW, entry, feed
from tests.ledger.flow import SOURCES, a_poll, archived, assert_sound, id_of, poll
from vigie.adapters.ledger import Ledger, feeds
from vigie.adapters.ledger.accounts import count_entries
from vigie.adapters.ledger.alerts import recent_alerts
from vigie.adapters.ledger.deliveries import take_message
from vigie.adapters.ledger.entries import record_entries_in, unseen_entries
from vigie.adapters.ledger.feed_reports import report_feeds
from vigie.adapters.ledger.news import choose_new
from vigie.adapters.ledger.polls import Recent, quiet_feeds, recent_arrivals, record_polls, set_condition
from vigie.adapters.ledger.reports import read_history
from vigie.adapters.ledger.schema import FeedRow, PollRow
from vigie.adapters.ledger.troubles import feeds_in_trouble, record_operator_alerts
from vigie.feeds.conditions import Verdict
from vigie.feeds.troubles import make_alerts
from vigie.model import Expectation, FeedId

DAY = timedelta(days=1)
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
        record_polls(ledger, [bad])
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


def test_what_a_feed_brought_lately(ledger: Ledger) -> None:
    """The backlog of the very first poll says nothing of its rate."""
    poll(ledger, entry("une"), entry("deux"), at=NOW - 3 * DAY)
    poll(ledger, entry("trois"), at=NOW - 2 * DAY)
    poll(ledger, entry("quatre"), entry("cinq"), at=NOW - timedelta(hours=3))
    recent = recent_arrivals(ledger, [MATIN, FeedId("le-soir")], NOW)
    assert recent == {MATIN: Recent(week=3, day=2, hours=72.0)}


def test_a_quiet_feed_is_judged_by_its_past(ledger: Ledger) -> None:
    for days in range(20, 9, -1):
        poll(ledger, entry(str(days)), at=NOW - days * DAY)
    poll(ledger, at=NOW)
    (quiet,) = quiet_feeds(ledger, NOW)
    assert (quiet.feed.id, quiet.past.polled_since, quiet.past.asked_at) == (MATIN, NOW - 20 * DAY, NOW)
    assert len(quiet.past.arrivals) == 11
    set_condition(ledger, MATIN, Verdict(condition="silent", sentence="Plus rien."), NOW)
    report = {report.id: report for report in report_feeds(ledger)}[MATIN]
    assert (report.health, report.condition, report.sentence) == ("silent", "silent", "Plus rien.")
    assert report.troubled_since == NOW
    assert [activity.was_silent for activity in quiet_feeds(ledger, NOW)] == [True]


def test_validators_are_kept_only_after_a_whole_good_answer(ledger: Ledger) -> None:
    good = {"etag": '"a"', "last_modified": "hier", "body_hash": "0" * 64, "whole": True}
    for bad in (
        {"status": 500, "health": "failing"},
        {"status": 200, "health": "malformed", "body_hash": "1" * 64},
    ):
        poll(ledger, entry(), **good)
        poll(ledger, **bad)
        (claimed,) = feeds.claim_feeds(ledger, [MATIN], LATER)
        assert (claimed.etag, claimed.last_modified) == (None, None)
        assert claimed.body_hash == bad.get("body_hash", "0" * 64)
        assert claimed.full_polled_at == NOW


def test_a_moved_feed_is_asked_where_it_is_until_its_row_changes(ledger: Ledger) -> None:
    poll(ledger, entry(), moved_url="https://neuf.example/rss")
    (moved,) = feeds.claim_feeds(ledger, [MATIN], LATER)
    assert (moved.url, moved.feed.url) == ("https://neuf.example/rss", SOURCES[0].url)
    feeds.sync_feeds(ledger, SOURCES, NOW)
    poll(ledger, moved_url=moved.moved_url)
    feeds.sync_feeds(ledger, [replace(SOURCES[0], url="https://neuf.example/rss")], LATER)
    (fresh,) = feeds.claim_feeds(ledger, [MATIN], LATER)
    assert (fresh.url, fresh.moved_url) == ("https://neuf.example/rss", None)


def test_waiting_is_neither_a_failure_nor_a_success(ledger: Ledger) -> None:
    poll(ledger, health="failing", condition="timeout", status=None, error="no answer within 30 s")
    poll(ledger, health="failing", condition="waiting", status=None, error="serveur laissé en paix")
    assert feeds.claim_feeds(ledger, [MATIN], LATER)[0].failures == 1


def test_the_last_error_outlives_the_mending(ledger: Ledger) -> None:
    poll(ledger, health="failing", condition="timeout", status=None, error="no answer within 30 s")
    poll(ledger, entry(), at=LATER)
    report = {report.id: report for report in report_feeds(ledger)}[MATIN]
    assert (report.health, report.troubled_since) == ("ok", None)
    assert (report.last_error, report.last_error_at) == ("no answer within 30 s", NOW)
    assert (report.entries, report.entries_seen, report.entries_new) == (1, 1, 1)


LISTING = feed("liste", source="listing", pattern="/", beside="le-matin")


def test_a_gap_is_an_article_that_the_feed_beside_never_showed(ledger: Ledger) -> None:
    feeds.sync_feeds(ledger, [*SOURCES, LISTING], NOW)
    poll(ledger, entry("une"), entry("deux"))
    poll(ledger, *(entry(name, feed_id="liste") for name in ("deux", "trois", "quatre")))

    def gaps() -> int | None:
        return {report.id: report.gaps for report in report_feeds(ledger)}["liste"]

    assert gaps() == 2
    poll(ledger, entry("trois"), at=LATER)  # shown late is shown
    assert gaps() == 1
    assert {report.id: report.gaps for report in report_feeds(ledger)}["le-matin"] is None
    assert_sound(ledger)


def test_what_is_new_of_a_feed_and_of_a_listing(ledger: Ledger) -> None:
    feeds.sync_feeds(ledger, [*SOURCES, LISTING], NOW)
    poll(ledger, entry("une"))
    again = entry("une bis", url="https://le-matin.example/une")
    news = choose_new(ledger, SOURCES[0], [again, entry("deux")])
    assert ([item.guid for item in news.taken], news.renamed) == (["deux"], 1)
    listed = [entry(name, feed_id="liste") for name in ("une", *(f"n{n}" for n in range(250)))]
    first = choose_new(ledger, LISTING, listed)
    assert ([item.guid for item in first.taken], first.left) == ([f"n{n}" for n in range(99)], 151)
    poll(ledger, *first.taken, feed_id="liste", passed_over=first.passed_over)
    assert choose_new(ledger, LISTING, listed).taken == ()
    fresh = [entry(f"neuf{n}", feed_id="liste") for n in range(600)]
    later = choose_new(ledger, LISTING, [*listed, *fresh])
    assert (len(later.taken), later.waiting) == (500, 100)
    assert_sound(ledger)


def test_a_trouble_is_told_once(ledger: Ledger) -> None:
    poll(ledger, health="blocked", condition="refused", status=403, sentence="Accès refusé (HTTP 403).")
    for expected in (1, 0):
        found = [trouble for trouble in feeds_in_trouble(ledger) if trouble.is_news(NOW)]
        made = make_alerts(found, NOW)
        assert len(record_operator_alerts(ledger, made, found, [("k", "json://x")], NOW)) == expected
    (alert,) = recent_alerts(ledger, kind="operator")
    assert alert.reason.startswith("Accès refusé (HTTP 403). Depuis le 10/03/2026 à 09:30 UTC.")
    assert recent_alerts(ledger, kind="topic") == []  # the detector does not see it
    message = take_message(ledger, "k", NOW).message
    assert message is not None
    assert message.alerts == (alert,)
    assert_sound(ledger)


def test_a_very_long_feed_is_recorded_whole_and_once(ledger: Ledger) -> None:
    many = [entry(str(n)) for n in range(1203)]
    assert poll(ledger, *many) == 1203
    assert poll(ledger, *many) == 0
    assert count_entries(ledger).total == 1203
    assert {report.id: report.entries_new for report in report_feeds(ledger)}[MATIN] == 0
    assert_sound(ledger)
