"""`vigie watches`: list, add, remove, try."""

import pytest

from tests.cli.conftest import Collected
from tests.cli.desk import Desk


def test_a_watch_is_made_changed_listed_and_removed(desk: Desk) -> None:
    made = desk.ask(
        "watches", "add", "eau", "--query", "source eau", "--source", "le-matin", "--kind", "press"
    )
    assert made["watch"] == {
        **{"id": "eau", "name": "eau", "query": "source eau", "leaders": [], "topics": []},
        **{"sources": ["le-matin"], "kinds": ["press"]},
    }
    assert made["unknown"] == ["le-matin"]  # no feed is followed
    desk.ask("watches", "add", "eau", "--name", "L'eau", "--query", "eau", "--leader", "Emmanuel Macron")
    (row,) = desk.ask("watches")["watches"]
    assert (row["name"], row["query"], row["sources"], row["found"]) == ("L'eau", "eau", [], 0)
    assert (row["origin"], row["last_found_at"], row["unknown"]) == ("hand", None, [])
    assert desk.ask("watches", "remove", "eau") == {"removed": "eau"}
    assert desk.ask("watches") == {"watches": []}
    assert desk.call("watches", "remove", "eau").code == 0  # twice is once
    assert desk.call("watches", "remove", "personne").code == 1
    desk.audit()


def test_a_name_that_nobody_has_is_said(desk: Desk) -> None:
    outcome = desk.call("watches", "add", "m", "--leader", "Emmanuel Macrron", "--topic", "medtop:99999999")
    assert outcome.code == 0
    assert [line.split(": ")[2] for line in outcome.err.splitlines()] == [
        "Emmanuel Macrron",
        "medtop:99999999",
    ]
    assert len(desk.call("watches").err.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "x"), "asks for nothing"),
        (("add", "x", "--query", "  "), "asks for nothing"),
        (("add", "x", "--query", "-sport"), "only says what it does not want"),
        (("add", "x", "--query", "★"), "--query: has no word"),
        (("add", "x", "--query", " ".join(f"mot{n}" for n in range(2000))), "--query: the question has 2000 words"),
        (("add", "a b", "--query", "eau"), "ID: use letters"),
        (("add", "x", "--query", "eau", "--kind", "blog"), "--kind: `blog` is not known"),
        (("add", "x", "--query", "eau", "--name", "n" * 200), "--name: has 200 characters"),
        (("try",), "give the id of a watch"),
        (("try", "x", "--query", "eau"), "give the id of a watch"),
        (("try", "personne"), "no watch has the id personne"),
        (("try", "--query", "eau", "--days", "0"), "--days"),
    ],
)  # fmt: skip
def test_bad_usage_is_one_line(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    outcome = desk.call("watches", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_ten_thousand_characters(desk: Desk) -> None:
    """A long query with few words is kept; the table and its alert stay readable."""
    desk.ask("watches", "add", "long", "--query", "eau " * 2500)
    assert len(desk.ask("watches")["watches"][0]["query"]) == 9999
    assert desk.run()["watch"] == {"taken": 0, "done": 0, "failed": 0, "refused": {}}


def test_nobody_s_terminal_is_written_to(desk: Desk) -> None:
    desk.call("watches", "add", "x", "--query", "eau\x1b[31m", "--name", "Rouge\u202e\x1b[31m")
    outcome = desk.call("watches")
    assert not {"\x1b", "\u202e"} & set(outcome.out + outcome.err)


def test_trying_finds_what_a_search_finds(collected: Collected) -> None:
    desk = collected.desk
    tried = desk.ask("watches", "try", "--query", "cobalt", "--source", "palais")
    found = desk.ask("search", "cobalt", "--source", "palais", "--sort", "date")
    assert tried["total"] == found["total"] == 2
    assert [hit["id"] for hit in tried["hits"]] == [hit["id"] for hit in found["hits"]]
    assert desk.ask("watches", "try", "--query", "Scholz", "--days", "1")["total"] < desk.ask(
        "watches", "try", "--query", "Scholz", "--days", "30"
    )["total"]  # fmt: skip
    assert "2 articles" in desk.call("watches", "try", "--query", "cobalt", "--source", "palais").out
