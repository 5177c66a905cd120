"""Feeds: each with a sentence and what to do, its polls and its row; a poll that is asked for is done or refused."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, post_form, says
from tests.page.world import NOW, World
from vigie.adapters.ledger.feed_reports import report_feed
from vigie.model import FeedId
from vigie.page.screens.feeds import WORST_FIRST
from vigie.steps import polling
from vigie.stores import Stores, open_stores

ENGLISH = {"lang": "en"}


def test_the_worst_come_first(page: TestClient) -> None:
    healths = [feed["health"] for feed in ask_json(page, "/feeds")["feeds"]]
    assert healths == sorted(healths, key=WORST_FIRST.index)
    assert set(healths) == set(WORST_FIRST)
    tree = ask_tree(page, "/feeds")
    assert len(tree.xpath("//li[@class='feed']")) == len(healths)
    assert "Accès refusé (HTTP 403)." in says(tree)
    assert "payant" in says(tree)


def test_feeds_are_filtered(page: TestClient) -> None:
    assert [f["id"] for f in ask_json(page, "/feeds", q="MATIN")["feeds"]] == ["le-matin"]
    assert {f["health"] for f in ask_json(page, "/feeds", health="failing")["feeds"]} == {"failing"}
    assert [f["id"] for f in ask_json(page, "/feeds", kind="official")["feeds"]] == ["elysee"]
    every = ask_json(page, "/feeds")
    assert ask_json(page, "/feeds", q="rien de tel")["healths"] == every["healths"]
    assert "Aucun flux ne répond" in says(ask_tree(page, "/feeds", q="<script>", health="", kind=""))
    ask_json(page, "/feeds", 422, health="mauvais")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_feed_has_a_screen_with_its_sentence_and_advice(page: TestClient, lang: str) -> None:
    for feed in ask_json(page, "/feeds")["feeds"]:
        path = f"/feeds/{feed['id']}"
        assert ask_json(page, path)["feed"] == feed
        tree = ask_tree(page, path, lang=lang)
        (card,) = tree.xpath("//div[starts-with(@class, 'card')]")
        sentence, *_, advice = [" ".join(p.text_content().split()) for p in card.xpath("./p")]
        assert sentence == feed["sentence"] if lang == "fr" else sentence
        assert len(advice) > 5


def test_a_feed_shows_its_polls_articles_and_row(page: TestClient) -> None:
    found = ask_json(page, "/feeds/le-matin")
    (poll,) = found["polls"]
    assert (poll["status"], poll["entries_seen"], poll["entries_new"]) == (200, 2, 2)
    assert poll["duration_ms"] >= 0
    assert "Emmanuel Macron reçoit Volodymyr Zelensky à Paris" in {a["title"] for a in found["articles"]}
    assert found["row"]["poll_minutes"] == 60
    said = says(ask_tree(page, "/feeds/le-matin"))
    assert "60 minutes" in said
    assert found["row"]["url"] in said
    assert "Emmanuel Macron reçoit Volodymyr Zelensky à Paris" in said


def test_a_source_of_an_import_has_a_screen_too_and_others_text_stays_text(page: TestClient) -> None:
    piege = next(
        hit["id"] for hit in ask_json(page, "/feeds/import:b-onmouseover-alert-3-le-piege-b")["articles"]
    )
    assert piege
    html = ask_html(page, "/feeds/import:b-onmouseover-alert-3-le-piege-b")
    assert_tame(html)
    assert "&lt;b onmouseover=alert(3)&gt;" in html
    ask_json(page, "/feeds/personne", 404)
    ask_html(page, "/feeds/<script>", 404)


def test_in_english_no_feed_is_described_in_french(page: TestClient) -> None:
    said = says(ask_tree(page, "/feeds", lang="en"))
    assert "Access denied." in said
    assert "Accès refusé" not in said
    assert "Jamais interrogé" not in said


def test_a_poll_that_is_asked_for_is_done_by_the_next_pass(
    own_page: TestClient, own_stores: Stores, own_world: World
) -> None:
    soon = own_world.settings.model_copy(update={"now": NOW + timedelta(minutes=1)})
    with open_stores(soon) as stores:
        assert "le-soir" not in polling.choose_feeds(stores)  # polled half an hour ago, to the minute
    for _ in range(2):
        answer = post_form(own_page, "/feeds/le-soir/poll")
        assert (answer.status_code, answer.headers["location"]) == (303, "/feeds/le-soir?said=polled")
    said = says(ask_tree(own_page, "/feeds/le-soir", said="polled"))
    assert "Le flux sera relevé au prochain passage" in said
    assert "relevé au prochain passage" in said
    before = len(ask_json(own_page, "/feeds/le-soir")["polls"])
    with open_stores(soon) as stores:
        due = polling.choose_feeds(stores)
        assert "le-soir" in due
        polling.poll_feeds(stores, due)
    polls = ask_json(own_page, "/feeds/le-soir")["polls"]
    assert len(polls) == before + 1
    assert polls[0]["status"] in (200, 304)


@pytest.mark.parametrize(
    ("feed", "refused", "words"),
    [
        ("occupe", "resting", "laissé en paix jusqu'au 23 nov. 2026, 11:00"),
        ("desactive", "disabled", "désactivé dans le fichier des flux"),
        ("supprime", "gone", "supprimé ce flux pour de bon"),
        ("import:the-mirror-of-paris", "unlisted", "pas dans le fichier des flux"),
    ],
)
def test_a_poll_that_cannot_be_is_refused_with_its_reason(
    own_page: TestClient, own_stores: Stores, feed: str, refused: str, words: str
) -> None:
    before = report_feed(own_stores.ledger, FeedId(feed))
    answer = own_page.post(f"/feeds/{feed}/poll")
    assert answer.status_code == 409
    assert answer.json()["answer"]["refused"] == refused
    screen = post_form(own_page, f"/feeds/{feed}/poll")
    assert screen.status_code == 409
    assert words in " ".join(screen.text.split()).replace("&#39;", "'").replace("\u202f", " ")
    assert report_feed(own_stores.ledger, FeedId(feed)) == before


def test_who_may_only_read_sees_no_button_and_is_refused(reader: TestClient, nobody: TestClient) -> None:
    assert not ask_tree(reader, "/feeds/le-soir").xpath("//form[@method='post']")
    assert reader.post("/feeds/le-soir/poll").status_code == 403
    assert nobody.post("/feeds/le-soir/poll").status_code == 401
