"""Addresses and secrets of channels in Airflow's connections, read by Airflow itself."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.receivers import HookServer, hook_server, is_genuine
from tests.adapters.test_channels import channels_file
from tests.builders import NOW, alert
from vigie.adapters.channels.opening import open_channels
from vigie.adapters.channels.sending import send
from vigie.alerts.wording import alert_message
from vigie.errors import TransientError, UsageError

pytestmark = pytest.mark.usefixtures("dag_bag")  # which sets Airflow's home before it is imported


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


@pytest.mark.parametrize("as_json", [False, True])
def test_address_and_secret_from_connections_of_airflow(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: HookServer,
    caplog: pytest.LogCaptureFixture,
    *,
    as_json: bool,
) -> None:
    address = f"json://desk:m0tdepasse@127.0.0.1:{receiver.server_port}/hook/profond?:room=desk"
    whole = '{"conn_type": "generic", "password": "' + address + '"}'
    monkeypatch.setenv("AIRFLOW_CONN_OUTIL", whole if as_json else address)
    monkeypatch.setenv("AIRFLOW_CONN_CLE", '{"conn_type": "generic", "password": "une-longue-cle"}')
    from vigie.airflow import read_connection

    caplog.set_level(logging.DEBUG)
    row = {"id": "outil", "address_from": "airflow:outil", "secret_from": "airflow:cle"}
    [channel] = open_channels("", channels_file(tmp_path, row), read_connection)
    send(alert_message(alert()), channel, NOW)
    (got,) = receiver.received
    assert (got.path, got.json["room"]) == ("/hook/profond", "desk")
    assert got.headers["authorization"] == "Basic ZGVzazptMHRkZXBhc3Nl"
    assert is_genuine("une-longue-cle", got.headers, got.body, NOW.timestamp())
    receiver.status = 503
    with pytest.raises(TransientError) as caught:
        send(alert_message(alert()), channel, NOW)
    for secret in ("m0tdepasse", "une-longue-cle", "profond"):
        assert secret not in f"{caught.value} {caplog.text} {channel!r}"


@pytest.mark.parametrize(
    ("conn", "field", "said"),
    [
        (None, "address_from", "address_from: Airflow has no connection `outil`"),
        (
            "json://127.0.0.1:1/hook",
            "secret_from",
            "secret_from: connection `outil` of Airflow has no password",
        ),
    ],
)
def test_a_connection_that_is_not_what_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conn: str | None, field: str, said: str
) -> None:
    if conn:
        monkeypatch.setenv("AIRFLOW_CONN_OUTIL", conn)
    from vigie.airflow import read_connection

    row: dict[str, object] = {"id": "x", "address": "json://127.0.0.1:1/a"} if conn else {"id": "x"}
    with pytest.raises(UsageError, match=said):
        open_channels("", channels_file(tmp_path, {**row, field: "airflow:outil"}), read_connection)
