"""A server below HTTP: what it sends is bytes, when it likes, so that it can break the protocol itself."""

import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable
from types import TracebackType
from typing import Self

Script = Callable[[socket.socket], None]
"""Given the connection once the request has been read; the connection is closed when it returns."""
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class WireServer:
    """Listens on `address` from `with` to its end. `scripts` by path; another path gets `otherwise`, a plain 404.

    `asked` are the requests as they came, oldest first.
    """

    def __init__(self, scripts: dict[str, Script], address: str = "127.0.0.1") -> None:
        self.scripts = scripts
        self._socket = socket.create_server((address, 0))
        self.host_port = f"{address}:{self._socket.getsockname()[1]}"
        self.base_url = f"http://{self.host_port}"
        self.asked: list[bytes] = []
        self.otherwise: Script = send(NOT_FOUND)
        self._stopping = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._socket.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed under us: that is how it ends
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                asked = b""
                while b"\r\n\r\n" not in asked and (more := connection.recv(65_536)):
                    asked += more
                self.asked.append(asked)
                path = asked.split(b" ")[1].decode() if asked.count(b" ") > 1 else ""
                self.scripts.get(path, self.otherwise)(connection)
            except OSError:  # the client had enough, which is what the tests are about
                return


def send(raw: bytes) -> Script:
    """These bytes, then the end."""
    return lambda connection: connection.sendall(raw)


def reply(body: bytes, *headers: str, content_type: str = "application/rss+xml") -> bytes:
    """A well-formed answer; `headers` replace its Content-Length."""
    lines = headers or (f"Content-Length: {len(body)}",)
    head = "\r\n".join(("HTTP/1.1 200 OK", f"Content-Type: {content_type}", "Connection: close", *lines))
    return head.encode() + b"\r\n\r\n" + body


def reset_after(raw: bytes) -> Script:
    """These bytes, then a reset instead of an end."""

    def run(connection: socket.socket) -> None:
        connection.sendall(raw)
        time.sleep(0.2)  # else the reset overtakes the bytes
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return run


def drip(raw: bytes, every_s: float = 0.2) -> Script:
    """A byte at a time."""

    def run(connection: socket.socket) -> None:
        for byte in raw:
            connection.sendall(bytes([byte]))
            time.sleep(every_s)

    return run


def forever(piece: bytes, head: bytes = b"") -> Script:
    """The same again and again, until the client leaves."""

    def run(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return run


def silent(connection: socket.socket) -> None:
    """Nothing, until the client leaves."""
    connection.recv(1)


def gzip_member(body: bytes) -> bytes:
    """Compressed as servers send it."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(body) + packer.flush()
