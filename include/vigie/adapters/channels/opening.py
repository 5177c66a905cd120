"""The channels that are set: those of VIGIE_CHANNELS, and the rows of the channels file."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import apprise

from vigie.adapters.channels.channel import Channel, key_of
from vigie.adapters.channels.hush import hushed
from vigie.adapters.channels.secrets import ReadConnection, no_airflow, read_address, read_key
from vigie.delivery.file import Placed, load_channel_rows
from vigie.delivery.rows import ChannelRow
from vigie.errors import UsageError

# A comma parts two addresses only where the next one begins: addresses such as mailto:// have commas of their own.
_NEXT_ADDRESS = re.compile(r"\s*,\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)")
WEBHOOKS = frozenset({"json", "jsons"})


def open_channels(
    addresses: str, file: Path | None = None, read_connection: ReadConnection = no_airflow
) -> tuple[Channel, ...]:
    """Every channel; `UsageError` names what is wrong by its place, and never says an address."""
    listed = parse_channels(addresses)
    return (*listed, *read_channels_file(file, read_connection)) if file else listed


def parse_channels(text: str) -> tuple[Channel, ...]:
    """The channels of a comma-separated list of Apprise addresses, without repeats.

    Raises UsageError for one that Apprise does not know; the message names its position and scheme only.
    """
    addresses = [part.strip() for part in _NEXT_ADDRESS.split(text.strip().strip(",")) if part.strip()]
    channels: dict[str, Channel] = {}
    for position, address in enumerate(addresses, start=1):
        _check_address(address, f"VIGIE_CHANNELS: address {position}")
        channel = Channel(key=key_of(address), label=_label(address), address=address)
        channels.setdefault(channel.key, channel)
    return tuple(channels.values())


def read_channels_file(file: Path, read_connection: ReadConnection) -> tuple[Channel, ...]:
    """The channels of a file. A channel's key is a digest of its id: a new secret keeps what waits for it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"VIGIE_CHANNELS_FILE: {file}: cannot be read: {error}") from error
    return tuple(_open_row(placed, read_connection) for placed in load_channel_rows(text, where=str(file)))


def _open_row(placed: Placed, read_connection: ReadConnection) -> Channel:
    row = placed.row
    address = _address(row, placed.where, read_connection)
    channel = Channel(
        key=key_of(f"channel\n{row.id}"),
        label=row.id,
        address=address,
        kinds=frozenset(row.kinds),
        rules=row.rules,
        secret=_secret(row, placed.where, read_connection),
    )
    if channel.secret and channel.scheme not in WEBHOOKS:
        raise UsageError(
            f"{placed.where}: secret_from: only webhooks (json://, jsons://) are signed; take it out"
        )
    return channel


def _address(row: ChannelRow, where: str, read_connection: ReadConnection) -> str:
    if row.address_from is None:
        address = row.address.get_secret_value() if row.address else ""
        _check_address(address, f"{where}: address:")
        return address
    try:
        address = read_address(row.address_from, read_connection)
    except UsageError as error:
        raise UsageError(f"{where}: address_from: {error}") from error
    _check_address(address, f"{where}: address_from: what stands there")
    return address


def _secret(row: ChannelRow, where: str, read_connection: ReadConnection) -> str | None:
    if row.secret_from is None:
        return None
    try:
        return read_key(row.secret_from, read_connection)
    except UsageError as error:
        raise UsageError(f"{where}: secret_from: {error}") from error


def _check_address(address: str, where: str) -> None:
    with hushed():
        service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if service is None:
        scheme = address.split("://", 1)[0] if "://" in address else ""
        named = f"scheme {scheme}://" if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) else "no scheme"
        raise UsageError(f"{where} ({named}) is not one that Apprise knows")


def _label(address: str) -> str:
    """Scheme, and the host of a webhook; elsewhere (slack://token…) what stands for a host may be the secret."""
    scheme = address.split("://", 1)[0].lower()
    return f"{scheme}://{urlsplit(address).hostname or ''}" if scheme in WEBHOOKS else f"{scheme}://"
