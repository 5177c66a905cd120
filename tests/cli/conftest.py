"""The fixtures are shared by three folders; and one desk that has collected a small world, to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk, Outcome
from tests.cli.fixtures import desk, newsroom, other_newsroom
from tests.cli.world import import_past, open_today

__all__ = ["desk", "newsroom", "other_newsroom"]


@dataclass(frozen=True, slots=True)
class Collected:
    """A desk to look at, and what its first run said."""

    desk: Desk
    newsroom: Newsroom
    first_run: Outcome


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collected]:
    with Newsroom(START, past_days=0) as newsroom:
        folder: Path = tmp_path_factory.mktemp("collected")
        desk = Desk(folder, hosts=[newsroom.host_port])
        open_today(desk, newsroom)
        import_past(desk, newsroom)
        outcome = desk.call("run")
        assert outcome.code == 0
        yield Collected(desk, newsroom, outcome)
