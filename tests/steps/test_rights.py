"""Reserved pages are not kept: their article is what the feed says, with the reason; an agreement keeps them."""

from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.adapters.sites import Site, site
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed

__all__ = ["site"]
TITLE = "Un pont réservé à Sarvoles"
META = "<meta name='tdm-reservation' content='1'>"
WAYS = ("file", "header", "meta")


def reserve(site: Site, way: str) -> None:
    """Serve the page, with its reservation in one of three places."""
    headers = {"tdm_reservation": "1", "tdm_policy": "https://journal.example/conditions"}
    site.answer(
        "/pont.html",
        html(TITLE, head=META if way == "meta" else ""),
        Content_Type="text/html",
        **(headers if way == "header" else {}),
    )
    rules = b'[{"location": "/", "tdm-reservation": 1}]' if way == "file" else b"[]"
    site.answer("/.well-known/tdmrep.json", rules)


def collect(desk: Desk, newsroom: Newsroom, site: Site, **row: Any) -> Any:
    """One entry whose page is on that site, collected; its article."""
    desk.hosts = [newsroom.host_port, site.host]
    item = Item(link=f"{site.url}/pont.html", title=TITLE, summary="Le résumé que le flux donne.")
    desk.follow({"id": "essai", "url": put_feed(newsroom, item), **row})
    desk.run()
    return desk.articles()[TITLE]


@pytest.mark.parametrize(
    ("way", "where"),
    [
        ("file", "tdmrep.json, règle /"),
        ("header", "https://journal.example/conditions"),
        ("meta", "balise meta"),
    ],
)
def test_a_reserved_page_is_indexed_from_its_feed_and_says_why(
    desk: Desk, newsroom: Newsroom, site: Site, way: str, where: str
) -> None:
    reserve(site, way)
    article = collect(desk, newsroom, site)
    assert [version["origin"] for version in article["versions"]] == ["feed"]
    assert "réserve la fouille de textes" in article["rights"]
    assert where in article["rights"]
    assert desk.ask("search", "déviation")["total"] == 0
    assert desk.ask("search", "résumé")["total"] == 1
    assert article["rights"] in desk.call("show", article["id"]).out.replace("\n", " ")
    assert ("/pont.html" in site.paths()) is (way != "file")
    desk.audit()


def test_what_the_header_reserves_is_not_archived(desk: Desk, newsroom: Newsroom, site: Site) -> None:
    reserve(site, "header")
    article = collect(desk, newsroom, site)
    assert article["versions"][0]["page_record_id"] is None
    assert [(r["outcome"], r["status"]) for r in article["requests"]] == [("refused", 200)]


@pytest.mark.parametrize("way", WAYS)
def test_an_agreement_keeps_the_page(desk: Desk, newsroom: Newsroom, site: Site, way: str) -> None:
    reserve(site, way)
    article = collect(desk, newsroom, site, rights="licensed", note="Accord du 3 mai 2026")
    assert article["versions"][0]["origin"] == "page"
    assert article["rights"] is None
    assert desk.ask("search", "déviation")["total"] == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_reservation_that_is_lifted_lets_the_page_in(
    desk: Desk, newsroom: Newsroom, site: Site, way: str
) -> None:
    reserve(site, way)
    collect(desk, newsroom, site)
    reserve(site, "none")
    desk.wait(hours=25)
    desk.run()
    article = desk.articles()[TITLE]
    assert article["versions"][-1]["origin"] == "page"
    assert article["rights"] is None
