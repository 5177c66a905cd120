"""Alerts out, through Apprise: Slack, Teams, mail, Matrix, ntfy, webhooks, by one address each.

An Apprise address is a secret: it never stands in an error, a log or the ledger. What may be stored is its `key`.
A webhook (`json://host/path`) receives `alert_id`, the same however often the alert is sent, so that it can
recognise a repeat.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import apprise

from vigie.alerts.wording import alert_text
from vigie.errors import TransientError, UsageError
from vigie.model import Alert

TIMEOUT_S = 15.0
"""For connecting, and again for each read: a chat service that takes longer is down as far as an alert goes."""

# A comma parts two addresses only where the next one begins: addresses such as mailto:// have commas of their own.
_NEXT_ADDRESS = re.compile(r"\s*,\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)")
_WEBHOOKS = frozenset({"json", "jsons"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where alerts go. `key` is a short digest of the address, `label` its scheme and host: both safe to show."""

    key: str
    address: str = field(repr=False)
    label: str


def parse_channels(text: str) -> tuple[Channel, ...]:
    """The channels of a comma-separated list of Apprise addresses, without repeats.

    Raises UsageError for one that Apprise does not know; the message names its position and scheme only.
    """
    addresses = [part.strip() for part in _NEXT_ADDRESS.split(text.strip().strip(",")) if part.strip()]
    channels = (_make_channel(position, address) for position, address in enumerate(addresses, start=1))
    return tuple({channel.key: channel for channel in channels}.values())


def _make_channel(position: int, address: str) -> Channel:
    scheme = address.split("://", 1)[0] if "://" in address else ""
    with _quiet():
        service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if service is None:
        named = f"scheme {scheme}://" if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) else "no scheme"
        raise UsageError(f"VIGIE_CHANNELS: address {position} ({named}) is not one that Apprise knows")
    key = hashlib.sha256(address.encode()).hexdigest()[:16]
    return Channel(key=key, address=address, label=_label(scheme.lower(), address))


def _label(scheme: str, address: str) -> str:
    """Scheme, and the host of a webhook; elsewhere (slack://token…) what stands for a host may be the secret."""
    if scheme not in _WEBHOOKS:
        return f"{scheme}://"
    return f"{scheme}://{urlsplit(address).hostname or ''}"


def notify(alert: Alert, channel: Channel) -> None:
    """Send an alert to a channel. Raises TransientError, naming the label, when the channel did not take it."""
    title, body = alert_text(alert)
    with _quiet():
        sender = apprise.Apprise()
        sender.add(_address_for(alert, channel.address))
        try:
            taken = bool(sender.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))
        except Exception:  # plugins of 100 services: whatever they raise, the channel did not take it
            taken = False
    if not taken:
        raise TransientError(
            f"channel {channel.label} ({channel.key}) did not take alert {alert.id}"
        ) from None


def _address_for(alert: Alert, address: str) -> str:
    """The address as Apprise takes it for one alert: time-outs, and for a webhook the id as a field of its JSON."""
    options = f"cto={TIMEOUT_S}&rto={TIMEOUT_S}"
    if address.split("://", 1)[0].lower() in _WEBHOOKS:
        options += f"&:alert_id={alert.id}"
    return f"{address}{'&' if '?' in address else '?'}{options}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Apprise logs addresses and bodies, urllib3 logs paths, and the path of a Slack webhook is its secret: one in a
    log is worse than a line that is missing."""
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3.connectionpool")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
