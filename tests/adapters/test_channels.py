"""The channels that are set: by a list, by a file, with secrets kept elsewhere."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.adapters.receivers import HookServer, hook_server
from tests.builders import NOW, alert
from vigie.adapters.channels.opening import open_channels, parse_channels
from vigie.adapters.channels.sending import send
from vigie.adapters.channels.services import defuse
from vigie.alerts.wording import alert_message
from vigie.errors import TransientError, UsageError

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


def channels_file(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "channels.yml"
    file.write_text(yaml.safe_dump({"channels": list(rows)}))
    return file


# The list.


def test_addresses_with_commas_stay_whole() -> None:
    text = "json://127.0.0.1:1/a , mailto://desk:pw@example.org?to=a@example.org,b@example.org,json://127.0.0.1:2/b"
    channels = parse_channels(text)
    assert [c.label for c in channels] == ["json://127.0.0.1", "mailto://", "json://127.0.0.1"]
    assert channels[1].address.endswith("?to=a@example.org,b@example.org")
    assert len({c.key for c in channels}) == 3


def test_the_same_address_twice_is_one_channel_and_none_is_none() -> None:
    assert len(parse_channels("json://127.0.0.1:1/a, json://127.0.0.1:1/a")) == 1
    assert parse_channels("  ") == ()


def test_an_address_of_the_list_takes_all_but_digests_at_any_time() -> None:
    [channel] = parse_channels("json://127.0.0.1:1/a")
    assert channel.kinds == {"topic", "watch", "communique", "operator"}
    assert channel.rules.quiet is channel.rules.most_per_hour is channel.secret is None


def test_keys_are_those_that_ledgers_hold_already() -> None:
    [channel] = parse_channels("json://127.0.0.1:1/a")
    assert channel.key == "848a93f7edc4dceb"


@pytest.mark.parametrize(("text", "said"), [("nosuch://s3cr3t/x", "nosuch://"), ("s3cr3t", "no scheme")])
def test_an_unknown_address_is_named_by_position_and_scheme_only(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_channels(f"json://127.0.0.1:1/a,{text}" if "://" in text else text)
    assert said in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


# The file.


def test_a_row_is_a_channel_whose_key_outlives_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "id": "outil",
        "address_from": "env:HOOK",
        "secret_from": "env:KEY",
        "kinds": ["watch"],
        "most_per_hour": 2,
    }
    file = channels_file(tmp_path, row)
    keys = set()
    for turn in ("un", "deux"):
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:1/{turn}")
        monkeypatch.setenv("KEY", turn)
        [channel] = open_channels("", file)
        assert (channel.label, channel.kinds, channel.secret) == ("outil", {"watch"}, turn)
        assert channel.rules.most_per_hour == 2
        assert turn not in repr(channel).replace("outil", "")
        keys.add(channel.key)
    assert len(keys) == 1


def test_the_list_and_the_file_are_both_read(tmp_path: Path) -> None:
    file = channels_file(tmp_path, {"id": "b", "address": "json://127.0.0.1:2/b", "kinds": ["digest"]})
    assert [channel.label for channel in open_channels("json://127.0.0.1:1/a", file)] == [
        "json://127.0.0.1",
        "b",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x", "address": "nosuch://s3cr3t"}, "address: (scheme nosuch://) is not one that Apprise knows"),
        ({"id": "x", "address_from": "env:NOT_SET"}, "address_from: variable NOT_SET is not set or empty"),
        ({"id": "x", "address_from": "env:BAD"}, "address_from: what stands there (no scheme) is not one"),
        ({"id": "x", "address_from": "airflow:y"}, "address_from: connection `y` of Airflow cannot be read here"),
        ({"id": "x", "address": "json://127.0.0.1/s3cr3t", "secret_from": "env:NOT_SET"}, "secret_from: variable"),
        ({"id": "x", "address": "ntfy://127.0.0.1/s3cr3t", "secret_from": "env:BAD"}, "secret_from: only webhooks"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_said_with_row_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: dict[str, object], said: str
) -> None:
    monkeypatch.setenv("BAD", "s3cr3t")
    monkeypatch.delenv("NOT_SET", raising=False)
    file = channels_file(tmp_path, row)
    with pytest.raises(UsageError) as caught:
        open_channels("", file)
    assert str(caught.value).startswith(f"{file}:2: channel `x`: ")
    assert said in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named_with_its_setting(tmp_path: Path) -> None:
    for file in (tmp_path / "absent.yml", tmp_path):
        with pytest.raises(UsageError, match="VIGIE_CHANNELS_FILE"):
            open_channels("", file)


# Services that are neither mail nor webhook.


def test_a_service_takes_it_through_apprise(receiver: HookServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    [channel] = parse_channels(f"ntfy://127.0.0.1:{receiver.server_port}/sujet-s3cr3t")
    hostile = alert(topic="@everyone <!channel> regardez")
    send(alert_message(hostile), channel, NOW)
    (body,) = receiver.bodies
    assert body["topic"] == "sujet-s3cr3t"
    assert body["title"] == "Nouveau sujet : ＠everyone < !channel> regardez"
    receiver.status = 500
    with pytest.raises(TransientError) as caught:
        send(alert_message(hostile), channel, NOW)
    assert "s3cr3t" not in f"{caught.value} {caplog.text}"


def test_a_call_to_everyone_is_harmless_and_an_address_stays() -> None:
    assert (
        defuse("@Here, @all et a@example.org <@U1> <#C1>") == "＠Here, ＠all et a@example.org < @U1> < #C1>"
    )
