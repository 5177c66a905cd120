"""The process that extracts begins with its first page, ends with its parent, and takes nothing along."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.adapters.explosive import GENEROUS_S, GOOD, extract, family
from vigie.adapters.confined.extractor import ConfinedExtractor


def test_close_leaves_nobody() -> None:
    extractor = ConfinedExtractor()
    extract(extractor, GOOD)
    processes = family(extractor.pid)
    assert len(processes) == 2
    extractor.close()
    assert extractor.pid is None
    assert not psutil.wait_procs(processes, timeout=20)[1]


def run_parent(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )


PARENT = f"""
import os, time
from vigie.adapters.confined import extractor
page = extractor.extract_confined({GOOD!r}, url=None, zone="Europe/Paris")
print(extractor._extractor.pid, page.title, flush=True)
"""


@pytest.mark.parametrize("busy", [True, False])
def test_it_dies_with_a_parent_that_is_killed(busy: bool) -> None:
    slow = "'<p ' + ' '.join(map('a{}'.format, range(250_000))) + '>x</p>'"
    work = f"extractor.extract_confined({slow}, url=None, zone='Europe/Paris')" if busy else ""
    with run_parent(PARENT + work + "\ntime.sleep(600)") as parent:
        assert parent.stdout is not None
        processes = family(int(parent.stdout.readline().split()[0]))
        time.sleep(0.5)
        parent.kill()
    assert not psutil.wait_procs(processes, timeout=GENEROUS_S)[1]


def test_it_dies_with_a_parent_that_ends() -> None:
    with run_parent(PARENT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline().split()[0])
        assert parent.wait(GENEROUS_S) == 0
    assert not psutil.pid_exists(pid)


def test_after_a_fork_each_side_has_its_own() -> None:
    script = PARENT + (
        "mine = extractor._extractor.pid\n"
        "child = os.fork()\n"
        f"page = extractor.extract_confined({GOOD!r}, url=None, zone='Europe/Paris')\n"
        "assert page.title == 'Un titre'\n"
        "assert (extractor._extractor.pid == mine) == bool(child)\n"
        "if child: assert os.waitpid(child, 0)[1] == 0\n"
    )
    with run_parent(script) as parent:
        assert parent.wait(GENEROUS_S) == 0


def test_it_inherits_no_secret_and_no_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_INDEX_API_KEY", "secret")
    extractor = ConfinedExtractor()
    with (tmp_path / "ledger.db").open("w"):
        extract(extractor, GOOD)
        for process in family(extractor.pid):
            assert not {name for name in process.environ() if name.startswith(("VIGIE", "AIRFLOW"))}
            assert str(tmp_path) not in str(process.open_files())
            assert not process.net_connections()
    extractor.close()
