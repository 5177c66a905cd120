"""Where a connection is made: resolve, check every address, then dial exactly what was checked.

A name is resolved once, here, so that it cannot mean a public address to the check and a private one to the dial.
The deadline is one for the whole request: it bounds every resolve, connect, handshake, read and write.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from vigie.errors import PermanentError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED_NETWORKS = tuple(
    (ipaddress.ip_network(network), name)
    for network, name in (
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("192.0.0.0/24", "reserved"),
        ("192.88.99.0/24", "reserved"),
        ("198.18.0.0/15", "benchmarking"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discard"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "reserved"),
        ("fec0::/10", "site-local"),
    )
)


class UnknownName(httpcore.ConnectError):
    """A host whose name leads to no address. A type of its own: httpcore takes the cause off what it passes on."""


class RefusedAddress(PermanentError):
    """An address that no request may go to."""


def refuse_reason(address: Address) -> str | None:
    """Why an address may not be dialled ("loopback", "private", "NAT64" …), or None for a public one."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return "IPv4-mapped"
    for attribute in ("unspecified", "loopback", "link_local", "multicast", "private", "reserved"):
        if getattr(address, f"is_{attribute}"):
            return attribute.replace("_", "-")
    for network, name in _REFUSED_NETWORKS:
        if address.version == network.version and address in network:
            return name
    return None if address.is_global else "not global"


@dataclass(slots=True)
class Deadline:
    """A moment of the monotonic clock after which nothing is waited for. It moves with `extend` only."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def extend(self, seconds: float) -> None:
        """Give back time that was not the server's."""
        self.at += seconds

    def remaining_s(self) -> float:
        return self.at - time.monotonic()

    def bound(self, timeout_s: float | None) -> float:
        """What is left, at most `timeout_s`. Raises `httpcore.TimeoutException` when nothing is."""
        left = self.remaining_s()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole request took too long")
        return left if timeout_s is None else min(left, timeout_s)


class BoundedStream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline, however many bytes drip in meanwhile."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.bound(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.bound(timeout))
        return BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Dials public addresses, and those of `allowed_private_hosts` ("host:port", the text of the URL)."""

    def __init__(self, allowed_private_hosts: frozenset[str], deadline: Deadline) -> None:
        self._allowed = allowed_private_hosts
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._resolve(host, port)
        if _authority(host, port) not in self._allowed:
            _check(host, addresses)
        failure: Exception | None = None
        for number, address in enumerate(addresses):
            share_s = self._deadline.bound(timeout) / (len(addresses) - number)
            try:
                stream = self._inner.connect_tcp(address, port, share_s, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return BoundedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise RefusedAddress(f"unix socket {path} refused")

    def _resolve(self, host: str, port: int) -> list[str]:
        """Every address of a name, each once. In a thread: the resolver of the system knows no deadline."""
        found: list[Any] = []
        thread = threading.Thread(target=_look_up, args=(host, port, found), daemon=True)
        thread.start()
        thread.join(self._deadline.bound(None))
        if not found:
            raise httpcore.ConnectTimeout(f"resolving {host} took too long")
        if isinstance(found[0], Exception):
            raise UnknownName(f"{host} cannot be resolved: {found[0]}") from found[0]
        return list(dict.fromkeys(entry[4][0] for entry in found[0]))


def _look_up(host: str, port: int, found: list[Any]) -> None:
    try:
        found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        found.append(error)


def _check(host: str, addresses: list[str]) -> None:
    for text in addresses:
        # One private address among public ones is enough: a name that means both is a trap.
        if reason := refuse_reason(ipaddress.ip_address(text.partition("%")[0])):
            raise RefusedAddress(f"address {text} of {host} is {reason}")


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class GuardedTransport(httpx.BaseTransport):
    """httpx's way to the guarded backend: one connection a request, no proxy, no retry, one deadline for all."""

    def __init__(
        self, *, allowed_private_hosts: frozenset[str], deadline: Deadline, ssl_context: ssl.SSLContext
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(allowed_private_hosts, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream if isinstance(request.stream, Iterable) else None,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_ResponseStream(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _ResponseStream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
