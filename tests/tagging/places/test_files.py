"""What the desk's two files must be: what is odd is refused with file, line and field."""

import pytest

from vigie.adapters.knowledge_files import load_knowledge
from vigie.errors import UsageError
from vigie.knowledge.places import COLUMNS, read_organizations, read_places

HEAD = ",".join(COLUMNS) + "\n"
WORDS = "words: {" + ", ".join(
    f"{name}: []"
    for name in ("at", "area", "streets", "before", "people", "civil", "things", "openers", "never", "not_places", "not_bodies",
                 "heads", "formal", "named", "soft", "of", "states", "towns", "plain", "cues")
) + "}\n"  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (",,FR,city,,,,", "line 2, name"),
        ("Nice,,France,city,,,,", "line 2, country"),
        ("Nice,,FR,town,,,,", "line 2, kind"),
        ("Nice,,FR,city,,,33959,", "line 2, wikidata"),
        ("Nice,,FR,city,,,,Q33959", "line 2, geonames"),
        ("Nice,,FR,city,,,,\nNice,,FR,city,,,,", "line 3, name"),
        ("Nice,,FR", "line 2"),
    ],
)
def test_an_odd_row_is_refused(rows: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=rf"places/places\.csv, {complaint}"):
        list(read_places(HEAD + rows + "\n"))


@pytest.mark.parametrize(
    ("bodies", "complaint"),
    [
        ("  - {name: ONU, wikidata: 1065}", "line 3, bodies.0.wikidata"),
        ("  - {name: ONU, land: FR}", "line 3, bodies.0.land"),
        ("  - {name: ONU}\n  - {name: Nations unies, also: [ONU]}", "line 4, bodies.1"),
    ],
)
def test_an_odd_body_is_refused(bodies: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=rf"places/organizations\.yml, {complaint}"):
        read_organizations(WORDS + "bodies:\n" + bodies + "\n")


def test_the_files_hold_what_they_promise() -> None:
    knowledge = load_knowledge()
    places = knowledge.places
    countries = {place.country for place in places if place.kind == "country"}
    assert {country.code for country in knowledge.countries} <= countries
    assert sum(place.kind == "department" for place in places) >= 94
    assert len(knowledge.organizations.bodies) >= 350
    ids = [body.wikidata for body in knowledge.organizations.bodies if body.wikidata]
    assert len(ids) == len(set(ids))
    of: dict[str, set[str]] = {}
    for place in places:
        if place.wikidata:
            of.setdefault(place.wikidata, set()).add(place.country)
    assert [known for known, held in of.items() if len(held) > 1] == []


def test_every_capital_is_in_the_gazetteer() -> None:
    knowledge = load_knowledge()
    names = {form for place in knowledge.places for form in (place.name, *place.others, *place.cue)}
    missing = [
        capital for country in knowledge.countries for capital in country.capitals if capital not in names
    ]
    assert missing == []
