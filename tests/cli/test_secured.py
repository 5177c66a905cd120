"""Least rights on a real Elasticsearch with users and TLS: what each key may, what it may not, and what goes wrong."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from elasticsearch import ApiError, Elasticsearch

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, put_feed
from tests.contract.conftest import take_away
from tests.contract.documents import document
from tests.servers.elasticsearch import Secured
from vigie.adapters.index.elasticsearch import calls
from vigie.adapters.index.elasticsearch.connecting import connect
from vigie.adapters.index.opening import open_index
from vigie.errors import PermanentError

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def admin(secured_elasticsearch: Secured) -> Elasticsearch:
    """The administrator's own client."""
    server = secured_elasticsearch
    return connect(server.admin_url, api_key=None, ca_file=server.ca, timeout_s=30)


@pytest.fixture
def office(desk: Desk, secured_elasticsearch: Secured) -> Iterator[Desk]:
    """An installation on the secured server, set up by the administrator, without a key yet."""
    server = secured_elasticsearch
    desk.settings |= {"VIGIE_INDEX_URL": server.url, "VIGIE_INDEX_CA": str(server.ca)}
    said = desk.ask("setup-search", VIGIE_INDEX_URL=server.admin_url)["setup"]
    assert {each["change"] for each in said} == {"made"}
    yield desk
    take_away(open_index(server.admin_url, ca_file=server.ca))


def make_key(desk: Desk, right: str, *more: str) -> str:
    """As the operator's guide says."""
    outcome = desk.call(
        "search-keys", f"--{right}", "--user", "elastic", "--json", *more, stdin="only-for-tests\n"
    )
    assert outcome.code == 0, outcome.err
    key: str = outcome.json["encoded"]
    assert outcome.err == ""
    return key


def refused(server: Secured, key: str, method: str, path: str, body: object = None) -> int:
    """The status of a request by hand."""
    client = connect(server.url, api_key=key, ca_file=server.ca, timeout_s=30)
    try:
        headers = {"accept": "application/json", "content-type": "application/json"}
        client.perform_request(method, path, headers=headers, body=body)
    except ApiError as error:
        return int(error.meta.status)
    return 200


def test_the_write_key_runs_vigie_and_nothing_more(
    office: Desk, newsroom: Newsroom, secured_elasticsearch: Secured
) -> None:
    items = [
        Item(link=newsroom.put(f"/s/{n}", html(f"Page {n}", [*TEXT, f"Rang {n}."])), title=f"Page {n}")
        for n in range(3)
    ]
    office.follow({"id": "f", "url": put_feed(newsroom, *items)})
    key = office.settings["VIGIE_INDEX_API_KEY"] = make_key(office, "write")
    office.run()
    assert office.ask("search", "page")["total"] == 3
    assert len(office.articles()) == 3
    office.audit()
    office.wait(hours=7)
    office.run()
    outcome = office.call("setup-search")
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)
    assert "403" in outcome.err
    assert key not in outcome.err
    for method, path, body in (
        ("PUT", "/_index_template/vigie-articles-v1", {"index_patterns": ["vigie-articles-*"]}),
        ("PUT", "/_component_template/x", {"template": {}}),
        ("PUT", "/_cluster/settings", {"persistent": {"cluster.max_shards_per_node": 5000}}),
        ("PUT", "/_security/role/x", {"cluster": ["all"]}),
        ("POST", "/_security/api_key", {"name": "more"}),
        ("PUT", "/other", None),
        ("POST", "/other/_doc", {"a": 1}),
        ("GET", "/other/_search", None),
        ("DELETE", "/vigie-articles-0000.00-v1", None),
        ("POST", "/_aliases", {"actions": [{"add": {"index": "vigie-articles-0000.00-v1", "alias": "x"}}]}),
    ):
        assert refused(secured_elasticsearch, key, method, path, body) == 403, path
    # The administrator fills it again under the readers' eyes; the second time there is nothing to change.
    admin = secured_elasticsearch.admin_url
    del office.settings["VIGIE_INDEX_API_KEY"]
    sums = office.ask("rebuild-index", VIGIE_INDEX_URL=admin)
    assert (sums["index"]["done"], sums["strangers"]["done"]) == (3, 0)
    office.settings["VIGIE_INDEX_API_KEY"] = key
    office.audit()


def test_the_read_key_searches_and_writes_nothing(office: Desk, secured_elasticsearch: Secured) -> None:
    server = secured_elasticsearch
    writer = open_index(server.url, api_key=make_key(office, "write"), ca_file=server.ca)
    writer.put([document("a", title="budget")])
    key = make_key(office, "read")
    assert office.ask("search", "budget", VIGIE_INDEX_API_KEY=key)["total"] == 1
    reader = open_index(server.url, api_key=key, ca_file=server.ca)
    assert reader.get("a") == document("a", title="budget")
    assert list(reader.get_many(["a"])) == ["a"]
    assert reader.findings("alerts").newest() == ()
    for use in (
        lambda: reader.put([document("b")]),
        reader.set_up,
        reader.clear,
        lambda: reader.delete(["a"]),
    ):
        with pytest.raises(PermanentError, match="403"):
            use()
    assert dict(writer.versions()) == {"a": 1}
    assert refused(server, key, "GET", "/other/_search") == 403


def test_each_thing_that_is_wrong_is_said_in_one_line(
    office: Desk, secured_elasticsearch: Secured, admin: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = secured_elasticsearch
    for name, value in (("first_wait_s", 0.01), ("longest_wait_s", 0.05)):
        monkeypatch.setitem(calls.Caller.__init__.__kwdefaults__, name, value)
    key = make_key(office, "read")
    soon = admin.security.create_api_key(name="soon", expiration="1s")["encoded"]
    gone = admin.security.create_api_key(name="gone")
    admin.security.invalidate_api_key(ids=[gone["id"]])
    time.sleep(1.2)
    plain = server.url.replace("https", "http")
    cases: Sequence[tuple[dict[str, str], int, Sequence[str]]] = (
        ({"VIGIE_INDEX_CA": str(server.other_ca)}, 1, ("not trusted", "other.pem", "VIGIE_INDEX_CA")),
        ({"VIGIE_INDEX_CA": ""}, 1, ("not trusted", "VIGIE_INDEX_CA")),
        ({"VIGIE_INDEX_CA": "/absent.pem"}, 2, ("VIGIE_INDEX_CA", "/absent.pem")),
        ({"VIGIE_INDEX_CA": __file__}, 2, ("VIGIE_INDEX_CA", "test_secured.py")),
        ({"VIGIE_INDEX_API_KEY": soon}, 1, ("401", "VIGIE_INDEX_API_KEY", "ended")),
        ({"VIGIE_INDEX_API_KEY": gone["encoded"]}, 1, ("401", "VIGIE_INDEX_API_KEY")),
        ({"VIGIE_INDEX_API_KEY": "bm90OmFrZXk="}, 1, ("401", "VIGIE_INDEX_API_KEY")),
        ({"VIGIE_INDEX_API_KEY": ""}, 1, ("401", "VIGIE_INDEX_API_KEY")),
        ({"VIGIE_INDEX_URL": plain}, 1, ("is it https://?",)),
    )
    for settings, code, words in cases:
        outcome = office.call("search", "x", "--json", **{"VIGIE_INDEX_API_KEY": key, **settings})
        assert outcome.code == code, (settings, outcome)
        (line,) = outcome.err.splitlines()
        for word in words:
            assert word in line, (settings, line)
        assert key not in line
        assert "Traceback" not in line


def test_a_server_without_tls_is_named(office: Desk, elasticsearch_url: str) -> None:
    address = elasticsearch_url.replace("http://", "https://")
    outcome = office.call("search", "x", VIGIE_INDEX_URL=address)
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)
    assert "is it http://?" in outcome.err


def test_a_key_is_made_once_and_asked_for_rightly(office: Desk, tmp_path: Path) -> None:
    for wrong in (("search-keys",), ("search-keys", "--read", "--write")):
        assert office.call(*wrong).code == 2
    outcome = office.call("search-keys", "--read", "--user", "elastic", stdin="not the password\n")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1)
    assert "not the password" not in outcome.err
    shown = office.call(
        "search-keys", "--read", "--days", "30", "--user", "elastic", stdin="only-for-tests\n"
    )
    assert shown.out.startswith("VIGIE_INDEX_API_KEY=")
    folder = office.call("search-keys", "--read", VIGIE_INDEX_URL=f"tantivy://{tmp_path}")
    assert (folder.code, len(folder.err.splitlines())) == (2, 1)


@contextmanager
def noting_server() -> Iterator[tuple[str, list[str | None]]]:
    """Notes who asks, and has nothing."""
    names: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            names.append(self.headers.get("X-Opaque-Id"))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            content = json.dumps({"hits": {"total": {"value": 0}, "hits": []}}).encode()
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", names
        http.shutdown()


def test_who_asks_is_named_to_the_server(desk: Desk) -> None:
    with noting_server() as (url, names):
        desk.ask("search", "secret words", VIGIE_INDEX_URL=url)
        assert names == ["vigie search"]
        open_index(url, task="index_articles.index").get("a")
        assert names[1:] == ["index_articles.index"]
