"""Links that may not be fetched: the entry is indexed from its feed summary, and bad addresses are never given out."""

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed

SUMMARY = "Le résumé que le flux donne de cette dépêche."


LINKS = {
    "javascript:alert(1)": None,
    "file:///etc/passwd": None,
    "ftp://exemple.fr/a": None,
    "data:text/html,<b>oui</b>": None,
    "http://127.0.0.2:1/a": "http://127.0.0.2:1/a",
    "http://[::1]/a": "http://[::1]/a",
    "http://[::ffff:127.0.0.1]/a": "http://[::ffff:127.0.0.1]/a",
    "http://169.254.169.254/latest/meta-data": "http://169.254.169.254/latest/meta-data",
    "http://2130706433/a": "http://2130706433/a",
}
"""What a feed may say, and what may be given out as `url`."""


def test_refused_links_are_indexed_from_their_summaries(desk: Desk, newsroom: Newsroom) -> None:
    items = [Item(link=link, title=f"Lien {n}", summary=SUMMARY) for n, link in enumerate(LINKS)]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    assert desk.audit()["entries"]["indexed"] == len(LINKS)
    hits = {hit["title"]: hit["url"] for hit in desk.ask("search", "résumé")["hits"]}
    assert hits == {f"Lien {n}": url for n, url in enumerate(LINKS.values())}
    for article in desk.articles().values():
        assert article["url"] == hits[article["title"]]
        assert all(address["url"].startswith("http") for address in article["addresses"])
        assert [version["origin"] for version in article["versions"]] == ["feed"]


def test_robots_txt_keeps_us_out_and_the_summary_stays(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/interdit/page.html", html("Ce que la page dit"))
    desk.follow(
        {"id": "essai", "url": put_feed(newsroom, Item(link=link, title="Interdit", summary=SUMMARY))}
    )
    desk.run()
    (hit,) = desk.ask("search", "")["hits"]
    assert (hit["title"], hit["snippet"], hit["url"]) == ("Interdit", SUMMARY, link)
    assert "/interdit/page.html" not in {request.path for request in newsroom.requests}
    assert [request.path for request in newsroom.requests].count("/robots.txt") == 1


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(desk: Desk, newsroom: Newsroom) -> None:
    newsroom.put("/interdit/page.html", html("Ce que la page dit"))
    link = newsroom.redirect("/essai/lien", f"{newsroom.base_url}/interdit/page.html")
    desk.follow(
        {"id": "essai", "url": put_feed(newsroom, Item(link=link, title="Interdit", summary=SUMMARY))}
    )
    desk.run()
    assert desk.ask("search", "")["hits"][0]["snippet"] == SUMMARY
    assert "/interdit/page.html" not in {request.path for request in newsroom.requests}


def test_a_redirect_to_a_private_host_is_refused_at_the_hop(
    desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    """The other newsroom is up, and not among the hosts that are allowed."""
    other_newsroom.put("/secret", html("Un secret"))
    link = newsroom.redirect("/essai/lien", f"{other_newsroom.base_url}/secret")
    desk.follow(
        {"id": "essai", "url": put_feed(newsroom, Item(link=link, title="Détourné", summary=SUMMARY))}
    )
    desk.run()
    assert desk.ask("search", "")["hits"][0]["title"] == "Détourné"
    assert other_newsroom.requests == ()


def test_an_allowed_private_host_is_the_text_that_is_written(desk: Desk, newsroom: Newsroom) -> None:
    """`localhost:80` is not `127.0.0.1:80`."""
    page = newsroom.put("/essai/pont.html", html("La page même"))
    link = page.replace("127.0.0.1", "localhost")
    desk.follow({"id": "essai", "url": put_feed(newsroom, Item(link=link, title="Par son nom"))})
    desk.run()
    assert list(desk.articles()) == ["Par son nom"]
    desk.hosts = [newsroom.host_port, f"localhost:{newsroom.port}"]
    desk.settings["VIGIE_HOME"] = str(desk.folder / "second")
    desk.run()
    assert list(desk.articles()) == ["La page même"]


def test_a_feed_on_a_private_host_is_not_asked(desk: Desk, newsroom: Newsroom) -> None:
    desk.hosts = []
    desk.follow({"id": "prive", "url": put_feed(newsroom, Item(link=newsroom.base_url + "/a", title="A"))})
    outcome = desk.call("run")
    assert outcome.code == 0
    assert "prive" in outcome.err
    assert newsroom.requests == ()
    assert desk.feed("prive")["health"] == "failing"


def test_an_entry_with_nothing_in_it_is_counted_with_its_reason(desk: Desk, newsroom: Newsroom) -> None:
    empty = b"<rss version='2.0'><channel><title>E</title><item><guid>1</guid></item></channel></rss>"
    desk.follow({"id": "essai", "url": newsroom.put("/vide.xml", empty, "application/rss+xml")})
    desk.run()
    entries = desk.audit()["entries"]
    assert (entries["total"], list(entries["rejected"].values())) == (1, [1])
