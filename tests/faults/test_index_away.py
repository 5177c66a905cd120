"""The index is locked, broken, away or dies half way: one line says so, and the next run does the rest."""

import json
import os
import signal
import sqlite3
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from filelock import FileLock

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, put_feed
from tests.faults.calls import all_in, leave
from tests.faults.table import fault
from tests.faults.wire import WireServer, send
from tests.servers import elasticsearch as server
from tests.servers.processes import free_port, give_away
from vigie.adapters.index.port import PREFIX


@fault(
    "index",
    "locked",
    "Another process holds the Tantivy index's writer",
    after="the run waits for it and does all of it",
)
def test_an_index_that_somebody_else_writes_to(two: Desk) -> None:
    two.run()
    lock = next((two.folder / "home" / "index").rglob("*.lock"))
    two.wait(hours=7)
    held = FileLock(lock, thread_local=False)  # let go by another thread
    held.acquire()
    threading.Timer(2, held.release).start()
    two.ask("rebuild-index")
    all_in(two)


@fault(
    "index",
    "segment-gone",
    "Segment files of the Tantivy index are deleted",
    after="one line says so; `vigie rebuild-index` makes it anew from archive and ledger",
)
def test_an_index_that_lost_its_segments(two: Desk) -> None:
    two.run()
    for file in (two.folder / "home" / "index").rglob("*.store"):
        file.unlink()
    outcome = two.call("audit", "--json")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    two.ask("rebuild-index")
    all_in(two)


@fault(
    "index",
    "elasticsearch-away",
    "Elasticsearch is away when a run begins",
    after="one line and exit 1; what was collected stays and is indexed by the next run",
)
def test_an_elasticsearch_that_is_away(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    outcome = two.call("run", VIGIE_INDEX_URL=f"http://127.0.0.1:{free_port()}")
    assert outcome.code == 1
    assert "Elasticsearch" in outcome.err.splitlines()[-1]
    assert "Traceback" not in outcome.err
    leave(two)
    two.run()
    all_in(two)


@fault(
    "index",
    "elasticsearch-429",
    "Elasticsearch answers 429 to everything",
    after="tried five times with growing waits, then one line and exit 1; the next run does the rest",
)
def test_an_elasticsearch_that_is_too_busy(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    busy = send(
        b"HTTP/1.1 429 Busy\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    with WireServer({}) as host:
        host.otherwise = busy
        outcome = two.call("run", VIGIE_INDEX_URL=host.base_url)
        begun, *tried = (asked.split(b" ", 2)[1].partition(b"?")[0] for asked in host.asked)
        assert begun.endswith(b"/_settings/index.creation_date"), "a look once whether anything is there"
        assert tried == [b"/vigie-articles/_search"] * 5
    assert outcome.code == 1
    assert "429" in outcome.err.splitlines()[-1]
    leave(two)
    two.run()
    all_in(two)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same five tries, with shorter waits."""
    from vigie.adapters.index.elasticsearch import calls

    caller = calls.Caller
    for name, value in (("first_wait_s", 0.01), ("longest_wait_s", 0.05)):
        monkeypatch.setitem(caller.__init__.__kwdefaults__, name, value)


class Restartable:
    """An Elasticsearch of our own that can be killed and started again on the same data."""

    def __init__(self, stack: ExitStack) -> None:
        self._java = server.find_java_home()
        zipped = server.download_distribution()
        plugin = server.compile_plugin(self._java, zipped)
        folder, self._data = (
            Path(stack.enter_context(TemporaryDirectory(prefix="vigie-es-", ignore_cleanup_errors=True)))
            for _ in range(2)
        )
        self._home = server._install(zipped, plugin, folder)
        give_away(self._data)
        self._running = stack.enter_context(ExitStack())

    def start(self) -> str:
        """Its address, once what is left of the one before has ended."""
        self._running.close()
        return self._running.enter_context(server._running(self._home, self._java, self._data))

    def kill(self) -> None:
        """SIGKILL, by the id that it wrote down."""
        os.kill(int((self._home.parent / "pid").read_text()), signal.SIGKILL)


@pytest.fixture(scope="module")
def elastic() -> Iterator[Restartable]:
    """Installed, not started."""
    with ExitStack() as stack:
        try:
            yield Restartable(stack)
        except server.ServerUnavailable as reason:
            if os.environ.get("CI"):
                pytest.fail(f"CI must test against a real Elasticsearch: {reason}")
            pytest.skip(f"NOT TESTED against a real Elasticsearch: {reason}")


@pytest.mark.elasticsearch
@fault(
    "index",
    "elasticsearch-mapping",
    "Somebody made this month's index by hand, with another mapping",
    after="each document that the server refuses is failed in the ledger, with the server's reason; with that index gone, the next try indexes it",
)
def test_an_index_that_was_made_by_hand(two: Desk, elastic: Restartable) -> None:
    url = two.settings["VIGIE_INDEX_URL"] = elastic.start()
    two.ask("setup-search")
    month = f"{url}/{PREFIX}-2026.11-v1"
    ask(month, "PUT", {"mappings": {"properties": {"publisher": {"type": "long"}}}})
    assert two.run()["index"]["failed"] == 2
    assert two.audit()["entries"]["failed"] == 2
    with sqlite3.connect(two.folder / "home" / "ledger.db") as ledger:
        reasons = [reason for (reason,) in ledger.execute("SELECT error FROM articles").fetchall()]
    ledger.close()
    assert len(reasons) == 2
    assert all("refused by the index" in reason and "publisher" in reason for reason in reasons)
    ask(month, "DELETE")
    two.wait(days=2)
    two.run()
    all_in(two)
    ask(month, "DELETE")


@pytest.mark.elasticsearch
@fault(
    "index",
    "elasticsearch-killed",
    "Elasticsearch is killed with SIGKILL in the middle of a bulk, and started again on the same data",
    after="the run ends with one line and exit 1; the next one indexes the rest: no document is lost or doubled",
)
def test_an_elasticsearch_that_dies_in_the_middle_of_a_bulk(
    two: Desk, newsroom: Newsroom, elastic: Restartable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigie.adapters.index.elasticsearch import bulk

    hurry(monkeypatch)
    items = [
        Item(link=newsroom.put(f"/q/{n}", html(f"Page {n}", [*TEXT, f"Rang {n}."])), title=f"Page {n}")
        for n in range(12)
    ]
    two.follow({"id": "f", "url": put_feed(newsroom, *items)})
    two.settings["VIGIE_INDEX_URL"] = elastic.start()
    two.ask("setup-search")
    # Small requests, so that the bulk has several; the server dies while it has the third of them.
    monkeypatch.setattr(bulk, "CHUNK_BYTES", 8_000)
    send_chunk, sent = bulk._send_chunk, list[int]()

    def die_meanwhile(*given: Any) -> Any:
        sent.append(len(given[2]))
        if len(sent) == 3:
            threading.Timer(0.002, elastic.kill).start()
        return send_chunk(*given)

    with monkeypatch.context() as patch:
        patch.setattr(bulk, "_send_chunk", die_meanwhile)
        outcome = two.call("run")
    assert len(sent) >= 3
    assert outcome.code == 1
    assert "Elasticsearch" in outcome.err.splitlines()[-1]
    two.settings["VIGIE_INDEX_URL"] = elastic.start()
    # Two are under way at once: when the third begins, one of the first two has ended.
    assert min(sent[:2]) <= two.ask("search", "")["total"] < 12
    leave(two)
    two.run()
    all_in(two, 12)


def ask(url: str, method: str, body: object = None) -> None:
    """By hand, behind Vigie's back."""
    data = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60):
        pass
