"""Feeds that are none, or not whole: one line that names the feed, the readable entries kept, the rest goes on."""

from dataclasses import dataclass, replace

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.site import Item, html, put_feed, rss
from tests.faults.table import Row, each_fault, fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A feed that is served, the health that it must have, and how many entries of it are kept."""

    path: str
    health: str
    kept: int = 0


CASES = (
    Row(id="html", what="A page stands where the feed was", after="blocked; nothing is kept of it and it is asked again",
        value=Case(path="/odd/feed/html", health="blocked")),
    Row(id="empty-body", what="The feed answers 200 with nothing", after="malformed, with no entry; asked again",
        value=Case(path="/odd/feed/empty", health="malformed")),
    Row(id="entity-bomb", what="Nine nested entities that would be a billion words",
        after="malformed; no entity is resolved and its one entry is kept",
        value=Case(path="/odd/feed/bomb", health="malformed", kept=1)),
    Row(id="cut", what="The XML ends in the middle of the third of three entries",
        after="malformed; the two whole entries are kept and indexed",
        value=Case(path="/coupe.xml", health="malformed", kept=2)),
    Row(id="binary", what="The feed is bytes of no meaning", after="malformed; nothing is kept",
        value=Case(path="/binaire.xml", health="malformed")),
    Row(id="cut-json", what="A JSON Feed is cut and is no JSON", after="malformed; nothing is kept",
        value=Case(path="/objet.json", health="malformed")),
    Row(id="no-entries", what="A whole feed without an entry", after="silent, and that is no failure",
        value=Case(path="/sans.xml", health="silent")),
    Row(id="feed-401", what="The feed answers 401", after="blocked; asked again",
        value=Case(path="/odd/page/status?code=401", health="blocked")),
    Row(id="feed-403", what="The feed answers 403", after="blocked; asked again",
        value=Case(path="/odd/page/403", health="blocked")),
    Row(id="feed-404", what="The feed answers 404", after="failing; asked again and never dropped",
        value=Case(path="/odd/page/404", health="failing")),
    Row(id="feed-410", what="The feed answers 410", after="gone, and not asked again",
        value=Case(path="/odd/page/410", health="gone")),
    Row(id="feed-500", what="The feed answers 500", after="failing; asked again",
        value=Case(path="/odd/page/status?code=500", health="failing")),
    Row(id="feed-endless", what="The feed's body never ends", after="failing at the deadline; asked again",
        value=Case(path="/odd/page/endless", health="failing")),
    Row(id="feed-huge", what="The feed has 50 MB", after="failing; no more than 10 MB are read",
        value=Case(path="/odd/page/huge", health="failing")),
    Row(id="feed-loop", what="The feed redirects to itself", after="failing after five redirects",
        value=Case(path="/odd/page/loop", health="failing")),
    Row(id="feed-gzip-bomb", what="200 kB of gzip that hold 200 MB", after="failing; unpacking stops at 10 MB",
        value=Case(path="/odd/page/gzip-bomb", health="failing")),
)  # fmt: skip


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
        rows = [{"id": row.id, "url": newsroom.base_url + row.value.path} for row in CASES]
        desk.follow(*rows, {"id": "good", "url": good})
        outcome = desk.call("run", VIGIE_FETCH_TIMEOUT_S="2")
        assert outcome.code == 0
        assert "Traceback" not in outcome.err
        assert outcome.out.splitlines()[-1].startswith("poll: ")
        return Met(desk, outcome.err)


@each_fault("feeds", "row", *(replace(row, value=row) for row in CASES))
def test_a_bad_feed(met: Met, row: Row) -> None:
    feed, name = met.desk.feed(row.id), row.id
    assert feed["health"] == row.value.health, feed["sentence"]
    assert feed["entries"] == row.value.kept
    assert feed["sentence"]
    assert (feed["next_poll_at"] is None) is (feed["health"] == "gone")
    lines = [line for line in met.err.splitlines() if f"feed {name}:" in line]
    assert len(lines) == (feed["health"] != "silent")
    met.desk.audit()


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


@fault(
    "feeds",
    "stays-malformed",
    'A malformed feed answers "not modified" from then on',
    after="it stays malformed until its body is mended; no 304 hides it",
)
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


@fault(
    "feeds",
    "quiet",
    "A feed that should bring two a week brings nothing for nine days",
    after="silent until it speaks again",
)
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
    desk.audit()
    more = [Item(link=newsroom.put(f"/page/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(3)]
    put_feed(newsroom, item, *more)
    desk.run()
    assert desk.feed("calme")["health"] == "ok"


@fault("feeds", "gone", "A feed answered 410 three days ago", after="no request is made")
def test_a_gone_feed_is_not_asked_again(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "parti", "url": f"{newsroom.base_url}/odd/page/410"})
    desk.run()
    desk.wait(days=3)
    desk.run()
    assert len(newsroom.requests) == 1
    assert desk.feed("parti")["health"] == "gone"
    desk.audit()


@fault(
    "feeds",
    "xxe",
    "A feed names a file and an address as external entities",
    after="neither is read; the entry is kept without them",
)
def test_an_entity_of_a_feed_is_never_fetched_or_read(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "xxe", "url": f"{newsroom.base_url}/odd/feed/xxe"})
    desk.run()
    assert "/odd/page/xxe-was-followed" not in {request.path for request in newsroom.requests}
    assert "root:" not in str(desk.articles())
    desk.audit()
