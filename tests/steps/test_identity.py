"""Identity: which addresses are one article, and which are not. DESIGN.md, "what the words of the promises mean"."""

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, put_feed

TITLE = "Un pont et des lampadaires à Sarvoles"


def test_tracking_parameters_and_redirects_are_the_same_article(desk: Desk, newsroom: Newsroom) -> None:
    page = newsroom.put("/essai/pont.html", html(TITLE))
    short = newsroom.redirect("/s/1", page)
    links = (page, f"{page}?utm_source=rss&utm_medium=flux", short, f"{page}#suite")
    desk.follow(
        *(
            {"id": f"f{n}", "url": put_feed(newsroom, Item(link=link, title=TITLE), path=f"/essai/{n}.xml")}
            for n, link in enumerate(links)
        )
    )
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["total"], entries["indexed"], entries["duplicate"]) == (4, 1, 3)
    article = desk.articles()[TITLE]
    assert {entry["feed"] for entry in article["entries"]} == {"f0", "f1", "f2", "f3"}
    assert {a["url"]: a["origin"] for a in article["addresses"]}.keys() >= {page, short}


def test_a_canonical_link_within_the_site_joins_two_addresses(desk: Desk, newsroom: Newsroom) -> None:
    page = f"{newsroom.base_url}/essai/pont.html"
    body = html(TITLE, head=f"<link rel='canonical' href='{page}'>")
    newsroom.put("/essai/pont.html", body)
    mobile = newsroom.put("/essai/mobile/pont.html", body)
    feed = put_feed(newsroom, Item(link=mobile, title=TITLE), Item(link=page, title=TITLE, guid="autre"))
    desk.follow({"id": "essai", "url": feed})
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["duplicate"]) == (1, 1)
    answer = desk.ask("search", "lampadaires")
    assert answer["total"] == 1
    assert answer["hits"][0]["url"] == page


def test_the_address_that_a_page_calls_its_own_is_known_later(desk: Desk, newsroom: Newsroom) -> None:
    """The feed first links a mobile page; the next day it links the canonical one: a duplicate."""
    page = f"{newsroom.base_url}/essai/pont.html"
    mobile = newsroom.put("/essai/m/pont", html(TITLE, head="<link rel='canonical' href='/essai/pont.html'>"))
    newsroom.put("/essai/pont.html", html(TITLE))
    desk.follow({"id": "essai", "url": put_feed(newsroom, Item(link=mobile, title=TITLE))})
    desk.run()
    first = desk.articles()[TITLE]["id"]
    put_feed(newsroom, Item(link=page, title=TITLE, guid="2"))
    desk.wait(minutes=2)
    desk.run()
    assert desk.audit()["entries"]["duplicate"] == 1
    assert desk.articles()[TITLE]["id"] == first


def test_a_canonical_link_to_another_site_or_to_a_home_page_is_ignored(
    desk: Desk, newsroom: Newsroom
) -> None:
    elsewhere = newsroom.put(
        "/a", html("Le premier", head="<link rel='canonical' href='https://ailleurs.example/un'>")
    )
    home = newsroom.put("/b", html("Le second", head=f"<link rel='canonical' href='{newsroom.base_url}/'>"))
    other_home = newsroom.put(
        "/c", html("Le troisième", head=f"<link rel='canonical' href='{newsroom.base_url}/'>")
    )
    items = [Item(link=link, title=link) for link in (elsewhere, home, other_home)]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    articles = desk.articles()
    assert {title: article["url"] for title, article in articles.items()} == {
        "Le premier": elsewhere,
        "Le second": home,
        "Le troisième": other_home,
    }
    assert desk.audit()["entries"]["indexed"] == 3


def test_the_same_text_on_another_site_is_an_article_of_its_own_linked_to_the_first(
    desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    desk.hosts = [newsroom.host_port, other_newsroom.host_port]
    one = newsroom.put("/essai/pont.html", html("Sarvoles refait son pont", TEXT))
    two = other_newsroom.put("/reprise.html", html("Un pont neuf à Sarvoles (agence)", TEXT))
    first = {"id": "agence", "url": put_feed(newsroom, Item(link=one, title="Un"))}
    second = {"id": "reprise", "url": put_feed(other_newsroom, Item(link=two, title="Deux"))}
    desk.follow(first)
    desk.run()
    desk.follow(first, second)
    desk.wait(minutes=5)
    desk.run()
    assert desk.ask("search", "déviation")["total"] == 2
    assert desk.audit()["entries"]["duplicate"] == 0
    articles = desk.articles()
    original, copy = articles["Sarvoles refait son pont"], articles["Un pont neuf à Sarvoles (agence)"]
    assert copy["copy_of"] == original["id"]
    assert original["copy_of"] is None
    assert original["copies"] == [copy["id"]]


def test_a_text_too_short_to_be_a_copy_is_linked_to_nothing(desk: Desk, newsroom: Newsroom) -> None:
    items = [
        Item(link=newsroom.put(f"/court/{n}", html(f"Communiqué {n}", ["Pas de commentaire."])), title=str(n))
        for n in range(2)
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    assert [article["copy_of"] for article in desk.articles().values()] == [None, None]
