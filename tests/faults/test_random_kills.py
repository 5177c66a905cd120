"""SIGKILL at random moments of collect, index and detect: nothing doubled, nothing lost, whatever the moment.

Each moment is one desk's: a fresh copy, a run that is killed, a run that is not, and the world compared row by row
with the undisturbed one. Half of the moments are instants; half are the entry of, or the return from, the n-th call
of one of Vigie's functions. The whole number, recorded into docs/reliability.md:

    VIGIE_TEST_KILLS=200 VIGIE_TEST_RECORD=docs/records/kills.yml pytest -n0 tests/faults/test_random_kills.py
"""

import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.faults.conftest import Before, Forks, Undisturbed
from tests.faults.states import read_state
from tests.faults.table import fault

KILLS = int(os.environ.get("VIGIE_TEST_KILLS", "20"))
"""In `make test`: some 90 s of one core, two runs a moment."""
SEED = int(os.environ.get("VIGIE_TEST_SEED", "20261123"))


@pytest.mark.timeout(120 + 60 * KILLS)
@fault(
    "processes",
    "kill-random",
    "SIGKILL at random moments of a run: instants, and entries and returns of functions",
    after="the audit adds up; the next run leaves the undisturbed world row by row, each alert under one id",
)
def test_killed_at_random_moments(
    before: Before, forks: Forks, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    began = time.monotonic()
    calls, seconds = measure(before, forks, tmp_path / "measured")
    moments = random.Random(SEED)
    ends: Counter[str] = Counter()
    number = 0
    while ends["at a call"] + ends["at an instant"] < KILLS:
        desk = before.copy(tmp_path / str(number))
        received = len(before.newsroom.received_alerts)
        by_call = number % 2 == 1
        code = (
            forks.run(desk, after_calls=moments.randrange(1, calls))
            if by_call
            else forks.run(desk, after_s=moments.uniform(0, seconds))
        )
        assert code in (0, -signal.SIGKILL)  # 0: it was over before its instant came
        ends["over before" if code == 0 else "at a call" if by_call else "at an instant"] += 1
        desk.audit()
        assert forks.run(desk) == 0
        desk.audit()
        assert read_state(desk) == undisturbed.state, f"moment {number} of seed {SEED}"
        sent = [alert["alert_id"] for alert in before.newsroom.received_alerts[received:]]
        assert len(set(sent)) == 1
        ends["alert sent again"] += len(sent) - 1
        number += 1
        assert number < 2 * KILLS + 10, "runs are over before they can be killed"
    if record := os.environ.get("VIGIE_TEST_RECORD"):
        write_record(Path(record), ends, calls, time.monotonic() - began)


def measure(before: Before, forks: Forks, folder: Path) -> tuple[int, float]:
    """How many calls of ours an undisturbed run makes, and how long one takes without counting them."""
    assert forks.run(before.copy(folder / "calls"), after_calls=10**9) == 0
    calls = forks.last["calls"]
    assert forks.run(before.copy(folder / "seconds")) == 0
    return int(calls), float(forks.last["seconds"])


def write_record(path: Path, ends: Counter[str], calls: int, seconds: float) -> None:
    """What docs/reliability.md says of this run."""
    record = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "moments": KILLS,
        "seed": SEED,
        "calls_in_a_run": calls,
        "minutes": round(seconds / 60),
        **{
            key.replace(" ", "_"): ends[key]
            for key in ("at an instant", "at a call", "over before", "alert sent again")
        },
    }
    path.write_text(yaml.safe_dump(record, sort_keys=False))
