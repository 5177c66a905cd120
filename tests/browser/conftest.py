"""One browser and one site a module: Playwright's loop must be over before tests of other modules begin theirs."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import running_chromium
from tests.browser.site import served_page
from tests.page.conftest import world
from tests.page.world import World, open_world
from tests.servers.processes import ServerUnavailable
from vigie.stores import Stores

__all__ = ["world"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. A person's machine may lack it, and is told; CI may not."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(running_chromium())
        except ServerUnavailable as reason:
            if os.environ.get("CI"):
                pytest.fail(f"CI must test in a real browser: {reason}")
            pytest.skip(f"NOT TESTED in a real browser: {reason}")
        yield found


@pytest.fixture(scope="module")
def own_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A copy of the world that the module may change."""
    folder = tmp_path_factory.mktemp("browser") / "own"
    shutil.copytree(world.settings.home.parent, folder)
    paths = {"home": folder / "home", "feeds": folder / "feeds.yml", "watches": folder / "watches.yml"}
    return replace(world, settings=world.settings.model_copy(update=paths))


@pytest.fixture(scope="module")
def stores(own_world: World) -> Iterator[Stores]:
    """The stores that the site shows."""
    with ExitStack() as stack:
        yield open_world(own_world.settings, stack)


@pytest.fixture(scope="module")
def site(stores: Stores) -> Iterator[str]:
    """The page's address."""
    with served_page(stores) as address:
        yield address
