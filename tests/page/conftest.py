"""The page over one world, as somebody who may act, somebody who may only read, and nobody.

`page`, `reader` and `nobody` share the world with all tests of a process: look, and change nothing. `own_page` and
`own_stores` are over a copy of it that is the test's own.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import HTTPException, status
from fastapi.testclient import TestClient

from tests.page.world import World, made_world, open_world
from vigie.page.app import create_app
from vigie.page.serving.guard import Guard, Visitor
from vigie.stores import Stores


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The articles, feeds, topics and alerts that every screen has something of."""
    with made_world(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture(scope="session")
def stores(world: World) -> Iterator[Stores]:
    """The stores of the world: to read what a screen should show."""
    with ExitStack() as stack:
        yield open_world(world.settings, stack)


@pytest.fixture(autouse=True)
def _no_cookies(page: TestClient, reader: TestClient, nobody: TestClient) -> None:
    """No test knows the language that another chose."""
    for client in (page, reader, nobody):
        client.cookies.clear()


@pytest.fixture(scope="session")
def page(stores: Stores) -> TestClient:
    """The page as somebody who may act; JSON unless the test asks for text/html (see `tests/page/asking.py`)."""
    return client_of(stores, Visitor(name="Claire", may_act=True))


@pytest.fixture(scope="session")
def reader(stores: Stores) -> TestClient:
    """The page as somebody who may only read."""
    return client_of(stores, Visitor(name="Rémi", may_act=False))


@pytest.fixture(scope="session")
def nobody(stores: Stores) -> TestClient:
    """The page without a session."""
    return client_of(stores, None)


@pytest.fixture
def own_world(world: World, tmp_path: Path) -> World:
    """A copy of the world, for a test that changes it."""
    folder = tmp_path / "own"
    shutil.copytree(world.settings.home.parent, folder)
    paths = {"home": folder / "home", "feeds": folder / "feeds.yml", "watches": folder / "watches.yml"}
    return replace(world, settings=world.settings.model_copy(update=paths))


@pytest.fixture
def own_stores(own_world: World) -> Iterator[Stores]:
    """The stores of the copy."""
    with ExitStack() as stack:
        yield open_world(own_world.settings, stack)


@pytest.fixture
def own_page(own_stores: Stores) -> TestClient:
    """The page over the copy, as somebody who may act."""
    return client_of(own_stores, Visitor(name="Claire", may_act=True))


def client_of(stores: Stores, visitor: Visitor | None) -> TestClient:
    """A client of the page as this visitor; None is nobody."""

    def visit() -> Visitor:
        if visitor is None:
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Not authenticated")
        return visitor

    app = create_app(guard=Guard(visit=visit), read_stores=lambda: stores)
    return TestClient(app, raise_server_exceptions=True)
