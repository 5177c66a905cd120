"""Where alerts arrive: an HTTP receiver and an SMTP server, both real, on this machine."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request: its headers in lower case, its body as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class HookServer(ThreadingHTTPServer):
    """Keeps what it is sent; answers with `status` after `delay_s`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.status = 200
        self.delay_s = 0.0
        self.answer_headers: dict[str, str] = {}
        self.received: list[Received] = []

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Of every request so far."""
        return [request.json for request in self.received]

    def address(self, path: str = "hook", user: str = "desk:s3cr3t@") -> str:
        """As Apprise takes it."""
        return f"json://{user}127.0.0.1:{self.server_port}/{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests do."""


class _Hook(BaseHTTPRequestHandler):
    server: HookServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.received.append(Received(method=self.command, path=self.path, headers=headers, body=body))
        time.sleep(self.server.delay_s)
        self.send_response(self.server.status)
        for name, value in self.server.answer_headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_PUT = do_POST  # noqa: N815  http.server looks for these names

    def log_message(self, *args: object) -> None:
        """A test has nothing to say."""


@contextmanager
def hook_server() -> Iterator[HookServer]:
    """Running until the block ends."""
    server = HookServer()
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_genuine(
    secret: str, headers: Mapping[str, str], body: bytes, now: float, window_s: float = 300
) -> bool:
    """What docs/channels.md tells receivers to do; a test holds the page to it."""
    stamp = headers.get("x-vigie-timestamp", "")
    if not stamp.isdigit() or abs(now - int(stamp)) > window_s:
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}", headers.get("x-vigie-signature", ""))


@dataclass(slots=True)
class Inbox:
    """An SMTP server's mails. `answers` are given instead of a welcome, by command: `RCPT`, `DATA`.

    An answer of None hangs up.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, str | None] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    logins: list[tuple[str, str]] = field(default_factory=list)

    def address(self, query: str = "to=redaction@example.org", user: str = "") -> str:
        """As Apprise takes it."""
        return (
            f"mailto://{user}127.0.0.1:{self.port}?from=vigie@example.org&name=Vigie&smtp=127.0.0.1&{query}"
        )

    async def handle_RCPT(  # noqa: N802  aiosmtpd looks for these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.answers.get("RCPT", "") or self.refused.get(address, "")
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.answers.get("DATA", "250 OK")
        if said is None:
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        if said.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.envelopes.append(envelope)
        return said

    def check_login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Whoever comes is welcome, and remembered."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=True)


@contextmanager
def smtp_server(**options: Any) -> Iterator[Inbox]:
    """Running until the block ends."""
    inbox = Inbox()
    usual = {"authenticator": inbox.check_login, "auth_require_tls": False}
    controller = Controller(inbox, hostname="127.0.0.1", port=_free_port(), **{**usual, **options})
    controller.start()
    inbox.port = controller.port
    try:
        yield inbox
    finally:
        controller.stop()


def _free_port() -> int:
    """aiosmtpd asks its own port whether it is up, and cannot be given 0."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
