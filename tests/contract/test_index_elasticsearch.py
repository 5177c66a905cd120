"""What only a server can do: be away, be slow, be busy, take half. A small server of ours answers as told."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from tests.contract.documents import document
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.engine import TEMPLATES, ElasticsearchIndex
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import Question
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.urls import hide_credentials

EMPTY = {"hits": {"total": {"value": 0}, "hits": []}}


@dataclass
class Script:
    """What the server says, one answer a request; the last one for ever. And what it was asked."""

    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    pause_s: float = 0.0


@pytest.fixture
def server() -> Iterator[tuple[str, Script]]:
    """The address of a server that follows a script."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            script.asked.append((f"{self.command} {self.path.split('?')[0]}", body))
            time.sleep(script.pause_s)
            status, said = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):  # a client that gave up
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815 - the names of http.server

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", script
        http.shutdown()


def quick(url: str, timeout_s: float = 5.0) -> ElasticsearchIndex:
    """An index that waits little between its tries."""
    client = Elasticsearch([url], request_timeout=timeout_s, max_retries=0)
    return ElasticsearchIndex(client, Caller(address=url, first_wait_s=0.01, longest_wait_s=0.02))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: tuple[str, Script], status: int) -> None:
    url, script = server
    script.answers = [(status, {}), (status, {"error": {"reason": "busy"}}), (200, EMPTY)]
    assert quick(url).search(Question()).total == 0
    assert len(script.asked) == 3


def test_a_server_that_stays_busy_is_given_up_on(server: tuple[str, Script]) -> None:
    url, script = server
    script.answers = [(429, {"error": {"reason": "circuit_breaking"}})]
    with pytest.raises(TransientError, match=rf"{url} answers 429: circuit_breaking"):
        quick(url).search(Question())
    assert len(script.asked) == 5


def test_a_slow_server_is_given_up_on(server: tuple[str, Script]) -> None:
    url, script = server
    script.answers, script.pause_s = [(200, EMPTY)], 1.0
    started = time.monotonic()
    with pytest.raises(TransientError, match=r"ConnectionTimeout"):
        quick(url, timeout_s=0.1).search(Question())
    assert time.monotonic() - started < 4.9  # five answers would take 5 s


def test_a_server_that_is_away() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        index = quick(url)
        for use in (
            *(lambda: index.search(Question()), lambda: index.put([document("a")]), lambda: index.get("a")),
            *(index.set_up, index.clear, lambda: index.delete(["a"]), lambda: list(index.versions())),
        ):
            with pytest.raises(TransientError, match=url):
                use()


def test_a_refused_login_is_not_tried_again_and_never_shown(server: tuple[str, Script]) -> None:
    url, script = server
    script.answers = [(401, {"error": {"reason": "missing authentication credentials"}})]
    index = open_index(url.replace("//", "//desk:s3cret@"), timeout_s=5)
    with pytest.raises(PermanentError, match="401: missing authentication") as caught:
        index.search(Question())
    assert "s3cret" not in str(caught.value)
    assert "desk" not in str(caught.value)
    assert len(script.asked) == 1


def test_bulk_items_that_are_turned_away_go_again_alone(server: tuple[str, Script]) -> None:
    url, script = server
    done, busy = {"index": {"status": 201}}, {"index": {"status": 429, "error": {"reason": "queue"}}}
    bad = {"index": {"status": 400, "error": {"reason": "bad", "caused_by": {"reason": "why"}}}}
    older = {"index": {"status": 409, "error": {"reason": "version conflict"}}}
    script.answers = [(200, {}), (200, {"items": [done, busy, bad, older]}), (200, {"items": [done]})]
    refusals = quick(url).put([document(i) for i in "abcd"])
    assert [(r.id, r.reason) for r in refusals] == [("c", "bad why")]
    bulks = [body for path, body in script.asked if path.endswith("_bulk")]
    assert len(bulks) == 2
    assert bulks[1].count(b'"_id"') == 1
    assert b'"_id": "b"' in bulks[1] or b'"_id":"b"' in bulks[1]


def test_bulk_items_that_stay_turned_away_are_an_error(server: tuple[str, Script]) -> None:
    url, script = server
    busy = {"index": {"status": 429, "error": {"reason": "queue"}}}
    script.answers = [(200, {}), (200, {"items": [busy]})]
    with pytest.raises(TransientError, match="1 of 1 documents were turned away"):
        quick(url).put([document("a")])


def test_the_root_is_never_asked(server: tuple[str, Script]) -> None:
    url, script = server
    script.answers = [(200, {**EMPTY, "items": [{"index": {"status": 201}}]})]
    index = quick(url)
    index.set_up()
    index.put([document("a")])
    index.search(Question())
    assert not [path for path, _ in script.asked if path.split(" ")[1] == "/"]


@pytest.mark.parametrize(
    "url", ["", "index", "tantivy://relative/x", "ftp://h/x", "http://", "tantivy:///"[:10]]
)
def test_an_address_of_no_index_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="is no index"):
        open_index(url)


def test_credentials_are_hidden() -> None:
    assert hide_credentials("https://u:p%40@es.local:9200/x") == "https://es.local:9200/x"


@pytest.mark.elasticsearch
def test_the_mapping_on_the_server_is_strict(elasticsearch_url: str) -> None:
    index = open_index(elasticsearch_url, prefix="t-strict-articles")
    index.set_up()
    assert isinstance(index, ElasticsearchIndex)
    with pytest.raises(Exception, match="strict_dynamic_mapping"):
        index._client.index(index="t-strict-articles-2026.01", document={"surprise": 1})
    index.clear()


@pytest.mark.elasticsearch
def test_months_of_before_get_the_fields_that_are_new(elasticsearch_url: str) -> None:
    index = open_index(elasticsearch_url, prefix="t-before-articles")
    assert isinstance(index, ElasticsearchIndex)
    settings = json.loads((TEMPLATES / "analysis.json").read_text(encoding="utf-8"))["template"]["settings"]
    index._client.indices.create(
        index="before-2025.12",
        aliases={"t-before-articles": {}},
        settings=settings,
        mappings={"dynamic": "strict", "properties": {"id": {"type": "keyword"}}},
    )
    index.set_up()
    index.set_up()
    fields = index._client.indices.get_mapping(index="before-2025.12")["before-2025.12"]["mappings"][
        "properties"
    ]
    assert fields["standfirst"] == {"type": "text", "analyzer": "vigie_french"}
    index._client.indices.delete(index="before-2025.12")
