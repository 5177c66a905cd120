"""The fixtures of the other folders, and two worlds: one before its first run, one after it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.fixtures import desk, newsroom, other_newsroom
from tests.cli.site import Item, html, put_feed
from tests.cli.world import import_past, open_today
from tests.faults.states import State, read_state
from vigie.settings import PROJECT

__all__ = ["desk", "newsroom", "other_newsroom"]


def pytest_configure(config: pytest.Config) -> None:
    """`table.py` marks the tests that have a row in the fault table."""
    config.addinivalue_line("markers", "fault: shows a row of the fault table")


@pytest.fixture(autouse=True)
def _audited(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test of a fault asks the audit before it ends."""
    asked: list[str] = []
    call = Desk.call

    def listen(self: Desk, *arguments: str, **given: Any) -> Any:
        asked.extend(arguments[:1])
        return call(self, *arguments, **given)

    monkeypatch.setattr(Desk, "call", listen)
    yield
    if request.node.get_closest_marker("fault"):
        assert "audit" in asked, "a fault's test must end with the audit"


@pytest.fixture
def two(desk: Desk, newsroom: Newsroom) -> Desk:
    """A feed of two articles, not collected yet."""
    items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(2)]
    desk.follow({"id": "f", "url": put_feed(newsroom, *items)})
    return desk


@dataclass(slots=True)
class Forks:
    """The other end of `forks.py`."""

    process: subprocess.Popen[str]
    last: dict[str, Any] = field(default_factory=dict)
    """What the last run was: its code, how long it took, and how many calls were counted."""

    def run(
        self,
        desk: Desk,
        step: str = "",
        target: str = "",
        when: str = "",
        times: int = 0,
        arguments: tuple[str, ...] = ("run",),
        **kill: float,
    ) -> int:
        """`vigie run` in a process of its own, killed where it is said; its exit code."""
        at = {"step": f"vigie.steps.{step}", "target": target, "when": when, "times": times} if step else kill
        asked = {"arguments": arguments, "environment": desk.environment, "kill": at or None}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        self.last = json.loads(self.process.stdout.readline())
        return int(self.last["code"])


@dataclass(slots=True)
class Saved:
    """A desk at a moment, and its whole state."""

    newsroom: Newsroom
    desk: Desk
    state: State

    def copy(self, folder: Path) -> Desk:
        """The same, elsewhere."""
        shutil.copytree(self.desk.folder, folder, dirs_exist_ok=True)
        return Desk(folder, hosts=self.desk.hosts, settings=dict(self.desk.settings))


class Before(Saved):
    """It has imported the past and follows feeds that it has not asked yet."""


class Undisturbed(Saved):
    """It went through one whole run."""


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    command = [sys.executable, "-m", "tests.faults.forks"]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    yield Forks(process)
    assert process.stdin
    process.stdin.close()
    process.wait(10)


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    with Newsroom(START, past_days=0) as newsroom:
        desk = Desk(tmp_path_factory.mktemp("before"), hosts=[newsroom.host_port])
        open_today(desk, newsroom)
        import_past(desk, newsroom)
        yield Before(newsroom, desk, read_state(desk))


@pytest.fixture(scope="session")
def undisturbed(before: Before, forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    desk = before.copy(tmp_path_factory.mktemp("undisturbed"))
    assert forks.run(desk) == 0
    desk.audit()
    state = read_state(desk)
    assert len(state["alerts"]) == len(state["deliveries"]) == 1
    assert len(state["documents"]) == 43
    return Undisturbed(before.newsroom, desk, state)
