"""The wire breaks: under a feed, and under a page. Each on a host of its own; the rest of the run is not held up."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.site import Item, html, put_feed, rss
from tests.faults.table import Row, each_fault
from tests.faults.wire import (
    Script,
    WireServer,
    drip,
    forever,
    gzip_member,
    reply,
    reset_after,
    send,
    silent,
)

AGAIN = "the feed is failing with one sentence and asked again later; the article of its page is indexed from its summary and upgraded once the page answers"
NEVER = "the feed is failing with one sentence; the article is indexed from its summary and its page is not asked again"


TOLD = {"": "", "within 2 s": "temps imparti", "encoding": "illisible", "compression": "coupe"}
"""What a desk reads of a feed, by a word of the error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """What is sent in place of the feed or page `body`, a word of the error, and whether the page is asked again."""

    script: Any
    said: str
    again: bool = True


def cut_gzip(body: bytes) -> Script:
    packed = gzip_member(body)[:-40]
    return send(reply(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}"))


BREAKS = (
    Row(id="reset", what="The connection is reset before a byte is answered", after=AGAIN,
        value=Break(script=lambda body: reset_after(b""), said="")),
    Row(id="closed", what="The connection is closed before a byte is answered", after=AGAIN,
        value=Break(script=lambda body: send(b""), said="")),
    Row(id="reset-in-body", what="The connection is reset in the middle of a body", after=AGAIN,
        value=Break(script=lambda body: reset_after(reply(body)[:-200]), said="")),
    Row(id="short-body", what="The body is shorter than its Content-Length", after=AGAIN,
        value=Break(script=lambda body: send(reply(body, f"Content-Length: {len(body) + 500}")), said="")),
    Row(id="cut-chunk", what="A chunked body ends inside a chunk", after=AGAIN,
        value=Break(script=lambda body: send(reply(b"fff\r\n" + body[:80], "Transfer-Encoding: chunked")), said="")),
    Row(id="bad-chunk", what="A chunk's size is no number", after=AGAIN,
        value=Break(script=lambda body: send(reply(b"zz\r\n" + body, "Transfer-Encoding: chunked")), said="")),
    Row(id="cut-gzip", what="A gzip body ends inside its compression", after=AGAIN,
        value=Break(script=cut_gzip, said="compression")),
    Row(id="no-gzip", what="A body says gzip and is not", after=NEVER,
        value=Break(script=lambda body: send(reply(body, "Content-Encoding: gzip", f"Content-Length: {len(body)}")),
                    said="encoding", again=False)),
    Row(id="brotli", what="A body comes in an encoding that was not asked for", after=NEVER,
        value=Break(script=lambda body: send(reply(body, "Content-Encoding: br", f"Content-Length: {len(body)}")),
                    said="encoding", again=False)),
    Row(id="slow-head", what="The headers come a byte at a time", after=AGAIN,
        value=Break(script=lambda body: drip(reply(body)), said="within 2 s")),
    Row(id="slow-body", what="The body comes a byte at a time", after=AGAIN,
        value=Break(script=lambda body: lambda c: (c.sendall(reply(body, "X-A: b")[:-len(body)]), drip(body)(c)),
                    said="within 2 s")),
    Row(id="silent", what="The connection opens and nothing is said", after=AGAIN,
        value=Break(script=lambda body: silent, said="within 2 s")),
    Row(id="endless-head", what="The headers never end", after=AGAIN,
        value=Break(script=lambda body: forever(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"), said="")),
    Row(id="not-http", what="The answer is not HTTP", after=AGAIN,
        value=Break(script=lambda body: send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), said="")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A desk that met all of them in one run, what it showed then, and what it shows since every page answered."""

    desk: Desk
    feeds: dict[str, Any]
    articles: dict[str, Any]
    due: dict[str, tuple[str | None, str]]
    later: dict[str, Any]


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    with Newsroom(START, past_days=0) as newsroom, ExitStack() as stack:
        feed = rss([Item(link=f"{newsroom.base_url}/jamais", title="Jamais")])
        hosts = {
            row.id: stack.enter_context(
                WireServer({"/flux": row.value.script(feed), "/page": row.value.script(page(row))})
            )
            for row in BREAKS
        }
        allowed = [newsroom.host_port, *(host.host_port for host in hosts.values())]
        desk = Desk(tmp_path_factory.mktemp("wire"), hosts=allowed)
        items = [
            Item(link=f"{hosts[row.id].base_url}/page", title=f"Page {row.id}", summary=f"Résumé {row.id}.")
            for row in BREAKS
        ]
        pages = {"id": "pages", "url": put_feed(newsroom, *items)}
        desk.follow(*({"id": row.id, "url": f"{hosts[row.id].base_url}/flux"} for row in BREAKS), pages)
        outcome = desk.call("run", VIGIE_FETCH_TIMEOUT_S="2")
        assert outcome.code == 0, outcome.err
        assert "Traceback" not in outcome.err
        feeds = {feed["id"]: feed for feed in desk.ask("feeds")["feeds"]}
        articles, due = desk.articles(), look(desk)
        desk.audit()
        desk.follow(pages)
        for row in BREAKS:
            hosts[row.id].scripts["/page"] = send(reply(page(row), content_type="text/html"))
        desk.wait(hours=7)
        desk.run(VIGIE_FETCH_TIMEOUT_S="2")
        yield Met(desk=desk, feeds=feeds, articles=articles, due=due, later=desk.articles())


def page(row: Row) -> bytes:
    """The page as it should come."""
    return html(f"Page {row.id}")


@each_fault("network", "row", *(Row(id=r.id, what=r.what, after=r.after, value=r) for r in BREAKS))
def test_a_wire_that_breaks(met: Met, row: Row) -> None:
    feed = met.feeds[row.id]
    assert (feed["health"], feed["entries"]) == ("failing", 0), feed
    assert TOLD[row.value.said] in feed["sentence"]
    assert feed["next_poll_at"] is not None
    article = met.articles[f"Page {row.id}"]
    assert article["versions"][-1]["origin"] == "feed"
    due, error = met.due[article["id"]]
    assert (due is not None) is row.value.again
    assert row.value.said in error
    upgraded = met.later[f"Page {row.id}"]["versions"][-1]["origin"]
    assert upgraded == ("page" if row.value.again else "feed")
    met.desk.audit()


def look(desk: Desk) -> dict[str, tuple[str | None, str]]:
    """For each article when its page is asked next, and why it could not be had."""
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as connection:
        found = list(connection.execute("SELECT id, fetch_due_at, fetch_error FROM articles"))
    connection.close()
    return {article_id: (due, error) for article_id, due, error in found}
