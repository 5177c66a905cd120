"""Mails to a real SMTP server that parses them; one that refuses, and one that hangs up."""

import io
import logging
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.adapters.receivers import Inbox, smtp_server
from tests.builders import NOW, alert
from vigie.adapters.channels import mails
from vigie.adapters.channels.channel import Channel
from vigie.adapters.channels.opening import parse_channels
from vigie.adapters.channels.sending import send
from vigie.alerts.messages import Message, Picture
from vigie.alerts.wording import alert_message
from vigie.errors import TransientError

pytestmark = pytest.mark.enable_socket

ALERT = alert("a1", topic="Malpertuis : l’été des plaintes", sources=("L'Écho",))
MESSAGE = alert_message(ALERT)


def png(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 10), colour).save(file, "PNG")
    return file.getvalue()


DIGEST = Message(
    id="d1",
    title="Synthèse du jour : 2 sujets",
    text="Deux sujets, dont « Malpertuis ».\n",
    html='<p>Deux sujets, dont « Malpertuis ».</p><img src="cid:tendance-1"><img src="cid:tendance-2">',
    pictures=(Picture(name="tendance-1", png=png("red")), Picture(name="tendance-2", png=png("blue"))),
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_server() as server:
        yield server


def channel(inbox: Inbox, query: str = "to=redaction@example.org", user: str = "") -> Channel:
    return Channel(key="k", label="courriel", address=inbox.address(query, user))


def test_an_alert_comes_as_a_mail_of_plain_text(inbox: Inbox) -> None:
    assert send(MESSAGE, channel(inbox), NOW) is None
    (mail,) = inbox.mails
    assert mail["Subject"] == "Nouveau sujet : Malpertuis : l’été des plaintes"
    assert (mail["From"], mail["To"]) == ("Vigie <vigie@example.org>", "redaction@example.org")
    assert (mail["X-Vigie-Id"], mail["Message-ID"]) == ("a1", "<a1.k@example.org>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert (mail.get_content_type(), mail["Content-Transfer-Encoding"]) == ("text/plain", "quoted-printable")
    assert mail.get_content().replace("\r\n", "\n") == MESSAGE.text + "\n"
    (envelope,) = inbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("vigie@example.org", ["redaction@example.org"])


def test_a_digest_is_one_mail_with_text_html_and_its_pictures(inbox: Inbox) -> None:
    send(DIGEST, channel(inbox), NOW)
    (mail,) = inbox.mails
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == DIGEST.text
    assert "« Malpertuis »" in html.get_content()
    related = next(part for part in mail.walk() if part.get_content_type() == "multipart/related")
    pictures = {
        str(part["Content-ID"]): part.get_content()
        for part in related.walk()
        if part.get_content_type() == "image/png"
    }
    assert pictures == {f"<{picture.name}>": picture.png for picture in DIGEST.pictures}
    for name, content in pictures.items():
        assert f"cid:{name.strip('<>')}" in html.get_content()
        assert Image.open(io.BytesIO(content)).size == (40, 10)


def test_the_same_message_has_the_same_message_id(inbox: Inbox) -> None:
    for _ in range(2):
        send(MESSAGE, channel(inbox), NOW)
    first, second = inbox.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_recipients_copies_and_headers_are_those_of_the_address(inbox: Inbox) -> None:
    query = (
        "to=a@example.org,b@example.org&cc=c@example.org&bcc=d@example.org&reply=e@example.org&+X-Desk=nuit"
    )
    send(MESSAGE, channel(inbox, query, "vigie:m0tdepasse@"), NOW)
    (mail,), (envelope,) = inbox.mails, inbox.envelopes
    assert (mail["To"], mail["Cc"], mail["Bcc"], mail["Reply-To"]) == (
        "a@example.org, b@example.org",
        "c@example.org",
        None,
        "e@example.org",
    )
    assert mail["X-Desk"] == "nuit"
    assert envelope.rcpt_tos == [f"{name}@example.org" for name in "abcd"]
    assert inbox.logins == [("vigie", "m0tdepasse")]


def test_one_recipient_that_is_refused_is_told_and_the_others_have_it(inbox: Inbox) -> None:
    inbox.refused["b@example.org"] = "550 no such user"
    note = send(MESSAGE, channel(inbox, "to=a@example.org,b@example.org"), NOW)
    assert note == "1 of 2 recipients refused by the server"
    assert inbox.envelopes[0].rcpt_tos == ["a@example.org"]


@pytest.mark.parametrize(
    ("command", "answer", "said"),
    [
        ("RCPT", "550 no such user redaction@example.org", "every recipient refused, SMTP 550"),
        ("RCPT", "451 greylisted", "every recipient refused, SMTP 451"),
        ("DATA", "554 m0tdepasse", "SMTP 554"),
        ("DATA", "452 full", "SMTP 452"),
        ("DATA", None, "SMTPServerDisconnected"),
    ],
)
def test_a_server_that_refuses_or_hangs_up_is_tried_again(
    inbox: Inbox, caplog: pytest.LogCaptureFixture, command: str, answer: str | None, said: str
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox.answers[command] = answer
    with pytest.raises(TransientError) as caught:
        send(MESSAGE, channel(inbox, user="vigie:m0tdepasse@"), NOW)
    assert str(caught.value) == f"channel courriel (k) did not take a1: {said}"
    ours = [record.getMessage() for record in caplog.records if record.name not in ("mail.log", "asyncio")]
    assert "m0tdepasse" not in f"{caught.value} {ours}"  # mail.log is the server's
    assert "redaction@" not in f"{caught.value} {ours}"
    inbox.answers.clear()
    send(MESSAGE, channel(inbox), NOW)
    assert len(inbox.mails) == 1


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        inbox = Inbox(port=silent.getsockname()[1])
        with pytest.raises(TransientError, match="SMTPServerDisconnected"):
            send(MESSAGE, channel(inbox), NOW)


def test_a_headline_is_one_header_and_no_more(inbox: Inbox) -> None:
    hostile = alert("h", topic="Titre\r\nBcc: victime@example.org\r\n\r\nCorps", sources=("x\r\nSubject: y",))
    send(alert_message(hostile), channel(inbox), NOW)
    (mail,) = inbox.mails
    assert mail["Bcc"] is None
    assert inbox.envelopes[0].rcpt_tos == ["redaction@example.org"]
    assert "Bcc: victime@example.org" in mail["Subject"]


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """A server's, signed by itself."""
    key, pem = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(pem)]
    subprocess.run([*made, "-subj", "/CN=127.0.0.1", "-days", "1"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    return context


def test_mails_go_over_tls_and_to_no_server_that_cannot_say_who_it_is(certificate: ssl.SSLContext) -> None:
    with smtp_server(tls_context=certificate, require_starttls=True) as inbox:
        address = inbox.address().replace("mailto://", "mailtos://")
        trusting = Channel(key="k", label="l", address=f"{address}&verify=no")
        send(MESSAGE, trusting, NOW)
        assert len(inbox.mails) == 1
        with pytest.raises(TransientError, match="SSLCertVerificationError"):
            send(MESSAGE, Channel(key="k", label="l", address=address), NOW)
        assert len(inbox.mails) == 1


def test_a_mail_address_of_the_list_has_a_label_without_a_host(inbox: Inbox) -> None:
    [listed] = parse_channels(inbox.address())
    assert listed.label == "mailto://"
