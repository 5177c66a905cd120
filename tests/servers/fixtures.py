"""The real servers as session fixtures. A person's machine may lack them, and is told; CI may not."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

import pytest

from tests.servers.elasticsearch import Secured, running_elasticsearch, running_secured_elasticsearch
from tests.servers.postgresql import running_postgresql
from tests.servers.processes import ServerUnavailable

T = TypeVar("T")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real Elasticsearch 9, shared by the session: use an index prefix of your own."""
    yield from _shared(running_elasticsearch(), "Elasticsearch")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL, shared by the session: make a database or schema of your own."""
    yield from _shared(running_postgresql(), "PostgreSQL")


@pytest.fixture(scope="session")
def secured_elasticsearch() -> Iterator[Secured]:
    """A real Elasticsearch 9 with users and TLS, shared by the session: use an index prefix of your own."""
    yield from _shared(running_secured_elasticsearch(), "Elasticsearch")


def _shared(server: AbstractContextManager[T], name: str) -> Iterator[T]:
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server)
        except ServerUnavailable as reason:
            if os.environ.get("CI"):
                pytest.fail(f"CI must test against a real {name}: {reason}")
            pytest.skip(f"NOT TESTED against a real {name}: {reason}")
        yield address
