"""The watches: what each found, a form that makes one, and the alert that comes of it."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, post_form, says
from tests.page.world import NOW, WATCH, WATCH_OF_FILE
from vigie.adapters.ledger import stages
from vigie.adapters.ledger.alerts import recent_alerts
from vigie.adapters.ledger.watches import kept_watches
from vigie.model import TaggedArticle, Tags
from vigie.steps import articles, auditing, extracting, rework, watching
from vigie.stores import Stores
from vigie.watches.watch import make_watch_id

JSON = {"Accept": "application/json"}


def save(page: TestClient, status: int = 200, **fields: Any) -> Any:
    """Save as a script does."""
    answer = page.post("/watches", data=fields, headers=JSON)
    assert answer.status_code == status, answer.text
    return answer.json()


def lines(page: TestClient) -> dict[str, Any]:
    return {line["watch"]["id"]: line for line in ask_json(page, "/watches")["watches"]}


def import_article(stores: Stores, title: str, text: str) -> None:
    """An article of this hour, in the index."""
    line = {"url": "https://le-soir.example/neuf", "feed": "le-soir", "title": title, "text": text,
            "published_at": NOW.isoformat(), "language": "fr"}  # fmt: skip
    rework.import_lines(stores, [json.dumps(line).encode()], where="test")
    ids = articles.choose_articles(stores)
    extracting.extract_articles(stores, ids)
    claimed = stages.claim_for_tag(stores.ledger, ids, stores.now())
    tagged = [TaggedArticle(article=each, tags=Tags(), rules_version="by-hand") for each in claimed]
    stages.record_tagged(stores.ledger, tagged)
    articles.index_articles(stores, ids)


def test_each_watch_says_what_it_found_and_would_have_found(page: TestClient) -> None:
    found = lines(page)
    assert found[WATCH]["found"] == 4  # a copy counts too
    assert (
        found[WATCH]["last_days"]
        == ask_json(page, "/search", q="cobalt", since="2026-11-16T08:30:00Z")["total"]
    )
    assert found[WATCH]["last_found_at"] == "2026-11-23T08:30:00Z"
    assert (found[WATCH]["origin"], found[WATCH_OF_FILE]["origin"]) == ("hand", "file")
    tree = ask_tree(page, "/watches")
    cards = {card.get("id"): card for card in tree.find_class("watch")}
    assert "Eau & cobalt" in says(cards[f"watch-{WATCH}"])
    assert cards[f"watch-{WATCH}"].xpath(".//form")
    assert "du fichier des veilles" in says(cards[f"watch-{WATCH_OF_FILE}"])
    assert not cards[f"watch-{WATCH_OF_FILE}"].xpath(".//form")
    assert "<u>Élysée</u>" in says(tree)
    assert_tame(ask_html(page, "/watches"))


def test_the_link_of_a_watch_finds_what_it_counts(page: TestClient) -> None:
    for line, card in zip(lines(page).values(), ask_tree(page, "/watches").find_class("watch"), strict=True):
        (link,) = card.xpath(".//a[contains(@href, '/search?')]/@href")
        assert ask_json(page, link)["total"] == line["last_days"]
        (feed,) = card.xpath(".//a[contains(@href, '/search.atom')]/@href")
        assert page.get(feed).status_code == 200


def test_a_watch_that_is_saved_from_a_search_is_matched_by_the_next_pass(
    own_page: TestClient, own_stores: Stores
) -> None:
    tree = ask_tree(own_page, "/search", q="girafe -zoo", source="Le Soir", since="2026-11-01")
    (form,) = tree.xpath("//form[@method='post']")
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    assert "Les dates ne sont pas gardées" in says(tree)
    saved = post_form(own_page, form.get("action"), **{**fields, "name": "Les girafes d'été"})
    assert (saved.status_code, saved.headers["location"]) == (303, "/watches?said=watched")
    tree = ask_tree(own_page, saved.headers["location"])
    assert tree.xpath("//*[@role='status']")
    made = lines(own_page)["les-girafes-d-ete"]
    assert (made["watch"]["query"], made["watch"]["sources"]) == ("girafe -zoo", ["Le Soir"])
    assert (made["found"], made["last_days"], made["origin"]) == (0, 0, "hand")

    import_article(
        own_stores, "Une girafe en ville", "Une girafe a été vue lundi matin près de la gare de Rouen."
    )
    watching.match_watches(own_stores)
    (alert,) = [each for each in recent_alerts(own_stores.ledger) if each.about == "les-girafes-d-ete"]
    assert alert.matched == ("girafe",)
    assert alert.passages[0].title == "Une girafe en ville"
    after = lines(own_page)["les-girafes-d-ete"]
    assert (after["found"], after["last_days"]) == (1, 1)
    assert (
        "Les girafes d&#39;été" in own_page.get("/alerts.atom").text
        or "Les girafes d'été" in own_page.get("/alerts.atom").text
    )
    assert auditing.audit(own_stores).ok


def test_a_script_saves_changes_and_removes(own_page: TestClient) -> None:
    made = save(
        own_page,
        id="sncf",
        name="Grèves",
        query="grève",
        leader=["Q3052772", "Emmanuel Macrron"],
        kind="press",
    )
    assert made["watch"]["leaders"] == ["Q3052772", "Emmanuel Macrron"]
    assert made["unknown"] == ["Emmanuel Macrron"]
    assert "Ce nom n'est celui de rien ici" in says(ask_tree(own_page, "/watches"))
    same = {
        "id": "sncf",
        "name": "Grèves",
        "query": "grève",
        "leader": ["Q3052772", "Emmanuel Macrron"],
        "kind": "press",
    }
    assert save(own_page, **same) == made  # twice is once
    taken = save(own_page, 422, id="sncf", name="Autre", query="train")
    assert taken["detail"].startswith("id: watch `sncf` is there already")
    assert save(own_page, id="sncf", name="Autre", query="train", replace="true")["watch"]["query"] == "train"
    assert own_page.post("/watches/sncf/remove", headers=JSON).json() == {"done": "unwatched"}
    assert "sncf" not in lines(own_page)
    assert own_page.post("/watches/sncf/remove", headers=JSON).status_code == 200  # twice is once
    assert own_page.post("/watches/personne/remove", headers=JSON).status_code == 404


def test_a_watch_is_removed_by_its_button(own_page: TestClient) -> None:
    (button,) = ask_tree(own_page, "/watches").xpath(f"//*[@id='watch-{WATCH}']//form")
    gone = post_form(own_page, button.get("action"))
    assert gone.headers["location"] == "/watches?said=unwatched"
    assert list(lines(own_page)) == [WATCH_OF_FILE]


WRONG = [
    ({"query": "eau"}, "name: is empty", "name", "Donnez un nom"),
    ({"name": "n" * 121, "query": "eau"}, "name: has 121 characters; 120 at most", "name", "trop long"),
    ({"name": "Tout"}, "query: asks for nothing", "query", "Tout y répondrait"),
    ({"name": "Sans", "query": "-sport"}, "query: only says what it does not want", "query", "ne veut pas"),
    ({"name": "Étoile", "query": "★"}, "query: has no word", "query", "pas de mot"),
    ({"name": "Long", "query": " ".join(f"m{n}" for n in range(500))}, "query: the question has 500", "query", "trop long"),
    ({"name": "★", "query": "eau"}, "id: use letters, digits", "id", "des lettres, des chiffres"),
    ({"name": "x", "id": "a b", "query": "eau"}, "id: use letters, digits", "id", "des lettres, des chiffres"),
    ({"name": "x", "id": WATCH_OF_FILE, "query": "eau", "replace": "true"}, "id: watch `du-fichier` stands in", "id", "fichier des veilles"),
    ({"name": "x", "id": WATCH, "query": "eau"}, "id: watch `eau` is there already", "id", "déjà cet identifiant"),
    ({"name": "x", "query": "eau", "kind": "blog"}, "kind: `blog` is not known", "kind", "pas possible"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "sentence", "field", "said"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(
    page: TestClient, stores: Stores, fields: dict[str, Any], sentence: str, field: str, said: str
) -> None:
    before = kept_watches(stores.ledger)
    fault = save(page, 422, **fields)["detail"]
    assert fault.startswith(sentence)
    assert "\n" not in fault
    answer = post_form(page, "/watches", **fields)
    assert answer.status_code == 422
    (told,) = (element for element in parse(answer.text).xpath("//*[contains(@class, 'fault')]"))
    assert told.get("id") == f"watch-{field}-fault"
    assert said in told.text_content()
    beside = parse(answer.text).xpath(f"//*[@aria-describedby='watch-{field}-fault']")
    assert field == "kind" or [each.get("name") for each in beside] == [field]
    assert (
        parse(answer.text).xpath("string(//form[@class='watch-form']//input[@name='name']/@value)")
        == fields.get("name", "")[:120]
    )
    assert kept_watches(stores.ledger) == before


def parse(html: str) -> Any:
    import lxml.html

    return lxml.html.document_fromstring(html)


def test_several_faults_are_each_said(page: TestClient) -> None:
    fault = save(page, 422, id="a b", query="-sport", leader="  ")["detail"]
    assert fault == (
        "id: use letters, digits, `-`, `_` and `.` only, 80 at most; name: is empty; write what an alert shall be called;"
        " leader: has an empty value; take it out"
    )


def test_who_may_only_read_sees_and_changes_nothing(reader: TestClient, nobody: TestClient) -> None:
    tree = ask_tree(reader, "/watches")
    assert not tree.xpath("//form[@method='post']")
    for client, status in ((reader, 403), (nobody, 401)):
        for path in ("/watches", f"/watches/{WATCH}/remove"):
            assert client.post(path, data={"name": "x", "query": "eau"}, headers=JSON).status_code == status


def test_a_form_of_another_site_changes_nothing(page: TestClient) -> None:
    foreign = {**JSON, "Sec-Fetch-Site": "cross-site"}
    assert page.post(f"/watches/{WATCH}/remove", headers=foreign).status_code == 403


def test_hostile_names_are_text(own_page: TestClient) -> None:
    nasty = '"><script>alert(1)</script>\u202e'
    answer = post_form(own_page, "/watches", id="piege", name=nasty, query=f"{nasty} mot", leader=nasty)
    assert answer.status_code == 303
    assert_tame(ask_html(own_page, "/watches"))
    assert "<script>alert(1)</script>" in says(ask_tree(own_page, "/watches"))
    assert_tame(post_form(own_page, "/watches", id=nasty, name=nasty, query=nasty, leader=nasty).text)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Grève à la SNCF", "greve-a-la-sncf"),
        ("  L'eau ", "l-eau"),
        ("★", ""),
        ("x" * 200, "x" * 80),
        ("Œuvre_2", "œuvre-2"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, made: str) -> None:
    assert make_watch_id(name) == made
