"""Topics: what is rising, one topic with its trend and company, one of the taxonomy, and what is taught of them."""

from fastapi.testclient import TestClient

from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, post_form, says
from tests.page.world import GROWING_ALERT, HOSTILE_TOPIC, TOPIC, TOPIC_ALERT
from vigie.adapters.ledger.lessons import read_lessons
from vigie.stores import Stores

WATER = "medtop:20000429"


def test_what_was_told_is_listed_and_the_rest_on_demand(page: TestClient) -> None:
    assert [topic["id"] for topic in ask_json(page, "/topics")["rising"]] == [TOPIC]
    every = ask_json(page, "/topics", all="true")
    assert [(topic["id"], topic["state"]) for topic in every["rising"]] == [
        (TOPIC, "growing"),
        (HOSTILE_TOPIC, "fading"),
    ]
    tree = ask_tree(page, "/topics")
    row = says(tree.xpath("//li[contains(@class, 'topic')]")[0])
    for words in (
        "Brévanoux : cobalt dans l'eau",
        "en hausse",
        "4 articles en 24 h",
        "annoncé le 23 nov. 2026, 08:40",
    ):
        assert words in row
    assert tree.xpath("//svg[@role='img'][contains(@aria-label, '28 jours, 4 articles le dernier')]")
    assert {"id": WATER, "name": "Pollution de l'eau", "count": 4, "usual": None} in every["subjects"]
    assert_tame(ask_html(page, "/topics", all="true"))


def test_a_topic_shows_its_trend_and_its_company(page: TestClient) -> None:
    found = ask_json(page, f"/topics/{TOPIC}")
    assert [day["articles"] for day in found["days"]][-3:] == [1, 0, 4]
    assert (found["days"][-1]["day"], len(found["days"]), found["total"]) == ("2026-11-23", 28, 4)
    assert {"value": "Le Soir", "count": 2} in found["sources"]
    assert found["places"] == [{"value": "Brévanoux", "count": 4}]
    assert [subject["id"] for subject in found["subjects"]] == [WATER, "medtop:11000000"]
    published = [article["published_at"] for article in found["articles"]]
    assert published == sorted(published, reverse=True)
    assert [one["id"] for one in found["alerts"]] == [GROWING_ALERT, TOPIC_ALERT]
    tree = ask_tree(page, f"/topics/{TOPIC}")
    assert tree.xpath("//figure//svg[@role='img']")
    assert "lundi 23 novembre 2026" in says(tree.xpath("//figure//tbody/tr[1]")[0])
    assert tree.xpath(f"//a[@href='/alerts/{TOPIC_ALERT}']")
    assert_tame(ask_html(page, f"/topics/{HOSTILE_TOPIC}"))


def test_a_topic_of_the_taxonomy(page: TestClient) -> None:
    found = ask_json(page, f"/topics/{WATER}")
    assert (found["label"], found["total"], found["days"][-1]) == (
        "Pollution de l'eau",
        4,
        {"day": "2026-11-23", "articles": 4},
    )
    assert found["topics"] == [{"id": "medtop:11000000", "name": "Politique", "count": 2, "usual": None}]
    tree = ask_tree(page, f"/topics/{WATER}")
    assert tree.findtext(".//h1/bdi") == "Pollution de l'eau"
    assert tree.xpath("//a[starts-with(@href, '/search?topic=medtop')]")
    assert len(tree.xpath("//li[@class='article']")) == 4


def test_a_topic_of_the_taxonomy_that_no_article_has_is_said_so(page: TestClient) -> None:
    football = ask_tree(page, "/topics/medtop:20001065")
    assert "Aucun article de ce thème en 28 jours." in says(football)
    ask_json(page, "/topics/medtop:99999999", 404)
    ask_json(page, "/topics/desk:nulle-part", 404)
    ask_json(page, "/topics/inconnu", 404)


def test_a_topic_is_followed_muted_until_a_day_and_forgotten(
    own_page: TestClient, own_stores: Stores
) -> None:
    path = f"/topics/{TOPIC}"
    answer = post_form(own_page, f"{path}/follow", until="", back=path)
    assert answer.headers["location"] == f"{path}?said=followed"
    assert ask_json(own_page, path)["topic"]["followed"]
    post_form(own_page, f"{path}/mute", until="2026-11-30", back=path)
    found = ask_json(own_page, path)
    assert (found["topic"]["followed"], found["topic"]["muted"]) == (False, True)
    assert (found["wish"]["kind"], found["wish"]["ends_at"]) == ("mute", "2026-11-30T23:00:00Z")
    assert "jusqu'au 30 nov. 2026, 23:59" in says(ask_tree(own_page, path))
    listed = ask_json(own_page, "/topics")["lessons"]
    assert {(one["kind"], one["what"], one["label"]) for one in listed} == {
        ("mute", "topic", "Brévanoux : cobalt dans l'eau"),
        ("mute", "word", "récolte"),
    }
    for lesson in listed:
        assert post_form(own_page, f"/lessons/{lesson['id']}/forget", back="/topics").status_code == 303
    assert read_lessons(own_stores.ledger) == []
    assert "Rien encore." in says(ask_tree(own_page, "/topics"))


def test_a_wish_that_cannot_be_changes_nothing(own_page: TestClient, own_stores: Stores) -> None:
    before = read_lessons(own_stores.ledger)
    refused = own_page.post(f"/topics/{TOPIC}/mute", data={"until": "2026-11-01"})
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "until: 2026-11-01: is over; give a day to come",
    )
    assert own_page.post(f"/topics/{TOPIC}/mute", data={"until": "demain"}).status_code == 400
    assert (
        own_page.post("/topics/pommes/mute").status_code == 404
    )  # a word is no topic: it must not be muted for it
    assert own_page.post("/lessons/nulle/forget").status_code == 404
    assert read_lessons(own_stores.ledger) == before
