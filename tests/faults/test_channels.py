"""Channels that are down, hang, refuse, or were never a channel: an alert is sent once to each, and never lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.builders import alert
from tests.cli.desk import Desk
from tests.faults.conftest import Before, Forks
from tests.faults.states import read_state
from tests.faults.table import Row, each_fault, fault
from tests.faults.wire import WireServer, send, silent
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.settings import Settings
from vigie.stores import open_stores

REFUSES = send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
TAKES = send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
LATER = "the alert waits in the ledger and is sent once, when the channel is back; the other channel has it at once"


@contextmanager
def two_channels(before: Before, folder: Path, host: WireServer) -> Iterator[Desk]:
    """A desk with something to tell, on a good channel and on `host`."""
    desk = before.copy(folder)
    desk.settings["VIGIE_CHANNELS"] += f",json://{host.host_port}/hook"
    yield desk


def deliveries(desk: Desk) -> list[str]:
    """The state of each."""
    return sorted(row["state"] for row in read_state(desk)["deliveries"])


@each_fault(
    "alerts",
    "script",
    Row(id="channel-500", what="A channel answers 500", value=REFUSES, after=LATER),
    Row(id="channel-silent", what="A channel takes the connection and says nothing", value=silent, after=LATER),
    Row(id="channel-closed", what="A channel closes the connection", value=send(b""), after=LATER),
)  # fmt: skip
def test_a_channel_that_does_not_take_it(before: Before, forks: Forks, tmp_path: Path, script) -> None:  # type: ignore[no-untyped-def]  # a Script
    received = len(before.newsroom.received_alerts)
    with WireServer({"/hook": script}) as host, two_channels(before, tmp_path, host) as desk:
        assert forks.run(desk) == 0
        assert deliveries(desk) == ["pending", "sent"]
        desk.audit()
        host.scripts["/hook"] = TAKES
        host.asked.clear()
        for _ in range(2):
            desk.wait(hours=7)
            assert forks.run(desk) == 0
        assert deliveries(desk) == ["sent", "sent"]
        assert len(host.asked) == 1
        assert len(before.newsroom.received_alerts) == received + 1
        desk.audit()


@fault(
    "alerts",
    "channel-unknown",
    "VIGIE_CHANNELS holds an address that is no channel",
    after="refused before any work, in one line without the address; nothing was asked or recorded",
)
def test_an_address_that_is_no_channel(before: Before, tmp_path: Path) -> None:
    desk = before.copy(tmp_path)
    asked = len(before.newsroom.requests)
    outcome = desk.call("run", VIGIE_CHANNELS="slak://secret/token")
    assert outcome.code == 2
    assert outcome.err.startswith("vigie: VIGIE_CHANNELS")
    assert "secret" not in outcome.err
    assert len(before.newsroom.requests) == asked
    assert read_state(desk) == before.state
    desk.audit()


@fault(
    "alerts",
    "channel-removed",
    "A channel with a pending alert is taken out of VIGIE_CHANNELS",
    after="its delivery stays pending and visible; the others go on; it is sent if the channel comes back",
)
def test_a_channel_that_is_removed(before: Before, forks: Forks, tmp_path: Path) -> None:
    with WireServer({"/hook": REFUSES}) as host, two_channels(before, tmp_path, host) as desk:
        assert forks.run(desk) == 0
        both, one = desk.settings["VIGIE_CHANNELS"], before.desk.settings["VIGIE_CHANNELS"]
        host.scripts["/hook"] = TAKES
        for channels, state in ((one, ["pending", "sent"]), (both, ["sent", "sent"])):
            desk.settings["VIGIE_CHANNELS"] = channels
            desk.wait(hours=7)
            assert forks.run(desk) == 0
            assert deliveries(desk) == state
        desk.audit()


@fault(
    "alerts",
    "channel-day",
    "A channel answers 500 for a day and more",
    after="its alert is given up and shown as abandoned; the other channel is told so once; nothing else changes",
)
def test_a_channel_that_is_down_for_a_day(before: Before, forks: Forks, tmp_path: Path) -> None:
    received = len(before.newsroom.received_alerts)
    with WireServer({"/hook": REFUSES}) as host, two_channels(before, tmp_path, host) as desk:
        for hours in (0, 2, 10, 13, 2, 24):
            desk.wait(hours=hours)
            assert forks.run(desk) == 0
            desk.audit()
        assert deliveries(desk) == ["abandoned", "sent", "sent"]
        first, told = before.newsroom.received_alerts[received:]
        assert (first["kind"], told["kind"]) == ("topic", "operator")
        assert "1 alerte en un jour" in told["reason"]
        shown = desk.ask("alerts")["alerts"]
        assert sorted(d["state"] for item in shown for d in item["deliveries"]) == deliveries(desk)


@fault(
    "alerts",
    "kill-gathered",
    "SIGKILL before a gathered message is sent, and again after it is sent and before that is recorded",
    after="it is sent again with the same alerts under the same id; none of them comes alone",
)
def test_killed_around_a_gathered_message(before: Before, forks: Forks, tmp_path: Path) -> None:
    desk = before.copy(tmp_path)
    received = len(before.newsroom.received_alerts)
    row = {"id": "outil", "address": desk.settings.pop("VIGIE_CHANNELS"), "most_per_hour": 1}
    (tmp_path / "channels.yml").write_text(yaml.safe_dump({"channels": [row]}))
    desk.settings["VIGIE_CHANNELS_FILE"] = str(tmp_path / "channels.yml")
    settings = Settings(home=tmp_path / "home", channels_file=tmp_path / "channels.yml", now=desk.clock)
    with open_stores(settings) as stores:
        told = [alert(f"x{n}") for n in range(4)]
        ledger_alerts.record_decision(stores.ledger, [], told, stores.channels_for("topic"), desk.clock)
    step, target = "notifying:notify_channels", "vigie.steps.notifying:send"
    for when in ("before", "after"):
        assert forks.run(desk, step, target, when, 1) == -signal.SIGKILL
        desk.audit()
    assert forks.run(desk) == 0
    first, second = before.newsroom.received_alerts[received:]
    assert first == second
    assert first["kind"] == "gathered"
    assert {"x0", "x1", "x2", "x3"} < {one["alert_id"] for one in first["alerts"]}
    assert set(deliveries(desk)) == {"sent"}
    desk.audit()


@fault(
    "alerts",
    "channels-file",
    "A row of the channels file names a variable that is not set",
    after="refused before any work, in one line with file, row and field; nothing was asked or recorded",
)
def test_a_channels_file_that_is_wrong(before: Before, tmp_path: Path) -> None:
    desk = before.copy(tmp_path)
    asked = len(before.newsroom.requests)
    (tmp_path / "channels.yml").write_text("channels:\n- id: outil\n  address_from: env:VIGIE_NOT_SET\n")
    outcome = desk.call("run", VIGIE_CHANNELS_FILE=str(tmp_path / "channels.yml"))
    assert outcome.code == 2
    (line,) = outcome.err.splitlines()
    assert "channels.yml:2: channel `outil`: address_from: variable VIGIE_NOT_SET" in line
    assert len(before.newsroom.requests) == asked
    assert read_state(desk) == before.state
    desk.audit()
