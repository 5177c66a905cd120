"""A server whose answers a test writes line by line: statuses, headers, and what it says to validators."""

import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Answer = tuple[int, Mapping[str, str], bytes]
Asked = Mapping[str, str]
"""The request's headers, by lower-case name."""


class ReplyingServer:
    """Serves on 127.0.0.1 from `with` to its end. `answers` by path; another path gets a plain 404."""

    def __init__(self, answers: dict[str, Callable[[Asked], Answer]] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[str, Asked]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.host_port = f"127.0.0.1:{self._server.server_address[1]}"
        self.base_url = f"http://{self.host_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def always(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        """One answer to whoever asks; gives the address. An underscore in a header's name is a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = lambda _asked: (status, named, body)
        return self.base_url + path

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(path == asked for asked, _headers in self.asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.asked.append((self.path, headers))
                answer = outer.answers.get(self.path, lambda _asked: (404, {}, b""))
                status, sent, body = answer(headers)
                self.send_response(status)
                for name, value in sent.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Silent: `asked` is the log."""

        return Handler
