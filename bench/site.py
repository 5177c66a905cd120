"""Serves the invented press: one process, a port a feed. `python -m bench.site FEEDS ENTRIES` says its ports in JSON.

Every answer is made before the first request, so what is measured is the asking.
"""

import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bench.press import Press

HOST = "127.0.0.1"
LISTENING_AT_ONCE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A press that is served: feed `i` lies at `bases[i]`."""

    press: Press
    ports: tuple[int, ...]

    @property
    def bases(self) -> tuple[str, ...]:
        """Where each feed's host is."""
        return tuple(f"http://{HOST}:{port}" for port in self.ports)

    @property
    def addresses(self) -> list[str]:
        """Every feed, then every page, host after host within each round, as a polite reader would ask."""
        pages = [f"{base}/page/{entry}" for entry in range(self.press.entries) for base in self.bases]
        return [f"{base}/feed" for base in self.bases] + pages


@contextmanager
def serve(press: Press) -> Iterator[Site]:
    """The press on loopback, until the block ends."""
    command = [sys.executable, "-m", "bench.site", str(press.feeds), str(press.entries)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
    try:
        assert process.stdout  # noqa: S101 - for mypy: it was asked for
        yield Site(press=press, ports=tuple(json.loads(process.stdout.readline())))
    finally:
        process.terminate()
        process.wait(10)


def raise_file_limit() -> None:
    """A thousand hosts are a thousand sockets."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _serve_until_stopped(press: Press) -> None:
    servers = [await _serve_feed(press, number) for number in range(press.feeds)]
    sys.stdout.write(json.dumps([server.sockets[0].getsockname()[1] for server in servers]) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def _serve_feed(press: Press, number: int) -> asyncio.Server:
    answers: dict[str, bytes] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _answer_all(reader, writer, answers)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # who asked has gone
        finally:
            writer.close()

    server = await asyncio.start_server(answer, HOST, 0, backlog=LISTENING_AT_ONCE)
    base = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    answers["/feed"] = _response(press.feed_body(number, base), "application/rss+xml")
    for entry in range(press.entries):
        answers[f"/page/{entry}"] = _response(press.page_body(number, entry), "text/html; charset=utf-8")
    return server


async def _answer_all(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: Mapping[str, bytes]
) -> None:
    """One request after the other, as long as they come on this connection."""
    while True:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1].decode()
        writer.write(answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
        await writer.drain()


def _response(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    raise_file_limit()
    asyncio.run(_serve_until_stopped(Press(feeds=int(sys.argv[1]), entries=int(sys.argv[2]))))
