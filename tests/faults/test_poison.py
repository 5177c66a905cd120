"""One article's trouble is its own: it is named, counted and tried again, and the others go on."""

from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from tests.faults.table import fault
from vigie.tagging.pipeline import Tagger


@pytest.fixture
def three(desk: Desk, newsroom: Newsroom) -> Desk:
    """A feed of three articles, one of which will be poison."""
    items = [
        Item(link=newsroom.put(f"/p/{name}", html(f"Page {name}", [f"Le texte de {name}."])), title=name)
        for name in ("bonne", "poison", "belle")
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    return desk


def run_poisoned(desk: Desk) -> None:
    """A run that goes to its end, with one line for the article that does not."""
    outcome = desk.call("run")
    assert outcome.code == 0
    (line,) = outcome.err.splitlines()
    assert "trop pour moi" in line
    assert "1 failed" in outcome.out.splitlines()[-1]
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["failed"], entries["waiting"]) == (2, 1, 0)
    assert set(desk.articles()) == {"Page bonne", "Page belle"}


def run_mended(desk: Desk) -> None:
    """Not before it is due; then all are in."""
    desk.run()
    assert desk.audit()["entries"]["failed"] == 1
    desk.wait(minutes=6)
    desk.run()
    assert desk.audit()["entries"] == {
        "total": 3, "waiting": 0, "indexed": 3, "duplicate": 0, "rejected": {}, "failed": 0
    }  # fmt: skip


@fault(
    "processes",
    "poison-tag",
    "One article makes the tagger raise",
    after="one line names it; it is failed with its error, tried again later and then indexed; the batch goes on",
)
def test_a_text_that_cannot_be_tagged(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = Tagger._cut

    def trip(self: Tagger, article: Any) -> Any:
        if article.title == "Page poison":
            raise RuntimeError("trop pour moi")
        return cut(self, article)

    with monkeypatch.context() as patch:
        patch.setattr(Tagger, "_cut", trip)
        run_poisoned(three)
    run_mended(three)


@fault(
    "pages",
    "poison-extract",
    "One page makes the extraction raise",
    after="one line names it; it is failed with its error, tried again later and then indexed; the batch goes on",
)
def test_a_page_that_cannot_be_extracted(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from vigie.steps import extracting

    compose_article = extracting.compose_article

    def trip(ground: Any, entry: Any, page: Any) -> Any:
        if page and page.title == "Page poison":
            raise RecursionError("trop\npour moi")
        return compose_article(ground, entry, page)

    with monkeypatch.context() as patch:
        patch.setattr(extracting, "compose_article", trip)
        run_poisoned(three)
    run_mended(three)


@fault(
    "index",
    "poison-index",
    "The index refuses one document of a batch",
    after="one line names it; it is failed with its error, tried again later and then indexed; the batch goes on",
)
def test_a_document_that_the_index_refuses(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from vigie.adapters.index.tantivy import engine

    find_fault = engine.find_fault

    with monkeypatch.context() as patch:
        patch.setattr(
            engine,
            "find_fault",
            lambda document: "trop pour moi" if document["title"] == "Page poison" else find_fault(document),
        )
        run_poisoned(three)
    run_mended(three)
