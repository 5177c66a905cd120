"""What stands in marks and is nobody's words."""

import pytest

from tests.tagging.taggers import tag


@pytest.mark.parametrize(
    "text",
    [
        "Une « guerre » a commencé.",
        "Jean Petit, dit « le Vieux », a été arrêté.",
        "Jean Petit, surnommé « le roi du bitume », a été arrêté.",
        "Le film « La nuit tombe sur la ville » sort mercredi.",
        "L'opération « Barkhane » a commencé, a annoncé le ministre.",
        "Emmanuel Macron a défendu la loi « séparatisme ».",
        "Emmanuel Macron a promis de répondre aux « gilets jaunes ».",
        "Emmanuel Macron l'a dit au « Figaro ».",
        "Dans « Le Monde », on lit peu de choses.",
        "L'auteur de « La nuit tombe » est mort.",
        "« La nuit tombe » paraît mercredi.",
        "Une enquête pour « menaces et actes d'intimidation » est ouverte.",
        "Le livre d'Anne Durand, intitulé « Ce que je crois encore », paraît.",
        "La tempête « Xynthia » a frappé, a dit Anne Durand.",
        "Les « bonnets rouges » ont manifesté.",
    ],
)
def test_names_titles_and_distance_are_no_quotation(text: str) -> None:
    assert tag(text).quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Anne Durand a dénoncé une décision « inacceptable ».",
        "Anne Durand a qualifié le préfet d'« assassin ».",
        "Anne Durand s'est dite « inquiète ».",
        "Anne Durand dénonce une « trahison ».",
        "« Inadmissible », a tranché Anne Durand.",
        "Anne Durand juge la loi « inutile ».",
        "Interrogée, Anne Durand a répondu : « Jamais. »",
    ],
)
def test_one_word_behind_a_verb_of_speech_is_a_quotation(text: str) -> None:
    assert [quote.speaker for quote in tag(text).quotes] == ["Anne Durand"]
