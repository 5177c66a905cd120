"""Pages that are edited, redecorated, withdrawn, emptied; and the shortest and the longest."""

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, published, put_feed
from tests.faults.table import Row, each_fault, fault


def follow_page(desk: Desk, newsroom: Newsroom, body: bytes) -> None:
    link = newsroom.put("/p", body)
    desk.follow({"id": "f", "url": put_feed(newsroom, Item(link=link, title="Un pont", date=newsroom.now))})
    desk.run()


@fault(
    "pages",
    "edited",
    "A page is edited",
    after="a second version of the same article with its difference; search finds the new words, one hit",
)
def test_a_page_that_is_edited(desk: Desk, newsroom: Newsroom) -> None:
    follow_page(desk, newsroom, html("Un pont"))
    newsroom.put("/p", html("Un pont", [*TEXT, "Le chantier coûtera trois cent mille euros."]))
    desk.wait(minutes=20)
    desk.run()
    (article,) = desk.articles().values()
    assert [version["number"] for version in article["versions"]] == [1, 2]
    assert "trois cent mille" in article["versions"][1]["diff"]
    assert desk.ask("search", "chantier")["total"] == 1
    desk.audit()


@fault(
    "pages",
    "cosmetic",
    "Menus, counters, advertisements and white space of a page change at every visit",
    after="no new version",
)
def test_a_page_that_changes_in_looks_only(desk: Desk, newsroom: Newsroom) -> None:
    follow_page(desk, newsroom, html("Un pont"))
    for visit in range(3):
        body = html("Un pont", head=f"<meta name='pub' content='{visit}'>").decode()
        menu = f"<nav><a href='/x{visit}'>Rubrique {visit}</a></nav>"
        newsroom.put("/p", body.replace("<body>", f"<body>{menu}\n\n").encode())
        desk.wait(hours=2)
        desk.run()
    (article,) = desk.articles().values()
    assert len(article["versions"]) == 1
    desk.audit()


@each_fault(
    "pages",
    "status",
    *(
        Row(id=f"withdrawn-{status}", what=f"A page that was there answers {status}", value=status,
            after="the article is kept with its text, marked withdrawn, and still found")
        for status in (404, 410)
    ),
)  # fmt: skip
def test_a_page_that_is_withdrawn(desk: Desk, newsroom: Newsroom, status: int) -> None:
    follow_page(desk, newsroom, html("Un pont"))
    newsroom.put("/p", b"<h1>Disparue</h1>", status=status)
    desk.wait(minutes=20)
    desk.run()
    assert desk.ask("search", "déviation")["total"] == 1
    (article,) = desk.articles().values()
    assert article["withdrawn_at"]
    desk.audit()


@fault(
    "pages",
    "emptied",
    "A page that was there answers 200 and is empty",
    after="the article keeps what was read of it",
)
def test_a_page_that_is_emptied(desk: Desk, newsroom: Newsroom) -> None:
    follow_page(desk, newsroom, html("Un pont"))
    newsroom.put("/p", b"")
    desk.wait(minutes=20)
    desk.run()
    (article,) = desk.articles().values()
    assert article["versions"][-1]["origin"] == "page"
    assert desk.ask("search", "déviation")["total"] == 1
    desk.audit()


@fault(
    "pages",
    "short",
    "A communiqué of five words, and a transcript of 60,000",
    after="both are indexed whole",
)
def test_a_short_communique_and_a_long_transcript(desk: Desk, newsroom: Newsroom) -> None:
    head = published(newsroom.now.isoformat())
    paragraph = "Madame la présidente, mesdames et messieurs les députés, je vous réponds sur ce point. "
    short = newsroom.put("/court", html("Communiqué", ["Le président est à Brest."], head))
    long = newsroom.put(
        "/long",
        html("Compte rendu", [f"{paragraph * 9} Rang {n}." for n in range(500)] + ["Fin zoulou."], head),
    )
    items = [
        Item(link=short, title="Communiqué", summary=""),
        Item(link=long, title="Compte rendu", summary=""),
    ]
    desk.follow({"id": "f", "url": put_feed(newsroom, *items)})
    desk.run()
    assert [desk.ask("search", words)["total"] for words in ("Brest", "zoulou")] == [1, 1]
    desk.audit()
