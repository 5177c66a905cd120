"""One article: its text with the marks explained, where its dates and versions come from, and its page made harmless."""

import dataclasses
import re
import time
from typing import Any, get_args

import lxml.html
import pytest
from fastapi.testclient import TestClient

from tests.builders import NOW, claim
from tests.page.asking import BROWSER, ask_html, ask_json, ask_tree, assert_tame, says
from tests.page.written import SCRIPT_TITLE, TURNED_TITLE
from vigie.adapters.index.port import Question
from vigie.adapters.ledger.schema import ArticleRow, FetchRow
from vigie.articles import wording
from vigie.dates import choosing, explaining
from vigie.model import DateOrigin, LeaderMention, PersonId, Quote, Tags
from vigie.page.drawing import shared_words
from vigie.page.drawing.language import words
from vigie.page.drawing.notes import annotate
from vigie.page.drawing.people import gather_people, list_marks
from vigie.plaintext import choose_charset
from vigie.stores import Stores

EDITED = "Emmanuel Macron reçoit Volodymyr Zelensky à Paris"
COPIED = "Cobalt à Brévanoux : l'État promet des citernes"


def find(stores: Stores, title: str) -> dict[str, Any]:
    """The newest document with this title."""
    hits = stores.index.search(Question(size=100, sort="date")).hits
    return next(dict(hit.document) for hit in hits if hit.document["title"] == title)


def path_of(stores: Stores, title: str = EDITED) -> str:
    return f"/articles/{find(stores, title)['id']}"


def change(stores: Stores, title: str, **fields: Any) -> str:
    """What the ledger says of an article, said otherwise; the article's path."""
    article_id = find(stores, title)["id"]
    with stores.ledger.writing() as session:
        row = session.get_one(ArticleRow, article_id)
        for name, value in fields.items():
            setattr(row, name, value)
    return f"/articles/{article_id}"


def test_mentions_lead_to_the_people_and_back(page: TestClient, stores: Stores) -> None:
    tree = ask_tree(page, path_of(stores))
    links = tree.xpath("//div[@class='prose'][@lang='fr']//a[@class='person']")
    assert [link.xpath("text()")[0] for link in links] == [
        *("Emmanuel Macron", "Volodymyr Zelensky", "Le président ukrainien", "le chef de l'État"),
    ]
    for link in links:
        row = tree.get_element_by_id(link.get("href")[1:])
        number = "".join(link.xpath("sup/text()"))
        assert row.xpath(".//span[@class='sign']/text()") == [number]  # a number, not a colour
        assert f"« {link.xpath('text()')[0]} » – par son" in says(row)
        assert any(
            back in {a.get("href")[1:] for a in row.xpath(".//a[starts-with(@href, '#')]")}
            for back in link.getparent().xpath("span/@id")
        )


def test_a_mention_is_explained(page: TestClient, stores: Stores) -> None:
    tree = ask_tree(page, path_of(stores))
    (zelensky,) = (
        row for row in tree.xpath("//ol[contains(@class, 'people')]/li") if "Zelensky" in says(row)
    )
    said = says(zelensky)
    assert "« Le président ukrainien » – par son titre, sûr à 90 %" in said
    assert "président (Ukraine) · 2 mentions" in said
    assert zelensky.xpath(".//a[@href='/leaders/Q3874799']")
    assert "Fonctions à la date de l'article, lundi 23 novembre 2026" in says(tree)
    assert ask_json(page, path_of(stores))["people"][0]["offices"] == ["président de la République"]


def test_all_anchors_are_there_and_only_once(page: TestClient, stores: Stores) -> None:
    for hit in stores.index.search(Question(size=100)).hits:
        tree = ask_tree(page, f"/articles/{hit.id}")
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {a[1:] for a in tree.xpath("//a/@href") if a.startswith("#")} <= set(ids)
        assert len(tree.xpath("//h1")) == 1


def test_the_text_is_all_there_with_marks_and_without(page: TestClient, stores: Stores) -> None:
    for title in (EDITED, SCRIPT_TITLE):
        document = find(stores, title)
        for query in ({}, {"plain": "1"}):
            tree = ask_tree(page, f"/articles/{document['id']}", **query)
            for sign in tree.xpath("//div[@class='prose']//sup"):
                sign.drop_tree()
            paragraphs = [p.text_content() for p in tree.xpath("//div[@class='prose']/p[@dir='auto']")]
            assert "\n".join(paragraphs) == document["text"]
            assert bool(tree.xpath("//div[@class='prose']//a")) == (not query)


def test_quotations_have_their_speakers(page: TestClient, stores: Stores) -> None:
    tree = ask_tree(page, path_of(stores))
    row = tree.get_element_by_id("row-c1")
    assert "C1 Emmanuel Macron« La France tiendra ses engagements »" in says(row)
    assert row.xpath(".//a[@href='/leaders/Q3052772']")
    assert "C1" in says(tree.xpath("//a[@href='#row-c1']")[0])
    unknown = ask_tree(page, path_of(stores, "L'eau de Brévanoux polluée au cobalt"))
    assert wording.UNKNOWN_SPEAKER in says(unknown.get_element_by_id("row-c1"))


def test_dates_say_why(page: TestClient, stores: Stores) -> None:
    view = ask_json(page, path_of(stores))
    chosen = [each for each in view["dates"]["claims"] if each["chosen"]]
    assert [each["reason"] for each in chosen] == ["retenue"]
    assert all(each["reason"] for each in view["dates"]["claims"])
    tree = ask_tree(page, path_of(stores))
    assert view["dates"]["rule"] in says(tree)
    assert len(tree.xpath("//section[@aria-labelledby='dates-head']//tbody/tr")) == len(
        view["dates"]["claims"]
    )
    assert "+01:00" in says(tree)
    undated = ask_tree(page, path_of(stores, "Le musée de Lille rouvre ses portes"))
    assert "Date de publication inconnue" in says(undated)
    assert "aucune date digne de foi" in says(undated)


def test_versions_show_their_differences(page: TestClient, stores: Stores) -> None:
    tree = ask_tree(page, path_of(stores))
    headings = [says(h) for h in tree.xpath("//article[@class='version']/h3")]
    assert [h[:9] for h in headings] == ["Version 2", "Version 1"]
    (added,) = tree.xpath("//p[@class='diff']/ins")
    assert "Mise à jour : un accord sur l'énergie sera signé au printemps." in says(added)
    assert "ajouté" in says(added)  # for who sees no colour
    assert "A changé : texte" in says(tree)
    second, first = ask_json(page, path_of(stores))["versions"]
    assert second["changes"][0][0]["kind"] == "new"
    assert first["changes"] == []


def test_a_page_that_replaces_the_summary_is_no_edit(own_page: TestClient, own_stores: Stores) -> None:
    from vigie.adapters.ledger.schema import VersionRow

    path = path_of(own_stores)
    with own_stores.ledger.writing() as session:
        session.get_one(VersionRow, (path.rsplit("/", 1)[1], 1)).origin = "feed"
    tree = ask_tree(own_page, path)
    assert "La page remplace le résumé du flux." in says(tree)
    assert not tree.xpath("//ins | //del")


def test_copies_know_each_other(page: TestClient, stores: Stores) -> None:
    hits = stores.index.search(Question(text="citernes", size=10)).hits
    (copy,) = (hit.document for hit in hits if hit.document["copy_of"])
    tree = ask_tree(page, f"/articles/{copy['id']}")
    assert "Même texte qu'un article paru ailleurs avant" in says(tree)
    assert f"/articles/{copy['copy_of']}" in tree.xpath("//p[@class='notice']/a/@href")
    original = ask_tree(page, f"/articles/{copy['copy_of']}")
    assert "texte identique" in says(original)
    assert "La Dépêche des Vallées" in says(original)
    (relative,) = ask_json(page, f"/articles/{copy['copy_of']}")["copies"]
    assert (relative["id"], relative["similarity"]) == (copy["id"], 1)


def test_near_copies_say_how_near(own_page: TestClient, own_stores: Stores) -> None:
    (copy,) = (
        hit.id
        for hit in own_stores.index.search(Question(text="citernes", size=10)).hits
        if hit.document["copy_of"]
    )
    with own_stores.ledger.writing() as session:
        session.get_one(ArticleRow, copy).similarity = 0.87
    tree = ask_tree(own_page, f"/articles/{copy}")
    assert "Presque le même texte" in says(tree)
    assert "identique à 87\xa0%" in tree.text_content()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "waiting"}, "En attente"),
        (
            {"state": "rejected", "reason": "<b>ni titre</b>, ni texte"},
            "n'a pas été retenu : <b>ni titre</b>",
        ),
        ({"state": "failed", "error": "refused by the index: <i>"}, "refused by the index: <i>"),
        ({"withdrawn_at": NOW}, "La page a disparu du site depuis le 10 mars 2026, 10:30"),
    ],
)
def test_what_became_of_it_is_said(
    own_page: TestClient, own_stores: Stores, fields: dict[str, Any], sentence: str
) -> None:
    path = change(own_stores, EDITED, **fields)
    assert sentence in says(ask_tree(own_page, path))


def test_a_duplicate_leads_to_its_article(own_page: TestClient, own_stores: Stores) -> None:
    other = find(own_stores, COPIED)["id"]
    article_id = find(own_stores, EDITED)["id"]
    change(own_stores, EDITED, state="duplicate", duplicate_of=other)
    own_stores.index.delete([article_id])
    tree = ask_tree(own_page, f"/articles/{article_id}")
    assert f"/articles/{other}" in tree.xpath("//p[@class='notice']/a/@href")
    assert EDITED in says(tree.xpath("//h1")[0])
    assert ask_json(own_page, f"/articles/{article_id}")["is_indexed"] is False


def test_requests_of_the_page_are_listed(own_page: TestClient, own_stores: Stores) -> None:
    path = path_of(own_stores)
    with own_stores.ledger.writing() as session:
        article_id = path.rsplit("/", 1)[1]
        session.add(
            FetchRow(article_id=article_id, at=NOW, status=503, outcome="failed", sentence="<u>Panne</u>")
        )
    tree = ask_tree(own_page, path)
    rows = [
        [says(cell) for cell in row.xpath("td")][1:]
        for row in tree.xpath("//section[@aria-labelledby='requests-head']//tbody/tr")
    ]
    assert ["échec", "503", "<u>Panne</u>"] in rows
    assert ["lue", "200", ""] in rows


def test_the_archived_page_is_given_byte_for_byte_and_harmless(page: TestClient, stores: Stores) -> None:
    path = path_of(stores)
    bodies = []
    for version in (1, 2):
        answer = page.get(f"{path}/archived", params={"version": version}, headers=BROWSER)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert (
            answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        )
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert re.fullmatch(r'inline; filename="[0-9a-f]+-\d\.txt"', answer.headers["content-disposition"])
        assert answer.headers["memento-datetime"].endswith("GMT")
        assert 'rel="original"' in answer.headers["link"]
        bodies.append(answer.content)
    assert b"<html" in bodies[0].lower()
    assert b"printemps" not in bodies[0]
    assert b"printemps" in bodies[1]
    assert page.get(f"{path}/archived", headers=BROWSER).content == bodies[1]
    told = ask_json(page, f"{path}/archived")
    assert (told["version"], told["status"], told["text"].encode()) == (2, 200, bodies[1])
    assert "set-cookie" not in {name.lower() for name, _ in told["headers"]}
    ask_json(page, f"{path}/archived", 404, version=3)
    ask_json(page, f"{path}/archived", 422, version="x")


@pytest.mark.parametrize(
    ("body", "declared", "charset"),
    [
        ("é".encode(), "text/html; charset=iso-8859-1", "utf-8"),
        ("é".encode("cp1252"), "text/html; charset=iso-8859-1", "windows-1252"),
        ("é".encode("cp1252"), 'text/html; charset="x\r\nSet-Cookie:a"', "windows-1252"),
        ("€".encode("iso8859-15"), "text/html; charset=ISO-8859-15", "iso8859-15"),
        ("\ufeffé".encode("utf-16-le"), None, "utf-16le"),
        ("日本".encode("shift_jis"), '<meta charset="Shift_JIS">', "shift-jis"),
        (b"\x81\x00\xff", None, "windows-1252"),
        (b"", None, "utf-8"),
    ],
)
def test_bytes_are_told_by_a_charset_of_the_web(body: bytes, declared: str | None, charset: str) -> None:
    assert choose_charset(body, declared) == charset
    body.decode(charset, "replace")


def test_an_archived_page_that_is_lost_is_missing_not_a_failure(
    own_page: TestClient, own_stores: Stores
) -> None:
    for file in (own_stores.settings.home / "archive").rglob("*.warc.gz"):
        file.unlink()
    assert "no longer has" in ask_json(own_page, f"{path_of(own_stores)}/archived", 404)["detail"]


def test_reserved_rights_are_respected(own_page: TestClient, own_stores: Stores) -> None:
    sentence = "L'éditeur réserve la fouille de textes : seul ce que dit le flux est gardé."
    path = change(own_stores, EDITED, rights=sentence)
    tree = ask_tree(own_page, path)
    assert sentence in says(tree)
    assert not [href for href in tree.xpath("//@href") if "archived" in href]
    assert ask_json(own_page, f"{path}/archived", 451)["detail"] == sentence
    assert sentence in says(ask_tree(own_page, f"{path}/archived", 451))


def test_what_came_without_a_page_has_none_archived(page: TestClient, stores: Stores) -> None:
    path = path_of(stores, COPIED)
    ask_json(page, f"{path}/archived", 404)
    assert not [href for href in ask_tree(page, path).xpath("//@href") if "archived" in href]


def test_nobody_knows_it(page: TestClient) -> None:
    for path in ("/articles/rien", "/articles/%3Cscript%3E", "/articles/rien/archived"):
        ask_json(page, path, 404)
        assert_tame(ask_html(page, path, 404))


@pytest.mark.parametrize("title", [SCRIPT_TITLE, TURNED_TITLE])
def test_other_peoples_text_is_text(page: TestClient, stores: Stores, title: str) -> None:
    html = ask_html(page, path_of(stores, title))
    assert_tame(html)
    if title == SCRIPT_TITLE:
        tree = lxml.html.document_fromstring(html)
        assert says(tree.xpath("//h1")[0]) == SCRIPT_TITLE
        assert "<i>farceur</i>" in says(tree)
        assert not tree.xpath("//script")


def test_a_strange_address_is_no_link(own_page: TestClient, own_stores: Stores) -> None:
    path = change(own_stores, EDITED, url="javascript:alert(6)")
    html = ask_html(own_page, path)
    assert_tame(html)
    for link in lxml.html.document_fromstring(html).xpath("//main//a[@target]"):
        assert link.get("rel") == "noopener noreferrer"
        assert link.get("href").startswith("http")


def test_without_the_index_the_ledger_still_answers(
    own_page: TestClient, own_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
    from vigie.adapters.index.opening import open_index

    path = path_of(own_stores)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # between the tries
    away = open_index("http://127.0.0.1:9/")
    assert isinstance(away, ElasticsearchIndex)
    own_stores.__dict__["index"] = away
    tree = ask_tree(own_page, path)
    assert "L'index ne répond pas" in says(tree)
    assert "Version 2" in says(tree)
    away.close()


def test_a_long_text_is_quick(own_page: TestClient, own_stores: Stores) -> None:
    document = find(own_stores, EDITED)
    sentence = "Le chef de l'État a dit hier que tout le monde viendrait un jour ou l'autre.\n"
    text = sentence * 13_500
    mention = document["leaders"][0]
    leaders = [
        {**mention, "mention": "Le chef de l'État", "start": len(sentence) * n, "end": len(sentence) * n + 17}
        for n in range(0, 13_500, 5)
    ]
    own_stores.index.put([{**document, "text": text, "leaders": leaders, "version": document["version"] + 1}])
    began = time.process_time()
    html = ask_html(own_page, f"/articles/{document['id']}")
    assert time.process_time() - began < 4  # 0.6 s when nothing else runs
    assert html.count('class="person"') == len(leaders)
    assert len(html) > 1_000_000


def test_words_that_mean_two_people_lead_to_both() -> None:
    both = [
        LeaderMention(
            id=PersonId(f"Q{n}"), name=f"N{n}", mention="les deux", start=3, end=11, via="title", role="hos",
            country="FR", confidence=0.8,
        )
        for n in (1, 2)
    ]  # fmt: skip
    tags = Tags(leaders=tuple(both), quotes=(Quote(text="les deux présidents", start=3, end=22),))
    ((before, run, rest),) = annotate(
        "Et les deux présidents", list_marks(tags), gather_people(tags, None, NOW.date())
    )
    assert before.text == "Et "
    assert {run.person, *(int(note.label) for note in run.notes)} == {1, 2}
    assert [note.target for note in rest.notes] == ["row-c1"]


def test_every_word_of_the_pure_rooms_is_known_to_the_translators() -> None:
    named = {*shared_words.ARTICLES, *shared_words.DATES, *shared_words.EVENTS}
    tables = [value for name, value in vars(wording).items() if name.isupper() and isinstance(value, dict)]
    assert {word for table in tables for word in table.values()} <= named
    assert {wording.UPGRADE, wording.UNKNOWN_SPEAKER} <= named
    assert {explaining.CHOSEN, explaining.KEPT, explaining.LATER, choosing.CLOCK} <= named


def test_every_reason_for_a_date_is_known_to_the_translators() -> None:
    origins = get_args(DateOrigin)
    later = NOW.replace(hour=12)
    for one in origins:
        for other in origins:
            for precisions in (("second", "second"), ("day", "second"), ("second", "day")):
                for at in (NOW, later, NOW.replace(year=1980), NOW.replace(year=2030)):
                    claims = (
                        claim(NOW, origin=one, precision=precisions[0]),
                        claim(
                            at, origin=other, precision=precisions[1], modified=at is later and one == other
                        ),
                    )
                    told = explaining.tell_dates(claims, None, first_seen_at=later, fetched_at=later)
                    assert {told.rule, *(each.reason for each in told.claims)} <= {*shared_words.DATES}
    assert words("en").gettext("retenue") == "chosen"


def test_the_events_of_the_desk_are_known_to_the_translators(stores: Stores) -> None:
    assert set(stores.event_labels.values()) <= set(shared_words.EVENTS)


def test_json_says_what_the_screen_says(page: TestClient, stores: Stores) -> None:
    view = ask_json(page, path_of(stores))
    document = find(stores, EDITED)
    assert view["text"] == document["text"]
    for mention in view["tags"]["leaders"]:
        assert view["text"][mention["start"] : mention["end"]] == mention["mention"]
    from vigie.page.views.article import ArticleView

    assert set(view) == {field.name for field in dataclasses.fields(ArticleView)}
