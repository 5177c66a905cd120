"""Alerts: listed and filtered, each with its whole why and where it went; a rating counts and can be taken back."""

from datetime import datetime, timedelta

from fastapi.testclient import TestClient

from tests.builders import alert
from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, post_form, says
from tests.page.world import BEGAN, GROWING_ALERT, TOPIC, TOPIC_ALERT
from vigie.adapters.ledger.alert_reports import page_alerts
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.lessons import read_lessons
from vigie.model import AlertId, ArticleId
from vigie.page.screens.alerts import PAGE, SHOWN
from vigie.stores import Stores


def test_the_newest_come_first_and_one_kind_can_be_asked_for(page: TestClient) -> None:
    found = ask_json(page, "/alerts")
    fired = [datetime.fromisoformat(each["alert"]["fired_at"]) for each in found["alerts"]]
    assert fired == sorted(fired, reverse=True)
    assert found["counts"] == {"communique": 1, "operator": 4, "topic": 2, "watch": 2}
    topics = ask_json(page, "/alerts", kind="topic")["alerts"]
    assert [each["alert"]["id"] for each in topics] == [GROWING_ALERT, TOPIC_ALERT]
    tree = ask_tree(page, "/alerts", kind="topic")
    assert tree.xpath("//nav//a[@aria-current='true'][@href='/alerts?kind=topic']")
    assert len(tree.xpath("//main//article")) == 2
    ask_json(page, "/alerts", 422, kind="gossip")


def test_pages_go_on_and_end(own_page: TestClient, own_stores: Stores) -> None:
    many = [alert(f"n{n:03d}", fired_at=BEGAN - timedelta(hours=n // 2)) for n in range(PAGE + 5)]
    with own_stores.ledger.writing() as session:
        add_alerts(session, many, [], BEGAN)
    seen, older, pages = [], None, 0
    while pages == 0 or older:
        found = ask_json(own_page, "/alerts", **({"older": older} if older else {}))
        seen += [each["alert"]["id"] for each in found["alerts"]]
        older, pages = found["older"], pages + 1
    assert pages == 2
    assert len(seen) == len(set(seen)) == len(many) + 9
    assert ask_tree(own_page, "/alerts").xpath("//a[@rel='next'][contains(@href, 'older=')]")
    assert page_alerts(own_stores.ledger, SHOWN, size=5, older_than=AlertId("unknown")) == ([], False)
    assert "pas de plus anciennes" in says(ask_tree(own_page, "/alerts", older="unknown"))


def test_an_alert_says_all_it_knows(page: TestClient) -> None:
    found = ask_json(page, f"/alerts/{TOPIC_ALERT}")
    assert found["topic"]["id"] == TOPIC
    assert [other["id"] for other in found["others"]] == [GROWING_ALERT]
    assert (len(found["articles"]), found["total"], found["gone"], found["days"][-1]) == (
        4,
        4,
        0,
        {"day": "2026-11-23", "articles": 4},
    )
    (delivery,) = found["deliveries"]
    assert (delivery["state"], delivery["next_try_at"]) == ("sent", None)
    tree = ask_tree(page, f"/alerts/{TOPIC_ALERT}")
    said = says(tree)
    for words in (
        *(
            "2 articles en 24 h",
            "0,1 en 24 h",
            "4 articles en 24 h, contre 0,1 d'ordinaire",
            "source polluée",
        ),
        *(
            "La Dépêche des Vallées, Le Matin, Le Soir",
            "Les premiers passages",
            "envoyée",
            "json://",
            "en hausse",
        ),
    ):
        assert words in said, words
    assert tree.xpath(f"//a[@href='/topics/{TOPIC}']")
    assert tree.xpath(
        "//figure//svg[@role='img'][contains(@aria-label, '5 articles du mardi 27 octobre 2026')]"
    )
    assert len(tree.xpath("//figure//tbody/tr")) == 28


def test_alerts_of_each_kind_can_be_opened(page: TestClient) -> None:
    for kind in SHOWN:
        one = ask_json(page, "/alerts", kind=kind)["alerts"][0]["alert"]
        path = f"/alerts/{one['id']}"
        assert ask_json(page, path)["alert"] == one
        assert_tame(ask_html(page, path))
        if kind == "watch":
            assert all(word in says(ask_tree(page, path)) for word in one["matched"])


def test_articles_that_are_gone_are_counted(own_page: TestClient, own_stores: Stores) -> None:
    with own_stores.ledger.writing() as session:
        add_alerts(session, [alert("old", article_ids=(ArticleId("z1"), ArticleId("z2")))], [], BEGAN)
    found = ask_json(own_page, "/alerts/old")
    assert (found["articles"], found["gone"], found["deliveries"]) == ([], 2, [])
    assert "2 articles ne sont plus dans l'index." in says(ask_tree(own_page, "/alerts/old"))


def test_a_rating_counts_once_changes_and_is_taken_back(own_page: TestClient, own_stores: Stores) -> None:
    path = f"/alerts/{TOPIC_ALERT}"
    answer = post_form(own_page, f"{path}/rate", verdict="noise", back=f"{path}?lang=fr")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?lang=fr&said=rated")
    tree = ask_tree(own_page, answer.headers["location"])
    assert "Merci" in says(tree.xpath("//*[@role='status']")[0])
    assert tree.xpath("//button[@value='noise'][@aria-pressed='true']")
    for _twice in range(2):
        post_form(own_page, f"{path}/rate", verdict="useful", back=path)
    [lesson] = [each for each in read_lessons(own_stores.ledger) if each.kind == "rate"]
    assert lesson.verdict == "useful"
    assert ask_json(own_page, "/alerts", kind="topic")["alerts"][1]["rating"]["verdict"] == "useful"
    post_form(own_page, f"/lessons/{lesson.id}/forget", back=path)
    assert ask_json(own_page, path)["rating"] is None


def test_what_nobody_knows_is_not_there(page: TestClient) -> None:
    ask_json(page, "/alerts/unknown", 404)
    assert ask_tree(page, "/alerts/unknown", 404).findtext(".//h1") == "Rien à cette adresse"
    assert page.post("/alerts/unknown/rate", data={"verdict": "noise"}).status_code == 404
    assert page.post(f"/alerts/{TOPIC_ALERT}/rate", data={"verdict": "meh"}).status_code == 422


def test_who_may_only_read_changes_nothing(reader: TestClient, stores: Stores) -> None:
    before = read_lessons(stores.ledger)
    for path in (f"/alerts/{TOPIC_ALERT}/rate", f"/topics/{TOPIC}/mute", f"/topics/{TOPIC}/follow"):
        assert reader.post(path, data={"verdict": "noise"}).status_code == 403
    assert reader.post(f"/lessons/{before[0].id}/forget").status_code == 403
    assert read_lessons(stores.ledger) == before
