"""Channels that are down, hang, refuse, or were never a channel: an alert is sent once to each, and never lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.desk import Desk
from tests.faults.conftest import Before, Forks
from tests.faults.states import read_state
from tests.faults.table import Row, each_fault, fault
from tests.faults.wire import WireServer, send, silent

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
