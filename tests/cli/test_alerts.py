"""`vigie alerts`: what was told and why, in 80 columns and for machines; and what people teach the detector."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import alert, trend
from tests.cli.desk import START, Desk
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger.schema import DeliveryRow
from vigie.adapters.ledger.trends import record_trends
from vigie.model import Alert, ArticleId, Passage, Trend
from vigie.settings import Settings
from vigie.stores import open_stores

DAY = timedelta(days=1)
LONG_URL = "https://le-matin.example/politique/2026/11/23/" + "une-adresse-tres-longue-" * 5
PASSAGE = Passage(
    article_id=ArticleId("a1"),
    title="À Malpertuis, des \x1b[31mplaintes\u202e contre l'internat",
    url=LONG_URL,
    source="Le Matin",
    text="Six anciens élèves ont porté plainte. " * 12,
)
TOPIC = alert(
    "00aa11bb22cc33dd",
    fired_at=START - DAY,
    terms=("Malpertuis", "internat de Malpertuis", "plaintes"),
    passages=(PASSAGE,),
    about="sujet-malpertuis",
)
OTHERS = (
    alert("bbbbbbbbbbbbbbbb", kind="watch", fired_at=START, matched=("grève",), about="transports", now=1),
    alert(
        "cccccccccccccccc", kind="operator", fired_at=START, terms=(), sources=(), article_ids=(), about="f"
    ),
    alert("dddddddddddddddd", kind="digest", fired_at=START, terms=()),
    alert("eeeeeeeeeeeeeeee", fired_at=START - 40 * DAY, terms=("Vieux",)),
)
TREND = trend("sujet-malpertuis", terms=("Malpertuis", "plaintes"), touched_at=START)


def fill(desk: Desk, alerts: Sequence[Alert] = (), trends: Sequence[Trend] = ()) -> None:
    """Alerts as they were decided, with one channel, and trends."""
    with open_stores(Settings(home=desk.folder / "home")) as stores:
        ledger_alerts.record_decision(stores.ledger, [], alerts, [("cle", "Slack")], START)
        with stores.ledger.writing() as session:
            record_trends(session, [(each, "{}") for each in trends], START)


@pytest.fixture
def filled(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.follow()
    fill(desk, [TOPIC, *OTHERS], [TREND])
    return desk


def test_each_alert_says_why_within_eighty_columns(filled: Desk) -> None:
    said = filled.call("alerts", COLUMNS="80").out
    assert said.replace("\n", "").isprintable()
    for wanted in (
        *(TOPIC.topic, TOPIC.id, "nouveau sujet", "Termes : Malpertuis, internat", "Sources : Le Matin"),
        *("À Malpertuis, des [31mplaintes contre l'internat (Le Matin)", "Six anciens élèves", "…"),
        *(
            "Envoi : Slack (en attente)",
            "Mots trouvés : grève",
            "veille",
            "exploitation",
            "2026-11-22 08:00 UTC",
        ),
        "30 derniers jours : 1 exploitation, 1 nouveau sujet, 1 veille.\nAucune notée. 0 silence, 0 suivi.",
    ):
        assert wanted in said, wanted
    assert f"    {LONG_URL}\n" in said  # whole: it can be clicked and copied
    assert all(len(line) <= 80 for line in said.splitlines() if LONG_URL not in line)
    assert "dddddddddddddddd" not in said


def test_alerts_are_chosen_by_kind_day_and_number(filled: Desk) -> None:
    def ids(*options: str) -> list[str]:
        return [found["id"][0] for found in filled.ask("alerts", *options)["alerts"]]

    assert ids() == ["e", "0", "b", "c"]
    assert ids("--kind", "digest", "--kind", "watch") == ["b", "d"]
    assert ids("--since", "2026-11-22T08:00") == ["0", "b", "c"]
    assert ids("--since", "2026-11-22T08:01") == ["b", "c"]
    assert ids("--last", "1") == ["c"]
    assert ids("--last", "100") == ["e", "0", "b", "c"]
    said = filled.call("alerts", "--last", "1").out
    assert TOPIC.id not in said
    assert "toutes avec --last 4" in said
    for options in (("--kind", "sujet"), ("--since", "hier"), ("--last", "0")):
        outcome = filled.call("alerts", *options)
        assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)


def test_deliveries_that_were_given_up_are_said(filled: Desk) -> None:
    with open_stores(Settings(home=filled.folder / "home")) as stores, stores.ledger.writing() as session:
        session.get_one(DeliveryRow, (TOPIC.id, "cle")).state = "abandoned"
    assert "Envoi : Slack (abandonnée)" in filled.call("alerts").out


def test_ratings_come_back_in_the_listing_and_in_the_figures(filled: Desk) -> None:
    told = filled.ask("alerts", "rate", TOPIC.id, "noise")
    assert told["weight"] == 0.5
    assert told["lesson"]["terms"] == ["malpertui", "internat de malpertui"]
    assert told["lesson"]["ends_at"].startswith("2027-02-21")
    filled.ask("alerts", "rate", "bbbbbbbbbbbbbbbb", "useful")
    filled.ask("alerts", "rate", "eeeeeeeeeeeeeeee", "useful")
    found = filled.ask("alerts")
    assert [each["rating"] for each in found["alerts"]] == ["useful", "noise", "useful", None]
    assert found["figures"] == {
        "since": "2026-10-24T08:00:00Z",
        "alerts": {"operator": 1, "topic": 1, "watch": 1},
        "useful": 1,
        "noise": 1,
        "precision": 0.5,
        "muted": 0,
        "followed": 0,
    }
    said = filled.call("alerts").out
    assert "notée bruit" in said
    assert "Notées : 1 utile, 1 bruit, soit 50 % d'utiles sur 2." in said


def test_what_is_taught_is_said_in_one_line_and_once(filled: Desk) -> None:
    lines = [
        filled.call("alerts", *arguments)
        for arguments in (
            ["mute", "l’Élysée"],
            ["mute", "l’Élysée"],
            ["mute", "elysees"],  # the same word
            ["mute", TOPIC.id, "--until", "2026-12-01"],
            ["follow", "sujet-malpertuis"],
            ["rate", TOPIC.id, "noise"],
            ["rate", "cccccccccccccccc", "useful"],
        )
    ]
    assert [(line.code, line.err, len(line.out.splitlines())) for line in lines] == [(0, "", 1)] * 7
    told = [line.out.strip() for line in lines]
    assert told[0] == told[1] == told[2]
    assert told[0] == "Le mot « l’Élysée » ne sera plus en tête d'aucune alerte (sans date de fin)."
    assert told[3].startswith(
        "Le sujet « Malpertuis : des plaintes » ne sera plus annoncé ni suivi jusqu'au 2026-12-02"
    )
    assert told[4] == "Les suites du sujet « Malpertuis : des plaintes » seront envoyées (sans date de fin)."
    assert "« malpertui », « internat de malpertui » pèse 0,5 fois son poids ordinaire" in told[5]
    assert "ne change rien à la détection" in told[6]
    lessons = filled.ask("alerts", "lessons")["lessons"]
    assert sorted((each["kind"], each["target"]) for each in lessons) == [
        *(("follow", "sujet-malpertuis"), ("mute", "elysee")),
        *(("rate", TOPIC.id), ("rate", "cccccccccccccccc")),
    ]
    assert all(each["in_force"] for each in lessons)
    assert filled.ask("alerts")["figures"]["followed"] == 1
    assert "sujet suivi" in filled.call("alerts", "lessons").out


def test_a_lesson_is_forgotten(filled: Desk) -> None:
    taught = filled.ask("alerts", "mute", "Malpertuis")["lesson"]
    assert filled.ask("alerts", "forget", taught["id"])["forgotten"] == taught
    again = filled.call("alerts", "forget", taught["id"])
    assert (again.code, again.out) == (
        0,
        "Le mot « Malpertuis » n'est plus muet : il peut de nouveau être annoncé.\n",
    )
    assert filled.ask("alerts", "lessons") == {"lessons": []}


def test_a_lesson_that_is_over_says_so(filled: Desk) -> None:
    filled.ask("alerts", "mute", "Malpertuis", "--until", "2026-11-23T08:00+00:00".replace("08", "09"))
    filled.wait(days=2)
    (lesson,) = filled.ask("alerts", "lessons")["lessons"]
    assert lesson["in_force"] is False
    assert "(fini)" in filled.call("alerts", "lessons", COLUMNS="120").out
    assert filled.ask("alerts")["figures"]["muted"] == 0


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (1, ["mute", "0123456789abcdef"]),
        (1, ["mute", "bbbbbbbbbbbbbbbb"]),
        (1, ["mute", "eeeeeeeeeeeeeeee"]),
        (1, ["follow", "Malpertuis"]),
        (1, ["follow", "cccccccccccccccc"]),
        (1, ["rate", "0123456789abcdef", "useful"]),
        (1, ["forget", "rien"]),
        (2, ["mute", "…"]),
        (2, ["mute", "gel", "--until", "demain"]),
        (2, ["mute", "gel", "--until", "2026-11-22"]),
        (2, ["follow", "sujet-malpertuis", "--until", "1999-01-01"]),
        (2, ["rate", TOPIC.id, "bof"]),
        (2, ["rate", TOPIC.id]),
        (2, ["oublier"]),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_changes_nothing(
    filled: Desk, code: int, arguments: list[str]
) -> None:
    outcome = filled.call("alerts", *arguments)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (code, "", 1), outcome.err
    assert filled.ask("alerts", "lessons") == {"lessons": []}
