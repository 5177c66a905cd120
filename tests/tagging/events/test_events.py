"""Events: what tells of one, what does not, when it is, who is in it and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tagging.taggers import tag
from vigie.model import Event

THURSDAY = "2018-02-15"


def told(text: str, date: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    """Kind and day of each event of one text."""
    return [(event.kind, event.date) for event in tag(text, date).events]


def only(text: str, date: str | None = THURSDAY) -> Event:
    """The one event of a text."""
    (event,) = tag(text, date).events
    return event


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        (
            "Emmanuel Macron s'est entretenu mercredi par téléphone avec Vladimir Poutine.",
            "call",
            "2018-02-14",
        ),
        ("Theresa May recevra lundi Angela Merkel à Londres.", "meeting", "2018-02-19"),
        ("Le Conseil des ministres se réunira mercredi.", "meeting", "2018-02-21"),
        ("Emmanuel Macron se rendra en Inde en mars.", "visit", "2018-03"),
        ("Un sommet européen se tiendra le 22 mars à Bruxelles.", "summit", "2018-03-22"),
        ("Les élections législatives auront lieu le 4 mars en Italie.", "vote", "2018-03-04"),
        ("L'Assemblée nationale a adopté mercredi le projet de loi.", "vote", "2018-02-14"),
        ("Cyril Ramaphosa a été élu jeudi président par le Parlement.", "vote", "2018-02-15"),
        ("Jacob Zuma a démissionné mercredi soir.", "appointment", "2018-02-14"),
        ("Les cheminots seront en grève le 22 mars.", "strike", "2018-03-22"),
        ("La CGT appelle à manifester le 22 mars à Paris.", "strike", "2018-03-22"),
        ("Une fusillade a fait dix-sept morts mercredi dans un lycée de Floride.", "attack", "2018-02-14"),
        ("Édouard Philippe donnera une conférence de presse lundi.", "speech", "2018-02-19"),
        ("La France a commémoré dimanche l'armistice du 11 novembre 1918.", "commemoration", "2018-02-11"),
        ("Les deux pays ont signé mardi un accord de paix à Genève.", "signature", "2018-02-13"),
        ("Le procès de Salah Abdeslam reprendra jeudi prochain.", "trial", "2018-02-22"),
        ("Les obsèques de Johnny Hallyday ont eu lieu le 9 décembre.", "death", "2017-12-09"),
    ],
)
def test_each_kind(text: str, kind: str, day: str) -> None:
    assert told(text) == [(kind, day)]


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron ne se rendra pas à Moscou jeudi.",
        "Emmanuel Macron a annulé sa visite prévue jeudi à Moscou.",
        "La rencontre entre Donald Trump et Kim Jong-un, prévue lundi, a été annulée.",
        "Donald Trump pourrait rencontrer Kim Jong-un en mai.",
        "S'il était élu dimanche, il rencontrerait Vladimir Poutine lundi.",
        "Aucune rencontre entre Donald Trump et Vladimir Poutine n'est prévue jeudi.",
        "Il réclame un référendum en mai.",
        "La visite guidée du musée a lieu le lundi.",
        "Le match, une rencontre de football sans relief, s'est joué mercredi.",
        "Les intentions de vote montent.",
        "Le droit de grève est inscrit dans la Constitution de 1946.",
        "Un séisme politique, dit-on mercredi dans la majorité.",
        "Chaque jeudi, le chef sert une soupe.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert told(text) == []


def test_tense_decides_the_side() -> None:
    assert told("Angela Merkel a reçu mercredi Theresa May.") == [("meeting", "2018-02-14")]
    assert told("Angela Merkel recevra mercredi Theresa May.") == [("meeting", "2018-02-21")]
    assert told("L'Élysée a annoncé qu'Emmanuel Macron se rendrait mercredi à Tunis.") == [
        ("visit", "2018-02-21")
    ]


def test_the_day_somebody_says_so_is_not_its_day() -> None:
    assert told("Emmanuel Macron se rendra en Inde, a annoncé mercredi l'Élysée.") == [("visit", None)]
    assert told("L'Élysée a annoncé mercredi qu'Emmanuel Macron se rendrait en Inde le 9 mars.") == [
        ("visit", "2018-03-09")
    ]


def test_what_is_announced_may_be_what_happens() -> None:
    assert told("Jacob Zuma a annoncé mercredi sa démission.") == [("appointment", "2018-02-14")]


def test_each_clause_has_its_own_day() -> None:
    assert told("Emmanuel Macron recevra lundi Theresa May avant de se rendre mardi à Berlin.") == [
        ("meeting", "2018-02-19"),
        ("visit", "2018-02-20"),
    ]


def test_without_a_date_only_what_was_done_or_will_be_is_kept() -> None:
    assert told("Emmanuel Macron a reçu Angela Merkel à l'Élysée.") == [("meeting", None)]
    assert told("Emmanuel Macron reçoit Angela Merkel à l'Élysée.") == []


def test_a_digression_keeps_its_own_day() -> None:
    event = only(
        "Le traité de l'Élysée fut signé le 22 janvier 1963 par Charles de Gaulle et Konrad Adenauer."
    )
    assert (event.kind, event.date) == ("signature", "1963-01-22")


def test_days_from_and_to() -> None:
    event = only("Emmanuel Macron effectuera une visite d'État en Inde du 9 au 12 mars.")
    assert (event.date, event.last_date) == ("2018-03-09", "2018-03-12")


def test_who_and_where() -> None:
    event = only("Emmanuel Macron recevra lundi à Paris Angela Merkel, a indiqué Benjamin Griveaux.")
    assert event.participants == ("Emmanuel Macron", "Angela Merkel")
    assert event.participant_ids == ("Q3052772", "Q567")
    assert event.place == "Paris"


def test_a_house_is_a_place_with_a_country() -> None:
    event = only("Emmanuel Macron recevra lundi Angela Merkel à l'Élysée.")
    assert (event.place, event.country) == ("Élysée", "FR")


def test_a_pronoun_stands_for_who_was_named() -> None:
    events = tag(
        "Angela Merkel est arrivée mardi à Paris. Elle rencontrera vendredi Emmanuel Macron.", THURSDAY
    ).events
    assert [event.participants for event in events] == [
        ("Angela Merkel",),
        ("Angela Merkel", "Emmanuel Macron"),
    ]


def test_told_twice_is_one_and_the_fuller() -> None:
    text = "Emmanuel Macron recevra lundi Angela Merkel. La rencontre, lundi, aura lieu à Paris avec Angela Merkel."
    event = only(text)
    assert (event.date, event.place) == ("2018-02-19", "Paris")
    assert set(event.participants) == {"Emmanuel Macron", "Angela Merkel"}


def test_an_article_without_a_date_knows_absolute_ones() -> None:
    assert told("Angela Merkel a reçu jeudi Theresa May.", None) == [("meeting", None)]
    assert told("Angela Merkel a reçu Theresa May le 16 février 2018.", None) == [("meeting", "2018-02-16")]


def test_an_article_of_some_day_of_a_month() -> None:
    assert told("Emmanuel Macron se rendra en Russie en mai prochain.", "2018-02") == [("visit", "2018-05")]
    assert told("Emmanuel Macron se rendra jeudi en Russie.", "2018-02") == [("visit", None)]


def test_capitals_without_accents() -> None:
    assert told("EMMANUEL MACRON A RECU MERCREDI ANGELA MERKEL A PARIS.") == [("meeting", "2018-02-14")]


LISTED = (
    "Emmanuel Macron recevra a reçu se rendra à Paris jeudi 12 mars 2018 la grève le sommet une visite , . « » si ne pas et qui "
    "a annoncé que Vladimir Poutine en mai prochain du au \n L' Otan vote élection d' ( ) : ; M. avant de après avoir été"
)
WORDS = st.sampled_from(LISTED.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_offsets_cut_the_text_and_the_same_text_gives_the_same(text: str) -> None:
    events = tag(text, THURSDAY).events
    assert events == tag(text, THURSDAY).events
    assert all(text[event.start : event.end] == event.text and event.text for event in events)
    assert [event.start for event in events] == sorted(event.start for event in events)


@pytest.mark.parametrize(
    "piece",
    [
        "jeudi ",
        "grève ",
        "a reçu ",
        "Macron recevra Poutine jeudi et ",
        "du 12 au ",
        "«",
        "visite visite. ",
        "si ",
    ],
)
def test_a_long_text_without_an_end_is_bounded(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert all(text[event.start : event.end] == event.text for event in tag(text, THURSDAY).events)
