"""A server that answers an import as Kibana's source and documentation say it does, and notes what it was asked."""

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Desk:
    """What the server says next, and the last request: its path, its headers, its file's name and content."""

    status: int = 200
    said: Any = None
    location: str | None = None
    pause_s: float = 0.0
    asked: list[tuple[str, Message, str, bytes]] = field(default_factory=list)


@contextlib.contextmanager
def running_kibana(certificate: Path | None = None) -> Iterator[tuple[str, Desk]]:
    """The address of the server, and what it does; over TLS with a certificate and its key in one file."""
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            name, content = read_part(self.headers["Content-Type"], body)
            desk.asked.append((self.path, self.headers, name, content))
            time.sleep(desk.pause_s)
            said = desk.said if desk.said is not None else imported(len(content.splitlines()))
            answer = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(desk.status)
            if desk.location:
                self.send_header("Location", desk.location)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with contextlib.suppress(OSError):  # a client that gave up
                self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            http.socket = context.wrap_socket(http.socket, server_side=True)
        http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that does not trust us
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http{'s' if certificate else ''}://127.0.0.1:{http.server_port}", desk
        finally:
            http.shutdown()
            thread.join()


def imported(count: int) -> dict[str, Any]:
    """What Kibana says when all went well."""
    return {"success": True, "successCount": count, "warnings": [], "successResults": []}


def read_part(content_type: str, body: bytes) -> tuple[str, bytes]:
    """The name and the content of the one part called `file`."""
    parsed = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    [part] = parsed.get_payload()  # type: ignore[misc]  # a form has parts
    assert isinstance(part, Message)
    assert part.get_param("name", header="content-disposition") == "file"
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return str(part.get_filename()), payload


def make_certificate(folder: Path) -> Path:
    """A certificate of its own authority for 127.0.0.1, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Kibana of the tests")])
    begin = datetime.now(UTC) - timedelta(hours=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, no_password)
    path = folder / "kibana.pem"
    path.write_bytes(certificate.public_bytes(encoding) + private)
    return path
