"""Leases: nobody works on what somebody else works on, and nobody waits for the dead."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

from tests.builders import NOW, article, entry
from tests.ledger.flow import SOURCES, extract, fetch, id_of, poll
from vigie.adapters.ledger import Ledger, extractions, stages
from vigie.adapters.ledger.feeds import claim_feeds, due_feeds
from vigie.adapters.ledger.leases import LEASE, Owner, current_owner, is_gone
from vigie.adapters.ledger.pages import claim_pages, due_pages

Elsewhere = Callable[[str], Ledger]
IDS = [feed.id for feed in SOURCES]
CLAIMER = """
import sys, time
from datetime import datetime
from vigie.adapters.ledger import open_ledger
from vigie.adapters.ledger.feeds import claim_feeds, due_feeds
ledger, now = open_ledger(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
print(len(claim_feeds(ledger, due_feeds(ledger, now), now)), flush=True)
time.sleep(600)
"""


def test_two_workers_never_get_the_same_feed(ledger: Ledger, elsewhere: Elsewhere) -> None:
    other = elsewhere("ailleurs")
    first = claim_feeds(ledger, IDS[:2], NOW)
    second = claim_feeds(other, IDS, NOW)
    assert {item.feed.id for item in first} == set(IDS[:2])
    assert {item.feed.id for item in second} == set(IDS[2:])
    assert claim_feeds(ledger, IDS, NOW) == []
    assert set(due_feeds(ledger, NOW)) == set(IDS)  # due is not the same as free


def test_two_workers_never_get_the_same_page_or_stage(ledger: Ledger, elsewhere: Elsewhere) -> None:
    other = elsewhere("ailleurs")
    poll(ledger, entry("une"), entry("deux"))
    ids = [id_of(entry("une")), id_of(entry("deux"))]
    assert [page.article_id for page in claim_pages(ledger, ids[:1], NOW)] == ids[:1]
    assert [page.article_id for page in claim_pages(other, ids, NOW)] == ids[1:]
    for article_id in ids:
        fetch(ledger, article_id)
    assert [item.article_id for item in extractions.claim_for_extract(other, ids[:1], NOW)] == ids[:1]
    extract(ledger, article(ids[1]))
    assert extractions.claim_for_extract(ledger, ids, NOW) == []
    assert [item.id for item in stages.claim_for_tag(other, ids, NOW)] == ids[1:]
    assert stages.claim_for_tag(ledger, ids, NOW) == []


def test_recording_ends_the_lease(ledger: Ledger, elsewhere: Elsewhere) -> None:
    claim_feeds(ledger, IDS, NOW)
    poll(ledger, entry(), next_poll_at=NOW)
    assert [item.feed.id for item in claim_feeds(elsewhere("ailleurs"), IDS, NOW)] == ["le-matin"]


def test_the_lease_of_another_machine_ends_by_time(ledger: Ledger, elsewhere: Elsewhere) -> None:
    claim_feeds(elsewhere("ailleurs"), IDS, NOW)
    assert claim_feeds(ledger, IDS, NOW + LEASE) == []
    assert len(claim_feeds(ledger, IDS, NOW + LEASE + timedelta(seconds=1))) == len(IDS)


def test_the_lease_of_a_killed_process_is_free_at_once(ledger: Ledger, ledger_url: str) -> None:
    command = [sys.executable, "-c", CLAIMER, ledger_url, NOW.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == f"{len(IDS)}\n"
        assert claim_feeds(ledger, IDS, NOW) == []  # it lives: its work is its own
        worker.send_signal(signal.SIGKILL)
        os.waitid(
            os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT
        )  # ended, and a zombie: nobody has waited for it
        assert len(claim_feeds(ledger, IDS, NOW)) == len(IDS)


def test_who_is_gone() -> None:
    host, pid, started = current_owner().rsplit("|", 2)
    assert not is_gone(current_owner())
    assert is_gone(f"{host}|{pid}|{float(started) - 60}")  # an earlier process that had our number
    assert not is_gone(f"ailleurs|{pid}|{started}")
    assert not is_gone(Owner("a|b|99999999|0.0"))


def test_nothing_is_claimed_before_it_is_due(ledger: Ledger) -> None:
    poll(ledger, entry("une"), next_poll_at=NOW + timedelta(minutes=1))
    assert claim_feeds(ledger, IDS[:1], NOW) == []
    article_id = id_of(entry("une"))
    early = NOW - timedelta(seconds=1)
    assert due_pages(ledger, early) == []
    assert claim_pages(ledger, [article_id], early) == []
    assert extractions.claim_for_extract(ledger, [article_id], NOW) == []
