"""The file that Kibana imports: made of the definitions, without a fault that we know of, and a check that finds faults."""

import copy
import json
from collections.abc import Callable
from typing import Any, get_args

import pytest

from tests.kibana.checking import find_faults, read_fields
from vigie.adapters.kibana import DEFINITIONS, read_objects, read_texts
from vigie.errors import UsageError
from vigie.feeds.conditions import HEALTH_OF
from vigie.kibana.definitions import read_definitions
from vigie.kibana.writing import write_objects
from vigie.model import AlertKind, FeedKind, TrendState
from vigie.model.feeds import SourceType

TEXTS = read_texts()
OBJECTS: list[dict[str, Any]] = [json.loads(line) for line in read_objects().splitlines()]
Change = Callable[[dict[str, dict[str, Any]]], object]


def test_the_file_is_what_the_definitions_make() -> None:
    assert write_objects(read_definitions(TEXTS)).encode() == read_objects(), "run `make docs`"
    backwards = dict(reversed(list(TEXTS.items())))
    assert write_objects(read_definitions(backwards)).encode() == read_objects()


def test_the_file_has_no_fault() -> None:
    assert find_faults(OBJECTS) == []
    assert {each["id"] for each in OBJECTS if each["type"] == "dashboard"} == {
        *("vigie-veille", "vigie-dirigeants", "vigie-exploitation"),
    }


def test_every_field_that_is_drawn_has_a_french_label() -> None:
    labels = {view.id: set(view.fields) for view in read_definitions(TEXTS).data_views}
    for line in OBJECTS:
        if line["type"] != "dashboard":
            continue
        for panel in json.loads(line["attributes"]["panelsJSON"]):
            for layer, view in layers_of(panel):
                drawn = {column.get("sourceField") for column in layer["columns"].values()}
                assert drawn - {None, "___records___"} <= labels[view], panel["panelIndex"]


def test_what_is_said_of_a_value_in_french_is_a_value_that_is_there() -> None:
    views = {view.id: view.fields for view in read_definitions(TEXTS).data_views}
    assert set(views["vigie-feeds"]["health"].words or ()) == set(HEALTH_OF.values())
    assert set(views["vigie-feeds"]["source"].words or ()) == set(get_args(SourceType))
    assert set(views["vigie-alerts"]["kind"].words or ()) == set(get_args(AlertKind))
    for view, field in (("vigie-alerts", "update"), ("vigie-topics", "state")):
        assert set(views[view][field].words or ()) == set(get_args(TrendState))
    for view in ("vigie-articles", "vigie-feeds"):
        assert set(views[view]["kind"].words or ()) == set(get_args(FeedKind))


def layers_of(panel: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """The layers of a chart, each with its data view."""
    if panel["type"] != "lens":
        return []
    attributes = panel["embeddableConfig"]["attributes"]
    layers = attributes["state"]["datasourceStates"]["formBased"]["layers"]
    return [(layer, attributes["references"][0]["id"]) for layer in layers.values()]


def in_panels(change: Callable[[list[dict[str, Any]]], object]) -> Change:
    """A change of the panels of "Veille", which are JSON inside JSON."""

    def changed(named: dict[str, dict[str, Any]]) -> None:
        attributes = named["vigie-veille"]["attributes"]
        panels = json.loads(attributes["panelsJSON"])
        change(panels)
        attributes["panelsJSON"] = json.dumps(panels)

    return changed


def column(panels: list[dict[str, Any]], title: str, name: str) -> dict[str, Any]:
    """A column of the chart with this title."""
    [panel] = [
        each for each in panels if each["embeddableConfig"].get("title") == title and each["type"] == "lens"
    ]
    found: dict[str, Any] = layers_of(panel)[0][0]["columns"][name]
    return found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda named: named["vigie-veille"].pop("typeMigrationVersion"), "another version"),
        (lambda named: named["vigie-veille"].update(typeMigrationVersion="10.4.0"), "another version"),
        (lambda named: named["vigie-veille"]["references"].pop(), "no reference to what it shows"),
        (lambda named: named["vigie-veille"]["references"].pop(1), "not said twice"),
        (lambda named: named["vigie-veille"]["attributes"].update(timeRestore=False), "quarter of an hour"),
        (lambda named: named["vigie-communiques"]["references"].clear(), "is no reference"),
        (lambda named: named["vigie-communiques"]["attributes"].update(onglets=[]), "refuses onglets"),
        (lambda named: named["vigie-communiques"]["attributes"]["columns"].append("titre"), "no field titre"),
        (lambda named: named["vigie-liens"]["references"].pop(), "links and references differ"),
        (in_panels(lambda panels: panels[1]["gridData"].update(x=40, w=10)), "outside"),
        (in_panels(lambda panels: panels[2]["gridData"].update(x=9)), "lies over p02"),
        (in_panels(lambda panels: panels[2].update(panelIndex="p02")), "not a name of its own"),
        (
            in_panels(
                lambda p: column(p, "Dirigeants les plus présents", "g1").update(sourceField="leaders.name")
            ),
            "nested",
        ),
        (
            in_panels(lambda p: column(p, "Ce qui est nouveau", "g1").update(sourceField="label")),
            "does not take",
        ),
        (
            in_panels(lambda p: column(p, "Volume par source", "g1").update(sourceField="editeur")),
            "no field editeur",
        ),
        (
            in_panels(
                lambda p: column(p, "Volume par source", "g1")["params"]["orderBy"].update(columnId="v9")
            ),
            "v9",
        ),
        (in_panels(lambda p: layers_of(p[1])[0][0]["columnOrder"].clear()), "columnOrder"),
        (in_panels(lambda p: layers_of(p[8])[0][0]["columnOrder"].reverse()), "metric stands before"),
        (in_panels(lambda p: layers_of(p[8])[0][0]["columns"].pop("v1")), "columnOrder"),
    ],
)
def test_a_file_that_is_broken_on_purpose_is_found_out(change: Change, fault: str) -> None:
    objects = copy.deepcopy(OBJECTS)
    change({each["id"]: each for each in objects})
    faults = find_faults(objects)
    assert any(fault in each for each in faults), faults


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "veille.yml",
            "chart: metric\n    title: Articles",
            "chart: jauge\n    title: Articles",
            "veille.yml:15: panels.1: ",
        ),
        ("veille.yml", "of: vigie-topics", "off: vigie-topics", "veille.yml:"),
        ("veille.yml", "of: vigie-topics", "of: vigie-themes", "no data view has the id vigie-themes"),
        (
            "veille.yml",
            "search: vigie-alertes",
            "search: vigie-alarmes",
            "no search has the id vigie-alarmes",
        ),
        ("veille.yml", "since: now-7d", "since: now-7d\nsince: now-8d", "since: is written twice"),
        ("veille.yml", "field: told_at, ", "", "`field` goes with every `take` but count"),
        ("searches.yml", "of: vigie-feeds", "of: vigie-flux", "no data view has the id vigie-flux"),
        (
            "data_views.yml",
            "{label: Titre}",
            "{etiquette: Titre}",
            "data_views.yml:15: data_views.0.fields.title",
        ),
        (
            "links.yml",
            "dashboard: vigie-veille",
            "dashboard: vigie-matin",
            "no dashboard has the id vigie-matin",
        ),
        ("links.yml", "id: vigie-liens", "id: [", "this is not YAML"),
    ],
)
def test_a_definition_that_is_wrong_is_named_with_its_place(name: str, old: str, new: str, said: str) -> None:
    assert old in TEXTS[name]
    with pytest.raises(UsageError) as caught:
        read_definitions({**TEXTS, name: TEXTS[name].replace(old, new, 1)})
    assert said in str(caught.value)


def test_an_object_that_is_there_twice_is_found_out() -> None:
    assert find_faults([*OBJECTS, OBJECTS[0]]) == ["index-pattern:vigie-articles twice"]


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(UsageError, match=r"links\.yml: is missing"):
        read_definitions({name: text for name, text in TEXTS.items() if name != "links.yml"})
    assert sorted(path.name for path in DEFINITIONS.iterdir()) == sorted([*TEXTS, "vigie.ndjson"])


def test_lens_is_given_what_it_sees() -> None:
    """The mapping keeps flat arrays beside what is nested."""
    fields = read_fields("vigie-articles")
    flat = (
        "leader_names",
        "leader_countries",
        "topic_labels",
        "quote_speaker_ids",
        "keyphrases",
        "publisher",
    )
    assert {fields[name] for name in flat} == {("keyword", False)}
