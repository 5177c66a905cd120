"""Places and organisations through the whole pipeline, the leaders and the model included."""

from tests.tagging.taggers import tag


def names(text: str) -> tuple[list[str], list[str]]:
    tags = tag(text)
    return [thing.name for thing in tags.places], [thing.name for thing in tags.organizations]


def test_a_leader_s_name_is_no_place() -> None:
    assert names("Charles de Gaulle et François Hollande parlaient de la Hollande.")[0] != []
    assert "Hollande" not in names("François Hollande a voté. M. Hollande est parti.")[0]


def test_a_title_may_hold_both() -> None:
    places, bodies = names("Le président de la Commission européenne a reçu le président du Mali.")
    assert "Commission européenne" in bodies
    assert "Mali" in places


def test_ids_are_given_where_they_are_sure() -> None:
    tags = tag("La France et l'ONU se taisent ; Tafeghaghte-le-Haut aussi.")
    france = tags.places[0]
    assert (france.name, france.id, france.country) == ("France", "Q142", "FR")
    assert [(body.name, body.id) for body in tags.organizations] == [("ONU", "Q1065")]


def test_the_model_adds_what_the_gazetteer_does_not_have() -> None:
    places, bodies = names("Un incendie a détruit l'usine Lubrizol de Petit-Quevilly-le-Bas, près de Rouen.")
    assert places[-1] == "Rouen"
    assert len(places) >= 1
    assert all(name not in bodies for name in places)


def test_offsets_cut_the_mention() -> None:
    text = "À Paris, l’ONU et les États-Unis ; « Kiev », dit-on à LA HAYE."
    tags = tag(text)
    assert all(text[t.start : t.end] == t.mention for t in (*tags.places, *tags.organizations))
    assert len(tags.places) == 4


def test_what_follows_changes_nothing_before() -> None:
    text = "À Tripoli, l'Otan frappe. Le Kremlin proteste à New York."
    before, after = tag(text), tag(text + " Rien de plus n'a été dit.")
    assert before.places == after.places
    assert before.organizations == after.organizations
