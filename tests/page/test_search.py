"""The search screen: words, facets that are alternatives, chips, pages, and questions that make no sense."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.page.asking import ask_html, ask_json, ask_tree, assert_tame, says
from tests.page.written import HOSTILE_PUBLISHER, SCRIPT_TITLE
from vigie.page.drawing.periods import gather_days
from vigie.page.shapes import Count

MACRON = "Emmanuel Macron"


def titles(found: Any) -> list[str]:
    return [article["title"] for article in found["articles"]]


def to(link: str) -> str:
    """Where a link of the screen leads: most are a query alone."""
    return f"/search{link}" if link.startswith("?") else link


def counts(found: Any, facet: str) -> dict[str, int]:
    return {each["value"]: each["count"] for each in found["facets"][facet]}


def test_words_are_found_and_marked(page: TestClient) -> None:
    found = ask_json(page, "/search", q="cobalt")
    assert found["total"] == len(found["articles"]) == 4
    assert all("\ue000" in article["snippet"].lower() for article in found["articles"])
    tree = ask_tree(page, "/search", q="cobalt")
    assert {mark.text_content().lower() for mark in tree.xpath("//mark")} == {"cobalt"}
    assert "4 articles" in says(tree)
    assert tree.xpath("string(//input[@id='q']/@value)") == "cobalt"
    assert ask_json(page, "/search", q='"citernes d\'eau potable" -lait')["total"] == 2


def test_without_words_everything_by_date(page: TestClient) -> None:
    found = ask_json(page, "/search")
    assert (found["total"], found["asked"]["sort"]) == (13, "date")
    dates = [article["published_at"] for article in found["articles"]]
    assert dates[-1] is None
    assert dates[:-1] == sorted(dates[:-1], reverse=True)


def test_every_value_of_a_facet_brings_what_it_says(page: TestClient) -> None:
    """By the links themselves: from a search where nothing is chosen, each leads to as many articles as stand beside it."""
    tree = ask_tree(page, "/search", q="Paris")
    rows = tree.xpath("//ul[@class='narrow']/li[a]")
    assert len(rows) > 8
    for row in rows:
        (link,) = row.xpath("a/@href")
        assert str(ask_json(page, to(link))["total"]) == row.xpath("string(*[@class='count'])")


def test_the_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(page: TestClient) -> None:
    one = ask_json(page, "/search", leader=MACRON)
    assert counts(one, "leader") == counts(ask_json(page, "/search"), "leader")  # as if nothing were chosen
    both = ask_json(page, "/search", leader=["Friedrich Merz", "Volodymyr Zelensky"])
    assert set(titles(both)) == {
        *titles(ask_json(page, "/search", leader="Friedrich Merz")),
        *titles(ask_json(page, "/search", leader="Volodymyr Zelensky")),
    }
    official = ask_json(page, "/search", leader=MACRON, kind="official")
    assert official["total"] == 1
    assert counts(official, "kind") == counts(one, "kind")
    assert counts(official, "source") == {"Présidence de la République": 1}


def test_languages_are_counted(page: TestClient) -> None:
    assert counts(ask_json(page, "/search", q="Macron"), "language")["en"] == 1
    assert "anglais 1" in says(ask_tree(page, "/search", q="Macron"))


def test_what_was_chosen_can_be_taken_back(page: TestClient) -> None:
    query = {
        "q": "Paris",
        "leader": "Q3052772",
        "kind": ["press", "official"],
        "since": "2026-11-01",
        "sort": "date",
    }
    tree = ask_tree(page, "/search", **query)
    chips = {" ".join(chip.text_content().split()): chip.get("href") for chip in tree.find_class("chip")}
    assert list(chips) == [
        "Retirer : Dirigeant : Emmanuel Macron ×",
        "Retirer : Nature : presse ×",
        "Retirer : Nature : officielle ×",
        "Retirer : depuis le dimanche 1 novembre 2026 ×",
    ]
    links = iter(chips.values())
    assert ask_json(page, to(next(links)))["asked"]["leaders"] == []
    assert ask_json(page, to(next(links)))["asked"]["kinds"] == ["official"]
    assert ask_json(page, to(next(links)))["asked"]["kinds"] == ["press"]
    assert ask_json(page, to(next(links)))["asked"]["since"] is None
    chosen = tree.xpath("//a[@class='chosen']")
    assert [link.text_content().split()[-1] for link in chosen] == ["Macron", "presse", "officielle"]
    assert ask_json(page, to(chosen[0].get("href")))["asked"]["leaders"] == []  # the id is known by its name


def test_an_id_that_nothing_found_has_is_called_as_the_tables_say(page: TestClient) -> None:
    found = ask_json(
        page, "/search", q="introuvable", leader="Q567", topic="medtop:11000000", source="Q99999999"
    )
    assert found["names"]["Q567"] == "Angela Merkel"
    assert set(found["names"]) == {"Q567", "medtop:11000000"}


def test_days_are_those_of_paris_and_the_last_is_included(page: TestClient) -> None:
    day = ask_json(page, "/search", since="2026-11-13", until="2026-11-13")
    assert titles(day) == ["Emmanuel Macron et Friedrich Merz parlent d'énergie à Berlin"]
    assert day["asked"]["since"] == "2026-11-12T23:00:00Z"
    assert day["asked"]["until"] == "2026-11-13T23:00:00Z"
    assert ask_json(page, "/search", since="", until="2026-11-12")["total"] == 1
    assert ask_json(page, "/search", since="2026-11-23T07:30:00Z")["total"] == 0


def test_the_days_are_drawn_and_said(page: TestClient) -> None:
    tree = ask_tree(page, "/search", q=["récolte", "OR", "Macron"][0])
    (figure,) = tree.xpath("//figure[contains(@class, 'timeline')]")
    assert figure.xpath("*[local-name()='svg'][@aria-hidden='true']")
    assert "Par jour ; le plus" in figure.text_content()
    assert ask_json(page, "/search", q="récolte")["facets"]["day"][0] == {"value": "2026-11-03", "count": 1}


def test_pages_follow_each_other_without_a_gap(page: TestClient) -> None:
    for query in ({"q": "Paris", "size": 2}, {"size": 5, "since": "2026-01-01"}):
        whole = titles(ask_json(page, "/search", **{**query, "size": 100}))
        address, seen = "/search", []
        tree = ask_tree(page, address, **query)
        while True:
            seen += [
                " ".join(each.text_content().split()) for each in tree.xpath("//li[@class='article']/h3")
            ]
            following = tree.xpath("//a[@rel='next']/@href")
            if not following:
                break
            tree = ask_tree(page, to(following[0]))
            assert tree.xpath("//a[text()='revenir au début']")
        assert len(seen) == len(whole)
        assert seen[0] == whole[0]


def test_by_date_where_it_is_asked_for(page: TestClient) -> None:
    by_date = ask_json(page, "/search", q="Brévanoux", sort="date")
    dates = [article["published_at"] for article in by_date["articles"]]
    assert dates == sorted(dates, reverse=True)
    tree = ask_tree(page, "/search", q="Brévanoux")
    (link,) = tree.xpath("//p[@class='sort']/a[text()='date']/@href")
    assert titles(ask_json(page, to(link))) == titles(by_date)


def test_nothing_found_says_what_may_help(page: TestClient) -> None:
    said = says(ask_tree(page, "/search", q='"mots introuvables" ici -ailleurs', kind="press"))
    for words in (
        "Aucun article",
        "sans filtre",
        "Sans guillemets",
        "moins de mots",
        "exclu par le tiret",
        "orthographe",
    ):
        assert words in said
    assert "pas de mot dans cette recherche" in says(ask_tree(page, "/search", q="★"))
    (link,) = ask_tree(page, "/search", q="cobalt", leader="Friedrich Merz").xpath(
        "//ul[@class='advice']//a/@href"
    )
    assert ask_json(page, to(link))["total"] == 4


ODD = [
    (
        {"since": "demain"},
        "since: demain: not a date; write 2026-11-23 or 2026-11-23T18:30",
        "« Du » n'est pas une date",
    ),
    ({"until": "2026-13-45"}, "until: 2026-13-45: not a date", "« Au » n'est pas une date"),
    ({"since": "2026-11-23", "until": "2026-11-22"}, "until: lies before `since`", "échangez les deux dates"),
    ({"q": "mot " * 1001}, "q: has 4004 characters; 4000 at most", "trop longue"),
    ({"q": " ".join(f"m{n}" for n in range(500))}, "q: the question has 500 words; 400", "trop longue"),
    ({"leader": ["x"] * 3 + [f"v{n}" for n in range(60)]}, "leader: takes 50 values", "trop de filtres"),
    ({"topic": "x" * 400}, "topic: takes 50 values of 300 characters", "filtre trop long"),
    ({"kind": "blog"}, "kind: must be official or press", "La nature"),
    ({"sort": "taille"}, "sort: must be relevance or date", "Le tri"),
    ({"after": "abc"}, "after: is not the `next` of an answer", "repartez de la première"),
]


@pytest.mark.parametrize(("query", "sentence", "said"), ODD)
def test_what_makes_no_sense_is_one_line(
    page: TestClient, query: dict[str, Any], sentence: str, said: str
) -> None:
    fault = ask_json(page, "/search", 400, **query)
    assert fault["detail"].startswith(sentence)
    assert "\n" not in fault["detail"]
    tree = ask_tree(page, "/search", 400, **query)
    (alert,) = tree.xpath("//*[@role='alert']")
    assert said in alert.text_content()
    assert tree.xpath("//form[@role='search']")  # what was typed stays, to be mended
    assert tree.xpath("string(//input[@id='q']/@value)") == query.get("q", "")


def test_parameters_that_have_a_type_are_held_to_it(page: TestClient) -> None:
    for query in ({"size": "-1"}, {"size": "101"}, {"size": "x"}, {"after": "x" * 3000}):
        assert "\n" not in ask_json(page, "/search", 422, **query)["detail"]
        ask_html(page, "/search", 422, **query)


@pytest.mark.parametrize(
    "key",
    [["x", "y", "z"], [1.0, "x", 10**12], [1.0, "x", 10**40], [float("inf"), 5, float("nan")], [None] * 3],
)
def test_a_forged_cursor_costs_nothing(page: TestClient, key: list[Any]) -> None:
    from vigie.search.questions import write_cursor

    for sort in ("relevance", "date"):
        answer = page.get(
            "/search", params={"q": "Paris", "sort": sort, "after": write_cursor("relevance", *key)}
        )
        assert answer.status_code in (200, 400)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_answered(page: TestClient, text: str, name: str, when: str) -> None:
    query = {"q": text, "leader": name, "source": name, "topic": name, "since": when}
    for accept in ("text/html", "application/json"):
        answer = page.get("/search", params=query, headers={"Accept": accept})
        assert answer.status_code in (200, 400)


def test_other_people_s_words_are_text(page: TestClient) -> None:
    for query in (
        {"source": HOSTILE_PUBLISHER},
        {
            "q": SCRIPT_TITLE,
            "leader": "<script>alert(9)</script>",
            "source": '"><img src=x onerror=alert(8)>',
        },
        {"q": "plaisant \u202e titre"},
        {"since": "<script>", "q": "</title><script>"},
    ):
        status = 400 if "since" in query else 200
        assert_tame(ask_html(page, "/search", status, **query))
    found = ask_json(page, "/search", source=HOSTILE_PUBLISHER)
    assert SCRIPT_TITLE in titles(found)
    assert SCRIPT_TITLE in says(ask_tree(page, "/search", source=HOSTILE_PUBLISHER))


def test_the_form_keeps_what_was_chosen_and_a_reader_cannot_save(
    page: TestClient, reader: TestClient
) -> None:
    tree = ask_tree(page, "/search", q="Paris", leader=[MACRON, "Friedrich Merz"])
    assert tree.xpath("//form[@role='search']//input[@name='leader']/@value") == [MACRON, "Friedrich Merz"]
    assert tree.xpath("//form[@method='post']//input[@name='leader']/@value") == [MACRON, "Friedrich Merz"]
    assert not ask_tree(reader, "/search", q="Paris").xpath("//form[@method='post']")
    assert not ask_tree(page, "/search").xpath("//form[@method='post']")  # everything is no watch


def test_nobody_sees_anything(nobody: TestClient) -> None:
    assert ask_json(nobody, "/search", 401) == {"detail": "Not authenticated"}


DAYS = st.dictionaries(st.dates(), st.integers(1, 1000), min_size=1, max_size=40)


@given(DAYS)
def test_a_timeline_loses_no_article_and_has_bars_that_can_be_seen(days: dict[date, int]) -> None:
    timeline = gather_days([Count(value=str(day), count=count) for day, count in days.items()])
    assert timeline is not None
    assert sum(bar.count for bar in timeline.bars) == sum(days.values())
    assert [bar.start for bar in timeline.bars] == sorted({bar.start for bar in timeline.bars})
    assert all(one.end <= two.start for one, two in zip(timeline.bars, timeline.bars[1:], strict=False))
    assert all(any(bar.start <= day <= bar.end for bar in timeline.bars) for day in days)
    assert timeline.unit == "year" or len(timeline.bars) <= 95
    assert timeline.highest.count == max(bar.count for bar in timeline.bars)


def test_bars_are_as_wide_as_the_time_is_long() -> None:
    first = date(2026, 1, 7)  # a Wednesday
    spans = {30: "day", 92: "day", 93: "week", 600: "week", 700: "month", 2700: "month", 3000: "year"}
    for span, unit in spans.items():
        ends = (Count(value=str(first), count=1), Count(value=str(first + timedelta(days=span - 1)), count=2))
        timeline = gather_days(ends)
        assert timeline is not None
        assert timeline.unit == unit
    assert gather_days([]) is None


def test_the_night_before_counts_for_the_first_day() -> None:
    """Half past midnight in Paris is the day before in UTC, whose days the index counts."""
    days = [Count(value="2026-11-22", count=2), Count(value="2026-11-23", count=3)]
    timeline = gather_days(days, since=date(2026, 11, 23))
    assert timeline is not None
    assert [(bar.start, bar.count) for bar in timeline.bars] == [(date(2026, 11, 23), 5)]
