"""The web adapter against a real server on this machine: redirects, refusals, bounds, answers of every kind."""

import contextlib
import gzip
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vigie.adapters import dialing
from vigie.adapters.dialing import refuse_reason
from vigie.adapters.web import (
    BodyTooLarge,
    RefusedAddress,
    TooManyRedirects,
    UnreadableBody,
    UnsupportedAddress,
    WebClient,
    conditional_headers,
    parse_retry_after,
)
from vigie.errors import TransientError
from vigie.model import Page

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
AGENT = "Vigie/0 (+https://desk.example/contact)"


class Site:
    """A server on a free port; `seen` are the requests it got: path and headers."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                # The client hangs up, as some of these tests want it to.
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    site.pages[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = reply


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.server.shutdown()
    running.server.server_close()


def fetch(site: Site, path: str, **settings: object) -> Page:
    return open_client(site, **settings).fetch(site.url + path)


def open_client(site: Site, **settings: object) -> WebClient:
    values = {
        "allowed_private_hosts": frozenset({site.host}),
        "user_agent": AGENT,
        "now": lambda: NOW,
        "timeout_s": 5,
    }
    return WebClient(**{**values, **settings})  # type: ignore[arg-type]  # a bag of test settings


def test_answer_is_a_page(site: Site) -> None:
    site.answer("/a", b"bonjour", ETag='"x"', Content_Type="text/plain")
    page = fetch(site, "/a")
    assert (page.status, page.body, page.url, page.fetched_at) == (200, b"bonjour", site.url + "/a", NOW)
    assert page.header("etag") == '"x"'
    assert site.seen[0][1]["user-agent"] == AGENT


@pytest.mark.parametrize("status", [304, 403, 404, 410, 429, 500, 503])
def test_every_status_is_an_answer(site: Site, status: int) -> None:
    site.answer("/a", b"" if status == 304 else b"non", status)
    assert fetch(site, "/a").status == status


def test_conditional_headers_are_sent(site: Site) -> None:
    site.answer("/a", status=304)
    page = open_client(site).fetch(
        site.url + "/a", headers=conditional_headers('W/"é"', "Mon, 23 Nov 2026 07:00:00 GMT")
    )
    assert page.status == 304
    assert "if-none-match" not in site.seen[0][1], "an etag that is not ASCII cannot be sent"
    assert site.seen[0][1]["if-modified-since"] == "Mon, 23 Nov 2026 07:00:00 GMT"


def test_redirects_are_walked_and_kept(site: Site) -> None:
    site.answer("/a", status=302, Location="/b#haut")
    site.answer("/b", status=301, Location=f"{site.url}/c")
    site.answer("/c", b"fin")
    page = fetch(site, "/a")
    assert page.addresses == (f"{site.url}/a", f"{site.url}/b", f"{site.url}/c")
    assert page.requested_url == f"{site.url}/a"


def test_cookie_walls_let_us_through(site: Site) -> None:
    site.answer("/a", status=302, Location="/b", Set_Cookie="vu=1; Path=/")
    site.answer("/b", b"fin")
    fetch(site, "/a")
    assert site.seen[1][1]["cookie"] == "vu=1"


def test_five_redirects_pass_six_do_not(site: Site) -> None:
    for n in range(6):
        site.answer(f"/{n}", status=302, Location=f"/{n + 1}")
    site.answer("/6", b"fin")
    assert fetch(site, "/1").body == b"fin"
    with pytest.raises(TooManyRedirects, match=f"{site.url}/0: more than 5"):
        fetch(site, "/0")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/a", "gopher://x/"]
)
def test_other_schemes_are_refused(site: Site, target: str) -> None:
    site.answer("/a", status=302, Location=target)
    with pytest.raises(UnsupportedAddress, match=f"{site.url}/a"):
        fetch(site, "/a")
    with pytest.raises(UnsupportedAddress):
        open_client(site).fetch(target)


def test_private_address_is_refused_by_default(site: Site) -> None:
    with pytest.raises(RefusedAddress, match="loopback"):
        fetch(site, "/a", allowed_private_hosts=frozenset())
    assert site.seen == []


def test_allowed_host_is_that_text_and_port_only(site: Site) -> None:
    site.answer("/a", b"oui")
    other = f"http://localhost:{site.port}/a"
    with pytest.raises(RefusedAddress, match="localhost"):
        open_client(site).fetch(other)
    with pytest.raises(RefusedAddress):
        fetch(site, "/a", allowed_private_hosts=frozenset({f"127.0.0.1:{site.port + 1}"}))
    assert site.seen == []


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "localhost"]
)
def test_every_spelling_of_home_is_refused_at_a_redirect(site: Site, host: str) -> None:
    site.answer("/a", status=302, Location=f"http://{host}:{site.port}/b")
    site.answer("/b", b"secret")
    with pytest.raises(RefusedAddress) as caught:
        fetch(site, "/a")
    assert site.url in str(caught.value)
    assert [path for path, _ in site.seen] == ["/a"]


def test_name_is_resolved_once_and_dialled_as_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when checked and private when dialled would pass a second resolution."""
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    asked, dialled = [], []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def dial(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError("nobody home")

    monkeypatch.setattr(dialing.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", dial)
    with pytest.raises(TransientError, match=r"rebind\.example"):
        open_client(site).fetch("http://rebind.example/a")
    assert (asked, dialled) == (["rebind.example"], [("93.184.215.14", 80)])


def test_one_private_address_among_public_ones_is_enough(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(dialing.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.1"):
        open_client(site).fetch("http://mixed.example/a")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.0.8",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:8.8.8.8",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2001::1",
        "::7f00:1",
        "fec0::1",
        "2001:db8::1",
        "192.88.99.1",
    ],
)
def test_refused_addresses(text: str) -> None:
    assert refuse_reason(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.215.14", "2606:2800:220:1::1", "2a00:1450:4007::1"])
def test_public_addresses(text: str) -> None:
    assert refuse_reason(ipaddress.ip_address(text)) is None


def test_slow_drip_ends_at_the_deadline(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.1)

    site.pages["/a"] = drip
    start = time.monotonic()
    with pytest.raises(TransientError, match=r"no answer within 0\.6 s"):
        fetch(site, "/a", timeout_s=0.6)
    assert time.monotonic() - start < 5  # the whole drip takes 6 s


def test_slow_hops_share_one_deadline(site: Site) -> None:
    def hop(n: int) -> Callable[[BaseHTTPRequestHandler], None]:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(0.3)
            handler.send_response(302)
            handler.send_header("Location", f"/{n + 1}")
            handler.end_headers()

        return reply

    site.pages.update({f"/{n}": hop(n) for n in range(5)})
    with pytest.raises(TransientError, match="no answer within"):
        fetch(site, "/0", timeout_s=0.7)


def test_refused_connection_is_transient() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(TransientError, match=host):
        WebClient(user_agent=AGENT, allowed_private_hosts=frozenset({host})).fetch(f"http://{host}/")


def test_body_that_ends_early_is_transient(site: Site) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"court")

    site.pages["/a"] = cut
    with pytest.raises(TransientError, match=f"{site.url}/a"):
        fetch(site, "/a")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_compressed_bodies_are_read(site: Site, encoding: str) -> None:
    text = "chef de l’État ".encode() * 5000
    packer = zlib.compressobj(wbits=-15)
    body = {
        "gzip": gzip.compress(text[:100]) + gzip.compress(text[100:]),
        "deflate": zlib.compress(text),
        "raw": packer.compress(text) + packer.flush(),
    }[encoding]
    site.answer("/a", body, Content_Encoding="gzip" if encoding == "gzip" else "deflate")
    page = fetch(site, "/a")
    assert page.body == text
    assert page.header("content-encoding") is None


def test_large_body_is_cut_on_the_wire(site: Site) -> None:
    site.answer("/a", b"x" * 2_000_000)
    with pytest.raises(BodyTooLarge, match=f"{site.url}/a: more than 1000000 bytes"):
        fetch(site, "/a", max_body_bytes=1_000_000)


def test_gzip_bomb_is_cut_while_it_streams(site: Site) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 1_000_000
    site.answer("/a", bomb, Content_Encoding="gzip")
    start = time.monotonic()
    with pytest.raises(BodyTooLarge):
        fetch(site, "/a", max_body_bytes=1_000_000)
    assert time.monotonic() - start < 30  # a guard against minutes, not a measurement


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "gzip"])
def test_unreadable_encodings_say_so(site: Site, encoding: str) -> None:
    site.answer("/a", b"pas du tout", Content_Encoding=encoding)
    with pytest.raises(UnreadableBody, match=f"{site.url}/a"):
        fetch(site, "/a")


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answer("/a", b"direct")
    assert fetch(site, "/a").body == b"direct"


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 23 Nov 2026 08:01:00 GMT", timedelta(minutes=1)),
        ("Mon, 23 Nov 2026 07:00:00 GMT", timedelta()),
        ("999999999999", timedelta(days=1)),
        ("-5", None),
        ("bientôt", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, wait: timedelta | None) -> None:
    assert parse_retry_after(value, NOW) == wait
