"""Where alerts go."""

import hashlib
from dataclasses import dataclass, field

from vigie.delivery.rules import ALWAYS, USUAL_KINDS, Rules
from vigie.model import AlertKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where alerts go. `key` and `label` are safe to show; `address` is Apprise's, `secret` signs a webhook."""

    key: str
    label: str
    address: str = field(repr=False)
    kinds: frozenset[AlertKind] = USUAL_KINDS
    rules: Rules = ALWAYS
    secret: str | None = field(default=None, repr=False)

    @property
    def scheme(self) -> str:
        """What kind of service it is."""
        return self.address.split("://", 1)[0].lower()


def key_of(name: str) -> str:
    """What stands for a channel in the ledger: a digest, because an address is a secret."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
