"""A page that makes the parser explode, met by a whole run: said, kept from its feed's summary, and nobody dies."""

import json
import time

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed

EXPLODING = b"<html><title>Page</title><p " + b" ".join(b"a%d" % n for n in range(250_000)) + b">Texte</p>"
STOPPED = "the extractor was stopped after 4.5 s of work"


def test_a_run_meets_pages_that_explode(desk: Desk, newsroom: Newsroom) -> None:
    pages = {"sauvage": EXPLODING, "bonne": html("Page bonne", ["Le texte de la bonne page."])}
    items = [
        Item(link=newsroom.put(f"/p/{name}", page), title=f"Titre {name}", summary=f"Résumé de {name}.")
        for name, page in pages.items()
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    outcome = desk.call("run")
    assert outcome.code == 0
    assert f"/p/sauvage: {STOPPED}" in outcome.err
    articles = desk.articles()
    assert set(articles) == {"Titre sauvage", "Page bonne"}
    assert articles["Titre sauvage"]["versions"][-1]["origin"] == "feed"
    assert articles["Titre sauvage"]["fetch_error"] == STOPPED
    assert STOPPED in desk.call("show", articles["Titre sauvage"]["id"]).out
    assert desk.ask("search", '"Résumé de sauvage"')["total"] == 1
    entries = desk.audit()["entries"]
    assert (entries["indexed"], entries["failed"], entries["waiting"]) == (2, 0, 0)


def test_the_filter_goes_on_after_a_page_that_explodes(desk: Desk) -> None:
    pages = [EXPLODING, html("Page bonne", ["Le texte de la bonne page."]), b"<div>" * 100_000]
    lines = [json.dumps({"id": str(n), "html": page.decode()}) for n, page in enumerate(pages)]
    began = time.monotonic()
    answers = desk.call("extract", stdin="\n".join(lines)).objects
    assert time.monotonic() - began < 120
    assert answers[0] == {"id": "0", "error": STOPPED}
    assert (answers[1]["title"], answers[1]["text"]) == ("Page bonne", "Le texte de la bonne page.")
    assert answers[2]["id"] == "2"
