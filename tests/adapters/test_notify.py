"""Alerts to a real HTTP receiver on this machine."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from vigie.adapters.notify import notify, parse_channels
from vigie.alerts.wording import alert_text
from vigie.errors import TransientError, UsageError
from vigie.model import Alert, AlertId, ArticleId, Passage

pytestmark = pytest.mark.enable_socket

ALERT = Alert(
    id=AlertId("0123456789abcdef"),
    fired_at=datetime(2025, 2, 5, 17, 8, tzinfo=UTC),
    topic="Notre-Dame-de-Malpertuis : des plaintes",
    terms=("Malpertuis", "plaintes"),
    article_ids=(ArticleId("a1"),),
    now=6,
    before=0.1,
    window_h=24,
    sources=("Le Courrier", "L'Écho"),
    reason="« Malpertuis » : 6 articles de 2 sources en 24 h, contre 0,1 d'ordinaire (28 jours).",
    passages=(
        Passage(
            article_id=ArticleId("a1"),
            title="Malpertuis : \u202eencore",
            url="https://example.org/a1",
            source="Le Courrier",
            text="Six plaintes ont été déposées.",
        ),
    ),
)


class Receiver(HTTPServer):
    """Keeps what it is sent; answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.bodies: list[dict[str, object]] = []


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """A test has nothing to say."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def address(server: Receiver) -> str:
    return f"json://desk:s3cr3t@127.0.0.1:{server.server_port}/hook?:room=desk"


def test_a_webhook_receives_the_alert_with_its_id(receiver: Receiver) -> None:
    [channel] = parse_channels(address(receiver))
    notify(ALERT, channel)
    notify(ALERT, channel)
    first, second = receiver.bodies
    assert first == second
    assert (first["alert_id"], first["room"]) == (ALERT.id, "desk")
    assert first["title"] == "Nouveau sujet : Notre-Dame-de-Malpertuis : des plaintes"
    assert ALERT.reason in str(first["message"])
    assert "https://example.org/a1" in str(first["message"])


def test_a_channel_that_refuses_is_tried_again_and_keeps_its_secret(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.status = 503
    [channel] = parse_channels(address(receiver))
    with pytest.raises(TransientError) as caught:
        notify(ALERT, channel)
    assert channel.key in str(caught.value)
    assert "s3cr3t" not in f"{caught.value} {caplog.text} {channel!r} {channel.label} {channel.key}"
    assert "/hook" not in f"{caught.value} {caplog.text} {channel!r}"


def test_a_channel_that_is_away_is_tried_again(receiver: Receiver) -> None:
    [channel] = parse_channels(address(receiver))
    receiver.shutdown()
    receiver.server_close()
    with pytest.raises(TransientError):
        notify(ALERT, channel)


def test_addresses_with_commas_stay_whole() -> None:
    text = "json://127.0.0.1:1/a , mailto://desk:pw@example.org?to=a@example.org,b@example.org,json://127.0.0.1:2/b"
    channels = parse_channels(text)
    assert [c.label for c in channels] == ["json://127.0.0.1", "mailto://", "json://127.0.0.1"]
    assert channels[1].address.endswith("?to=a@example.org,b@example.org")
    assert len({c.key for c in channels}) == 3


def test_the_same_address_twice_is_one_channel_and_none_is_none() -> None:
    assert len(parse_channels("json://127.0.0.1:1/a, json://127.0.0.1:1/a")) == 1
    assert parse_channels("  ") == ()


@pytest.mark.parametrize(("text", "said"), [("nosuch://s3cr3t/x", "nosuch://"), ("s3cr3t", "no scheme")])
def test_an_unknown_address_is_named_by_position_and_scheme_only(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_channels(f"json://127.0.0.1:1/a,{text}" if "://" in text else text)
    assert said in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_the_text_of_an_alert_obeys_nobody() -> None:
    title, body = alert_text(ALERT)
    assert "\u202e" not in title + body
    assert body.splitlines()[0] == ALERT.reason
    assert body.endswith("Alerte 0123456789abcdef, 05/02/2025 à 17:08 UTC")
