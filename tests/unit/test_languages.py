"""The language of a text, and when the feed's word is taken for it."""

import pytest

from vigie.languages import detect_language

FRENCH = "Le chef de l’État s’est entretenu ce matin avec son homologue des moyens de soutenir la reprise économique."
ENGLISH = (
    "The head of state spoke this morning with his counterpart about the means of supporting the recovery."
)


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_a_text_speaks_for_itself(text: str, language: str) -> None:
    assert detect_language(text, "de") == language


def test_a_few_words_are_the_feeds() -> None:
    assert detect_language("Breaking news", "fr-FR") == "fr"


def test_nothing_to_read() -> None:
    assert detect_language("", None) == "und"
    assert detect_language("12345 !" * 20, "fr") == "fr"
