"""Leaders: found by name, in the news, and one of them with offices, trend, company, words and articles."""

import json
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.builders import NOW as THEN
from tests.builders import article, tagged
from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, says
from tests.page.world import NOW
from vigie.adapters.index.port import Question
from vigie.model import LeaderMention, PersonId, PersonTag, Quote, Tags
from vigie.search.documents import build_document
from vigie.stores import Stores

MACRON, POUTINE = "Q3052772", "Q7747"


def test_who_is_in_the_news(page: TestClient) -> None:
    view = ask_json(page, "/leaders")
    assert [(each["name"], each["id"]) for each in view["lately"]][:2] == [
        ("Emmanuel Macron", MACRON),
        ("Volodymyr Zelensky", "Q3874799"),
    ]
    assert "Friedrich Merz" not in {each["name"] for each in view["lately"]}  # ten days ago
    tree = ask_tree(page, "/leaders")
    assert f"/leaders/{MACRON}" in tree.xpath("//a/@href")
    assert not tree.xpath("//section[@aria-labelledby='found']")


@pytest.mark.parametrize("asked", ["poutine", "Vladimir Poutine", "POUTINE vladimir", POUTINE, "Putin"])
def test_a_leader_is_found_by_any_of_their_names(page: TestClient, asked: str) -> None:
    view = ask_json(page, "/leaders", q=asked)
    assert [(each["id"], each["last"]["title"], each["last"]["now"]) for each in view["found"]] == [
        (POUTINE, "président", True)
    ]
    assert "président (Russie), 7 mai 2012 – en cours" in says(ask_tree(page, "/leaders", q=asked))


def test_nobody_of_that_name(page: TestClient) -> None:
    html = ask_html(page, "/leaders", q='<script>alert(1)</script>"')
    assert_tame(html)
    assert "Personne de ce nom dans les tables." in html
    ask_json(page, "/leaders", 422, q="x" * 300)


def test_a_leader_by_the_tables(page: TestClient) -> None:
    view = ask_json(page, f"/leaders/{POUTINE}")
    assert view["terms"][0] == {
        "title": "président", "role": "hos", "country": "RU", "start": "2012-05-07", "end": "", "now": True,
    }  # fmt: skip
    starts = [term["start"] for term in view["terms"] if not term["now"]]
    assert starts == sorted(starts, reverse=True)
    tree = ask_tree(page, f"/leaders/{POUTINE}")
    assert "Premier ministre (Russie)" in says(tree)
    assert "https://www.wikidata.org/wiki/Q7747" in tree.xpath("//a[@rel='noopener noreferrer']/@href")
    assert "président de la République" in says(
        ask_tree(page, f"/leaders/{MACRON}").xpath("//p[@class='lead']")[0]
    )


def test_a_leader_in_the_articles(page: TestClient, stores: Stores) -> None:
    view = ask_json(page, f"/leaders/{MACRON}")
    answer = stores.index.search(Question(leaders=(MACRON,), size=100, sort="date"))
    assert view["total"] == view["recent"] == answer.total
    assert [each["id"] for each in view["articles"]] == [hit.id for hit in answer.hits]
    assert sum(day["articles"] for day in view["days"]) == answer.total
    assert view["days"][-1]["day"] == f"{NOW:%Y-%m-%d}"
    assert "Emmanuel Macron" not in {each["name"] for each in view["beside"]}
    assert view["beside"][0]["name"] == "Volodymyr Zelensky"
    assert {"Le Matin", "Présidence de la République"} <= {each["value"] for each in view["sources"]}
    assert view["topics"][0]["name"] in {"Politique", "Relations internationales"}
    (said,) = view["quotes"]
    assert said["text"] == "La France tiendra ses engagements"
    assert said["title"] == "Emmanuel Macron reçoit Volodymyr Zelensky à Paris"


def test_the_days_that_are_counted_may_be_chosen(page: TestClient) -> None:
    merz = "Q566257"
    week, month = (ask_json(page, f"/leaders/{merz}", days=days) for days in (7, 28))
    assert (week["recent"], month["recent"], week["total"]) == (0, 1, 1)
    assert len(week["days"]) == 7
    assert week["quotes"] == month["quotes"]
    assert len(week["quotes"]) == 1
    assert ask_tree(page, f"/leaders/{merz}", days=7).xpath(
        "//a[@aria-current='true'][contains(., '7 jours')]"
    )
    for days in (0, 92, 10**9):
        ask_json(page, f"/leaders/{merz}", 422, days=days)


def test_a_name_is_as_good_as_an_id(page: TestClient) -> None:
    assert ask_json(page, "/leaders/Vladimir%20Poutine")["id"] == POUTINE
    assert ask_json(page, "/leaders/vladimir%20poutine")["id"] == POUTINE
    for nobody in ("Q1", "rien", "%3Cscript%3E", "Vladimir"):
        ask_json(page, f"/leaders/{nobody}", 404)
        assert_tame(ask_html(page, f"/leaders/{nobody}", 404))


def test_a_leader_of_the_tables_whom_no_article_names(page: TestClient) -> None:
    tree = ask_tree(page, "/leaders/Q2530")  # Gerhard Schröder
    assert "N'est plus en fonction : chancelier (Allemagne), 27 octobre 1998 – 22 novembre 2005" in says(tree)
    assert "Aucun article ne le nomme." in says(tree)


def put(
    stores: Stores, number: int, *, copy: bool = False, kind: str = "direct", text: str = "Nous irons tous."
) -> None:
    """An article that quotes somebody whom the tables do not know."""
    person = PersonId("desk:marie-<b>")
    leader = LeaderMention(
        id=person, name="Marie <b>Untel", mention="Marie", start=0, end=5, via="name", role="min", country="FR",
        confidence=1.0,
    )  # fmt: skip
    tags = Tags(
        leaders=(leader,),
        people=(PersonTag(id=person, name=leader.name, role="min", country="FR", mentions=1),),
        quotes=(Quote(text=text, start=0, end=5, speaker=leader.name, speaker_id=person, kind=kind),),  # type: ignore[arg-type]  # one of three words
    )
    item = tagged(article(f"untel-{number}", text="Marie parle."), tags)
    first = article("untel-1").id if copy else None
    assert not stores.index.put([build_document(item, indexed_at=THEN + timedelta(hours=1), copy_of=first)])


def test_a_person_whom_only_articles_know(own_page: TestClient, own_stores: Stores) -> None:
    put(own_stores, 1)
    put(own_stores, 2, copy=True, text="Nous irons partout.")
    put(own_stores, 3, text="NOUS IRONS TOUS.")
    put(own_stores, 4, kind="partial", text="tous")
    html = ask_html(own_page, "/leaders/desk:marie-%3Cb%3E")
    assert_tame(html)
    assert "Connu par les articles seulement" in html
    assert "wikidata.org" not in html
    view = ask_json(own_page, "/leaders/Marie%20%3Cb%3EUntel")
    assert (view["id"], view["terms"], view["total"]) == ("desk:marie-<b>", [], 4)
    assert [each["text"].lower() for each in view["quotes"]] == [
        "nous irons tous."
    ]  # once; no copy, no scrap


def test_it_is_said_in_english_too(page: TestClient) -> None:
    said = says(ask_tree(page, f"/leaders/{POUTINE}", lang="en"))
    assert "(Russia) 7 May 2012 – now" in said
    assert "head of state" in said
    page.cookies.clear()


def test_the_api_describes_it(page: TestClient) -> None:
    described = json.loads(page.get("/openapi.json").text)
    assert described["paths"]["/leaders/{person}"]["get"]["summary"] == "One leader"
    assert "LeaderView" in described["components"]["schemas"]
