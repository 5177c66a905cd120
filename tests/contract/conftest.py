"""Both adapters, each on its real engine; every test gets an index of its own."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import Index

ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def make_address(request: pytest.FixtureRequest, folder: Path) -> tuple[str, str]:
    """The address of an index that is not set up yet, and the prefix of its names."""
    prefix = f"t-{uuid.uuid4().hex[:12]}-articles"
    if request.param == "tantivy":
        return f"tantivy://{folder}/index", prefix
    return request.getfixturevalue("elasticsearch_url"), prefix


@contextmanager
def opened_index(url: str, prefix: str) -> Iterator[Index]:
    """An empty index, set up, that leaves nothing behind."""
    opened = open_index(url, prefix=prefix)
    opened.set_up()
    yield opened
    take_away(opened)
    opened.close()


def take_away(index: Index) -> None:
    """Delete all there is of it; `clear` would make it anew."""
    if isinstance(index, ElasticsearchIndex):
        index._take_away()
    else:
        index.clear()


@pytest.fixture(params=ENGINES)
def index_address(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Where an index of the test's own can be opened."""
    return make_address(request, tmp_path)


@pytest.fixture
def index(index_address: tuple[str, str]) -> Iterator[Index]:
    """An empty index for one test."""
    with opened_index(*index_address) as opened:
        yield opened


@pytest.fixture(scope="module", params=ENGINES)
def shared_index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """One index for the tests of a module that only read; they put their documents once."""
    with opened_index(*make_address(request, tmp_path_factory.mktemp("shared"))) as opened:
        yield opened
