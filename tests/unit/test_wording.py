"""Alerts as a person reads them, kind by kind."""

import pytest

from tests.builders import alert
from vigie.alerts.wire_form import message_object
from vigie.alerts.wording import MAX_TITLE_CHARS, alert_message, alert_text, gathered_message, weeks_away
from vigie.model import ArticleId, Passage


def test_a_new_topic_says_why_with_its_sources_passages_and_links() -> None:
    told = alert(
        terms=("Malpertuis", "plaintes"),
        sources=("Le Courrier", "L'Écho"),
        article_ids=(ArticleId("a1"), ArticleId("a2"), ArticleId("a3")),
        trend=(0, 0, 1, 5),
        about="t1",
        passages=(
            Passage(article_id=ArticleId("a1"), title="Premier", url="https://e.org/1", source="Le Courrier", text="Six."),
        ),
    )  # fmt: skip
    title, text = alert_text(told)
    assert title == "Nouveau sujet : Malpertuis : des plaintes"
    assert text.splitlines() == [
        told.reason,
        "Termes : Malpertuis, plaintes",
        "Sources : Le Courrier, L'Écho",
        "Articles par jour : ▁▁▃█ (le dernier jour : 5)",
        "Tendance t1 (vigie topics)",
        "",
        "• Premier (Le Courrier)",
        "  Six.",
        "  https://e.org/1",
        "",
        "Et 2 autres articles.",
        "Alerte alerte-1, 10/03/2026 à 09:30 UTC",
    ]


@pytest.mark.parametrize(
    ("fields", "title", "line"),
    [
        ({"update": "growing"}, "Suite : Gel", "Depuis la dernière alerte, le sujet grandit."),
        ({"update": "fading"}, "Suite : Gel", "Depuis la dernière alerte, le sujet retombe."),
        ({"update": "back"}, "De retour : Gel", "Sources : Le Matin"),
        ({"update": "back", "trend": (3, *[0] * 23, 4)}, "De retour après 3 semaines : Gel", "Sources : Le Matin"),
        ({"update": "back", "trend": (3, *[0] * 7, 4)}, "De retour après 1 semaine : Gel", "Sources : Le Matin"),
        ({"kind": "watch", "matched": ("gel", "gelées")}, "Veille : Gel", "Mots trouvés : gel, gelées"),
        ({"kind": "communique"}, "Communiqué : Gel", "Sources : Le Matin"),
        ({"kind": "operator", "sources": ()}, "Vigie, exploitation : Gel", "• Titre (Le Matin)"),
    ],
)  # fmt: skip
def test_each_kind_has_its_words(fields: dict[str, object], title: str, line: str) -> None:
    said, text = alert_text(alert(topic="Gel", **fields))
    assert said == title
    assert line in text.splitlines()


def test_weeks_away_are_whole_and_seen() -> None:
    assert weeks_away((1, *[0] * 13, 2, 3)) == 1
    assert weeks_away((*[0] * 40, 2)) == 0  # nobody knows since when
    assert weeks_away((1, 2, 3)) == weeks_away(()) == 0


PAGE = "https://airflow.example/vigie"


def test_a_message_links_to_the_page_where_that_has_an_address() -> None:
    told = alert("a1", about="t1")
    message = alert_message(told, PAGE)
    assert f"Tendance {PAGE}/topics/t1" in message.text.splitlines()
    assert message.text.splitlines()[-1] == f"{PAGE}/alerts/a1"
    assert message_object(message)["page_url"] == f"{PAGE}/alerts/a1"
    assert message_object(message)["topic_page_url"] == f"{PAGE}/topics/t1"
    gathered = gathered_message("m", [told, alert("a/2?x", kind="watch", about="w")], PAGE)
    pages = [(one["page_url"], one["topic_page_url"]) for one in message_object(gathered)["alerts"]]
    assert pages == [(f"{PAGE}/alerts/a1", f"{PAGE}/topics/t1"), (f"{PAGE}/alerts/a%2F2%3Fx", None)]
    assert gathered.text.count(PAGE) == 3


def test_without_an_address_of_the_page_a_message_has_none() -> None:
    message = alert_message(alert("a1", about="t1"))
    assert "http" not in message.text
    assert message_object(message)["page_url"] is message_object(message)["topic_page_url"] is None


def test_a_long_headline_is_cut_at_a_word_and_stands_whole_in_the_text() -> None:
    topic = "Un très long intitulé " * 12
    title, text = alert_text(alert(topic=topic))
    assert len(title) <= MAX_TITLE_CHARS
    assert title.endswith("…")
    assert topic.strip() in text.splitlines()[0]


def test_gathered_alerts_are_counted_and_each_has_its_text() -> None:
    three = [alert(f"x{n}", topic=f"Sujet {n}") for n in range(3)]
    message = gathered_message("m1", three)
    assert message.title == "3 alertes : Sujet 0 ; Sujet 1 ; Sujet 2"
    for n, one in enumerate(three, start=1):
        assert f"{n}. Nouveau sujet : Sujet {n - 1}" in message.text
        assert "\n".join(alert_text(one)) in message.text
    body = message_object(message)
    assert (body["alert_id"], body["kind"]) == ("m1", "gathered")
    assert [one["alert_id"] for one in body["alerts"]] == ["x0", "x1", "x2"]


def test_texts_of_others_obey_nobody() -> None:
    told = alert(
        topic="A\u202eb\x1b[31m\ne",
        terms=("x\u200f", "y\x07"),
        matched=("\u2066m",),
        kind="watch",
        sources=("S\r\nBcc: a@example.org",),
        passages=(
            Passage(article_id=ArticleId("a1"), title="T\u202e", url=None, source="\x00S", text="p\u2028q"),
        ),
    )
    for message in (alert_message(told), gathered_message("m", [told, told])):
        assert message.title.isprintable()
        assert all(line.isprintable() for line in message.text.split("\n"))
        body = message_object(message)
        for one in body.get("alerts", [body]):
            for value in (one["topic"], *one["terms"], *one["matched"], *one["sources"]):
                assert value.isprintable()
