"""Debian's Chromium, driven by Playwright; Playwright's own browsers are downloads that nobody needs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.servers.processes import ServerUnavailable

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A browser without a window; `ServerUnavailable` where this machine has none."""
    path = find_chromium()
    if path is None:
        raise ServerUnavailable("no Chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        # A container often has no user namespaces for Chromium's own sandbox; what it opens is ours.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def find_chromium() -> Path | None:
    """Where the browser is."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None
