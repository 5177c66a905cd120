"""Webhooks to a real HTTP receiver that verifies them as docs/channels.md says."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.adapters.receivers import HookServer, hook_server, is_genuine
from tests.builders import NOW, alert
from vigie.adapters.channels import webhooks
from vigie.adapters.channels.channel import Channel
from vigie.adapters.channels.opening import parse_channels
from vigie.adapters.channels.sending import send
from vigie.alerts.wording import alert_message, gathered_message
from vigie.errors import TransientError
from vigie.model import ArticleId, Passage
from vigie.settings import PROJECT

pytestmark = pytest.mark.enable_socket

ALERT = alert(
    "0123456789abcdef",
    fired_at=datetime(2025, 2, 5, 17, 8, tzinfo=UTC),
    topic="Notre-Dame-de-Malpertuis : des plaintes",
    terms=("Malpertuis", "plaintes"),
    article_ids=(ArticleId("a1"), ArticleId("a2")),
    trend=(0, 1, 6),
    about="t1",
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
SECRET = "une clé, 32 octets au moins, mieux du hasard"
MESSAGE = alert_message(ALERT)


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


def channel(server: HookServer, options: str = "", secret: str | None = SECRET) -> Channel:
    return Channel(key="k", label="outil", address=server.address() + options, secret=secret)


def test_a_webhook_receives_all_of_the_alert_with_its_id_however_often(receiver: HookServer) -> None:
    for minutes in (0, 30):
        send(MESSAGE, channel(receiver, "?:room=desk&+X-Team=bureau&-q=1"), NOW + timedelta(minutes=minutes))
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["x-vigie-id"] == second.headers["x-vigie-id"] == ALERT.id
    assert (first.path, first.headers["x-team"]) == ("/hook?q=1", "bureau")
    assert first.headers["authorization"].startswith("Basic ")
    body = first.json
    assert (body["version"], body["type"], body["attachments"]) == (
        "1.0",
        "info",
        [],
    )  # as Apprise sends them
    assert (body["title"], body["message"]) == (MESSAGE.title, MESSAGE.text)
    assert (body["alert_id"], body["room"], body["kind"]) == (ALERT.id, "desk", "topic")
    assert (body["topic"], body["reason"], body["about"]) == (ALERT.topic, ALERT.reason, "t1")
    assert body["fired_at"] == "2025-02-05T17:08:00+00:00"
    assert (body["now"], body["before"], body["window_h"], body["trend"]) == (6, 0.1, 24, [0, 1, 6])
    assert body["article_ids"] == ["a1", "a2"]
    assert body["articles"] == [
        {
            "id": "a1",
            "title": "Malpertuis :  encore",
            "url": "https://example.org/a1",
            "source": "Le Courrier",
            "passage": "Six plaintes ont été déposées.",
        }
    ]


def test_a_signature_is_of_this_body_at_this_time_by_this_secret(receiver: HookServer) -> None:
    send(MESSAGE, channel(receiver), NOW)
    (got,) = receiver.received
    at = NOW.timestamp()
    assert is_genuine(SECRET, got.headers, got.body, at + 299)
    assert not is_genuine(SECRET, got.headers, got.body, at + 301)
    assert not is_genuine(SECRET, got.headers, got.body + b" ", at)
    assert not is_genuine("autre", got.headers, got.body, at)
    later = {**got.headers, "x-vigie-timestamp": str(int(at) + 60)}
    assert not is_genuine(SECRET, later, got.body, at)


def test_a_header_of_the_address_cannot_stand_in_for_ours(receiver: HookServer) -> None:
    send(MESSAGE, channel(receiver, "?+X-Vigie-Id=faux&+X-Vigie-Signature=faux"), NOW)
    (got,) = receiver.received
    assert got.headers["x-vigie-id"] == ALERT.id
    assert is_genuine(SECRET, got.headers, got.body, NOW.timestamp())


def test_without_a_secret_there_is_no_signature(receiver: HookServer) -> None:
    send(MESSAGE, channel(receiver, secret=None), NOW)
    (got,) = receiver.received
    assert "x-vigie-signature" not in got.headers
    assert (got.headers["x-vigie-id"], got.headers["x-vigie-timestamp"]) == (
        ALERT.id,
        str(int(NOW.timestamp())),
    )


def test_gathered_alerts_are_each_whole(receiver: HookServer) -> None:
    send(gathered_message("m1", [ALERT, alert("b")]), channel(receiver), NOW)
    (body,) = receiver.bodies
    assert (body["alert_id"], body["kind"]) == ("m1", "gathered")
    assert [one["alert_id"] for one in body["alerts"]] == [ALERT.id, "b"]
    assert body["alerts"][0]["reason"] == ALERT.reason


def test_fields_can_be_renamed_as_apprise_does(receiver: HookServer) -> None:
    send(MESSAGE, channel(receiver, "?:message=text&:attachments="), NOW)
    (body,) = receiver.bodies
    assert body["text"] == MESSAGE.text
    assert body.keys().isdisjoint({"message", "attachments"})


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 410, 429, 500, 503])
def test_anything_but_2xx_is_not_taken_and_says_nothing_secret(
    receiver: HookServer, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.status = status
    receiver.answer_headers = {"Location": f"http://127.0.0.1:{receiver.server_port}/ailleurs"}
    with pytest.raises(TransientError) as caught:
        send(MESSAGE, channel(receiver), NOW)
    assert str(caught.value) == f"channel outil (k) did not take {ALERT.id}: HTTP {status}"
    assert len(receiver.received) == 1
    told = f"{caught.value} {caplog.text} {channel(receiver)!r}"
    for secret in ("s3cr3t", "/hook", SECRET):
        assert secret not in told


def test_a_log_at_its_loudest_has_no_address(receiver: HookServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "apprise"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    send(MESSAGE, channel(receiver), NOW)
    assert "/hook" not in caplog.text
    assert "s3cr3t" not in caplog.text


def test_one_that_is_away_or_says_nothing_is_tried_again(
    receiver: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "TIMEOUT_S", 0.2)
    receiver.delay_s = 1.0
    with pytest.raises(TransientError, match="ReadTimeout"):
        send(MESSAGE, channel(receiver), NOW)
    gone = channel(receiver)
    receiver.shutdown()
    receiver.server_close()
    with pytest.raises(TransientError, match="ConnectError"):
        send(MESSAGE, gone, NOW)


def test_the_page_for_receivers_says_what_we_do(receiver: HookServer) -> None:
    """The Python of docs/channels.md, run as it stands there."""
    page = (PROJECT / "docs" / "channels.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    room: dict[str, object] = {}
    exec(code, room)
    [listed] = parse_channels(receiver.address())
    send(MESSAGE, Channel(key="k", label="l", address=listed.address, secret=SECRET), datetime.now(UTC))
    (got,) = receiver.received
    verify = room["verify"]
    assert callable(verify)
    assert verify(SECRET, got.headers, got.body)
    assert not verify(SECRET, got.headers, got.body + b" ")
    assert not verify("autre", got.headers, got.body)
    assert not verify(SECRET, {}, got.body)
