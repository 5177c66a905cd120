"""What befalls a feed over days: it lies, moves, breaks, heals, renames its entries; and what a listing sees beside it."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed, rss
from tests.faults.replying import Answer, Asked, ReplyingServer
from tests.faults.table import Row, each_fault, fault

XML = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def server(desk: Desk) -> Iterator[ReplyingServer]:
    with ReplyingServer() as running:
        desk.hosts = [*desk.hosts, running.host_port]
        yield running


def items(server: ReplyingServer, count: int, *, age: timedelta = timedelta(days=2)) -> list[Item]:
    """So many entries with a page each."""
    return [
        Item(
            link=server.always(f"/page/{n}", 200, html(f"Page {n}"), Content_Type="text/html"),
            title=f"Page {n}",
            date=datetime.fromisoformat("2026-11-23T08:00:00+01:00") - age,
        )
        for n in range(count)
    ]


@fault(
    "feeds",
    "lying-304",
    "A feed answers 304 for ever although it has news",
    after="found out within a day, said, and asked for all of it for a week",
)
def test_an_etag_that_lies_is_found_out(desk: Desk, server: ReplyingServer) -> None:
    body = [rss(items(server, 1))]

    def lie(asked: Asked) -> Answer:
        known = asked.get("if-none-match")
        return (304, {}, b"") if known else (200, {**XML, "ETag": '"toujours"'}, body[0])

    server.answers["/flux"] = lie
    desk.follow({"id": "menteur", "url": f"{server.base_url}/flux"})
    desk.run()
    body[0] = rss(items(server, 2))
    desk.wait(hours=20)
    desk.run()
    assert desk.feed("menteur")["condition"] == "unchanged"
    desk.wait(hours=5)
    assert desk.run()["poll"]["done"] == 1
    feed = desk.feed("menteur")
    assert (feed["condition"], feed["health"]) == ("false-304", "ok")
    assert "mentait" in feed["sentence"]
    body[0] = rss(items(server, 3))
    desk.wait(minutes=5)
    assert desk.run()["poll"]["done"] == 1  # it is not given the chance to lie again
    assert "if-none-match" not in server.asked[-2][1]
    desk.wait(days=8)
    desk.run()
    desk.wait(minutes=5)
    desk.run()
    assert desk.feed("menteur")["condition"] == "unchanged"  # a week later it is
    desk.audit()


@each_fault(
    "feeds",
    "status",
    *(
        Row(id=f"304-after-{name}", what=f"A feed answers {name}, then 304", after=after, value=status)
        for name, status, after in (
            ("500", 500, "failing until it gives a whole answer"),
            ("403", 403, "blocked until it gives a whole answer"),
            ("a page", 200, "blocked until it gives a feed"),
        )
    ),
)
def test_a_304_never_heals(desk: Desk, server: ReplyingServer, status: int) -> None:
    good, state = rss(items(server, 1)), {"broken": False}

    def answer(asked: Asked) -> Answer:
        if state["broken"]:
            return (status, {"Content-Type": "text/html", "ETag": '"page"'}, html("Erreur"))
        if asked.get("if-none-match"):
            return 304, {}, b""
        return 200, {**XML, "ETag": '"a"'}, good

    server.answers["/flux"] = answer
    desk.follow({"id": "flux", "url": f"{server.base_url}/flux"})
    desk.run()
    state["broken"] = True
    desk.wait(minutes=5)
    desk.run()
    bad = desk.feed("flux")["health"]
    assert bad in ("failing", "blocked")
    assert desk.feed("flux")["last_error"]
    server.always("/flux", 304)
    desk.wait(hours=1)
    desk.run()
    assert desk.feed("flux")["health"] in ("failing", "blocked")
    assert "if-none-match" not in server.asked[-1][1]
    state["broken"], server.answers["/flux"] = False, answer
    desk.wait(hours=1)
    desk.run()
    assert desk.feed("flux")["health"] == "ok"
    desk.audit()


@fault(
    "feeds",
    "moved",
    "A feed answers 308 and is elsewhere from now on",
    after="asked at its new address, and the desk is told to write it",
)
def test_a_feed_that_moves_is_followed_and_said(desk: Desk, server: ReplyingServer) -> None:
    new = server.always("/neuf", 200, rss(items(server, 1)), **{"Content_Type": "application/rss+xml"})
    old = server.always("/vieux", 308, Location="/neuf")
    desk.follow({"id": "flux", "url": old})
    for _ in range(2):
        desk.run()
        feed = desk.feed("flux")
        assert (feed["health"], feed["condition"], feed["moved_url"]) == ("ok", "moved", new)
        assert f"écrire {new}" in feed["sentence"]
        desk.wait(minutes=5)
    assert server.count("/vieux") == 1
    desk.follow({"id": "flux", "url": new})
    desk.run()
    assert (desk.feed("flux")["condition"], desk.feed("flux")["moved_url"]) == ("ok", None)
    desk.audit()


@fault(
    "feeds",
    "moved-to-a-page",
    "A feed answers 301 to a page that is no feed",
    after="blocked; it stays at its address",
)
def test_a_feed_moves_only_to_a_feed(desk: Desk, server: ReplyingServer) -> None:
    server.always("/accueil", 200, html("Accueil"), Content_Type="text/html")
    desk.follow({"id": "flux", "url": server.always("/flux", 301, Location="/accueil")})
    desk.run()
    feed = desk.feed("flux")
    assert (feed["health"], feed["condition"], feed["moved_url"]) == ("blocked", "html", None)
    desk.audit()


@fault(
    "feeds",
    "moved-in-vain",
    "The new address of a feed that moved fails three times",
    after="the old address is asked again",
)
def test_a_move_that_fails_is_undone(desk: Desk, server: ReplyingServer) -> None:
    feed_body = rss(items(server, 1))
    server.always("/neuf", 200, feed_body, Content_Type="application/rss+xml")
    server.always("/vieux", 301, Location="/neuf")
    desk.follow({"id": "flux", "url": f"{server.base_url}/vieux"})
    desk.run()
    server.always("/neuf", 404)
    server.always("/vieux", 200, feed_body, Content_Type="application/rss+xml")
    for _ in range(4):
        desk.wait(hours=1)
        desk.run()
    assert (desk.feed("flux")["health"], desk.feed("flux")["moved_url"]) == ("ok", None)
    assert server.count("/vieux") == 2
    desk.audit()


@fault(
    "feeds",
    "guid-changes",
    "A feed gives its entries a new guid each time",
    after="no entry is kept twice, and it is said how many were seen under another guid",
)
def test_a_guid_that_changes_every_time(desk: Desk, server: ReplyingServer) -> None:
    entries = items(server, 3)
    calls: list[int] = []

    def renamed(_asked: Asked) -> Answer:
        calls.append(1)
        again = [Item(link=i.link, title=i.title, guid=f"{n}-{len(calls)}") for n, i in enumerate(entries)]
        return 200, XML, rss(again)

    server.answers["/flux"] = renamed
    desk.follow({"id": "flux", "url": f"{server.base_url}/flux"})
    assert [desk.run()["poll"]["done"]] == [3]
    for _ in range(3):
        desk.wait(minutes=5)
        assert desk.run()["poll"]["done"] == 0
    assert "sous un autre guid : 3" in desk.feed("flux")["sentence"]
    assert desk.audit()["entries"]["total"] == 3


@each_fault(
    "feeds",
    "case",
    Row(id="challenge-200", what='The feed answers 200 with "Just a moment…"', after="blocked, and called a challenge",
        value=(200, b"<html><head><title>Just a moment...</title></head><body></body></html>", "challenge")),
    Row(id="challenge-f5", what='An F5 answers 200 with "Request Rejected"', after="blocked, and called a challenge",
        value=(200, b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected."
               b" Please consult with your administrator.</body></html>", "challenge")),
    Row(id="challenge-403", what='The feed answers 403 with "Just a moment…"', after="blocked, and called a challenge",
        value=(403, b"<html><head><title>Just a moment...</title></head><body></body></html>", "challenge")),
    Row(id="legal-451", what="The feed answers 451", after="blocked", value=(451, b"", "refused")),
    Row(id="odd-status", what="The feed answers 204", after="failing", value=(204, b"", "unexpected")),
    Row(id="false-304", what="The feed answers 304 although nobody asked whether it changed",
        after="failing", value=(304, b"", "unexpected")),
)  # fmt: skip
def test_an_answer_that_is_no_feed(desk: Desk, server: ReplyingServer, case: tuple[int, bytes, str]) -> None:
    status, body, condition = case
    desk.follow({"id": "flux", "url": server.always("/flux", status, body, Content_Type="text/html")})
    desk.run()
    assert desk.feed("flux")["condition"] == condition
    assert desk.feed("flux")["entries"] == 0
    desk.audit()


@fault(
    "feeds",
    "future-dates",
    "A feed dates an entry a year ahead",
    after="the feed says so; the entry has no date",
)
def test_dates_in_the_future_are_said(desk: Desk, server: ReplyingServer) -> None:
    desk.follow({"id": "flux", "url": server.base_url + "/flux"})
    server.always("/flux", 200, rss(items(server, 2, age=timedelta(days=-365))), **XML_AS_WORDS)
    desk.run()
    feed = desk.feed("flux")
    assert (feed["health"], feed["condition"]) == ("ok", "future-dates")
    assert "futur : 2 sur 2" in feed["sentence"]
    assert all(article["published_at"] is None for article in desk.articles().values())
    desk.audit()


XML_AS_WORDS = {"Content_Type": "application/rss+xml"}


def test_more_than_expected_is_said(desk: Desk, newsroom: Newsroom) -> None:
    feeds = [Item(link=newsroom.put(f"/p/{n}", html(f"P {n}")), title=f"P {n}") for n in range(6)]
    row = {"id": "flux", "url": put_feed(newsroom, *feeds[:3]), "expect": {"max_per_day": 2}}
    desk.follow(row)
    desk.run()
    assert (
        desk.feed("flux")["condition"] == "missing-dates"
    )  # the backlog of a first poll is not a day's work
    put_feed(newsroom, *feeds)
    desk.wait(minutes=10)
    desk.run()
    assert desk.feed("flux")["condition"] == "more"
    assert "24 h : 3, au plus 2" in desk.feed("flux")["sentence"]


# A listing and a sitemap beside the feed.


def listing(links: list[tuple[str, str]]) -> bytes:
    rows = "".join(
        f"<li><a href='{url}'><h3>{title}</h3></a> <time datetime='2026-11-22T10:00:00+01:00'>22/11</time></li>"
        for url, title in links
    )
    menu = "<nav><a href='/actualites/menu'>Menu</a></nav>"
    return f"<html><body>{menu}<main><ul>{rows}</ul></main></body></html>".encode()


@fault(
    "feeds",
    "gaps",
    "A feed shows the last two communiqués of five",
    after="a listing beside it brings the other three, and they are counted",
)
def test_a_listing_brings_what_the_feed_does_not_show(desk: Desk, server: ReplyingServer) -> None:
    entries = items(server, 5)
    server.always("/flux", 200, rss(entries[:2]), **XML_AS_WORDS)
    page = listing([(f"/page/{n}", f"Page {n}") for n in range(5)])
    server.always("/toutes", 200, page, Content_Type="text/html")
    desk.follow(
        {"id": "a-liste", "url": f"{server.base_url}/toutes", "source": "listing", "pattern": "/page/",
         "beside": "palais"},
        {"id": "palais", "url": f"{server.base_url}/flux", "kind": "official"},
    )  # fmt: skip
    desk.run()
    feeds = {feed["id"]: feed for feed in desk.ask("feeds")["feeds"]}
    assert (feeds["palais"]["entries"], feeds["a-liste"]["entries"]) == (2, 3)
    assert (feeds["palais"]["gaps"], feeds["a-liste"]["gaps"]) == (None, 3)
    assert "`palais` n'a pas montrées : 3" in feeds["a-liste"]["sentence"]
    assert set(desk.articles()) == {f"Page {n}" for n in range(5)}
    server.always("/flux", 200, rss(entries[:3]), **XML_AS_WORDS)  # it shows one of them late
    desk.wait(minutes=5)
    desk.run()
    assert desk.feed("a-liste")["gaps"] == 2
    counts = desk.audit()["entries"]
    assert (counts["total"], counts["indexed"], counts["duplicate"]) == (6, 5, 1)


def test_a_listing_that_was_redone_says_so(desk: Desk, server: ReplyingServer) -> None:
    server.always("/toutes", 200, html("Tout est nouveau"), Content_Type="text/html")
    desk.follow({"id": "liste", "url": f"{server.base_url}/toutes", "source": "listing", "pattern": "/page/"})
    desk.run()
    feed = desk.feed("liste")
    assert (feed["health"], feed["condition"]) == ("malformed", "no-match")
    assert "`/page/`" in feed["sentence"]


def sitemap(paths: list[str], base: str) -> bytes:
    rows = "".join(f"<url><loc>{base}{path}</loc><lastmod>2026-11-23</lastmod></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


@fault(
    "feeds",
    "big-sitemap",
    "A sitemap lists 20,000 old pages in 11 MB unzipped",
    after="the first poll takes the newest 100, says how many it left, and takes each new one later",
)
def test_a_sitemap_begins_with_what_is_newest(desk: Desk, server: ReplyingServer) -> None:
    day = datetime(2026, 11, 22, tzinfo=UTC)
    old = [f"/{day - timedelta(days=n // 10):%Y/%m/%d}/{'titre-' * 85}{n}" for n in range(20_000)]
    body = sitemap(old, server.base_url)
    assert len(body) > 10_000_000
    server.always("/plan.xml.gz", 200, gzip.compress(body), Content_Type="application/gzip")
    row = {"id": "plan", "url": f"{server.base_url}/plan.xml.gz", "source": "sitemap"}
    desk.follow(row)
    assert desk.run()["poll"]["done"] == 100
    feed = desk.feed("plan")
    assert feed["health"] == "ok"
    assert "100 prises, 19\u202f900 laissées, plus anciennes" in feed["sentence"]
    asked = {path for path, _headers in server.asked if path.startswith("/20")}
    assert asked == set(old[:100])
    new = ["/2026/11/23/tout-neuf", "/2019/01/01/ancien-mais-neuf"]
    server.always("/plan.xml.gz", 200, gzip.compress(sitemap([*old, *new], server.base_url)))
    desk.wait(hours=2)
    assert desk.run()["poll"]["done"] == 2
    desk.audit()


def test_the_newest_maps_of_an_index_are_read(desk: Desk, server: ReplyingServer) -> None:
    for n in range(8):
        server.always(f"/m/{n}", 200, html(f"Mois {n}"), Content_Type="text/html")
        server.always(f"/plan-2026-{n}.xml", 200, sitemap([f"/m/{n}"], server.base_url))
    server.always("/plan-2026-7.xml", 500)
    children = "".join(f"<sitemap><loc>{server.base_url}/plan-2026-{n}.xml</loc></sitemap>" for n in range(8))
    server.always("/plan.xml", 200, f"<sitemapindex>{children}</sitemapindex>".encode())
    desk.follow({"id": "plan", "url": f"{server.base_url}/plan.xml", "source": "sitemap"})
    assert desk.run()["poll"]["done"] == 3
    assert set(desk.articles()) == {"Mois 4", "Mois 5", "Mois 6"}
    assert desk.feed("plan")["condition"] == "parts-missing"
    desk.audit()


# Operators.


@fault(
    "feeds",
    "operators",
    "A feed is blocked, heals, and is blocked again days later",
    after="operators get one alert for each of the two, on the channels that alerts go to",
)
def test_operators_are_told_once_for_each_occurrence(desk: Desk, newsroom: Newsroom) -> None:
    desk.settings["VIGIE_CHANNELS"] = f"json://{newsroom.host_port}/hooks/alerts"
    good = put_feed(newsroom, Item(link=newsroom.put("/p/1", html("Une")), title="Une"))
    path = "/essai/flux.xml"
    desk.follow({"id": "flux", "url": good})
    for _occurrence in range(2):
        newsroom.put(path, b"", status=403)
        for _day in range(3):
            desk.run()
            desk.ask("feeds", "alert")
            desk.wait(days=1)
        put_feed(newsroom, Item(link=newsroom.base_url + "/p/1", title="Une"))
        desk.run()
        desk.ask("feeds", "alert")
        desk.wait(days=1)
    alerts = desk.ask("alerts")["alerts"]
    assert [alert["kind"] for alert in alerts] == ["operator", "operator"]
    assert all("Accès refusé (HTTP 403)" in alert["reason"] for alert in alerts)
    assert all(delivery["state"] == "sent" for alert in alerts for delivery in alert["deliveries"])
    assert [hook["alert_id"] for hook in newsroom.received_alerts] == [alert["id"] for alert in alerts]
    assert "Flux bloqué : flux" in desk.call("alerts").out
    desk.audit()


@fault(
    "feeds",
    "outage",
    "Our own network is away and a dozen feeds fail",
    after="one alert for all of them",
)
def test_an_outage_is_one_alert(desk: Desk) -> None:
    desk.hosts = [f"127.0.0.1:{port}" for port in range(1, 13)]  # nobody listens there
    desk.follow(*({"id": f"f{n}", "url": f"http://{host}/flux"} for n, host in enumerate(desk.hosts)))
    assert desk.ask("feeds", "alert")["alerts"] == 0
    for _ in range(6):
        desk.run()
        desk.wait(hours=6)
    assert desk.ask("feeds", "alert")["alerts"] == 1
    assert desk.ask("feeds", "alert")["alerts"] == 0
    (alert,) = desk.ask("alerts")["alerts"]
    assert alert["topic"] == "12 flux en difficulté en même temps"
    assert "f0" in alert["reason"]
    assert "réseau" in alert["reason"]
    desk.audit()
