"""Fetch one address: bounded in time, size and redirects, and never from a private network.

Every status is an answer. A fault raises: `TransientError` when trying again may help (time-outs, connections),
`PermanentError` when it will not, each with the URL in its one line.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from vigie.adapters.dialing import Deadline, GuardedTransport, RefusedAddress
from vigie.errors import PermanentError, TransientError
from vigie.inflate import BadEncodingError, TooLargeError, decode_body
from vigie.model import Page
from vigie.plaintext import fold_line
from vigie.urls import is_web_address, resolve_link

__all__ = [
    "BodyTooLarge",
    "RefusedAddress",
    "TooManyRedirects",
    "UnreadableBody",
    "UnsupportedAddress",
    "WebClient",
    "conditional_headers",
    "parse_retry_after",
]

Gate = Callable[[str], AbstractContextManager[None]]
"""Entered with the URL before each request, redirects included, and left after it."""
MAX_REDIRECTS = 5
MAX_RETRY_AFTER = timedelta(days=1)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# They told of the bytes on the wire; the body of a `Page` is decoded.
_WIRE_HEADERS = frozenset(("content-encoding", "content-length", "transfer-encoding"))


class UnsupportedAddress(PermanentError):
    """Not an http(s) address that can be asked."""


class TooManyRedirects(PermanentError):
    """More than `MAX_REDIRECTS` hops."""


class BodyTooLarge(PermanentError):
    """More bytes than allowed, on the wire or once decompressed."""


class UnreadableBody(PermanentError):
    """A content encoding that is not spoken here, or a body that is not so encoded."""


class WebClient:
    """Fetches pages; use as a context manager. Safe to share between threads.

    `allowed_private_hosts` are "host:port" as written in the URL, nothing else. `timeout_s` is for a whole fetch, all
    hops and slow drips included. `max_body_bytes` holds on the wire and after decompression. `user_agent` names who
    asks and how to reach them. `now` stamps pages.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allowed_private_hosts: frozenset[str] = frozenset(),
        timeout_s: float = 30.0,
        max_body_bytes: int = 10_000_000,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._user_agent = user_agent
        self._allowed = frozenset(host.strip().lower() for host in allowed_private_hosts)
        self._timeout_s = timeout_s
        self._max_body_bytes = max_body_bytes
        self._now = now
        self._ssl_context: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ssl_context = None

    def fetch(
        self, url: str, *, headers: Iterable[tuple[str, str]] = (), gate: Gate = lambda _url: nullcontext()
    ) -> Page:
        """GET `url`, following redirects. Any final status is returned, 304 and 5xx too.

        What `gate` raises ends the fetch; the time it takes to enter is not counted.
        """
        deadline = Deadline.after(self._timeout_s)
        try:
            with self._open_client(headers, deadline) as client:
                return self._walk(client, url, gate, deadline)
        except (RefusedAddress, UnsupportedAddress, TooManyRedirects) as error:
            raise type(error)(f"{_show(url)}: {error}") from error
        except TooLargeError as error:
            raise BodyTooLarge(f"{_show(url)}: {error}") from error
        except BadEncodingError as error:
            raise UnreadableBody(f"{_show(url)}: {error}") from error
        except httpcore.TimeoutException as error:
            raise TransientError(f"{_show(url)}: no answer within {self._timeout_s:g} s") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise TransientError(f"{_show(url)}: {_reason(error)}") from error
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise UnsupportedAddress(f"{_show(url)}: {_reason(error)}") from error

    def _open_client(self, headers: Iterable[tuple[str, str]], deadline: Deadline) -> httpx.Client:
        if self._ssl_context is None:
            self._ssl_context = httpx.create_ssl_context()
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
            headers=[
                ("User-Agent", self._user_agent),
                (
                    "Accept",
                    "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8",
                ),
                ("Accept-Language", "fr, en;q=0.5"),
                ("Accept-Encoding", "gzip, deflate"),
                *headers,
            ],
        )

    def _walk(self, client: httpx.Client, url: str, gate: Gate, deadline: Deadline) -> Page:
        addresses = [url]
        while len(addresses) <= MAX_REDIRECTS + 1:
            if not is_web_address(addresses[-1]):
                raise UnsupportedAddress(f"{_show(addresses[-1])} is not an http(s) address")
            asked_at = time.monotonic()
            with gate(addresses[-1]):
                deadline.extend(time.monotonic() - asked_at)
                with client.stream("GET", addresses[-1]) as response:
                    target = response.headers.get("location") if response.status_code in _REDIRECTS else None
                    if target is None:
                        return self._read(response, url, tuple(addresses))
            addresses.append(_follow(addresses[-1], target))
        raise TooManyRedirects(f"more than {MAX_REDIRECTS} redirects")

    def _read(self, response: httpx.Response, url: str, addresses: tuple[str, ...]) -> Page:
        encoding = response.headers.get("content-encoding", "")
        body = decode_body(response.iter_raw(), encoding, self._max_body_bytes)
        return Page(
            requested_url=url,
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
        )


def _follow(url: str, location: str) -> str:
    target = resolve_link(url, location)
    if target is None:
        raise UnsupportedAddress(f"redirects to {_show(location)}, which is not an http(s) address")
    return target.partition("#")[0]


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {fold_line(str(error))[:200]}".rstrip(": ")


def _show(url: str) -> str:
    return fold_line(url)[:300]


def conditional_headers(etag: str | None, last_modified: str | None) -> tuple[tuple[str, str], ...]:
    """The headers that ask "only if it changed"; both values are those of the last full answer."""
    pairs = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return tuple((name, value) for name, value in pairs if value and value.isprintable() and value.isascii())


def parse_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone: seconds or an HTTP date, at most a day; None for none or junk."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), MAX_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta()), MAX_RETRY_AFTER)
