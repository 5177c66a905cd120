"""Who says it: one test a way of saying so."""

import pytest

from tests.tagging.taggers import tag


def said(text: str, date: str = "2018-03-20") -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker) for quote in tag(text, date).quotes]


def speakers(text: str, date: str = "2018-03-20") -> list[str | None]:
    return [quote.speaker for quote in tag(text, date).quotes]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« On ira jusqu'au bout », a déclaré Anne Durand.", "Anne Durand"),
        ("« On ira jusqu'au bout », a déclaré mardi à l'AFP Anne Durand.", "Anne Durand"),
        ("« On ira jusqu'au bout » explique Anne Durand.", "Anne Durand"),
        ("« On ira jusqu'au bout », s'étrangle Anne Durand.", "Anne Durand"),
        ("Anne Durand a été claire : « On ira jusqu'au bout. »", "Anne Durand"),
        ("Anne Durand : « On ira jusqu'au bout. »", "Anne Durand"),
        ("Et Anne Durand d'ajouter : « On ira jusqu'au bout. »", "Anne Durand"),
        ("Le mot d'Anne Durand : « On ira jusqu'au bout. »", "Anne Durand"),
        ("Anne Durand promet d'aller « jusqu'au bout du bout ».", "Anne Durand"),
        ("Selon Anne Durand, il faut « aller jusqu'au bout ».", "Anne Durand"),
        ("« On ira jusqu'au bout », selon Anne Durand.", "Anne Durand"),
        ("Pour Anne Durand, il faut « aller jusqu'au bout ».", "Anne Durand"),
        ("De l'avis d'Anne Durand, il faut « aller jusqu'au bout ».", "Anne Durand"),
        ("Aux yeux d'Anne Durand, c'est « une erreur de plus ».", "Anne Durand"),
        ("« Une erreur de plus », dixit Anne Durand.", "Anne Durand"),
        ("Anne Durand, qui a dénoncé « une erreur de plus », s'en va.", "Anne Durand"),
        ("La décision a été qualifiée de « pure folie » par Anne Durand.", "Anne Durand"),
        ("Dénonçant « une erreur de plus », Anne Durand s'en va.", "Anne Durand"),
        ("Anne Durand, au terme d'une journée où elle a reçu le préfet, dénonce « une erreur de plus ».", "Anne Durand"),
        ("Anne Durand a salué la police et fustigé « une erreur de plus ».", "Anne Durand"),
        ("« Une erreur de plus » : Anne Durand réagit à la décision.", "Anne Durand"),
        ("Anne Durand n'en revient pas. « Personne n'y croyait. »", "Anne Durand"),
        ("« On ira, a promis Anne Durand, jusqu'au bout. »", "Anne Durand"),
    ],
)  # fmt: skip
def test_a_person_is_found_wherever_the_sentence_names_them(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "« Vous mentez », a lancé à Emmanuel Macron une manifestante.",
        "« Vous mentez », a lancé une manifestante à Emmanuel Macron.",
    ],
)
def test_the_hearer_does_not_speak(text: str) -> None:
    assert speakers(text) == ["une manifestante"]


def test_an_institution_speaks_by_its_name_and_a_role_as_written() -> None:
    assert speakers("« Rien n'est décidé », précise l'Élysée dans un communiqué.") == ["Élysée"]
    assert speakers("« Rien n'est décidé », précise le communiqué de l'Élysée.") == ["Élysée"]
    assert speakers("« Rien n'est décidé », confie une source diplomatique.") == ["une source diplomatique"]
    assert speakers("« Rien n'est décidé », assure-t-on à l'Élysée.") == ["Élysée"]
    assert speakers("« Rien n'est prêt », juge l'avocat de Mme Morel.") == ["l'avocat de Mme Morel"]


def test_a_leader_is_known_whatever_the_text_calls_them() -> None:
    quotes = tag("« Nous répondrons », a averti le chef du Kremlin. Selon lui, « tout est prêt ».").quotes
    assert [(q.speaker, q.speaker_id, q.mention) for q in quotes] == [
        ("Vladimir Poutine", "Q7747", "le chef du Kremlin"),
        ("Vladimir Poutine", "Q7747", "lui"),
    ]


@pytest.mark.parametrize(
    "again",
    ["a-t-elle ajouté", "insiste Mme Durand", "a dit Durand", "promet la maire", "glisse l'élue", "tranche l'intéressée",
     "explique cette dernière"],
)  # fmt: skip
def test_a_person_is_called_by_the_fullest_name(again: str) -> None:
    text = f"La maire de Lyon, Anne Durand, a reçu le préfet. « Nous tiendrons bon », {again}."
    assert speakers(text) == ["Anne Durand"]


def test_pronouns_follow_gender_and_number() -> None:
    text = "Anne Durand a rencontré Paul Petit. « C'est non », a-t-elle dit. « C'est oui », a-t-il répliqué."
    assert speakers(text) == ["Anne Durand", "Paul Petit"]
    text = "Les syndicats ont quitté la table. « C'est non », ont-ils répété. Anne Durand se tait."
    assert speakers(text) == ["Les syndicats"]


def test_the_same_source_is_the_source_before() -> None:
    text = (
        "« C'est prêt », dit une source proche du dossier. La même source évoque « un délai de deux jours »."
    )
    assert speakers(text) == ["une source proche du dossier"] * 2


def test_a_quotation_split_by_its_incise_is_two_and_one_around_it_is_one() -> None:
    assert said("« On ira », a dit Anne Durand, « jusqu'au bout ».") == [
        ("On ira", "Anne Durand"),
        ("jusqu'au bout", "Anne Durand"),
    ]
    assert said("Anne Durand insiste. « On ira, a-t-elle dit, jusqu'au bout. »") == [
        ("On ira, a-t-elle dit, jusqu'au bout.", "Anne Durand")
    ]


def test_quotations_go_on_over_sentences_and_paragraphs() -> None:
    text = (
        "« Un. Il faut agir. » « Deux, c'est urgent », a dit Anne Durand. « Trois. »\n« Et quatre, enfin. »"
    )
    assert speakers(text) == ["Anne Durand"] * 4
    text = "Anne Durand a parlé :\n« Le premier point.\n« Le second point.\n« Le dernier point. »"
    assert speakers(text) == ["Anne Durand"] * 3


def test_inner_marks_are_part_of_the_outer_quotation() -> None:
    assert said("« Il a dit “jamais” devant tous », raconte Anne Durand.") == [
        ("Il a dit “jamais” devant tous", "Anne Durand")
    ]


def test_kinds() -> None:
    text = "« Nous irons au bout », dit Anne Durand, qui dénonce une « faute ». Elle veut « aller vite »."
    assert [quote.kind for quote in tag(text).quotes] == ["direct", "partial", "partial"]


def test_where_nothing_says_it_there_is_no_speaker() -> None:
    assert speakers("Sur un mur, « la rue est à nous » en lettres rouges.") == [None]
    assert speakers("La mesure a été jugée « injuste et brutale ».") == [None]


def test_another_language_has_marks_and_leaders() -> None:
    text = 'It rained. "We will not yield to them", said Emmanuel Macron. "Nobody knows who spoke".'
    quotes = tag(text, language="en").quotes
    assert [(quote.text, quote.speaker_id) for quote in quotes] == [
        ("We will not yield to them", "Q3052772"),
        ("Nobody knows who spoke", None),
    ]
