"""Today: what is new at a glance, each thing once, and said in words where there is nothing."""

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from tests.builders import alert
from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, says
from tests.page.conftest import client_of
from tests.page.world import NOW, TOPIC, TOPIC_ALERT, WATCH
from tests.page.written import HOSTILE_LABEL
from vigie.adapters.ledger.alerts import add_alerts
from vigie.model import ArticleId, Passage
from vigie.page.screens.today import TOPICS, read_today
from vigie.page.serving.guard import Visitor
from vigie.settings import Settings
from vigie.stores import Stores

TITLE = "Entretien du Président de la République avec M. Volodymyr Zelensky"


def test_a_new_topic_comes_first_once_with_its_why(page: TestClient) -> None:
    (new,) = ask_json(page, "/")["new"]
    assert new["alert"]["about"] == TOPIC
    assert (new["line"]["state"], new["line"]["counts"][-3:]) == ("growing", [1, 0, 4])
    tree = ask_tree(page, "/")
    card = tree.xpath("//section[1]//article")[0]
    said = says(card)
    for words in (
        *("Nouveau sujet", "Brévanoux : cobalt dans l'eau", "4 articles en 24 h, contre 0,1 d'ordinaire"),
        *(
            "La Dépêche des Vallées",
            "source polluée",
            "À Brévanoux, une source est polluée",
            "Pourquoi",
            "Utile",
        ),
    ):
        assert words in said, words
    assert card.xpath(f".//a[@href='/topics/{TOPIC}']")
    assert card.xpath(".//svg[@role='img'][@aria-label]")
    assert {link.get("rel") for link in card.xpath(".//a[@target]")} == {"noopener noreferrer"}


def test_a_communique_and_its_alert_are_one_line(page: TestClient) -> None:
    today = ask_json(page, "/")
    (one,) = today["communiques"]
    assert one["article"]["title"] == TITLE
    assert one["alert_id"]
    assert "Emmanuel Macron, chef de l'État" in one["reason"]
    tree = ask_tree(page, "/")
    assert len(tree.xpath(f"//section[@aria-labelledby='official']//h3[.//bdi[text()=\"{TITLE}\"]]")) == 1
    assert tree.xpath(f"//a[@href='/alerts/{one['alert_id']}']")


def test_a_watch_stands_once_with_its_words_and_passages(page: TestClient) -> None:
    found = {watch["id"]: watch for watch in ask_json(page, "/")["watches"]}
    assert found[WATCH]["articles"] == 3
    assert [word.lower() for word in found[WATCH]["matched"]] == ["cobalt"]
    section = ask_tree(page, "/").xpath("//section[@aria-labelledby='watches']")[0]
    assert says(section).count("Eau & cobalt") == 1
    assert "<u>Élysée</u>" in says(section)  # a name of a person's, shown as it is written


def test_operators_alerts_are_apart_and_feeds_are_one_line(page: TestClient) -> None:
    today = ask_json(page, "/")
    assert {each["kind"] for each in today["operators"]} == {"operator"}
    assert len(today["freshness"]["troubled"]) == 6
    tree = ask_tree(page, "/")
    assert tree.xpath("//section[@aria-labelledby='operators']/details[not(@open)]")
    assert (
        "6 flux sur 10 ne vont pas bien : Journal bloque, Journal en-panne, Journal malforme et 3 autres"
        in says(tree)
    )
    assert "Dernier relevé il y a 30 minutes." in says(tree)
    assert not today["stale"]


def test_people_and_subjects_lead_to_their_screens_with_what_is_usual(
    page: TestClient, stores: Stores
) -> None:
    today = ask_json(page, "/")
    assert [(p["id"], p["name"], p["count"]) for p in today["people"]] == [
        ("Q3052772", "Emmanuel Macron", 4),
        ("Q3874799", "Volodymyr Zelensky", 3),
    ]
    assert today["people"][0]["usual"] is None  # the week before had no article
    tree = ask_tree(page, "/")
    assert tree.xpath("//a[@href='/leaders/Q3052772']")
    assert tree.xpath("//a[@href='/topics/medtop:20000429']")
    later = read_today(stores, NOW + timedelta(days=3))
    assert later.people == ()
    assert read_today(stores, NOW - timedelta(days=9, hours=12)).people[0].name == "Emmanuel Macron"


def test_usual_is_a_day_of_the_week_before(stores: Stores) -> None:
    later = read_today(
        stores, NOW + timedelta(hours=21)
    )  # two of those that name him are older than a day then
    usual = {person.name: person.usual for person in later.people}
    assert later.articles > 0
    assert usual["Emmanuel Macron"] == round(2 / 7, 2)


def test_an_earlier_day_is_a_day_of_paris(page: TestClient) -> None:
    before = ask_json(page, "/", day="2026-11-22")
    assert (before["since"], before["until"]) == ("2026-11-22T00:00:00+01:00", "2026-11-23T00:00:00+01:00")
    assert (before["new"], before["communiques"], before["articles"]) == ([], [], 0)
    tree = ask_tree(page, "/", day="2026-11-22")
    assert tree.findtext(".//h1") == "Dimanche 22 novembre 2026"
    english = ask_tree(page, "/", day="2026-11-22", lang="en")
    page.cookies.clear()  # the language is remembered
    assert english.findtext(".//h1") == "Sunday 22 November 2026"
    for words in (
        "Aucun sujet nouveau ce jour-là",
        "Aucun communiqué ce jour-là",
        "Personne n'est nommé",
        "Aucun article.",
    ):
        assert words in says(tree)
    assert tree.xpath("//a[@rel='next'][@href='/?day=2026-11-23']")
    assert ask_json(page, "/", day="2027-01-01")["day"] == "2026-11-23"  # no day to come
    ask_json(page, "/", 422, day="hier")


def test_an_empty_ledger_is_said_in_words(tmp_path: Path) -> None:
    with ExitStack() as stack:
        stores = Stores(Settings(home=tmp_path, now=NOW), stack)
        page = client_of(stores, Visitor(name="Claire", may_act=True))
        tree = ask_tree(page, "/")
        today = ask_json(page, "/")
    for words in (
        "Aucun sujet nouveau depuis hier",
        "Aucun communiqué depuis hier",
        "Aucun flux n'est suivi",
        "Aucun article.",
    ):
        assert words in says(tree)
    assert (today["freshness"], today["stale"]) == (
        {"last_polled_at": None, "feeds": 0, "troubled": []},
        True,
    )


def test_hostile_words_are_words(own_page: TestClient, own_stores: Stores) -> None:
    passage = Passage(
        article_id=ArticleId("x"),
        title=f"{HOSTILE_LABEL}\u202etitre",
        url="javascript:alert(1)",
        source="<b onmouseover=alert(2)>",
        text=HOSTILE_LABEL,
    )
    usual = {"fired_at": NOW, "topic": HOSTILE_LABEL, "terms": (HOSTILE_LABEL,), "sources": (HOSTILE_LABEL,)}
    nasty = [
        alert(f"h-{kind}", kind=kind, about=about, matched=(HOSTILE_LABEL,), passages=(passage,), **usual)
        for kind, about in (("topic", "t"), ("watch", "w"), ("communique", "Q1"), ("operator", "f"))
    ]
    with own_stores.ledger.writing() as session:
        add_alerts(session, nasty, [], NOW)
    for path in ("/", "/alerts", "/alerts/h-topic", "/alerts/h-watch"):
        html = ask_html(own_page, path)
        assert_tame(html)
        assert "&lt;script&gt;alert(4)" in html


def test_too_many_new_topics_lead_to_the_alerts(own_page: TestClient, own_stores: Stores) -> None:
    many = [alert(f"many-{n}", topic=f"Sujet {n}", about=f"t{n}", fired_at=NOW) for n in range(40)]
    with own_stores.ledger.writing() as session:
        add_alerts(session, many, [], NOW)
    found = ask_json(own_page, "/")
    assert len(found["new"]) == TOPICS
    assert found["more_new"] == 40 + 1 - TOPICS
    (more,) = ask_tree(own_page, "/").xpath("//section[1]//a[starts-with(., 'Et ')]")
    assert says(more) == f"Et {41 - TOPICS} autres"


def test_who_may_only_read_is_offered_no_buttons(reader: TestClient) -> None:
    for path in ("/", f"/alerts/{TOPIC_ALERT}", f"/topics/{TOPIC}", "/topics"):
        assert not ask_tree(reader, path).xpath("//form[@method='post']")
