from datetime import UTC, datetime

import pytest

from tests.topics.streams import tagged
from vigie.topics.terms import is_vague, list_sightings, names_in_title, normalize_term

AT = datetime(2025, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bétharram", "betharram"),
        ("les agressions sexuelles", "Agression sexuelle"),
        ("Notre-Dame-de-Bétharram", "Notre-Dame de Bétharram"),
        ("l’Élysée", "Elysée"),
        ("œufs", "oeuf"),
    ],
)
def test_spellings_of_a_term_share_a_key(one: str, other: str) -> None:
    assert normalize_term(one) == normalize_term(other) != ""


def test_different_terms_keep_different_keys() -> None:
    assert len({normalize_term(t) for t in ("Pau", "Paul", "Le Mans", "Mans noir")}) == 4


def test_an_article_gives_each_term_once_with_its_form() -> None:
    article = tagged("a", AT, "Le Courrier", ["François Bayrou", "Bayrou", "violences", "violence"])
    sightings = {s.term: s.label for s in list_sightings(article)}
    assert sightings == {"francoi bayrou": "François Bayrou", "bayrou": "Bayrou", "violence": "violences"}


def test_a_title_is_enough() -> None:
    article = tagged("a", AT, "Le Courrier", [], title="Scandale à Bétharram : le maire se tait")
    assert [s.label for s in list_sightings(article)] == ["Bétharram"]


def test_words_that_open_a_title_or_a_sentence_are_no_names() -> None:
    assert list(names_in_title("Violences. La réponse de Paul Watson : Que faire ?")) == ["Paul Watson"]
    assert list(names_in_title("TOUT EN CAPITALES ICI")) == []


def test_only_a_lone_common_noun_is_vague() -> None:
    assert is_vague("pneumonie")
    assert not is_vague("pneumonie bilatérale")
    assert not is_vague("Louise")


def test_a_copy_is_marked() -> None:
    assert all(s.copy for s in list_sightings(tagged("a", AT, "L'Écho", ["Louise"]), copy=True))
