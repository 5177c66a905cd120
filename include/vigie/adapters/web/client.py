"""Fetch one address: bounded in time, size and redirects, and never from a private network.

Every status is an answer. A fault raises: `TransientError` when trying again may help (time-outs, connections),
`PermanentError` when it will not, each with the URL in its one line.
"""

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from vigie.adapters.web.dialing import Deadline, GuardedTransport, RefusedAddress
from vigie.adapters.web.faults import (
    Asked,
    BodyTooLarge,
    NoAnswer,
    NoConnection,
    TooManyRedirects,
    UnreadableBody,
    UnsupportedAddress,
    named_faults,
    named_refusals,
    show_url,
)
from vigie.adapters.web.room import LARGE_BYTES, Room
from vigie.inflate import decode_pieces
from vigie.model import Page
from vigie.urls import is_web_address, resolve_link

__all__ = [
    "Asked",
    "BodyTooLarge",
    "NoAnswer",
    "NoConnection",
    "RefusedAddress",
    "TooManyRedirects",
    "UnreadableBody",
    "UnsupportedAddress",
    "WebClient",
    "conditional_headers",
]

MAX_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# They told of the bytes on the wire; the body of a `Page` is decoded.
_WIRE_HEADERS = frozenset(("content-encoding", "content-length", "transfer-encoding"))
_USUAL_HEADERS = (
    ("Accept", "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8"),
    ("Accept-Language", "fr, en;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)


Gate = Callable[[str], AbstractContextManager[Asked]]
"""Entered with the URL before each request, redirects included, and left after it, with its fault if it has one."""


class WebClient:
    """Fetches pages; use as a context manager. Safe to share between threads.

    `allowed_private_hosts` are "host:port" as written in the URL, nothing else. `timeout_s` is for a whole fetch, all
    hops and slow drips included. `max_body_bytes` holds on the wire and after decompression. `user_agent` names who
    asks and how to reach them. `now` stamps pages. `room` bounds what large bodies hold together.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allowed_private_hosts: frozenset[str] = frozenset(),
        timeout_s: float = 30.0,
        max_body_bytes: int = 10_000_000,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        room: Room | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._allowed = frozenset(host.strip().lower() for host in allowed_private_hosts)
        self._timeout_s = timeout_s
        self._max_body_bytes = max_body_bytes
        self._now = now
        self._room = room or Room()
        self._ssl_context: ssl.SSLContext | None = None
        self._ssl_lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ssl_context = None

    def fetch(
        self,
        url: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        gate: Gate = lambda _url: nullcontext(Asked()),
        max_body_bytes: int | None = None,
    ) -> Page:
        """GET `url`, following redirects. Any final status is returned, 304 and 5xx too.

        What `gate` raises ends the fetch; the time it takes to enter is not counted. `max_body_bytes` stands in for the
        client's own.
        """
        max_bytes = max_body_bytes or self._max_body_bytes
        deadline = Deadline.after(self._timeout_s)
        with named_refusals(url), self._open_client(headers, deadline) as client:
            return self._walk(client, url, gate, deadline, max_bytes)

    def _open_client(self, headers: Iterable[tuple[str, str]], deadline: Deadline) -> httpx.Client:
        with self._ssl_lock:  # made once: it takes 30 ms, and a hundred threads begin together
            self._ssl_context = self._ssl_context or httpx.create_ssl_context()
        transport = GuardedTransport(
            allowed_private_hosts=self._allowed,
            deadline=deadline,
            ssl_context=self._ssl_context,
        )
        # One client a fetch: cookies live for its hops only (walls that set one and redirect), and the deadline is
        # the transport's.
        return httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout_s,
            headers=[("User-Agent", self._user_agent), *_USUAL_HEADERS, *headers],
        )

    def _walk(self, client: httpx.Client, url: str, gate: Gate, deadline: Deadline, max_bytes: int) -> Page:
        addresses, statuses = [url], []
        while len(addresses) <= MAX_REDIRECTS + 1:
            if not is_web_address(addresses[-1]):
                raise UnsupportedAddress(f"{show_url(addresses[-1])} is not an http(s) address")
            asked_at = time.monotonic()
            with gate(addresses[-1]) as asked, named_faults(url, asked, self._timeout_s):
                deadline.extend(time.monotonic() - asked_at)
                with client.stream("GET", addresses[-1]) as response:
                    statuses.append(response.status_code)
                    asked.status, asked.retry_after = (
                        response.status_code,
                        response.headers.get("retry-after"),
                    )
                    target = response.headers.get("location") if response.status_code in _REDIRECTS else None
                    if target is None:
                        return self._read(
                            response, tuple(addresses), tuple(statuses[:-1]), deadline, max_bytes
                        )
            addresses.append(_follow(addresses[-1], target))
        raise TooManyRedirects(f"more than {MAX_REDIRECTS} redirects")

    def _read(
        self,
        response: httpx.Response,
        addresses: tuple[str, ...],
        hop_statuses: tuple[int, ...],
        deadline: Deadline,
        max_bytes: int,
    ) -> Page:
        body, reserved = self._read_body(response, deadline, max_bytes)
        page = Page(
            requested_url=addresses[0],
            addresses=addresses,
            status=response.status_code,
            headers=tuple(
                (name, value)
                for raw_name, raw_value in response.headers.raw
                if (name := raw_name.decode("latin-1")).lower() not in _WIRE_HEADERS
                for value in (raw_value.decode("latin-1"),)
            ),
            body=body,
            fetched_at=self._now(),
            hop_statuses=hop_statuses,
            duration_ms=round(1000 * (self._timeout_s - deadline.remaining_s())),
        )
        if reserved:
            self._room.give_back(reserved - len(body))
            self._room.keep(page)
        return page

    def _read_body(self, response: httpx.Response, deadline: Deadline, max_bytes: int) -> tuple[bytes, int]:
        """The decoded body, and the bytes of room taken for it: 0 where it is small."""
        encoding = response.headers.get("content-encoding", "")
        pieces, size, reserved = [], 0, 0
        try:
            for piece in decode_pieces(response.iter_raw(), encoding, max_bytes):
                pieces.append(piece)
                size += len(piece)
                if size > LARGE_BYTES and not reserved:
                    deadline.extend(self._room.take(max_bytes))
                    reserved = max_bytes
            return b"".join(pieces), reserved
        except BaseException:
            self._room.give_back(reserved)
            raise


def _follow(url: str, location: str) -> str:
    target = resolve_link(url, location)
    if target is None:
        raise UnsupportedAddress(f"redirects to {show_url(location)}, which is not an http(s) address")
    return target.partition("#")[0]


def conditional_headers(etag: str | None, last_modified: str | None) -> tuple[tuple[str, str], ...]:
    """The headers that ask "only if it changed"; both values are those of the last full answer."""
    pairs = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return tuple((name, value) for name, value in pairs if value and value.isprintable() and value.isascii())
