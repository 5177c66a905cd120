"""Hosts that are away, that answer what they should not, or that ask to be left alone."""

from datetime import timedelta
from email.utils import format_datetime

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed, rss
from tests.faults.table import Row, each_fault, fault
from tests.faults.wire import NOT_FOUND, WireServer, forever, reply, send, silent
from tests.servers.processes import free_port

SUMMARY = "Un résumé que le flux donne."


def follow(desk: Desk, newsroom: Newsroom, *links: str, **rows: str) -> None:
    """A good feed with an entry for each link, beside the feeds `rows`."""
    items = [Item(link=link, title=f"Titre {n}", summary=SUMMARY) for n, link in enumerate(links)]
    desk.follow(
        {"id": "bon", "url": put_feed(newsroom, *items)}, *({"id": i, "url": u} for i, u in rows.items())
    )


def origins(desk: Desk) -> list[str]:
    """Where the newest text of each article is from, in the order of the titles."""
    return [article["versions"][-1]["origin"] for _, article in sorted(desk.articles().items())]


AWAY = "the feed is failing and asked again later; the article is indexed from its summary; the other feeds go on"


@each_fault(
    "network",
    "address",
    Row(id="no-such-host", what="A host's name leads nowhere", value="http://nulle-part.invalid", after=AWAY),
    Row(id="refused", what="Nobody listens on the host's port", value="http://127.0.0.1:{port}", after=AWAY),
    Row(id="no-tls", what="A host that should speak TLS does not", value="https://{newsroom}", after=AWAY),
)
def test_a_host_that_is_away(desk: Desk, newsroom: Newsroom, address: str) -> None:
    base = address.format(port=(port := free_port()), newsroom=newsroom.host_port)
    desk.hosts = [newsroom.host_port, f"127.0.0.1:{port}"]
    good = newsroom.put("/bon", html("Bonne page"))
    follow(desk, newsroom, f"{base}/page", good, loin=f"{base}/flux")
    desk.run(VIGIE_FETCH_TIMEOUT_S="3")
    loin = desk.feed("loin")
    assert (loin["health"], loin["failures"]) == ("failing", 1)
    assert loin["next_poll_at"]
    assert desk.feed("bon")["health"] == "ok"
    assert set(desk.articles()) == {"Titre 0", "Bonne page"}
    assert desk.audit()["entries"]["indexed"] == 2


@fault(
    "network",
    "private-links",
    "Entries link to private addresses, one of which listens",
    after="no connection is made; the entries are indexed from their summaries and the addresses are not given out as links",
)
def test_private_addresses_are_never_dialled(desk: Desk, newsroom: Newsroom) -> None:
    with WireServer({}, "127.0.0.2") as private:
        links = (
            f"{private.base_url}/a",
            "http://[::1]/",
            "http://169.254.169.254/latest/",
            "http://10.0.0.1/",
        )
        hop = newsroom.redirect("/saut", f"{private.base_url}/b")
        follow(desk, newsroom, *links, hop)
        desk.run()
        assert private.asked == []
    assert origins(desk) == ["feed"] * 5
    assert desk.audit()["entries"]["indexed"] == 5


@fault(
    "network",
    "long-chain",
    "A page is seven redirects away",
    after="left after five; the article is indexed from its summary and not asked again",
)
def test_a_long_chain_of_redirects(desk: Desk, newsroom: Newsroom) -> None:
    newsroom.put("/fin", html("Au bout"))
    for n in range(7):
        newsroom.redirect(f"/saut/{n}", f"{newsroom.base_url}/saut/{n + 1}" if n < 6 else "/fin")
    follow(desk, newsroom, f"{newsroom.base_url}/saut/0")
    desk.run()
    assert "/fin" not in {request.path for request in newsroom.requests}
    assert origins(desk) == ["feed"]
    desk.audit()


@fault(
    "network",
    "redirect-to-nowhere",
    "A page redirects to a host that is away",
    after="the article is indexed from its summary and upgraded when that host is back",
)
def test_a_redirect_to_a_host_that_is_away(desk: Desk, newsroom: Newsroom) -> None:
    port = free_port()
    desk.hosts = [newsroom.host_port, f"127.0.0.1:{port}"]
    follow(desk, newsroom, newsroom.redirect("/ailleurs", f"http://127.0.0.1:{port}/page"))
    desk.run()
    assert origins(desk) == ["feed"]
    newsroom.put("/ailleurs", html("Revenue"))
    desk.wait(hours=7)
    desk.run()
    assert set(desk.articles()) == {"Revenue"}
    desk.audit()


@each_fault(
    "network",
    "robots",
    Row(id="robots-no", what="robots.txt keeps us out of the page",
        after="the page is not asked; the article is indexed from its summary",
        value=(send(reply(b"User-agent: *\nDisallow: /page\n", content_type="text/plain")), "feed", False)),
    Row(id="robots-500", what="robots.txt answers 500", after="the page is not asked while it does, and asked later",
        value=(send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), "feed", True)),
    Row(id="robots-silent", what="robots.txt never answers", after="the page is not asked while it does, and asked later",
        value=(silent, "feed", True)),
    Row(id="robots-endless", what="robots.txt never ends",
        after="no more than its limit is read, and the page is as if there were none or asked later",
        value=(forever(b"# encore\n" * 1000, reply(b"", "X-A: b")), None, True)),
)  # fmt: skip
def test_robots(desk: Desk, newsroom: Newsroom, robots: tuple) -> None:  # type: ignore[type-arg]  # a row's value
    script, origin, again = robots
    with WireServer(
        {"/robots.txt": script, "/page": send(reply(html("Page"), content_type="text/html"))}
    ) as host:
        desk.hosts = [newsroom.host_port, host.host_port]
        follow(desk, newsroom, f"{host.base_url}/page")
        desk.run(VIGIE_FETCH_TIMEOUT_S="2")
        asked = [request for request in host.asked if request.startswith(b"GET /page")]
        assert origin is None or (origins(desk), asked) == ([origin], [])
        desk.audit()
        host.scripts["/robots.txt"] = send(NOT_FOUND)
        desk.wait(hours=25)  # what was read of it is kept for a day
        desk.run(VIGIE_FETCH_TIMEOUT_S="2")
        assert (origins(desk) == ["page"]) is again
        desk.audit()


# What comes back.


@each_fault(
    "network",
    "status",
    *(
        Row(id=f"back-after-{status}", what=f"A feed and a page answer {status}, and hours later they are back",
            after="the feed was failing or blocked and is ok; the article is upgraded from its summary", value=status)
        for status in (404, 500, 503)
    ),
)  # fmt: skip
def test_it_comes_back(desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom, status: int) -> None:
    desk.hosts = [newsroom.host_port, other_newsroom.host_port]
    page = other_newsroom.put("/page", b"non", status=status)
    feed = other_newsroom.put("/autre.xml", b"non", status=status)
    follow(desk, newsroom, page, autre=feed)
    desk.run()
    assert desk.feed("autre")["health"] == "failing"
    assert origins(desk) == ["feed"]
    desk.audit()
    other_newsroom.put("/page", html("Revenue"))
    other_newsroom.put("/autre.xml", rss([Item(link=page, title="La même")]), "application/rss+xml")
    desk.wait(hours=7)
    desk.run()
    assert desk.feed("autre")["health"] == "ok"
    assert set(desk.articles()) == {"Revenue"}
    assert desk.audit()["entries"]["duplicate"] == 1


# Hosts that ask to be left alone.


@each_fault(
    "network",
    "retry_after",
    Row(id="429-seconds", what="A feed answers 429 and Retry-After in seconds", value="3600",
        after="the host is not asked before then, in no run; then it is"),
    Row(id="429-date", what="A feed answers 429 and Retry-After as a date", value="date",
        after="the host is not asked before then, in no run; then it is"),
)  # fmt: skip
def test_retry_after(desk: Desk, newsroom: Newsroom, retry_after: str) -> None:
    if retry_after == "date":
        retry_after = format_datetime(desk.clock + timedelta(hours=1))
    busy = b"HTTP/1.1 429 Too Many\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n" % retry_after.encode()
    with WireServer({"/flux": send(busy)}) as host:
        desk.hosts = [host.host_port]
        desk.follow({"id": "presse", "url": f"{host.base_url}/flux"})
        for _ in range(3):
            desk.run()
            desk.wait(minutes=19)
        assert len(host.asked) == 1
        desk.audit()
        desk.wait(minutes=4)
        desk.run()
        assert len(host.asked) == 2
        desk.audit()


@each_fault(
    "network",
    "retry_after",
    Row(id="retry-junk", what="A feed answers 503 and a Retry-After that says nothing", value="bientôt",
        after="failing; asked again with the usual delays"),
    Row(id="retry-year", what="A feed answers 503 and asks to be left alone for a year", value="31536000",
        after="it is left alone for a day at most"),
    Row(id="retry-past", what="A feed answers 503 and a Retry-After in the past", value="Mon, 01 Jan 2001 00:00:00 GMT",
        after="failing; asked again with the usual delays"),
)  # fmt: skip
def test_retry_after_that_cannot_be_meant(desk: Desk, retry_after: str) -> None:
    busy = b"HTTP/1.1 503 Away\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n" % retry_after.encode()
    with WireServer({"/flux": send(busy)}) as host:
        desk.hosts = [host.host_port]
        desk.follow({"id": "presse", "url": f"{host.base_url}/flux"})
        desk.run()
        assert desk.feed("presse")["health"] == "failing"
        desk.wait(hours=25)
        desk.run()
        assert len(host.asked) == 2
        desk.audit()


# 304.


@fault(
    "network",
    "304-unasked",
    "A feed answers 304 to a request without conditions",
    after="it is not ok: nothing of it is known; it is asked again",
)
def test_a_304_that_nobody_asked_for(desk: Desk) -> None:
    with WireServer({"/flux": send(b"HTTP/1.1 304 Not Modified\r\n\r\n")}) as host:
        desk.hosts = [host.host_port]
        desk.follow({"id": "presse", "url": f"{host.base_url}/flux"})
        desk.run()
        feed = desk.feed("presse")
    assert feed["health"] in ("failing", "malformed")
    assert feed["next_poll_at"]
    desk.audit()
