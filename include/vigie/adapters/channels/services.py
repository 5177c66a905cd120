"""Everything that is neither mail nor webhook, through Apprise."""

import re

import apprise

from vigie.alerts.messages import Message
from vigie.errors import TransientError

TIMEOUT_S = 15.0
"""For connecting, and again for each read: a chat service that takes longer is down as far as an alert goes."""

# What chats read as a call to everyone; a stranger's headline must not ring a whole company.
_CALLS = re.compile(r"@(?=(?:everyone|here|channel|all|room|group)\b)|(?<=<)(?=[!@#])", re.IGNORECASE)


def notify(message: Message, address: str) -> None:
    """Send title and text. Raises TransientError when the service did not take them."""
    sender = apprise.Apprise()
    sender.add(_with_options(address))
    text = apprise.NotifyFormat.TEXT
    if not sender.notify(title=defuse(message.title), body=defuse(message.text), body_format=text):
        raise TransientError("the service refused it or is away")


def defuse(text: str) -> str:
    """The same to read, and no call to everyone."""
    return _CALLS.sub(lambda found: "＠" if found[0] else " ", text)


def _with_options(address: str) -> str:
    """Time-outs, and a text that is too long for a service goes in parts; what the address says itself stands."""
    query = address.partition("?")[2].lower()
    given = {pair.split("=", 1)[0] for pair in query.split("&")}
    usual = {"cto": str(TIMEOUT_S), "rto": str(TIMEOUT_S), "overflow": "split"}
    options = "&".join(f"{name}={value}" for name, value in usual.items() if name not in given)
    return f"{address}{'&' if '?' in address else '?'}{options}"
