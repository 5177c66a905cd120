"""Copies end to end: what a desk sees in `show`, in `search` and in what is counted."""

import re

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from tests.unit.alike import AGENCY, EDITED_COPIES, agenda


def put_article(newsroom: Newsroom, path: str, title: str, text: str, head: str = "") -> Item:
    """A page with this text, and its entry."""
    return Item(link=newsroom.put(path, html(title, text.split("\n"), head)), title=title, summary="")


def follow_two(desk: Desk, one: Newsroom, other: Newsroom, first: Item, second: Item) -> None:
    """The first paper's feed, then, five minutes later, the second's too."""
    desk.hosts = [one.host_port, other.host_port]
    rows = [{"id": "agence", "url": put_feed(one, first)}, {"id": "reprise", "url": put_feed(other, second)}]
    desk.follow(rows[0])
    desk.run()
    desk.follow(*rows)
    desk.wait(minutes=5)
    desk.run()


def test_an_edited_copy_on_another_site_is_linked_with_its_similarity(
    desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    first = put_article(newsroom, "/a/autocars.html", "Des autocars pour les villes moyennes", AGENCY)
    text = EDITED_COPIES["a word in each sentence, one paragraph less"]
    second = put_article(other_newsroom, "/b/cars.html", "Transports : le pari du gouvernement", text)
    follow_two(desk, newsroom, other_newsroom, first, second)
    articles = desk.articles()
    original, copy = articles[first.title], articles[second.title]
    assert (copy["copy_of"], original["copy_of"], original["similarity"]) == (original["id"], None, None)
    assert 0.5 < copy["similarity"] < 0.9
    assert original["copies"] == [copy["id"]]
    assert original["family"][0]["url"] == second.link
    hits = {hit["id"]: hit for hit in desk.ask("search", "autocars")["hits"]}
    assert hits[copy["id"]]["copy_of"] == original["id"]
    assert desk.audit()["entries"] == {
        "total": 2, "waiting": 0, "indexed": 2, "duplicate": 0, "rejected": {}, "failed": 0,
    }  # fmt: skip
    shown = desk.call("show", copy["id"]).out
    assert re.search(
        rf"copie de : Journal agence, « {first.title} » {first.link} \(\d\d %, {original['id']}\)", shown
    )
    assert f"« {second.title} » {second.link} (" in desk.call("show", original["id"]).out


def test_diaries_of_two_days_on_two_sites_are_no_copies(
    desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    texts = [
        agenda(day, "9 h 30", "le Premier ministre") for day in ("lundi 3 mars 2025", "lundi 10 mars 2025")
    ]
    first = put_article(newsroom, "/a", "Agenda du 3 mars", texts[0])
    second = put_article(other_newsroom, "/b", "Agenda du 10 mars", texts[1])
    follow_two(desk, newsroom, other_newsroom, first, second)
    assert [article["copy_of"] for article in desk.articles().values()] == [None, None]


def test_one_text_in_two_sections_of_a_site_is_one_article(desk: Desk, newsroom: Newsroom) -> None:
    items = [
        put_article(newsroom, f"/{section}/1", "Des autocars pour tous", AGENCY) for section in ("a", "b")
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["duplicate"]) == (1, 1)
    article = desk.articles()["Des autocars pour tous"]
    assert {address["url"] for address in article["addresses"]} == {item.link for item in items}


def test_a_canonical_link_that_a_whole_site_shares_takes_no_page(desk: Desk, newsroom: Newsroom) -> None:
    head = f"<link rel='canonical' href='{newsroom.base_url}/actualites.html'>"
    loup = "Un loup a été aperçu lundi près du lac par trois randonneurs, selon la préfecture. " * 12
    items = [
        put_article(newsroom, "/1", "Des autocars pour tous", AGENCY, head),
        put_article(newsroom, "/2", "Loup : trois témoins racontent", loup, head),
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    articles = desk.articles()
    assert {title: article["url"] for title, article in articles.items()} == {i.title: i.link for i in items}
    assert all(article["canonical_refused"].endswith("/actualites.html") for article in articles.values())
    assert {hit["url"] for hit in desk.ask("search", "")["hits"]} == {item.link for item in items}
    desk.audit()


def test_the_page_is_asked_again_where_it_was_read(desk: Desk, newsroom: Newsroom) -> None:
    """Its canonical address is a section's page here: what stands there is not this article."""
    section = newsroom.put("/section.html", html("Toutes les nouvelles", ["Une liste de nouvelles du jour."]))
    item = put_article(
        newsroom, "/1", "Des autocars pour tous", AGENCY, f"<link rel='canonical' href='{section}'>"
    )
    desk.follow({"id": "essai", "url": put_feed(newsroom, item)})
    desk.run()
    desk.wait(minutes=20)
    desk.run()
    assert len(desk.articles()["Des autocars pour tous"]["versions"]) == 1
