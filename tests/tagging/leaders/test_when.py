"""Titles of the past: which day a sentence speaks of."""

from datetime import date

import pytest

from tests.tagging.taggers import people, tag
from vigie.adapters.knowledge_files import load_knowledge
from vigie.tagging.leaders.sentences import sentence_ends
from vigie.tagging.leaders.when import PastReader
from vigie.tagging.moment import Moment, read_moment
from vigie.tagging.words import tokenize

NOW = Moment(date(2021, 11, 13), date(2021, 11, 13))


def past_dates(text: str) -> list[tuple[Moment, bool]]:
    tokens = tokenize(text)
    reader = PastReader(load_knowledge().grammar.past)
    return [(found.moment, found.opens) for found in reader.read(tokens, sentence_ends(text, tokens), NOW)]


@pytest.mark.parametrize(
    ("words", "partial"),
    [("En 2008", "2008"), ("En mai 2008", "2008-05"), ("Fin 2015", "2015"), ("Il y a dix ans", "2011")],
)
def test_a_date_of_the_past_is_read(words: str, partial: str) -> None:
    assert past_dates(f"{words}, tout était calme.") == [(read_moment(partial), True)]


def test_a_day_is_taken_with_both_its_neighbours() -> None:
    assert past_dates("Le 22 novembre 1963, il pleuvait.") == [
        (Moment(date(1963, 11, 21), date(1963, 11, 23)), True)
    ]


def test_a_season_is_three_months_or_so() -> None:
    assert past_dates("À l'automne 2015, il pleuvait.")[0][0].first == date(2015, 9, 1)


@pytest.mark.parametrize(
    "text",
    ["En 2021, il pleut.", "En 2030, il pleuvra.", "Depuis 2008, il pleut.", "Élu en 2012, il part.",
     "La loi 2008 passe.", "Jusqu'en 2012, il pleuvait.", "Il y a deux chats.", "En 9999999, rien.", "En ٢٠٠٨, rien."],
)  # fmt: skip
def test_other_dates_are_none(text: str) -> None:
    assert past_dates(text) == []


def test_a_title_is_read_at_the_day_of_its_sentence() -> None:
    text = "En 2009, le président français était à Londres. Le président français est à Rome."
    assert [name for _, name in people(text, "2021-11-13")] == ["Nicolas Sarkozy", "Emmanuel Macron"]


def test_the_role_stays_that_of_the_article() -> None:
    leader = tag("En 2009, le président français était à Londres.", "2021-11-13").leaders[0]
    assert (leader.name, leader.role) == ("Nicolas Sarkozy", "ex")


def test_who_speaks_today_of_the_past_is_of_today() -> None:
    text = "En 2009, la France avait signé, a rappelé le président de la République."
    assert people(text, "2021-11-13")[-1][1] == "Emmanuel Macron"


def test_a_date_further_on_needs_a_verb_of_the_past() -> None:
    assert people("Le président français a cité un discours prononcé en 2009.", "2021-11-13")[0][1] == (
        "Emmanuel Macron"
    )
    assert people("Le président français avait prononcé en 2009 un discours.", "2021-11-13")[0][1] == (
        "Nicolas Sarkozy"
    )


def test_the_actual_holder_is_of_today() -> None:
    text = "En 1998, l'actuel Premier ministre était député."
    assert people(text, "2021-11-13") == [("l'actuel Premier ministre", "Jean Castex")]


def test_a_year_of_two_holders_means_neither() -> None:
    assert people("En 2012, le président français était à Londres.", "2021-11-13") == []


def test_of_then_means_somebody_named_elsewhere() -> None:
    text = "Tout s'est fait sous l'autorité du ministre de l'Intérieur d'alors. Nicolas Sarkozy nie."
    assert people(text, "2025-11-05")[0] == ("ministre de l'Intérieur d'alors", "Nicolas Sarkozy")
