"""The real servers as session fixtures. A person's machine may lack them, and is told; CI may not."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from tests.servers.elasticsearch import running_elasticsearch
from tests.servers.postgresql import running_postgresql
from tests.servers.processes import ServerUnavailable


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real Elasticsearch 9, shared by the session: use an index prefix of your own."""
    yield from _shared(running_elasticsearch(), "Elasticsearch")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL, shared by the session: make a database or schema of your own."""
    yield from _shared(running_postgresql(), "PostgreSQL")


def _shared(server: AbstractContextManager[str], name: str) -> Iterator[str]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(server)
        except ServerUnavailable as reason:
            if os.environ.get("CI"):
                pytest.fail(f"CI must test against a real {name}: {reason}")
            pytest.skip(f"NOT TESTED against a real {name}: {reason}")
        yield url
