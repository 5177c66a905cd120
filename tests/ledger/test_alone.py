"""Who changes the index is alone at it, on both databases, and leaves nothing behind however it ends."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.alone import changing_index
from vigie.errors import TransientError

HOLDER = """
import sys, time
from vigie.adapters.ledger import open_ledger
from vigie.adapters.ledger.alone import changing_index
with changing_index(open_ledger(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_one_is_told_at_once_and_may_when_the_first_is_done(
    ledger: Ledger, elsewhere: Callable[[str], Ledger]
) -> None:
    other = elsewhere("elsewhere")
    with changing_index(ledger), pytest.raises(TransientError, match="another process"):
        _change(other)
    _change(other)
    with pytest.raises(ZeroDivisionError), changing_index(ledger):
        _ = 1 / 0
    _change(other)


def test_a_process_that_is_killed_holds_nothing(ledger: Ledger, ledger_url: str) -> None:
    command = [sys.executable, "-c", HOLDER, ledger_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(TransientError, match="another process"):
            _change(ledger)
        holder.kill()
        holder.wait()
    _wait_and_change(ledger)


def test_others_write_meanwhile(ledger: Ledger, elsewhere: Callable[[str], Ledger]) -> None:
    with changing_index(ledger), elsewhere("elsewhere").writing():
        pass


def _change(ledger: Ledger) -> None:
    with changing_index(ledger):
        pass


def _wait_and_change(ledger: Ledger) -> None:
    """PostgreSQL sees the end of a connection a moment later."""
    for _ in range(100):
        try:
            _change(ledger)
        except TransientError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the lock outlived its process by ten seconds")
