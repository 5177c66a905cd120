"""Feeds that are none, or not whole: one line that names the feed, the readable entries kept, the rest goes on."""

from dataclasses import dataclass

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.site import Item, html, put_feed, rss


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A feed that is served, the health that it must have, and how many entries of it are kept."""

    path: str
    health: str
    kept: int = 0


CASES = {
    "html": Case(path="/odd/feed/html", health="blocked"),
    "empty": Case(path="/odd/feed/empty", health="malformed"),
    "bomb": Case(path="/odd/feed/bomb", health="malformed", kept=1),
    "cut": Case(path="/coupe.xml", health="malformed", kept=2),
    "junk": Case(path="/binaire.xml", health="malformed"),
    "json": Case(path="/objet.json", health="malformed"),
    "no-entries": Case(path="/sans.xml", health="silent"),
    "401": Case(path="/odd/page/status?code=401", health="blocked"),
    "403": Case(path="/odd/page/403", health="blocked"),
    "404": Case(path="/odd/page/404", health="failing"),
    "410": Case(path="/odd/page/410", health="gone"),
    "500": Case(path="/odd/page/status?code=500", health="failing"),
    "endless": Case(path="/odd/page/endless", health="failing"),
    "huge": Case(path="/odd/page/huge", health="failing"),
    "loop": Case(path="/odd/page/loop", health="failing"),
    "gzip-bomb": Case(path="/odd/page/gzip-bomb", health="failing"),
}


@dataclass(frozen=True, slots=True)
class Met:
    """What one run made of all of them, with a good feed in their midst."""

    desk: Desk
    err: str


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    with Newsroom(START, past_days=0) as newsroom:
        pages = [newsroom.put(f"/page/{n}", html(f"Page {n}")) for n in range(3)]
        whole = rss([Item(link=page, title=f"Page {n}") for n, page in enumerate(pages)])
        newsroom.put("/coupe.xml", whole[: whole.rindex(b"<description>") + 20], "application/rss+xml")
        newsroom.put("/sans.xml", rss([]), "application/rss+xml")
        newsroom.put("/binaire.xml", bytes(range(256)) * 40, "application/rss+xml")
        newsroom.put("/objet.json", b'{"version": 3, "items": 7', "application/json")
        good = put_feed(
            newsroom, Item(link=newsroom.put("/page/bonne", html("Une bonne page")), title="Bonne")
        )
        desk = Desk(tmp_path_factory.mktemp("feeds"), hosts=[newsroom.host_port])
        rows = [{"id": name, "url": newsroom.base_url + case.path} for name, case in CASES.items()]
        desk.follow(*rows, {"id": "good", "url": good})
        outcome = desk.call("run", VIGIE_FETCH_TIMEOUT_S="2")
        assert outcome.code == 0
        assert "Traceback" not in outcome.err
        assert outcome.out.splitlines()[-1].startswith("poll: ")
        return Met(desk, outcome.err)


@pytest.mark.parametrize("name", CASES)
def test_a_bad_feed(met: Met, name: str) -> None:
    feed = met.desk.feed(name)
    assert feed["health"] == CASES[name].health, feed["sentence"]
    assert feed["entries"] == CASES[name].kept
    assert feed["sentence"]
    assert (feed["next_poll_at"] is None) is (feed["health"] == "gone")
    lines = [line for line in met.err.splitlines() if f"feed {name}:" in line]
    assert len(lines) == (feed["health"] != "silent")


def test_the_rest_goes_on(met: Met) -> None:
    assert set(met.desk.articles()) == {"Page 0", "Page 1", "Une bonne page"}
    assert met.desk.feed("good")["health"] == "ok"
    assert met.desk.audit()["entries"]["waiting"] == 0


def test_feeds_check_says_which_answer_and_records_nothing(met: Met) -> None:
    """The newsroom is away by now: no feed answers."""
    before = met.desk.ask("feeds")
    outcome = met.desk.call("feeds", "check", "--json", VIGIE_FETCH_TIMEOUT_S="2")
    assert outcome.code == 1
    assert {row["health"] for row in outcome.json["feeds"]} == {"failing"}
    assert met.desk.ask("feeds") == before


def test_feeds_check_of_good_feeds_ends_with_zero(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/page/1", html("Page"))
    desk.follow(
        {"id": "bon", "url": put_feed(newsroom, Item(link=link, title="Page"))},
        {"id": "eteint", "url": "http://exemple.fr/rss", "enabled": False, "reason": "essai"},
    )
    checked = desk.ask("feeds", "check")
    assert [(row["id"], row["health"]) for row in checked["feeds"]] == [("bon", "ok")]
    feeds = {row["id"]: row["health"] for row in desk.ask("feeds")["feeds"]}
    assert feeds == {"bon": "new", "eteint": "disabled"}


def test_a_malformed_feed_stays_malformed_until_it_is_mended(desk: Desk, newsroom: Newsroom) -> None:
    """An answer of "not modified" would hide it."""
    whole = rss(
        [Item(link=newsroom.put(f"/page/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(2)]
    )
    url = newsroom.put("/flux.xml", whole[:-60], "application/rss+xml")
    desk.follow({"id": "casse", "url": url})
    for _ in range(3):
        desk.run()
        assert desk.feed("casse")["health"] == "malformed"
        desk.wait(minutes=10)
    assert desk.feed("casse")["failures"] == 0  # it brings entries all the same
    newsroom.put("/flux.xml", whole, "application/rss+xml")
    desk.run()
    assert desk.feed("casse")["health"] == "ok"
    desk.audit()


def test_a_feed_that_goes_quiet_is_silent_until_it_speaks(desk: Desk, newsroom: Newsroom) -> None:
    item = Item(link=newsroom.put("/page/1", html("Page")), title="Page")
    desk.follow({"id": "calme", "url": put_feed(newsroom, item), "expect": {"min_per_week": 2}})
    desk.run()
    assert desk.feed("calme")["health"] == "ok"
    desk.wait(days=9)
    for _ in range(2):
        desk.run()
        assert desk.feed("calme")["health"] == "silent"
        desk.wait(minutes=5)
    more = [Item(link=newsroom.put(f"/page/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(3)]
    put_feed(newsroom, item, *more)
    desk.run()
    assert desk.feed("calme")["health"] == "ok"


def test_a_gone_feed_is_not_asked_again(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "parti", "url": f"{newsroom.base_url}/odd/page/410"})
    desk.run()
    desk.wait(days=3)
    desk.run()
    assert len(newsroom.requests) == 1
    assert desk.feed("parti")["health"] == "gone"


def test_an_entity_of_a_feed_is_never_fetched_or_read(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "xxe", "url": f"{newsroom.base_url}/odd/feed/xxe"})
    desk.run()
    assert "/odd/page/xxe-was-followed" not in {request.path for request in newsroom.requests}
    assert "root:" not in str(desk.articles())
    desk.audit()
