"""A feed that gives no answer: the condition says why, whatever the libraries between wrap it in."""

import socket
import threading
from collections.abc import Iterator

import pytest

from vigie.adapters.web.client import WebClient
from vigie.errors import PermanentError, TransientError
from vigie.feeds.conditions import Condition
from vigie.steps.feed_faults import judge_fault


@pytest.fixture
def deaf() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def plain() -> Iterator[str]:
    """A port that answers TLS with plain text."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def condition_of(url: str, allowed: str = "") -> Condition:
    hosts = frozenset({allowed} if allowed else ())
    with (
        WebClient(user_agent="essai", timeout_s=2, allowed_private_hosts=hosts) as web,
        pytest.raises((TransientError, PermanentError)) as caught,
    ):
        web.fetch(url)
    return judge_fault(caught.value).condition


def test_a_server_that_never_answers(deaf: str) -> None:
    assert condition_of(f"http://{deaf}/flux", deaf) == "timeout"


def test_a_server_that_speaks_no_tls(plain: str) -> None:
    assert condition_of(f"https://{plain}/flux", plain) == "tls"


@pytest.mark.parametrize(
    ("url", "condition"),
    [
        ("http://127.0.0.1:1/flux", "private"),
        ("http://[::ffff:10.0.0.1]/flux", "private"),
        ("ftp://a.example/flux", "unreadable"),
        ("http://nulle-part.invalid/flux", "dns"),  # RFC 6761: no such name, ever
    ],
)
def test_an_address_that_leads_nowhere(url: str, condition: Condition) -> None:
    assert condition_of(url) == condition


def test_nobody_listens() -> None:
    assert condition_of("http://127.0.0.1:1/flux", "127.0.0.1:1") == "unreachable"
