"""The web adapter against a real server on this machine: redirects, refusals, bounds, answers of every kind."""

import contextlib
import gzip
import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from tests.adapters.sites import Site, site
from vigie.adapters.web import dialing
from vigie.adapters.web.client import (
    Asked,
    BodyTooLarge,
    NoAnswer,
    NoConnection,
    RefusedAddress,
    TooManyRedirects,
    UnreadableBody,
    UnsupportedAddress,
    WebClient,
    conditional_headers,
)
from vigie.adapters.web.dialing import refuse_reason
from vigie.errors import PermanentError, TransientError
from vigie.model import Page

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
AGENT = "Vigie/0 (+https://desk.example/contact)"
__all__ = ["site"]


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
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0x7f000001",
        "017700000001",
        "localhost",
        "LOCALHOST",
        "0.0.0.0",
        "0",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[::127.0.0.1]",
        "100.64.0.1",
        "169.254.169.254",
    ],
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
    "host",
    [
        "ⓛocalhost",
        "１２７.0.0.1",
        "127。0。0。1",
        "0177.0.0.1",
        "127.0.0.1.",
        "localhost.",
        "localhost%00.example",
    ],
)
def test_a_name_in_disguise_leads_nowhere(site: Site, host: str) -> None:
    """What is no name, or not in that spelling, is one line like any other fault, at a redirect too."""
    target = f"http://{host}:{site.port}/b"
    other = Site()
    other.answer("/a", status=302, Location=target.encode().decode("latin-1"))
    for link in (target, f"{other.url}/a"):
        with pytest.raises((PermanentError, TransientError)) as caught:
            open_client(site, allowed_private_hosts=frozenset({other.host})).fetch(link)
        assert link in str(caught.value)
    assert site.seen == []
    other.stop()


def test_a_user_name_is_no_host(site: Site) -> None:
    """The allowed host stands before the `@`: it is not what is asked."""
    site.answer("/a", status=302, Location=f"http://{site.host}@localhost:{site.port}/b")
    with pytest.raises(PermanentError, match="localhost"):
        fetch(site, "/a")
    assert site.paths() == ["/a"]


def test_slow_headers_end_at_the_deadline(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for piece in (b"HTTP/1.1 200 OK\r\n", *[b"X-Lent: 1\r\n"] * 60):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.1)

    site.pages["/a"] = drip
    start = time.monotonic()
    with pytest.raises(NoAnswer, match=r"no answer within 0\.6 s"):
        fetch(site, "/a", timeout_s=0.6)
    assert time.monotonic() - start < 5  # the whole drip takes 6 s


@pytest.mark.parametrize("line", [b"X-Long: " + b"x" * 1000 + b"\r\n", b"x" * 1000])
def test_headers_without_end_are_cut(site: Site, line: bytes) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(50_000):
            handler.wfile.write(line)

    site.pages["/a"] = flood
    with pytest.raises(TransientError, match=f"{site.url}/a"):
        fetch(site, "/a")


def test_the_body_of_a_redirect_is_not_read(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/b")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.pages["/a"] = endless
    site.answer("/b", b"fin")
    assert fetch(site, "/a").body == b"fin"


def test_interim_answers_without_end_are_cut(site: Site) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")

    site.pages["/a"] = flood
    start = time.monotonic()
    with pytest.raises(TransientError):
        fetch(site, "/a", timeout_s=1)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((), None), ((301,), 1), ((308, 301), 2), ((301, 302), 1), ((302, 301), None), ((307,), None)],
)
def test_permanent_hops_from_the_start_are_a_move(
    site: Site, statuses: tuple[int, ...], moved: int | None
) -> None:
    for number, status in enumerate(statuses):
        site.answer(f"/{number}", status=status, Location=f"/{number + 1}")
    site.answer(f"/{len(statuses)}", b"fin")
    page = fetch(site, "/0")
    assert page.hop_statuses == statuses
    assert page.moved_to == (f"{site.url}/{moved}" if moved else None)


def test_the_time_of_an_answer_is_the_servers(site: Site) -> None:
    site.answer("/a", b"fin", takes_s=0.3)

    @contextlib.contextmanager
    def gate(_url: str) -> Iterator[Asked]:
        time.sleep(0.8)
        yield Asked()

    page = open_client(site).fetch(f"{site.url}/a", gate=gate)
    assert page.duration_ms is not None
    assert 300 <= page.duration_ms < 800


@pytest.mark.parametrize("kind", [NoConnection, NoAnswer])
def test_who_does_not_answer_is_told_apart(site: Site, kind: type[TransientError]) -> None:
    site.hang("/a")
    if kind is NoConnection:
        site.stop()
    with pytest.raises(kind, match=site.url):
        fetch(site, "/a", timeout_s=0.5)
