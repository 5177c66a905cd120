"""The sockets: one threaded HTTP server that logs every request, answers 304 and receives webhooks."""

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.newsroom.replies import Counter, Reply, Request

MAX_HOOK_BYTES = 1_000_000


class LocalServer(ThreadingHTTPServer):
    """Answers on 127.0.0.1 with what `answer(path, query)` gives; port 0 takes a free one."""

    daemon_threads = True
    # A server that restarts on its port must not wait for the old sockets to go.
    allow_reuse_address = True

    def __init__(self, port: int, answer: Callable[[str, dict[str, str]], Reply]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.requests: list[Request] = []
        self.hooks: list[Any] = []
        self.hook_calls = Counter()
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port; answers that never end are cut."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is what the tests of bad input do: no traceback for that."""


class _Handler(BaseHTTPRequestHandler):
    server: LocalServer
    protocol_version = "HTTP/1.1"
    server_version = "redaction-de-demonstration"
    sys_version = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/log":
            self._send(_as_json([request.as_json() for request in self.server.requests]), log=False)
        elif parts.path == "/hooks/alerts":
            self._send(_as_json(self.server.hooks), log=False)
        else:
            self._send(_fresh_or_304(self.server.answer(parts.path, query), self.headers))

    do_HEAD = do_GET  # noqa: N815  http.server looks for this name

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_HOOK_BYTES))
        if not parts.path.startswith("/hooks/"):
            self._send(Reply(status=405))
            return
        self._send(self._receive(parts.path, dict(parse_qsl(parts.query)), body))

    def _receive(self, path: str, query: dict[str, str], body: bytes) -> Reply:
        """Keep a webhook's JSON; /hooks/flaky?fail=2 refuses the first two, each address counted on its own."""
        with self.server.lock:
            failing = path == "/hooks/flaky" and self.server.hook_calls.next(self.path) <= int(
                query.get("fail", "1")
            )
            if failing:
                return Reply(status=503, headers=(("Retry-After", "1"),))
            try:
                self.server.hooks.append(json.loads(body))
            except ValueError:
                return Reply(status=400, content_type="text/plain", body=b"not JSON")
        return _as_json({"received": True})

    def _send(self, reply: Reply, *, log: bool = True) -> None:
        if log:
            with self.server.lock:
                self.server.requests.append(self._as_request(reply.status))
        self.send_response(reply.status)
        if reply.status != 304:
            self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers:
            self.send_header(name, value)
        if isinstance(reply.body, bytes):
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)
        else:
            self._stream(reply)

    def _stream(self, reply: Reply) -> None:
        self.close_connection = True
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD" or isinstance(reply.body, bytes):
            return
        for piece in reply.body():
            if self.server.stopping.is_set():
                return
            self.wfile.write(piece)

    def _as_request(self, status: int) -> Request:
        return Request(
            at=datetime.now(UTC),
            method=self.command,
            path=self.path,
            headers=tuple(self.headers.items()),
            status=status,
        )

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name in http.server
        """Silent: `requests` is the log."""


def _fresh_or_304(reply: Reply, asked: Any) -> Reply:
    """Give a cacheable answer its ETag and date, or 304 where the client has it already (RFC 9110, 13.2.2)."""
    if not reply.cacheable or not isinstance(reply.body, bytes):
        return reply
    etag = f'"{hashlib.sha256(reply.body).hexdigest()[:20]}"'
    headers = [("ETag", etag)]
    if reply.changed_at:
        headers.append(("Last-Modified", format_datetime(reply.changed_at.astimezone(UTC), usegmt=True)))
    known = asked.get("If-None-Match")
    unchanged = etag in known if known else _not_since(reply.changed_at, asked.get("If-Modified-Since"))
    if unchanged:
        return Reply(status=304, headers=tuple(headers))
    return Reply(
        status=reply.status,
        content_type=reply.content_type,
        headers=(*reply.headers, *headers),
        body=reply.body,
    )


def _not_since(changed_at: datetime | None, since: str | None) -> bool:
    if not changed_at or not since:
        return False
    try:
        return changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _as_json(value: Any) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(content_type="application/json; charset=utf-8", body=body)
