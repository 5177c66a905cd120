"""A browser's window that writes down everything that should not happen in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

ALL_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CONTRAST = ("color-contrast",)
"""The one rule that colours bear on."""


@dataclass(slots=True)
class Window:
    """One tab over a site. `wrong` are its complaints, dialogs, and requests to elsewhere, in words."""

    page: Page
    site: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of the site; what is not answered well is wrong."""
        answer = self.page.goto(self.site + path, wait_until="load")
        if answer is None or answer.status != 200:
            self.wrong.append(f"{path}: HTTP {answer.status if answer else 'nothing'}")

    def check(self) -> None:
        """Nothing was wrong since the last check."""
        found, self.wrong = self.wrong, []
        assert not found, "\n".join(found)

    def note_barriers(self, what: str, rules: tuple[str, ...] = ALL_RULES) -> None:
        """What axe finds against WCAG 2, levels A and AA."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        options = {"runOnly": list(rules), "resultTypes": ["violations"]}
        found: dict[str, Any] = self.page.evaluate("options => axe.run(document, options)", options)
        for violation in found["violations"]:
            nodes = "; ".join(
                f"{node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
                for node in violation["nodes"][:3]
            )
            self.wrong.append(f"{what}: {violation['id']}: {nodes}")

    def note_overflow(self, what: str) -> None:
        """The page is not wider than its window."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.wrong.append(f"{what}: {wide} px too wide: {self.page.evaluate(_WIDEST)}")


_WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !e.closest('.scroll')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')"""


@contextmanager
def window(browser: Browser, site: str, **context: Any) -> Iterator[Window]:
    """A tab with a context of its own: colours, width, language, cookies."""
    usual = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1280, "height": 900}}
    opened = browser.new_context(**{**usual, **context})
    page = opened.new_page()
    watched = Window(page, site)
    host = site.split("/")[2]
    page.on("console", lambda said: _note_console(watched, said.type, said.text))
    page.on("pageerror", lambda error: watched.wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watched.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: _note_request(watched, host, asked.url))
    page.on("requestfailed", lambda asked: _note_failure(watched, asked.url, asked.failure))
    try:
        yield watched
    finally:
        opened.close()


def _note_console(watched: Window, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        watched.wrong.append(f"console {kind}: {text}")


def _note_failure(watched: Window, url: str, failure: str | None) -> None:
    """Chromium asks for the icon once a page is there, and gives up by itself when it leaves the page meanwhile."""
    if not (url.endswith(".svg") and failure == "net::ERR_ABORTED"):
        watched.wrong.append(f"failed: {url}: {failure}")


def _note_request(watched: Window, host: str, url: str) -> None:
    if url.split("/")[2] != host:
        watched.wrong.append(f"asked elsewhere: {url}")
