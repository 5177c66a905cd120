"""What every test shares: no traffic but to this machine, and none at all for tests of pure code."""

import signal

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

pytest_plugins = ["tests.servers.fixtures"]

PURE = (
    "tests/unit/",
    "tests/properties/",
    "tests/knowledge/",
    "tests/tagging/",
    "tests/topics/",
    "tests/digests/",
    "tests/watches/",
    "tests/golden/",
    "tests/evals/",
)

LONG = (
    "tests/e2e/",
    "tests/bench/",
    "tests/browser/",
    "tests/faults/",
    "tests/cli/",
)
"""Folders with files of a minute and more."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and so would all that the tests start and then interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: one that begins last keeps one process busy while the other has nothing left."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest):
    """Pure code opens no socket; the rest reaches 127.0.0.1 and nothing else."""
    pure = request.node.nodeid.startswith(PURE) and not request.node.get_closest_marker("enable_socket")
    if pure:
        disable_socket(allow_unix_socket=True)
    else:
        socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
    yield
    enable_socket()
