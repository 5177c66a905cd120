"""Forms of verbs, folded."""

import pytest

from vigie.tagging.conjugation import conjugate, mood_of


@pytest.mark.parametrize(
    ("verb", "finite", "past", "present"),
    [
        ("déclarer", {"declare", "declarent", "declarait", "declara", "declarera"}, "declare", "declarant"),
        ("appeler", {"appelle", "appellent", "appelait", "appellera"}, "appele", "appelant"),
        ("juger", {"juge", "jugeait", "jugea"}, "juge", "jugeant"),
        ("réagir", {"reagit", "reagissent", "reagissait"}, "reagi", "reagissant"),
        ("répondre", {"repond", "repondent", "repondit", "repondra"}, "repondu", "repondant"),
        ("dire", {"dit", "disent", "disait", "dira"}, "dit", "disant"),
        ("écrire", {"ecrit", "ecrivent", "ecrivait"}, "ecrit", "ecrivant"),
        ("promettre", {"promet", "promettent", "promit"}, "promis", "promettant"),
        ("soutenir", {"soutient", "soutiennent", "soutint", "soutiendra"}, "soutenu", "soutenant"),
        ("reconnaître", {"reconnait", "reconnaissent", "reconnut"}, "reconnu", "reconnaissant"),
        ("conclure", {"conclut", "concluent", "concluait"}, "conclu", "concluant"),
        ("craindre", {"craint", "craignent", "craignait"}, "craint", "craignant"),
        ("démentir", {"dement", "dementent", "dementait"}, "dementi", "dementant"),
    ],
)
def test_the_third_person_of_usual_verbs(verb: str, finite: set[str], past: str, present: str) -> None:
    forms = {
        mood: {form for form, what in conjugate(verb) if mood_of(what) == mood}
        for mood in ("finite", "past", "present")
    }
    assert finite <= forms["finite"]
    assert past in forms["past"]
    assert forms["present"] == {present}
