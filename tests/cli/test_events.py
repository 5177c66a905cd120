"""`vigie events`, as a script and a person see it."""

import json

import pytest

from tests.cli.desk import Desk

ARTICLES = (
    ("matin", "2026-11-21T08:00:00+01:00", "Un sommet à Bruxelles", "Emmanuel Macron recevra Friedrich Merz mercredi à Paris."),
    ("soir", "2026-11-22T08:00:00+01:00", "Merz à Paris",
     "Le chancelier Friedrich Merz est attendu à Paris. Il sera reçu mercredi par Emmanuel Macron."),
    ("matin", "2026-11-22T09:00:00+01:00", "Rail", "Les cheminots seront en grève le 3 décembre."),
    ("soir", "2026-11-20T09:00:00+01:00", "Hier", "Le Sénat a adopté jeudi le projet de loi de finances."),
    ("soir", "2026-11-20T10:00:00+01:00", "Un an plus tard", "Le G7 se tiendra à Évian en juin 2027."),
)  # fmt: skip
KEYS = {
    "date",
    "last_date",
    "when",
    "kind",
    "label",
    "participants",
    "participant_ids",
    "place",
    "country",
    "sources",
    "articles",
}


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("agenda"))
    desk.follow({"id": "matin", "url": "http://127.0.0.1:9/m"}, {"id": "soir", "url": "http://127.0.0.1:9/s"})
    lines = [
        {
            "feed": feed,
            "url": f"https://{feed}.exemple/{number}",
            "title": title,
            "text": text,
            "published_at": at,
        }
        for number, (feed, at, title, text) in enumerate(ARTICLES)
    ]
    outcome = desk.call("import", "-", "--json", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert outcome.code == 0, outcome.err
    return desk


def test_the_days_to_come(agenda: Desk) -> None:
    answer = agenda.ask("events")
    assert (answer["since"], answer["until"]) == ("2026-11-23", "2026-12-23")
    assert answer["complete"] is True
    assert [(row["date"], row["kind"]) for row in answer["events"]] == [
        ("2026-11-25", "meeting"),
        ("2026-12-03", "strike"),
    ]
    assert all(row.keys() == KEYS for row in answer["events"])


def test_an_event_of_two_articles_is_one_row(agenda: Desk) -> None:
    row = agenda.ask("events", "--kind", "meeting")["events"][0]
    assert row["sources"] == len(row["articles"]) == 2
    assert set(row["participants"]) == {"Emmanuel Macron", "Friedrich Merz"}
    assert "Q3052772" in row["participant_ids"]
    assert (row["when"], row["place"]) == ("mercredi 25 novembre 2026", "Paris")


def test_what_is_over(agenda: Desk) -> None:
    answer = agenda.ask("events", "--since", "2026-11-01", "--until", "2026-11-22")
    assert [(row["date"], row["kind"]) for row in answer["events"]] == [("2026-11-19", "vote")]


def test_far_ahead(agenda: Desk) -> None:
    answer = agenda.ask("events", "--since", "2027-06-01", "--until", "2027-06-30")
    assert [(row["date"], row["when"], row["kind"]) for row in answer["events"]] == [
        ("2027-06", "juin 2027", "summit")
    ]


def test_filters(agenda: Desk) -> None:
    def total(*arguments: str) -> int:
        return int(agenda.ask("events", *arguments)["total"])

    assert total("--who", "merz") == total("--who", "Q3052772") == total("--place", "paris") == 1
    assert total("--kind", "grève") == total("--kind", "strike") == 1
    assert total("--who", "personne") == 0
    assert total("--limit", "1") == 2
    assert len(agenda.ask("events", "--limit", "1")["events"]) == 1


def test_for_people(agenda: Desk) -> None:
    outcome = agenda.call("events")
    assert outcome.code == 0
    for words in ("2 événements", "rencontre", "3 décembre", "2 sources"):
        assert words in outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "demain"), "--since: demain: not a day"),
        (("--since", "2026-12-01", "--until", "2026-11-01"), "--until: 2026-11-01 is before 2026-12-01"),
        (("--kind", "party"), "--kind: party: must be one of call,"),
        (("--since", "9999-12-20"), "no agenda ends after the year 9999"),
        (("--since", "2000-01-01", "--until", "2026-01-01"), "more than ten years"),
    ],
)
def test_bad_usage_is_one_line(agenda: Desk, arguments: tuple[str, ...], said: str) -> None:
    outcome = agenda.call("events", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1
