"""Addresses and keys that stand elsewhere: `env:NAME`, `airflow:CONNECTION_ID`.

What is found is told to nobody: an error names the place that was looked at.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vigie.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What a connection of Airflow holds, as far as a channel may use it."""

    uri: str = field(repr=False)
    password: str | None = field(repr=False)

    @property
    def address(self) -> str:
        """The Apprise address: its password where a whole address stands there, else itself as an address.

        Airflow keeps the path of an address as one name, its slashes quoted.
        """
        if self.password and "://" in self.password:
            return self.password
        parts = urlsplit(self.uri)
        return parts._replace(path=parts.path.replace("%2F", "/")).geturl()


ReadConnection = Callable[[str], Connection]
"""Gives Airflow's connection of this id; `UsageError` when there is none."""


def no_airflow(conn_id: str) -> Connection:
    """For a command that runs without Airflow."""
    raise UsageError(
        f"connection `{conn_id}` of Airflow cannot be read here; use env: for commands without Airflow"
    )


def read_address(source: str, read_connection: ReadConnection) -> str:
    """The Apprise address that stands at `source`; `UsageError` when nothing does."""
    kind, _, name = source.partition(":")
    return _from_environment(name) if kind == "env" else read_connection(name).address


def read_key(source: str, read_connection: ReadConnection) -> str:
    """The key for signatures that stands at `source`; `UsageError` when nothing does."""
    kind, _, name = source.partition(":")
    key = _from_environment(name) if kind == "env" else read_connection(name).password
    if not key:
        raise UsageError(f"connection `{name}` of Airflow has no password, which is the key")
    return key


def _from_environment(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise UsageError(f"variable {name} is not set or empty")
    return value
