"""A site of a few paths on a free port, which remembers who asked for what, and from when to when."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass(frozen=True, slots=True)
class Span:
    """One request as the server saw it, in seconds of its clock. `host` is the header."""

    host: str
    path: str
    began: float
    ended: float


class Site:
    """A server on 127.0.0.1; `seen` are the requests it got: path and headers. `spans` are those it has answered."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.spans: list[Span] = []
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.stopping = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                began = time.monotonic()
                site.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                # The client hangs up, as some of these tests want it to.
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    site.pages.get(self.path, _missing)(self)
                site.spans.append(Span(self.headers["Host"], self.path, began, time.monotonic()))

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(
        self, path: str, body: bytes = b"", status: int = 200, takes_s: float = 0, **headers: str
    ) -> None:
        """What a path answers; headers with `_` for `-`."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(takes_s)
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = reply

    def hang(self, path: str) -> None:
        """Take the request and never say a word."""
        self.pages[path] = lambda _handler: self.stopping.wait(60) and None

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _headers in self.seen]

    def stop(self) -> None:
        """Close the port."""
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()


def _missing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site for one test."""
    running = Site()
    yield running
    running.stop()
