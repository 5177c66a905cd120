"""Desks and newsrooms for the tests of the command line, the steps and the faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom of one's own, without a past."""
    with Newsroom(START, past_days=0) as running:
        yield running


@pytest.fixture
def other_newsroom() -> Iterator[Newsroom]:
    """A second site."""
    with Newsroom(START, past_days=0) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom) -> Desk:
    """A desk that may fetch from the newsroom and follows nothing yet."""
    desk = Desk(tmp_path, hosts=[newsroom.host_port])
    desk.follow()
    return desk
