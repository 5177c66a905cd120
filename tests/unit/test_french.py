"""The light stemming on labelled words: what must be one to a search, and what must stay two."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.search.french import find_plain_terms, find_terms, split_words

SAME = (
    *("chef chefs", "journal journaux", "bateau bateaux", "loi lois", "an ans", "l'accord accords"),
    *(
        "français française françaises FRANCAIS",
        "européen européenne européens",
        "national nationale nationaux",
    ),
    *(
        "président présidente présidents",
        "ministre ministres",
        "député députée députés",
        "élu élue élus élues",
    ),
    *("premier première premiers premières", "dernier dernière", "étranger étrangère étrangers étrangères"),
    *("conseiller conseillère", "policier policière", "ouvrier ouvrière", "boulanger boulangère"),
    *("directeur directrice", "sénateur sénatrice", "électeur électrices", "acteur actrice"),
    *("législatif législative législatives", "actif active", "sportif sportives"),
    *("heureux heureuse", "religieux religieuses", "dangereux dangereuse"),
    *("officiel officielle officiels", "présidentiel présidentielle", "nouvel nouvelle"),
    *("anglais anglaise", "chinois chinoise", "parisien parisienne", "breton bretonne", "patron patronne"),
    *("saluer salué saluée salués saluées salue", "annoncer annonce annoncé annoncée", "voter vote voté"),
    *("social sociale sociaux", "grand grande", "petit petite", "candidat candidate", "avocat avocates"),
    *("salarié salariée salariés", "employé employée", "important importante", "violent violente"),
    *("l’Élysée Elysee d'Élysée", "arriver arrivée arrivé", "exagérer exagère"),
    *("suggérer suggère suggéré", "suppléer supplée suppléé", "bureau bureaux", "cheval chevaux"),
)
"""Words that a reader takes for one."""

OTHER = (
    *("communiqué commune", "communiqué communiste", "commune commun", "ministre ministère"),
    *("Françoise François", "Emmanuelle Emmanuel", "Danielle Daniel", "Martine Martin", "Simone Simon"),
    *("Fabienne Fabien", "Pascale Pascal", "Germaine Germain", "Andrée André", "France franc"),
    *("droite droit", "retraite retrait", "médecine médecin", "traité trait", "arrêté arrêt"),
    *("Crimée crime", "étranger étrange", "usager usage", "passager passage", "berger berge", "entrée entre"),
    *(
        "Élysée élyse",
        "Élysée elysse",
        "Paris pari",
        "mais mai",
        "vers ver",
        "fils fil",
        "sous sou",
        "plus plu",
    ),
    *("présidence président", "politique police", "Allemagne allemand", "Russie russe", "énergie énergique"),
    *("marine marin", "colonne colon", "pointe point", "année Anne", "armée arme", "porter port"),
    *("aujourd'hui hui", "journal journée", "sénat sénateur", "guerre guère"),
)
"""Words that look alike and are not one."""

KNOWN = ("accord accorder", "appel appelle", "capitale capital", "moyenne moyen", "voisine voisin")
"""What the rules make one although a dictionary has two: a noun and its verb, a noun and a feminine."""


@pytest.mark.parametrize("words", SAME)
def test_forms_of_one_word_are_one(words: str) -> None:
    terms = {find_terms(word) for word in words.split()}
    assert len(terms) == 1, terms


@pytest.mark.parametrize("words", OTHER)
def test_other_words_stay_apart(words: str) -> None:
    for one, other in combinations(words.split(), 2):
        assert find_terms(one) != find_terms(other), find_terms(one)


@pytest.mark.parametrize("words", KNOWN)
def test_the_price_of_it_is_known(words: str) -> None:
    assert len({find_terms(word) for word in words.split()}) == 1


def test_the_sentence_of_the_design() -> None:
    sentence = "Les chefs de l’État français ont salué l'accord"
    assert find_terms(sentence) == ("les", "chef", "de", "etat", "francai", "ont", "salue", "accord")
    assert find_plain_terms(sentence) == ("les", "chefs", "de", "etat", "francais", "ont", "salue", "accord")


def test_plain_terms_level_no_ending() -> None:
    for words in SAME:
        plain = {find_plain_terms(word) for word in words.split()}
        assert len(plain) > 1 or words.startswith("l’")


@given(st.text(st.sampled_from("aàcdehijlmnopqrstuAUJ'’ʼ` -_0²é漢…"), max_size=60))
def test_a_text_without_marks_is_split_as_one_with_a_mark_is(text: str) -> None:
    with_a_mark = f"{text} \u0301"  # it stands in no word, and asks for the slower pattern
    assert split_words(text) == split_words(with_a_mark)
