"""Mails: text, HTML that says the same, and the pictures that it shows.

Apprise reads the address, and we send: it makes the text from the HTML, and our texts are better. All recipients
stand in one mail, which the server takes at once: after a fault nobody has it, or everybody that it would serve.
"""

import smtplib
import ssl
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from vigie.adapters.channels.mail_account import Account, Person
from vigie.alerts.messages import Message
from vigie.errors import TransientError

TIMEOUT_S = 15.0
"""For connecting, and again for each answer."""
_POLICY = SMTP.clone(cte_type="7bit")  # not every server takes eight bits


def send_mail(message: Message, account: Account, channel: str, now: datetime) -> str | None:
    """Send one mail to all recipients; says how many of them the server refused, if any.

    Raises TransientError when it took the mail for none.
    """
    if not account.recipients:
        raise TransientError("the address has no recipient")
    try:
        refused = _hand_in(compose(message, account, channel, now), account)
    except smtplib.SMTPResponseException as error:
        raise TransientError(f"SMTP {error.smtp_code}") from None  # what it says may name people
    except smtplib.SMTPRecipientsRefused as error:
        codes = ", ".join(sorted({str(code) for code, _said in error.recipients.values()}))
        raise TransientError(f"every recipient refused, SMTP {codes}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise TransientError(type(error).__name__) from None
    return f"{refused} of {len(account.recipients)} recipients refused by the server" if refused else None


def compose(message: Message, account: Account, channel: str, now: datetime) -> EmailMessage:
    """The mail; its Message-ID is the same however often it is sent."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _names([account.sender])
    for header, people in (("To", account.to), ("Cc", account.cc), ("Reply-To", account.reply_to)):
        if people:
            mail[header] = _names(people)
    mail["Subject"] = message.title
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.id}.{channel}@{account.sender[1].rpartition('@')[2]}>"
    mail["X-Vigie-Id"] = message.id
    mail["Auto-Submitted"] = "auto-generated"  # no "I am on holiday" in answer (RFC 3834)
    for header, value in account.headers.items():
        del mail[header]
        mail[header] = value
    mail.set_content(message.text)
    if message.html:
        _add_html(mail, message, message.html)
    return mail


def _add_html(mail: EmailMessage, message: Message, html: str) -> None:
    part = MIMEPart(policy=_POLICY)
    part.set_content(html, subtype="html")
    for picture in message.pictures:
        part.add_related(
            picture.png, "image", "png", cid=f"<{picture.name}>", filename=picture.name, disposition="inline"
        )
    mail.make_alternative()
    mail.attach(part)  # type: ignore[arg-type]  # a part of a mail, which needs no header of its own


def _names(people: Iterable[Person]) -> str:
    return ", ".join(formataddr(person, charset="utf-8") for person in people)


def _hand_in(mail: EmailMessage, account: Account) -> int:
    """Give the mail to the server; how many recipients it refused."""
    server = _connect(account)
    try:
        if account.mode == "starttls":
            server.starttls(context=_tls(account))
        if account.user and account.password:
            server.login(account.user, account.password)
        return len(server.send_message(mail, account.sender[1], account.recipients))
    finally:
        with suppress(OSError, smtplib.SMTPException):  # it has taken the mail by now, or said why not
            server.quit()
        server.close()


def _connect(account: Account) -> smtplib.SMTP:
    if account.mode == "ssl":
        return smtplib.SMTP_SSL(account.host, account.port, timeout=TIMEOUT_S, context=_tls(account))
    return smtplib.SMTP(account.host, account.port, timeout=TIMEOUT_S)


def _tls(account: Account) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not account.verifies:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
