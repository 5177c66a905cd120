"""Pages that are none, never end, or are too much: indexed from the feed's summary, each said in one line."""

import time
from dataclasses import dataclass
from typing import Any

import psutil
import pytest

from demo.newsroom import Newsroom
from demo.newsroom.odd import PAGES
from tests.cli.desk import START, Desk
from tests.cli.site import Item, put_feed
from tests.faults.table import Row, each_fault

READABLE = {"wrong-charset", "changing", "changes-once", "canonical-elsewhere", "canonical-home"}
ASKED = [page for page in PAGES if page not in ("429", "503")]
"""A host that asks to wait is left alone, and the other pages with it: `tests/steps/test_manners.py` has that."""
SUMMARY = "the article is indexed from its feed summary and marked so"
WORLD = {
    "empty": ("The page is empty", SUMMARY),
    "binary": ("The page is a binary file", SUMMARY),
    "huge": ("The page has 50 MB", f"no more than 10 MB are read; {SUMMARY}"),
    "endless": ("The page never ends, a word at a time", f"cut at the deadline; {SUMMARY}"),
    "stall": ("The page begins and then says nothing", f"cut at the deadline; {SUMMARY}"),
    "loop": ("Two pages redirect to one another", f"left after five redirects; {SUMMARY}"),
    "private": ("The page redirects to a private address", f"that address is never dialled; {SUMMARY}"),
    "file": ("The page redirects to file:///etc/passwd", f"nothing is read; {SUMMARY}"),
    "404": ("The page answers 404 from the first", f"{SUMMARY}, and asked again"),
    "410": ("The page answers 410 from the first", f"{SUMMARY}, and not asked again"),
    "403": ("The page answers 403", SUMMARY),
    "500": ("The page answers 500", f"{SUMMARY}, and asked again"),
    "challenge": (
        "A challenge page answers 200 in the page's place",
        f"it is not taken for the article; {SUMMARY}",
    ),
    "gzip-bomb": ("200 kB of gzip that hold 200 MB", f"unpacking stops at 10 MB; {SUMMARY}"),
    "wrong-charset": ("The page says UTF-8 and is Windows-1252", "it is read right, accents and all"),
    "changing": ("The page says something else at every request", "indexed; what changes later is a version"),
    "changes-once": ("The page changes once", "indexed; what changes later is a version"),
    "canonical-elsewhere": ("The page's canonical link is on another site", "that link is ignored"),
    "canonical-home": ("The page's canonical link is the home page", "that link is ignored"),
}
SAID = set(ASKED) - READABLE - {"empty", "binary", "challenge"}
"""Those whose request fails; the other three answer well, with nothing to read."""


@dataclass(frozen=True, slots=True)
class Met:
    """What one run made of the newsroom's odd pages."""

    desk: Desk
    err: str
    articles: dict[str, Any]
    took_s: float
    memory_mb: float


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    with Newsroom(START, past_days=0) as newsroom:
        desk = Desk(tmp_path_factory.mktemp("pages"), hosts=[newsroom.host_port])
        items = [
            Item(
                link=f"{newsroom.base_url}/odd/page/{page}",
                title=f"Page {page}",
                summary=f"Résumé de {page}.",
            )
            for page in ASKED
        ]
        desk.follow({"id": "pages", "url": put_feed(newsroom, *items)})
        before, began = psutil.Process().memory_info().rss, time.monotonic()
        outcome = desk.call("run", VIGIE_FETCH_TIMEOUT_S="2")
        took_s, after = time.monotonic() - began, psutil.Process().memory_info().rss
        assert outcome.code == 0
        assert "Traceback" not in outcome.err
        hits = desk.ask("search", "", "--size", "100")["hits"]
        shown = [desk.ask("show", hit["id"]) for hit in hits]
        articles = {article["addresses"][0]["url"].rsplit("/", 1)[1]: article for article in shown}
        return Met(desk, outcome.err, articles, took_s, (after - before) / 1e6)


@each_fault(
    "pages",
    "page",
    *(Row(id=f"page-{page}", what=WORLD[page][0], after=WORLD[page][1], value=page) for page in ASKED),
)
def test_an_odd_page(met: Met, page: str) -> None:
    article = met.articles[page]
    origin = article["versions"][-1]["origin"]
    assert origin == ("page" if page in READABLE else "feed")
    if origin == "feed":
        assert article["title"] == f"Page {page}"
        assert met.desk.ask("search", f'"Résumé de {page}"')["total"] >= 1
    assert article["url"].startswith("http://127.0.0.1")
    met.desk.audit()


def test_each_is_said_in_one_line(met: Met) -> None:
    for page in SAID:
        assert any(
            line.startswith("vigie: page ") and f"/odd/page/{page}" in line for line in met.err.splitlines()
        )


def test_nothing_is_lost_and_nothing_took_for_ever(met: Met) -> None:
    entries = met.desk.audit()["entries"]
    assert entries["total"] == len(ASKED)
    assert (entries["waiting"], entries["failed"], entries["rejected"]) == (0, 0, {})
    assert met.took_s < 60
    assert met.memory_mb < 1_000


def test_the_wrong_charset_is_read_right(met: Met) -> None:
    assert met.desk.ask("search", "réfection")["total"] >= 1
    assert "Ã" not in str(met.articles)
