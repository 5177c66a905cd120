"""Verbs and their forms, nouns and their plurals, and what the desk's file refuses."""

import pytest

from vigie.adapters.knowledge_files import load_knowledge
from vigie.errors import UsageError
from vigie.knowledge.rules import read_file
from vigie.knowledge.types.events import EventFile, IrregularVerb
from vigie.tagging.conjugation import conjugate
from vigie.tagging.events.lexicon import compile_lexicon, pluralise
from vigie.tagging.words import fold

GRAMMAR = """grammar: {happen: [], plan: [], doubt: [], cancel: [], say: [], judge: [], during: [], doubtful: [], groups: [],
  satellites: [], venues: {}}
irregular: []
"""


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        (
            "rencontrer",
            {
                "rencontre": "present",
                "rencontreront": "future",
                "rencontrait": "imperfect",
                "rencontra": "simple",
            },
        ),
        (
            "réunir",
            {"reunit": "present", "reunissent": "present", "reunira": "future", "reunies": "participle"},
        ),
        (
            "rendre",
            {"rend": "present", "rendue": "participle", "rendrait": "conditional", "rendant": "gerund"},
        ),
        ("engager", {"engageait": "imperfect", "engagent": "present"}),
    ],
)
def test_forms(verb: str, forms: dict[str, str]) -> None:
    assert set(forms.items()) <= set(conjugate(verb))


def test_an_irregular_verb_goes_by_its_parts() -> None:
    parts = IrregularVerb(
        verb="recevoir", present=("reçoit",), participle="reçu", future="recevr", imperfect="recev"
    )
    forms = dict(conjugate("recevoir", parts))
    assert forms["recu"] == forms["recues"] == "participle"
    assert (forms["recevra"], forms["recevait"]) == ("future", "imperfect")
    assert "recevoit" not in forms


def test_plurals() -> None:
    assert pluralise("entretien téléphonique") == "entretiens téléphoniques"
    assert pluralise("conférence de presse") == "conférences de presse"
    assert pluralise("procès") == "procès"
    assert pluralise("tête-à-tête d'une heure") == "tête-à-têtes d'une heure"


def test_every_irregular_verb_is_one_that_some_list_uses() -> None:
    rules = load_knowledge().event_kinds
    grammar = rules.grammar
    lists = (grammar.happen, grammar.plan, grammar.doubt, grammar.cancel, grammar.say, grammar.judge)
    specs = [spec for words in lists for spec in words]
    specs += [spec for kind in rules.kinds for clue in kind.clues for spec in (*clue.verbs, *kind.happen)]
    used = {fold(word) for spec in specs for word in spec.replace("s'", "").split()}
    unused = [verb.verb for verb in rules.irregular if fold(verb.verb.removeprefix("se ")) not in used]
    assert unused == []


def test_the_phrases_that_are_none_have_a_noun_of_their_kind_in_them() -> None:
    """Else they do nothing, and were misspelt or outlived their noun."""
    rules = load_knowledge().event_kinds
    for kind in rules.kinds:
        nouns = {fold(form) for clue in kind.clues for noun in clue.nouns for form in (noun, pluralise(noun))}
        idle = [phrase for phrase in kind.never if not any(noun in fold(phrase) for noun in nouns)]
        assert idle == [], kind.kind


def test_kinds_have_ids_and_labels_of_their_own() -> None:
    rules = load_knowledge().event_kinds
    assert len(rules.labels) == len(rules.kinds) == len(set(rules.labels.values())) >= 13
    assert compile_lexicon(rules).verbs["recevra"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "kinds: [{kind: call, label: appel, clues: [{nouns: [appel], persons: 2}]}]\n" + GRAMMAR,
            "line 1, kinds.0.clues.0.persons",
        ),
        ("kinds: []\ngrammar: {happen: []}\nirregular: []\n", "line 2, grammar.plan: Field required"),
        ("kinds: [}\n", "line 1"),
    ],
)
def test_what_the_file_refuses(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"events/kinds.yml, {said}"):
        read_file("events/kinds.yml", text, EventFile)
