"""What only looks like a leader."""

import pytest

from tests.tagging.taggers import people


@pytest.mark.parametrize(
    "text",
    [
        "Les ordonnances Macron, la prime Macron et le barème Macron divisent.",
        "Le camp Trump exulte, l'effet Milei aussi.",
        "Mme Macron et le docteur Philippe étaient là.",
        "Brigitte Macron, Jean Sarkozy et Donald Trump Jr dînaient.",
        "La Trump Tower et le Trump Store sont fermés.",
        "L'avenue du Président Wilson mène au lycée Georges-Pompidou.",
        "Le président de la Fed de Saint-Louis s'y oppose.",
        "Le pape du rock et le roi lion sont en tournée.",
        "Le président catalan et le premier ministre ontarien se taisent.",
        "Le service du Premier ministre et le poste de Premier ministre.",
        "Un président affaibli, tout président, aucun chef d'État.",
        "Le président du conseil régional et le président du groupe.",
        "Les dirigeants saoudiens ont salué les présidents américains.",
        "Le président de la commission des lois a levé la séance.",
        "Le leader mondial des puces et le dirigeant du club.",
        "La ministre espagnole n'a rien dit.",
        "Un ado a disparu. Ado prudent, il était parti seul.",
        "UN ADO A DISPARU À LYON HIER SOIR, DIT LA POLICE.",
        "Le prochain président devra trancher.",
        "Le président polonais, Jan Kowalczyk, a salué la foule.",
        "Donald Biden et Paul Macron vendent des poireaux.",
    ],
)
def test_nobody_is_meant(text: str) -> None:
    assert people(text, "2018-03-20") == []


def test_a_candidate_of_that_name_is_meant() -> None:
    assert people("Le candidat Macron a tenu un meeting.", "2017-03-20") == [("Macron", "Emmanuel Macron")]


def test_a_civility_tells_a_man_from_a_woman() -> None:
    assert people("Mme Le Pen et M. Le Pen ne se parlent plus.", "2016-03-20") == [
        ("Mme Le Pen", "Marine Le Pen"),
        ("M. Le Pen", "Jean-Marie Le Pen"),
    ]


def test_a_minister_to_come_is_not_yet_known_by_surname() -> None:
    assert people("Au cirque Fournier, les clowns amusent Fournier.", "2018-03-20") == []
