"""Webhooks: a message as JSON, signed. `docs/channels.md` says the same to those who receive them.

The signature is HMAC-SHA256, with the channel's secret, of `timestamp + "." + body`: the seconds in
`X-Vigie-Timestamp`, a point, and the bytes of the body as sent. Apprise reads the address, and we send: it makes its
body where nobody can sign it.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
from apprise.plugins.custom_json import NotifyJSON

from vigie.alerts.messages import Message
from vigie.alerts.wire_form import message_object
from vigie.errors import TransientError

TIMEOUT_S = 15.0
"""For connecting, and again for the answer."""


def post(message: Message, plugin: NotifyJSON, secret: str | None, now: datetime) -> None:
    """Send a message. Raises TransientError for anything but an answer of 2xx.

    A redirect is not followed: clients turn it into a request without a body, and the alert would be lost.
    """
    body = encode(message, plugin.payload_extras)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Vigie",
        **sign(body, message.id, secret, now),
    }
    try:
        with (
            httpx.Client(verify=plugin.verify_certificate, timeout=TIMEOUT_S) as client,
            client.stream(
                str(plugin.method),
                _url(plugin),
                params=plugin.params or None,
                headers={**plugin.headers, **headers},
                auth=(plugin.user, plugin.password or "") if plugin.user else None,
                content=body,
            ) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise TransientError(type(error).__name__) from None
    if not 200 <= status < 300:
        raise TransientError(f"HTTP {status}")


def encode(message: Message, extras: Mapping[str, str]) -> bytes:
    """The body. `extras` are the address's own `:name=value`, which add a field, or rename one that is there."""
    body: dict[str, Any] = message_object(message)
    for name, value in extras.items():
        if name not in body:
            body[name] = value
        else:
            moved = body.pop(name)
            if value:
                body[value] = moved
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def sign(body: bytes, message_id: str, secret: str | None, now: datetime) -> dict[str, str]:
    """The headers that say which message this is, when it was sent and, where there is a secret, by whom."""
    stamp = str(int(now.timestamp()))
    headers = {"X-Vigie-Id": message_id, "X-Vigie-Timestamp": stamp}
    if secret:
        signed = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        headers["X-Vigie-Signature"] = f"sha256={signed.hexdigest()}"
    return headers


def _url(plugin: NotifyJSON) -> str:
    scheme = "https" if plugin.secure else "http"
    port = f":{plugin.port}" if isinstance(plugin.port, int) else ""
    host = f"[{plugin.host}]" if ":" in plugin.host else plugin.host
    return f"{scheme}://{host}{port}{plugin.fullpath}"
