"""Manners against a real server and a real ledger: turns, gaps, rests, robots.txt and reservations, for all workers."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.adapters.sites import Site, site
from vigie.adapters.ledger import Ledger, open_ledger
from vigie.adapters.web.client import NoAnswer, NoConnection, WebClient
from vigie.adapters.web.polite import (
    HostAsksToWait,
    PoliteWeb,
    RightsReserved,
    RobotsRefuse,
    host_key,
)
from vigie.errors import TransientError
from vigie.settings import PROJECT

__all__ = ["site"]
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Clock:
    """The steps' clock, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **delay: float) -> None:
        self.now += timedelta(**delay)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield opened
    opened.close()


Opener = Callable[..., PoliteWeb]


@pytest.fixture
def open_web(site: Site, ledger: Ledger, clock: Clock) -> Opener:
    """Another worker on the same ledger."""

    def open_one(delay_s: float = 0, timeout_s: float = 5, hosts: frozenset[str] = frozenset()) -> PoliteWeb:
        client = WebClient(
            user_agent="Essai", allowed_private_hosts=frozenset({site.host}) | hosts, timeout_s=timeout_s
        )
        return PoliteWeb(
            client, ledger, delay_s=delay_s, user_agent="Essai", clock=clock, timeout_s=timeout_s
        )

    return open_one


# Turns and gaps.


def start_asker(site: Site, tmp_path: Path, *paths: str, **settings: str) -> subprocess.Popen[str]:
    """A worker in a process of its own, which begins at a line."""
    environment = {
        **os.environ,
        "LEDGER": f"sqlite:///{tmp_path / 'ledger.db'}",
        "HOST": site.host,
        "DELAY_S": "0.3",
        **settings,
    }
    command = [sys.executable, "-m", "tests.adapters.asker", *(site.url + path for path in paths)]
    worker = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


def test_two_processes_never_ask_one_host_together_and_keep_the_gap(
    site: Site, ledger: Ledger, tmp_path: Path
) -> None:
    for worker in "ab":
        for number in range(6):
            site.answer(f"/{worker}{number}", b"bonjour", takes_s=0.1)
    workers = [start_asker(site, tmp_path, *(f"/{w}{n}" for n in range(6))) for w in "ab"]
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.communicate(timeout=90)[0].split() for worker in workers]
    assert [statuses for _began, *statuses in said] == [["200"] * 6] * 2
    spans = sorted(site.spans, key=lambda span: span.began)
    last = [max(s.began for s in spans if s.path.startswith(f"/{worker}")) for worker in "ab"]
    assert max(float(began) for began, *_ in said) < min(last)  # both were at work at once
    assert all(later.began - span.ended >= 0.28 for span, later in pairwise(spans))
    assert len([span for span in spans if span.path.startswith(("/a", "/b"))]) == 12


def test_the_turn_of_a_worker_that_died_is_free_at_once(
    site: Site, ledger: Ledger, tmp_path: Path, open_web: Opener
) -> None:
    site.hang("/a")
    site.answer("/b", b"bonjour")
    worker = start_asker(site, tmp_path, "/a", DELAY_S="0")
    assert worker.stdin
    worker.stdin.write("go\n")
    worker.stdin.flush()
    ends = time.monotonic() + 30
    while "/a" not in site.paths() and time.monotonic() < ends:
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    began = time.monotonic()
    assert open_web().fetch_page(f"{site.url}/b").status == 200
    assert time.monotonic() - began < 15  # its lease would have lasted a minute


def test_the_crawl_delay_of_robots_txt_is_kept_if_it_is_longer(site: Site, open_web: Opener) -> None:
    site.answer("/robots.txt", b"User-agent: *\nCrawl-delay: 0.5\n")
    web = open_web(delay_s=0.1)
    for path in ("/a", "/b", "/c"):
        web.fetch_page(site.url + path)
    began = [span.began for span in site.spans if len(span.path) == 2]
    assert all(later - earlier >= 0.48 for earlier, later in pairwise(began))
    other = open_web(delay_s=0)
    other.fetch_feed(f"{site.url}/flux")
    assert site.spans[-1].began - site.spans[-2].ended >= 0.48


def test_a_crawl_delay_too_long_to_wait_for_puts_the_next_page_off(
    site: Site, open_web: Opener, clock: Clock
) -> None:
    site.answer("/robots.txt", b"User-agent: *\nCrawl-delay: 45\n")
    began = time.monotonic()
    assert open_web().fetch_page(f"{site.url}/a").status == 404
    with pytest.raises(HostAsksToWait, match="45 s entre deux") as caught:
        open_web().fetch_page(f"{site.url}/b")
    assert time.monotonic() - began < 20
    assert timedelta(seconds=20) < caught.value.until - clock() <= timedelta(seconds=45)
    assert "/b" not in site.paths()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "http://A.example:80/y"),
        ("https://a.example/x", "https://a.example.:443/y"),
        ("http://a.example/x", "http://user:word@a.example/y"),
        ("http://a.example:8080/", "http://a.example.:8080/"),
        ("http://[::1]/", "http://[::1]:80/"),
    ],
)
def test_one_host_has_one_turn_however_it_is_written(one: str, other: str) -> None:
    assert host_key(one) == host_key(other)


@pytest.mark.parametrize("other", ["http://a.example:81/", "https://a.example/", "http://b.example/"])
def test_other_ports_and_names_are_other_hosts(other: str) -> None:
    assert host_key("http://a.example/") != host_key(other)


# Rests.


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_that_says_no_time_rests_for_longer_each_time(
    site: Site, open_web: Opener, clock: Clock, status: int
) -> None:
    site.answer("/a", status=status)
    rests = []
    for _ in range(4):
        assert open_web().fetch_feed(f"{site.url}/a").status == status
        with pytest.raises(HostAsksToWait, match="trop à faire") as caught:
            open_web().fetch_feed(f"{site.url}/b")
        rests.append(caught.value.until - clock())
        clock.now = caught.value.until
    assert rests == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert site.paths() == ["/a"] * 4
    site.answer("/a", b"bonjour")
    open_web().fetch_feed(f"{site.url}/a")
    site.answer("/a", status=status)
    open_web().fetch_feed(f"{site.url}/a")
    with pytest.raises(HostAsksToWait) as caught:
        open_web().fetch_feed(f"{site.url}/a")
    assert caught.value.until - clock() == timedelta(minutes=1)  # an answer in between: it begins anew


def test_a_host_without_a_connection_is_asked_once(site: Site, open_web: Opener, clock: Clock) -> None:
    dead = Site()
    dead.stop()
    web = open_web(hosts=frozenset({dead.host}))
    with pytest.raises(NoConnection):
        web.fetch_page(f"{dead.url}/a")
    for path in "bcd":
        with pytest.raises(HostAsksToWait, match="la connexion ne se fait pas"):
            web.fetch_page(f"{dead.url}/{path}")
    assert web.fetch_page(f"{site.url}/autre").status == 404  # the others are not concerned


def test_a_silent_host_is_asked_twice(site: Site, open_web: Opener, clock: Clock) -> None:
    for path in ("/robots.txt", "/a", "/b"):
        site.hang(path)
    web = open_web(timeout_s=0.4)
    for _ in range(2):
        with pytest.raises(NoAnswer):
            web.fetch_page(f"{site.url}/a")
    with pytest.raises(HostAsksToWait, match="il ne répond pas"):
        web.fetch_page(f"{site.url}/b")
    assert site.paths() == ["/robots.txt"] * 2


def test_a_page_that_never_ends_is_not_its_hosts_silence(site: Site, open_web: Opener) -> None:
    def drip(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        site.stopping.wait(10)

    site.pages["/lente"] = drip
    web = open_web(timeout_s=0.5)
    for _ in range(3):
        with pytest.raises(TransientError, match="no answer within"):
            web.fetch_page(f"{site.url}/lente")
    assert web.fetch_page(f"{site.url}/a").status == 404


# robots.txt.


def test_an_unreachable_robots_txt_keeps_us_out_and_is_asked_again_after_a_while(
    site: Site, open_web: Opener, clock: Clock
) -> None:
    site.answer("/robots.txt", status=500)
    for path in ("/a", "/b", "/c"):
        with pytest.raises(HostAsksToWait, match=r"robots\.txt ne peut être lu"):
            open_web().fetch_page(site.url + path)
    assert site.paths() == ["/robots.txt"]
    clock.wait(minutes=11)
    site.answer("/robots.txt", b"User-agent: *\nDisallow: /b\n")
    assert open_web().fetch_page(f"{site.url}/a").status == 404
    with pytest.raises(RobotsRefuse):
        open_web().fetch_page(f"{site.url}/b")
    assert "/b" not in site.paths()


def test_the_last_robots_txt_holds_while_it_is_unreachable(
    site: Site, open_web: Opener, clock: Clock
) -> None:
    site.answer("/robots.txt", b"User-agent: *\nDisallow: /b\n")
    open_web().fetch_page(f"{site.url}/a")
    site.answer("/robots.txt", status=502)
    for _ in range(3):
        clock.wait(days=1)
        assert open_web().fetch_page(f"{site.url}/a").status == 404
        with pytest.raises(RobotsRefuse):
            open_web().fetch_page(f"{site.url}/b")
    assert site.paths().count("/robots.txt") == 4


# Reservations.

RESERVED = b'[{"location": "/libre", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]'


def test_a_page_that_tdmrep_reserves_is_not_asked_for(site: Site, open_web: Opener, clock: Clock) -> None:
    site.answer("/.well-known/tdmrep.json", RESERVED)
    web = open_web()
    with pytest.raises(RightsReserved) as caught:
        web.fetch_page(f"{site.url}/a")
    assert "tdmrep.json, règle /" in caught.value.sentence
    assert web.fetch_page(f"{site.url}/libre/a").status == 404
    assert web.fetch_page(f"{site.url}/a", licensed=True).status == 404
    assert site.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/libre/a", "/a"]
    clock.wait(hours=25)
    site.answer("/.well-known/tdmrep.json", status=500)  # out of order: it takes nothing back
    with pytest.raises(RightsReserved):
        open_web().fetch_page(f"{site.url}/a")
    clock.wait(hours=25)
    site.answer("/.well-known/tdmrep.json", status=404)
    assert open_web().fetch_page(f"{site.url}/a").status == 404


def test_a_reservation_holds_at_a_redirect_too(site: Site, open_web: Opener) -> None:
    other = Site()
    other.answer("/.well-known/tdmrep.json", RESERVED)
    site.answer("/lien", status=302, Location=f"{other.url}/a")
    with pytest.raises(RightsReserved):
        open_web(hosts=frozenset({other.host})).fetch_page(f"{site.url}/lien")
    assert "/a" not in other.paths()
    other.stop()
