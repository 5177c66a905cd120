"""Pages are read again cheaply, on a falling schedule; what goes and what comes back is said; a dead host costs little."""

import time
from datetime import timedelta
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.adapters.sites import Site, site
from tests.cli.desk import START, Desk
from tests.cli.site import Item, html, put_feed

__all__ = ["site"]
TITLE = "Un pont et des lampadaires à Sarvoles"
AGES = (16, 61, 361, 1441, 10081)
"""Minutes at which a page is due again."""


@pytest.fixture
def followed(desk: Desk, newsroom: Newsroom, site: Site) -> Desk:
    """A desk that follows one feed of one entry; the page is on another site, where tests change it."""
    desk.hosts = [newsroom.host_port, site.host]
    put_page(site)
    feed = put_feed(newsroom, Item(link=f"{site.url}/pont.html", title=TITLE, summary="Le résumé du pont."))
    desk.follow({"id": "essai", "url": feed})
    desk.run()
    return desk


def put_page(site: Site, *more: str, status: int = 200, **headers: str) -> None:
    """What the page answers from now on."""
    site.answer(
        "/pont.html", html(TITLE, (*TEXTS, *more)), status, **{"Content_Type": "text/html", **headers}
    )


TEXTS = (
    "Le conseil municipal de Sarvoles s'est réuni mardi pour examiner la réfection du pont et l'éclairage de la place.",
    "Les élus ont adopté les deux projets à l'unanimité, après une heure d'échanges avec les habitants présents.",
)


def asked(site: Site) -> list[dict[str, str]]:
    """The headers of each request for the page."""
    return [headers for path, headers in site.seen if path == "/pont.html"]


def run_at(desk: Desk, minutes: float) -> Any:
    """A pass so many minutes after the article was first seen."""
    desk.clock = START + timedelta(minutes=minutes)
    return desk.run()


def requests(desk: Desk) -> list[tuple[str, int | None]]:
    """Outcome and status of each request for the page, the first one first."""
    return [(r["outcome"], r["status"]) for r in reversed(desk.articles()[TITLE]["requests"])]


def test_the_same_bytes_are_no_new_page(followed: Desk, site: Site) -> None:
    for minutes in AGES:
        assert run_at(followed, minutes)["fetch"]["done"] == 1
    assert requests(followed) == [("page", 200)] + [("same", 200)] * 5
    assert len(followed.articles()[TITLE]["versions"]) == 1
    assert "extract" not in run_at(followed, 20_000)
    followed.audit()
    assert followed.ask("rebuild-index")["index"]["done"] == 1
    assert followed.ask("search", "lampadaires")["total"] == 1


def test_a_page_is_asked_whether_it_changed_and_once_a_day_without_conditions(
    desk: Desk, newsroom: Newsroom, site: Site
) -> None:
    desk.hosts = [newsroom.host_port, site.host]
    put_page(site, ETag='"1"')
    feed = put_feed(newsroom, Item(link=f"{site.url}/pont.html", title=TITLE))
    desk.follow({"id": "essai", "url": feed})
    desk.run()
    put_page(site, status=304)
    for minutes in AGES[:2]:
        run_at(desk, minutes)
    put_page(site, "Une phrase de plus, que l'ETag n'avait pas dite.", ETag='"1"')
    run_at(desk, AGES[3])
    tags = [headers.get("if-none-match") for headers in asked(site)]
    assert tags == [None, '"1"', '"1"', None]
    assert requests(desk) == [("page", 200), ("same", 304), ("same", 304), ("page", 200)]
    assert len(desk.articles()[TITLE]["versions"]) == 2
    desk.audit()


def test_a_304_never_heals_a_failure(followed: Desk, site: Site) -> None:
    put_page(site, ETag='"1"', status=500)
    run_at(followed, AGES[0])
    put_page(site, status=304)
    run_at(followed, AGES[1])
    assert all("if-none-match" not in headers for headers in asked(site))
    assert requests(followed)[1:] == [("failed", 500), ("failed", 304)]
    put_page(site, ETag='"1"')
    run_at(followed, AGES[2])
    assert requests(followed)[-1] == ("same", 200)
    assert followed.articles()[TITLE]["fetch_error"] is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_goes_is_kept_and_one_that_comes_back_is_said(
    followed: Desk, site: Site, status: int
) -> None:
    put_page(site, status=status)
    run_at(followed, AGES[0])
    article = followed.articles()[TITLE]
    assert article["withdrawn_at"]
    assert "retirée" in article["requests"][0]["sentence"]
    assert "page retirée" in followed.call("show", article["id"]).out
    assert followed.ask("search", "lampadaires")["total"] == 1
    put_page(site)
    run_at(followed, AGES[1])
    article = followed.articles()[TITLE]
    assert article["withdrawn_at"] is None
    assert "revenue" in article["requests"][0]["sentence"]
    assert requests(followed) == [("page", 200), ("gone", status), ("same", 200)]
    followed.audit()


def test_an_error_in_between_keeps_the_schedule(followed: Desk, site: Site) -> None:
    put_page(site, status=500)
    run_at(followed, AGES[0])
    put_page(site, "Une phrase de plus.")
    run_at(followed, AGES[1])
    assert len(followed.articles()[TITLE]["versions"]) == 2


@pytest.mark.parametrize(("kind", "again"), [("official", 1), ("press", 0)])
def test_an_official_page_is_read_again_after_a_month(
    desk: Desk, newsroom: Newsroom, site: Site, kind: str, again: int
) -> None:
    desk.hosts = [newsroom.host_port, site.host]
    put_page(site)
    feed = put_feed(newsroom, Item(link=f"{site.url}/pont.html", title=TITLE))
    desk.follow({"id": "essai", "url": feed, "kind": kind})
    desk.run()
    for minutes in AGES:
        run_at(desk, minutes)
    before = len(asked(site))
    run_at(desk, 31 * 24 * 60)
    assert len(asked(site)) - before == again


def test_a_silent_host_with_many_pages_costs_two_time_outs(
    desk: Desk, newsroom: Newsroom, site: Site
) -> None:
    """Its pages are put off, not failed; another host's are read meanwhile."""
    desk.hosts = [newsroom.host_port, site.host]
    items = [Item(link=f"{site.url}/{n}", title=f"Muette {n}") for n in range(30)]
    for path in ("/robots.txt", *(f"/{n}" for n in range(30))):
        site.hang(path)
    items.append(Item(link=newsroom.put("/essai/vive.html", html("Vive")), title="Vive"))
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    began = time.monotonic()
    outcome = desk.call("run", "--json", VIGIE_FETCH_TIMEOUT_S="1.5")
    assert time.monotonic() - began < 30  # 30 time-outs would take 45 s
    assert len(site.seen) == 2
    fetch = outcome.json["fetch"]
    assert (fetch["taken"], fetch["done"], fetch["failed"]) == (31, 1, 30)
    assert "28 pages wait: their hosts are left alone" in outcome.err
    articles = desk.articles()
    assert articles["Vive"]["versions"][0]["origin"] == "page"
    assert sum("laissé en paix" in (a["fetch_error"] or "") for a in articles.values()) == 28
    assert desk.audit()["entries"]["indexed"] == 31  # from their summaries
    for n in range(30):
        site.answer(f"/{n}", html(f"Muette {n}"), Content_Type="text/html")
    site.answer("/robots.txt", b"")
    desk.wait(minutes=11)
    assert desk.run()["fetch"]["done"] == 30
