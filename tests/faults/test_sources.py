"""What feeds bring: too much, too little, twice, under changing names, with dates that cannot be, or no longer."""

from datetime import timedelta

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, put_feed, rss
from tests.faults.table import Row, each_fault, fault

CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and"
    b" cookies to continue</noscript><div id='cf-challenge-running'></div></body></html>"
)


def pages(newsroom: Newsroom, count: int) -> list[Item]:
    """Entries with a page each."""
    return [
        Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}", [*TEXT, f"Numéro {n}."])), title=f"Page {n}")
        for n in range(count)
    ]


@fault(
    "feeds",
    "cut-after-7",
    "A feed of twelve entries is cut inside the eighth",
    after="the seven are kept and indexed; malformed until it is whole, and then the other five come, once",
)
def test_a_feed_that_is_cut_after_seven_of_twelve(desk: Desk, newsroom: Newsroom) -> None:
    whole = rss(pages(newsroom, 12))
    eighth = [n for n in range(len(whole)) if whole.startswith(b"<item>", n)][7]
    desk.follow({"id": "f", "url": newsroom.put("/f.xml", whole[: eighth + 40], "application/rss+xml")})
    desk.run()
    assert desk.feed("f")["health"] == "malformed"
    assert desk.audit()["entries"]["indexed"] == 7
    newsroom.put("/f.xml", whole, "application/rss+xml")
    desk.wait(hours=7)
    desk.run()
    assert desk.feed("f")["health"] == "ok"
    assert desk.audit()["entries"] | {"rejected": {}} == {
        "total": 12, "waiting": 0, "indexed": 12, "duplicate": 0, "rejected": {}, "failed": 0
    }  # fmt: skip


@fault(
    "feeds",
    "challenge",
    "A front end answers 200 with a challenge page in the feed's place",
    after="blocked; nothing of it becomes an article; ok again when the feed is back",
)
def test_a_challenge_in_the_feeds_place(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "f", "url": newsroom.put("/f.xml", CHALLENGE)})
    desk.run()
    assert desk.feed("f")["health"] == "blocked"
    assert desk.audit()["entries"]["total"] == 0
    put_feed(newsroom, *pages(newsroom, 1), path="/f.xml")
    desk.wait(hours=7)
    desk.run()
    assert desk.feed("f")["health"] == "ok"
    assert desk.audit()["entries"]["indexed"] == 1


@each_fault(
    "feeds",
    "charset",
    *(
        Row(id=f"charset-{charset}", what=f"A feed says {said} and is {charset}",
            after="accents are read right, in titles and in search", value=(charset, said))
        for charset, said in (("cp1252", "UTF-8"), ("utf-8", "ISO-8859-1"), ("utf-16", "UTF-8"))
    ),
)  # fmt: skip
def test_a_charset_that_is_not_the_one_it_says(
    desk: Desk, newsroom: Newsroom, charset: tuple[str, str]
) -> None:
    encoding, said = charset
    body = rss(
        [Item(link=f"{newsroom.base_url}/rien", title="L’Élysée reçoit Noël — été", summary="Déjà vu.")]
    )
    text = body.decode().replace("encoding='UTF-8'", f"encoding='{said}'")
    url = newsroom.put("/f.xml", text.encode(encoding), f"application/rss+xml; charset={said}")
    desk.follow({"id": "f", "url": url})
    desk.run()
    assert set(desk.articles()) == {"L’Élysée reçoit Noël — été"}
    assert desk.ask("search", "Élysée")["total"] == 1
    desk.audit()


@fault(
    "feeds",
    "5000-entries",
    "A feed of 5,000 entries",
    after="all are kept, each once, and a second poll brings none; the run stays within its memory",
)
def test_five_thousand_entries(desk: Desk, newsroom: Newsroom) -> None:
    from vigie.settings import Settings
    from vigie.steps.polling import choose_feeds, poll_feeds
    from vigie.stores import open_stores

    items = [Item(link=f"{newsroom.base_url}/n/{n}", title=f"Brève {n}") for n in range(5000)]
    url = put_feed(newsroom, *items)
    desk.follow({"id": "f", "url": url})
    settings = Settings(
        home=desk.folder / "home",
        feeds=desk.folder / "feeds.yml",
        now=desk.clock,
        host_delay_s=0,
        allowed_private_hosts=newsroom.host_port,
    )
    with open_stores(settings) as stores:  # collect only: indexing 5,000 would take minutes
        assert poll_feeds(stores, choose_feeds(stores)).done == 5000
    put_feed(newsroom, *items, Item(link=f"{newsroom.base_url}/n/neuve", title="Une de plus"))
    desk.wait(hours=7)
    later = settings.model_copy(update={"now": desk.clock})
    with open_stores(later) as stores:
        assert poll_feeds(stores, choose_feeds(stores)).done == 1
    assert desk.audit()["entries"] == {
        "total": 5001, "waiting": 5001, "indexed": 0, "duplicate": 0, "rejected": {}, "failed": 0
    }  # fmt: skip


@fault(
    "feeds",
    "no-links",
    "Entries without a link, with javascript:, file: and ftp: links, and one with neither title nor text",
    after="indexed from their summaries without an address; the empty one is rejected with its reason",
)
def test_entries_without_an_address(desk: Desk, newsroom: Newsroom) -> None:
    links = ("", "javascript:alert(1)", "file:///etc/passwd", "ftp://exemple.fr/a")
    items = [Item(link=link, title=f"Titre {n}", guid=f"g{n}") for n, link in enumerate(links)]
    put_feed(newsroom, *items, Item(link="", title="", summary="", guid="vide"))
    desk.follow({"id": "f", "url": f"{newsroom.base_url}/essai/flux.xml"})
    desk.run()
    articles = desk.articles()
    assert {article["url"] for article in articles.values()} == {None}
    entries = desk.audit()["entries"]
    assert (entries["indexed"], sum(entries["rejected"].values())) == (4, 1)


# Identity.


@fault(
    "identity",
    "two-feeds",
    "Three feeds bring one article under four forms of its address",
    after="one article, with every form and where it came from; the other entries are its duplicates",
)
def test_one_article_in_three_feeds(desk: Desk, newsroom: Newsroom) -> None:
    page = newsroom.put("/p", html("Une"))
    forms = (page, f"{page}?utm_source=rss#haut", f"{page}/?xtor=RSS-1")
    desk.follow(
        *(
            {"id": f"f{n}", "url": put_feed(newsroom, Item(link=link, title="Une"), path=f"/f{n}.xml")}
            for n, link in enumerate(forms)
        )
    )
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["duplicate"]) == (1, 2)


@fault(
    "identity",
    "late-redirect",
    "Two articles were indexed under two addresses; now one redirects to the other",
    after="the second becomes a duplicate of the first and leaves the index",
)
def test_a_redirect_that_comes_later_merges_two_articles(desk: Desk, newsroom: Newsroom) -> None:
    one, two = (newsroom.put(f"/p/{n}", html(f"Page {n}", [*TEXT, f"Version {n}."])) for n in range(2))
    items = [Item(link=link, title=link) for link in (one, two)]
    desk.follow({"id": "f", "url": put_feed(newsroom, *items)})
    desk.run()
    assert desk.audit()["entries"]["indexed"] == 2
    newsroom.redirect("/p/1", one)
    desk.wait(minutes=20)
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["duplicate"]) == (1, 1)
    assert desk.ask("search", "")["total"] == 1


@fault(
    "identity",
    "canonical-ring",
    "Two pages call each other canonical",
    after="they are one article, and no run goes round in a ring",
)
def test_two_pages_that_call_each_other_canonical(desk: Desk, newsroom: Newsroom) -> None:
    one, two = f"{newsroom.base_url}/p/1", f"{newsroom.base_url}/p/2"
    newsroom.put("/p/1", html("Un", head=f"<link rel='canonical' href='{two}'>"))
    newsroom.put("/p/2", html("Un", head=f"<link rel='canonical' href='{one}'>"))
    desk.follow(
        {"id": "f", "url": put_feed(newsroom, Item(link=one, title="Un"), Item(link=two, title="Un"))}
    )
    for _ in range(3):
        desk.run()
        entries = desk.audit()["entries"]
        assert (entries["indexed"], entries["duplicate"]) == (1, 1)
        desk.wait(minutes=61)


# Dates.


@each_fault(
    "dates",
    "date",
    *(
        Row(id=f"date-{name}", what=f"An entry is dated {words}", value=value,
            after="indexed without a date: never now, never in the future")
        for name, words, value in (
            ("none", "not at all", None),
            ("junk", "“hier soir”", "hier soir"),
            ("1970", "1 January 1970", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("9999", "31 December 9999", "Fri, 31 Dec 9999 23:59:59 GMT"),
            ("ahead", "three days ahead", timedelta(days=3)),
            ("february-31", "31 February", "Mon, 31 Feb 2026 10:00:00 +0100"),
        )
    ),
)  # fmt: skip
def test_a_date_that_cannot_be(desk: Desk, newsroom: Newsroom, date: str | timedelta | None) -> None:
    written = newsroom.now + date if isinstance(date, timedelta) else date
    item = Item(link=f"{newsroom.base_url}/rien", title="Sans date", date=written)
    desk.follow({"id": "f", "url": put_feed(newsroom, item)})
    desk.run()
    (hit,) = desk.ask("search", "")["hits"]
    assert hit["published_at"] is None
    desk.audit()


@fault(
    "dates",
    "redated",
    "A feed dates the same article anew at every poll",
    after="the first date stays",
)
def test_a_feed_that_redates(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/p", html("Redatée"))
    for _ in range(3):
        put_feed(newsroom, Item(link=link, title="Redatée", date=desk.clock - timedelta(minutes=1)))
        desk.follow({"id": "f", "url": f"{newsroom.base_url}/essai/flux.xml"})
        desk.run()
        (hit,) = desk.ask("search", "")["hits"]
        assert hit["published_at"] == "2026-11-23T07:59:00Z"
        desk.wait(hours=7)
    desk.audit()
