"""What is told without marks."""

import pytest

from tests.tagging.taggers import tag


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("Selon Emmanuel Macron, la France ne cédera pas.", "la France ne cédera pas", "Emmanuel Macron"),
        (
            "Les travaux dureront deux ans, selon la préfecture.",
            "Les travaux dureront deux ans",
            "la préfecture",
        ),
        ("Anne Durand a déclaré que le texte serait retiré.", "le texte serait retiré", "Anne Durand"),
        ("La réunion aura lieu lundi, a annoncé l'Élysée.", "La réunion aura lieu lundi", "Élysée"),
        ("Anne Durand est ravie. Elle affirme qu'elle ira à Lyon.", "elle ira à Lyon", "Anne Durand"),
    ],
)
def test_a_reported_clause_has_its_speaker(text: str, told: str, speaker: str) -> None:
    tags = tag(text)
    assert [(q.text, q.speaker, q.kind) for q in tags.reported] == [(told, speaker, "indirect")]
    assert all(text[q.start : q.end] == q.text for q in tags.reported)
    assert tags.quotes == ()


def test_what_is_not_said_is_not_reported() -> None:
    assert tag("Anne Durand n'a pas dit que le texte était bon.").reported == ()
    assert tag("Anne Durand mange une pomme.").reported == ()
