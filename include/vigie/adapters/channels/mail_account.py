"""What an Apprise mail address says, read by Apprise: server, login, sender and recipients."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apprise.plugins.email.base import NotifyEmail

Person = tuple[str, str]
"""Name, or nothing, and address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where mails are handed in, by whom, and to whom they go. `mode` is `insecure`, `starttls` or `ssl`."""

    host: str
    port: int
    mode: str
    user: str | None = field(repr=False)
    password: str | None = field(repr=False)
    verifies: bool
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    bcc: tuple[Person, ...]
    reply_to: tuple[Person, ...]
    headers: Mapping[str, str]

    @property
    def recipients(self) -> list[str]:
        """Every address that the mail goes to, once."""
        return list(dict.fromkeys(address for _name, address in (*self.to, *self.cc, *self.bcc)))


def can_be_read(plugin: NotifyEmail) -> bool:
    """False for mails that are to be encrypted: those stay Apprise's."""
    return plugin.pgp_mode in (None, "no", "none")


def read_account(plugin: NotifyEmail) -> Account:
    """The account of an address."""
    return Account(
        host=str(plugin.smtp_host),
        port=int(plugin.port or 0),
        mode=str(plugin.secure_mode),
        user=plugin.user or None,
        password=plugin.password or None,
        verifies=bool(plugin.verify_certificate),
        sender=_person(*plugin.from_addr),
        to=tuple(_person(*target) for target in plugin.targets),
        cc=_people(plugin, plugin.cc),
        bcc=_people(plugin, plugin.bcc),
        reply_to=_people(plugin, plugin.reply_to),
        headers={str(name): str(value) for name, value in plugin.headers.items()},
    )


def _people(plugin: NotifyEmail, addresses: set[str]) -> tuple[Person, ...]:
    return tuple(_person(plugin.names.get(address), address) for address in sorted(addresses))


def _person(name: object, address: object) -> Person:
    return (name if isinstance(name, str) else "", str(address))
