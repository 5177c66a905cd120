"""Each screen in a real browser: light and dark, on a telephone and on a desk, for those who see and those who do not."""

import json

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.browser.watching import CONTRAST, Window, window
from tests.page.addresses import list_screens
from tests.page.tagging import tag_by_hand
from tests.page.world import NOW, World
from tests.page.written import IMAGE_TITLE, SCRIPT_TITLE
from vigie.page.app import create_app
from vigie.page.serving.guard import Guard
from vigie.steps import articles, extracting, rework, watching
from vigie.stores import Stores, open_stores

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NARROW, WIDE = 360, 1280


@pytest.fixture(scope="module")
def screens(stores: Stores) -> list[str]:
    app: FastAPI = create_app(guard=Guard(visit=lambda: None), read_stores=lambda: stores)
    found = list_screens(app, stores)
    assert {"/", "/feeds"} <= set(found)
    return [*found, "/search?q=cobalt", "/search?q=rien+de+tel", "/feeds?health=blocked"]


def test_no_barrier_no_complaint_no_request_elsewhere(
    browser: Browser, site: str, screens: list[str]
) -> None:
    """Each screen once; the window then changes its width and its colours as a reader's may."""
    with window(browser, site) as tab:
        for path in screens:
            tab.open(path)
            for width in (WIDE, NARROW):
                tab.page.set_viewport_size({"width": width, "height": 900})
                tab.page.emulate_media(color_scheme="light")
                tab.note_barriers(f"{path} at {width}")
                tab.note_overflow(f"{path} at {width}")
                tab.page.emulate_media(color_scheme="dark")
                tab.note_barriers(f"{path} at {width}, dark", CONTRAST)
        tab.check()


def test_each_screen_is_one_document(browser: Browser, site: str, screens: list[str]) -> None:
    """One main heading, a title of its own, a skip link that works, no script."""
    titles = {}
    with window(browser, site) as tab:
        for path in screens:
            tab.open(path)
            assert tab.page.locator("h1").count() == 1, path
            assert tab.page.locator("main").count() == 1, path
            assert tab.page.locator("script").count() == 0, path
            titles[path] = tab.page.title()
            tab.page.keyboard.press("Tab")
            tab.page.keyboard.press("Enter")
            assert tab.page.evaluate("document.activeElement.id") == "content", path
        tab.check()
    assert all(title.endswith(" · Vigie") and len(title) > len(" · Vigie") for title in titles.values()), (
        titles
    )


def test_a_search_by_keyboard_alone(browser: Browser, site: str) -> None:
    with window(browser, site) as tab:
        tab.open("/")
        _tab_to(tab, "#quick")
        tab.page.keyboard.type("citernes")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/vigie/search?q=citernes")
        assert tab.page.locator("mark").first.inner_text().lower() == "citernes"
        _tab_to(tab, "main .article h2 a, main .article h3 a")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/vigie/articles/*")
        assert "Cobalt à Brévanoux" in tab.page.locator("h1").inner_text()
        tab.check()


def test_a_search_works_without_script(browser: Browser, site: str) -> None:
    with window(browser, site, java_script_enabled=False) as tab:
        tab.open("/")
        tab.page.fill("#quick", "cobalt")
        tab.page.press("#quick", "Enter")
        tab.page.wait_for_url("**/search?q=cobalt")
        assert tab.page.locator("main .article").count() >= 3


def test_a_watch_is_saved_and_finds_what_comes_next(browser: Browser, site: str, own_world: World) -> None:
    with window(browser, site) as tab:
        tab.open("/search?q=lampadaires")
        tab.page.get_by_text("Enregistrer comme veille").click()
        tab.page.get_by_label("Nom", exact=True).fill("Éclairage <b>public</b>")
        tab.page.get_by_role("button", name="Enregistrer la veille").click()
        assert tab.page.get_by_role("status").inner_text().startswith("La veille est enregistrée")
        tab.open("/watches")
        assert tab.page.get_by_text("Éclairage <b>public</b>").first.is_visible()
        with open_stores(own_world.settings) as stores:
            _import(stores, "Des lampadaires neufs à Sarvoles", "Les lampadaires de Sarvoles sont remplacés.")
            watching.match_watches(stores)
        tab.open("/watches")
        found = tab.page.locator("main article").filter(has_text="Éclairage <b>public</b>")
        assert "1 article" in found.first.inner_text()
        tab.open("/")
        assert tab.page.get_by_text("Éclairage <b>public</b>").first.is_visible()
        tab.check()


def test_hostile_titles_are_text(browser: Browser, site: str) -> None:
    with window(browser, site) as tab:
        for words, title in (("farceur", SCRIPT_TITLE), ("second texte", IMAGE_TITLE)):
            tab.open(f"/search?q={words.replace(' ', '+')}")
            link = tab.page.locator("main .article h2 a, main .article h3 a").first
            assert link.inner_text() == title
            assert tab.page.locator("main img").count() == 0
            link.click()
            tab.page.wait_for_url("**/articles/*")
            assert title in tab.page.locator("h1").inner_text()
            assert tab.page.locator("main script, main img").count() == 0
        tab.open("/search?q=plaisant")
        shown = tab.page.locator("main").inner_text()
        assert "Un titre ésrevni et la suite" in shown
        tab.check()


def test_english_is_a_click_away_and_stays(browser: Browser, site: str) -> None:
    with window(browser, site) as tab:
        tab.open("/feeds")
        assert tab.page.locator("html").get_attribute("lang") == "fr"
        tab.page.get_by_role("link", name="English").click()
        assert tab.page.locator("html").get_attribute("lang") == "en"
        assert tab.page.locator("h1").inner_text() == "Feeds"
        tab.open("/")
        assert tab.page.locator("h1").inner_text().startswith("Today")
        tab.check()


def test_a_poll_is_asked_for_by_a_button(browser: Browser, site: str) -> None:
    with window(browser, site) as tab:
        tab.open("/feeds/le-soir")
        tab.page.get_by_role("button", name="Relever maintenant").click()
        assert "prochain passage" in tab.page.get_by_role("status").inner_text()
        tab.check()


def _tab_to(tab: Window, selector: str) -> None:
    """Press Tab until this has the focus, as somebody without a mouse does."""
    for _ in range(60):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"the keyboard never comes to {selector}")


def _import(stores: Stores, title: str, text: str) -> None:
    line = {"feed": "le-matin", "title": title, "text": text, "published_at": NOW.isoformat()}
    rework.import_lines(stores, [json.dumps(line).encode()], where="a test")
    ids = articles.choose_articles(stores)
    extracting.extract_articles(stores, ids)
    tag_by_hand(stores)
    articles.index_articles(stores, ids)
