"""One newsroom for the tests that only read, and one of its own for each test that pulls its levers."""

from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from demo.newsroom import Newsroom
from demo.newsroom.stories import PARIS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)


@pytest.fixture(scope="package")
def newsroom() -> Iterator[Newsroom]:
    """For reading only."""
    with Newsroom(NOW) as running:
        yield running


@pytest.fixture
def own_newsroom() -> Iterator[Newsroom]:
    """To publish, edit and break; without a past, so that it is up at once."""
    with Newsroom(NOW, past_days=0) as running:
        yield running


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A client that follows nothing by itself."""
    with httpx.Client(timeout=5, trust_env=False) as client:
        yield client
