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

from tests.contract.conftest import take_away
from tests.contract.documents import document
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
from vigie.adapters.index.elasticsearch.names import read_wanted
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import Question
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.urls import hide_credentials

EMPTY = {"hits": {"total": {"value": 0}, "hits": []}}


HEAD, MONTH = "vigie-articles-0000.00-v3", "vigie-articles-2026.03-v3"
OPENING = [
    (200, {HEAD: {"aliases": {"vigie-articles": {}}}, MONTH: {"aliases": {"vigie-articles": {}}}}),
    (200, {HEAD: {"mappings": {"_meta": read_wanted("template").meta, "properties": {}}}}),
]
"""What a writer asks first: what stands behind the alias, and of which files it is."""


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
    script.answers = [*OPENING, (200, {"items": [done, busy, bad, older]}), (200, {"items": [done]})]
    refusals = quick(url).put([document(i) for i in "abcd"])
    assert [(r.id, r.reason) for r in refusals] == [("c", "bad why")]
    bulks = [body for path, body in script.asked if path.endswith("_bulk")]
    assert len(bulks) == 2
    assert bulks[1].count(b'"_id"') == 1
    assert b'"_id": "b"' in bulks[1] or b'"_id":"b"' in bulks[1]


def test_bulk_items_that_stay_turned_away_are_an_error(server: tuple[str, Script]) -> None:
    url, script = server
    busy = {"index": {"status": 429, "error": {"reason": "queue"}}}
    script.answers = [*OPENING, (200, {"items": [busy]})]
    with pytest.raises(TransientError, match="1 of 1 documents were turned away"):
        quick(url).put([document("a")])


def test_items_of_a_closed_index_go_where_readers_look_now(server: tuple[str, Script]) -> None:
    """The move to another generation, as a writer sees it: turned away, and asking again."""
    url, script = server
    closed = {
        "index": {"status": 403, "error": {"type": "cluster_block_exception", "reason": "index [x] blocked"}}
    }
    moved = json.loads(json.dumps(OPENING).replace("-v3", "-v4"))
    script.answers = [
        *OPENING,
        (200, {"items": [closed, closed]}),
        *OPENING,
        (200, {"items": [closed, {"index": {"status": 201}}]}),
        *map(tuple, moved),
        (200, {"items": [{"index": {"status": 201}}]}),
    ]
    assert quick(url).put([document("a"), document("b")]) == ()
    bulks = [body for path, body in script.asked if path.endswith("_bulk")]
    assert [body.count(b'"_id"') for body in bulks] == [2, 2, 1]
    assert [b"2026.03-v4" in body for body in bulks] == [False, False, True]


def test_an_index_that_stays_closed_is_an_error_that_says_what_to_do(
    server: tuple[str, Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, script = server
    monkeypatch.setattr("vigie.adapters.index.elasticsearch.writing.HELD_ATTEMPTS", 1)
    script.answers = [
        *OPENING,
        (200, {"items": [{"index": {"status": 403, "error": {"type": "cluster_block_exception"}}}]}),
    ]
    with pytest.raises(TransientError, match=r"takes no writes: it is being changed.*`vigie setup-search`"):
        quick(url).put([document("a")])


def test_a_key_without_the_right_is_no_fault_of_a_document(server: tuple[str, Script]) -> None:
    url, script = server
    item = {
        "index": {"status": 403, "error": {"type": "security_exception", "reason": "action is unauthorized"}}
    }
    script.answers = [*OPENING, (200, {"items": [item]})]
    with pytest.raises(PermanentError, match="403: action is unauthorized"):
        quick(url).put([document("a")])


def test_the_root_is_never_asked(server: tuple[str, Script]) -> None:
    url, script = server
    script.answers = [*OPENING, (200, {**EMPTY, "items": [{"index": {"status": 201}}]})]
    index = quick(url)
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
        index._client.index(index="t-strict-articles-2026.01-v1", document={"surprise": 1})
    take_away(index)


@pytest.mark.elasticsearch
def test_a_month_without_its_template_is_named_and_not_guessed(elasticsearch_url: str) -> None:
    index = open_index(elasticsearch_url, prefix="t-lost-articles")
    index.set_up()
    assert isinstance(index, ElasticsearchIndex)
    index._client.indices.delete_index_template(name="t-lost-articles-v1")
    with pytest.raises(UsageError, match=r"2026\.03-v1 was not made from the template.*`vigie setup-search`"):
        index.put([document("a")])
    assert index.search(Question()).total == 0
    take_away(index)
