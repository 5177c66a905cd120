"""Manners: conditional requests, robots.txt, a gap between two requests, and Retry-After remembered, never slept for."""

import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from vigie.adapters.ledger import open_ledger
from vigie.adapters.web.client import WebClient
from vigie.adapters.web.polite import HostAsksToWait, PoliteWeb


def paths(newsroom: Newsroom) -> list[str]:
    """What was asked for, in order."""
    return [request.path for request in newsroom.requests]


def put_page(newsroom: Newsroom, number: int) -> Item:
    """An entry and its page."""
    return Item(link=newsroom.put(f"/page/{number}", html(f"Page {number}")), title=f"Page {number}")


def test_a_feed_is_asked_whether_it_changed(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "essai", "url": put_feed(newsroom, put_page(newsroom, 1))})
    desk.run()
    desk.wait(minutes=2)
    desk.run()
    first, second = [request for request in newsroom.requests if request.path == "/essai/flux.xml"]
    assert (first.status, second.status) == (200, 304)
    assert second.header("If-None-Match")
    assert desk.feed("essai")["health"] == "ok"
    put_feed(newsroom, put_page(newsroom, 1), put_page(newsroom, 2))
    desk.wait(minutes=2)
    assert desk.run()["poll"]["done"] == 1
    desk.audit()


def test_a_feed_that_is_not_due_is_not_asked(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "essai", "url": put_feed(newsroom), "poll_minutes": 60})
    desk.run()
    desk.wait(minutes=59)
    desk.run()
    assert len(paths(newsroom)) == 1
    desk.wait(minutes=2)
    desk.run()
    assert len(paths(newsroom)) == 2


def test_robots_txt_is_asked_once_a_day(desk: Desk, newsroom: Newsroom) -> None:
    for number in range(3):
        desk.follow({"id": "essai", "url": put_feed(newsroom, put_page(newsroom, number))})
        desk.run()
        desk.wait(hours=7)
    assert paths(newsroom).count("/robots.txt") == 1
    desk.wait(hours=7)
    put_feed(newsroom, put_page(newsroom, 9))
    desk.run()
    assert paths(newsroom).count("/robots.txt") == 2


@pytest.mark.parametrize(("status", "entered"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_robots_txt_that_cannot_be_had(desk: Desk, newsroom: Newsroom, status: int, entered: bool) -> None:
    """Refused or missing: nothing is forbidden. Out of order: we do not enter, and come back later."""
    newsroom.put("/robots.txt", b"", status=status)
    desk.follow({"id": "essai", "url": put_feed(newsroom, put_page(newsroom, 1))})
    desk.run()
    assert ("/page/1" in paths(newsroom)) is entered
    assert desk.audit()["entries"]["indexed"] == 1
    newsroom.put("/robots.txt", b"User-agent: *\nAllow: /\n", "text/plain")
    desk.wait(minutes=20)
    desk.run()
    assert "/page/1" in paths(newsroom)


def test_two_requests_to_a_host_are_apart_and_one_at_a_time(desk: Desk, newsroom: Newsroom) -> None:
    """Redirects, robots.txt and tdmrep.json are requests too."""
    items = [put_page(newsroom, number) for number in range(2)]
    items.append(Item(link=newsroom.redirect("/lien", f"{newsroom.base_url}/page/9"), title="Page 9"))
    newsroom.put("/page/9", html("Page 9"))
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run(VIGIE_HOST_DELAY_S="0.3")
    times = [request.at for request in newsroom.requests]
    assert len(times) == 7
    assert min((b - a).total_seconds() for a, b in pairwise(times)) >= 0.29
    assert desk.audit()["entries"]["indexed"] == 3


def test_hosts_are_asked_side_by_side(desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom) -> None:
    desk.hosts = [newsroom.host_port, other_newsroom.host_port]
    rows = [
        {"id": f"f{n}", "url": put_feed(room, *(put_page(room, page) for page in range(3)))}
        for n, room in enumerate((newsroom, other_newsroom))
    ]
    desk.follow(*rows)
    desk.run(VIGIE_HOST_DELAY_S="0.3")
    spans = [[r.at for r in room.requests] for room in (newsroom, other_newsroom)]
    assert max(s[0] for s in spans) < min(s[-1] for s in spans)  # the two overlap
    assert all(len(span) == 6 for span in spans)


def test_retry_after_is_remembered_across_runs_and_never_slept_for(desk: Desk, newsroom: Newsroom) -> None:
    busy = f"{newsroom.base_url}/odd/page/status?code=503&retry_after=1800"
    items = [Item(link=busy, title="Occupée", summary="Un résumé."), put_page(newsroom, 1)]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    began = time.monotonic()
    desk.run()
    assert time.monotonic() - began < 60
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["waiting"]) == (2, 0)  # from their summaries
    asked = len(newsroom.requests)
    for _ in range(2):
        desk.wait(minutes=10)
        desk.run()
    assert len(newsroom.requests) == asked  # nothing at all: the host asked for half an hour
    desk.wait(minutes=11)
    desk.run()
    assert "/page/1" in paths(newsroom)
    assert desk.articles()["Page 1"]["versions"][-1]["origin"] == "page"


def test_a_feed_that_asks_to_wait_is_polled_when_it_said(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "essai", "url": f"{newsroom.base_url}/odd/page/status?code=429&retry_after=3600"})
    desk.run()
    assert desk.feed("essai")["health"] == "failing"
    desk.wait(minutes=30)
    desk.run()
    assert len(newsroom.requests) == 1
    feed = desk.feed("essai")
    assert datetime.fromisoformat(feed["next_poll_at"]) == datetime.fromisoformat("2026-11-23T09:00:00Z")
    desk.wait(minutes=31)
    desk.run()
    assert len(newsroom.requests) == 2


def test_a_block_holds_at_a_redirects_second_host_too(
    tmp_path: Path, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    hosts = frozenset({newsroom.host_port, other_newsroom.host_port})
    with WebClient(user_agent="Essai", allowed_private_hosts=hosts) as client:
        web = PoliteWeb(client, ledger, delay_s=0, user_agent="Essai", clock=lambda: newsroom.now)
        web.fetch_feed(f"{other_newsroom.base_url}/odd/page/503")
        link = newsroom.redirect("/lien", f"{other_newsroom.base_url}/page")
        with pytest.raises(HostAsksToWait):
            web.fetch_page(link)
    ledger.close()
    assert paths(other_newsroom) == ["/odd/page/503"]
