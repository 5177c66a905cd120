"""A poll that is asked for: the feed becomes due, once; what is not to be asked is refused, and nothing changes."""

from datetime import timedelta

from tests.builders import NOW, feed
from tests.ledger.flow import SOURCES, poll
from vigie.adapters.ledger import Ledger, feeds
from vigie.adapters.ledger.feed_reports import read_polls, report_feed, report_feeds
from vigie.adapters.ledger.poll_requests import PollAnswer, ask_for_poll
from vigie.adapters.ledger.turns import Block, Turns
from vigie.model import FeedId

MATIN, SOIR, PALAIS = FeedId("le-matin"), FeedId("le-soir"), FeedId("elysee")
HOST = "https://le-matin.example"
MINUTE = timedelta(minutes=1)


def test_a_feed_becomes_due_and_stays_as_it_is_the_second_time(ledger: Ledger) -> None:
    poll(ledger, feed_id=MATIN)
    assert MATIN not in feeds.due_feeds(ledger, NOW + MINUTE)
    for later in (1, 2):
        assert ask_for_poll(ledger, MATIN, HOST, NOW + later * MINUTE) == PollAnswer()
    report = report_feed(ledger, MATIN)
    assert report is not None
    assert report.next_poll_at == NOW + MINUTE
    assert MATIN in feeds.due_feeds(ledger, NOW + MINUTE)


def test_a_host_that_is_left_alone_is_not_asked(ledger: Ledger) -> None:
    poll(ledger, feed_id=MATIN)
    until = NOW + timedelta(hours=2)
    Turns(ledger).give_back(HOST, NOW, block=Block(until=until, why="il demande d'attendre"))
    before = report_feed(ledger, MATIN)
    answer = ask_for_poll(ledger, MATIN, HOST, NOW + MINUTE)
    assert answer == PollAnswer(refused="resting", until=until, why="il demande d'attendre")
    assert report_feed(ledger, MATIN) == before
    assert ask_for_poll(ledger, MATIN, HOST, until) == PollAnswer()


def test_what_is_off_gone_or_not_listed_is_refused(ledger: Ledger) -> None:
    poll(ledger, feed_id=MATIN, health="gone", condition="gone", next_poll_at=None)
    off = feed("le-soir", enabled=False, reason="payant")
    feeds.sync_feeds(ledger, [SOURCES[0], off], NOW)
    assert ask_for_poll(ledger, MATIN, HOST, NOW) == PollAnswer(refused="gone")
    assert ask_for_poll(ledger, SOIR, HOST, NOW) == PollAnswer(refused="disabled", why="payant")
    assert ask_for_poll(ledger, PALAIS, HOST, NOW) == PollAnswer(refused="unlisted")
    assert ask_for_poll(ledger, FeedId("personne"), HOST, NOW) is None
    assert feeds.due_feeds(ledger, NOW + MINUTE) == []


def test_a_poll_under_way_would_overwrite_it(ledger: Ledger) -> None:
    feeds.claim_feeds(ledger, [MATIN], NOW)
    assert ask_for_poll(ledger, MATIN, HOST, NOW + MINUTE) == PollAnswer(refused="polling")
    assert ask_for_poll(ledger, MATIN, HOST, NOW + timedelta(hours=1)) == PollAnswer()  # its lease is over


def test_one_feed_is_reported_as_all_are(ledger: Ledger) -> None:
    for minutes in (1, 2, 3):
        poll(ledger, feed_id=MATIN, at=NOW + minutes * MINUTE)
    assert [report_feed(ledger, FeedId(each.id)) for each in report_feeds(ledger)] == report_feeds(ledger)
    assert report_feed(ledger, FeedId("personne")) is None
    assert [each.at for each in read_polls(ledger, MATIN, 2)] == [NOW + 3 * MINUTE, NOW + 2 * MINUTE]
