"""Each panel's question, asked of a real Elasticsearch with a desk's week in it: it answers, and there is something to draw."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from tests.builders import NOW
from tests.kibana.asking import build_aggregations, find_empty, in_time, read_kql
from tests.kibana.newsdesk import fill
from tests.kibana.test_objects import OBJECTS, layers_of
from vigie.adapters.index.opening import open_index

PREFIX = "t-kibana"
BY_ID = {each["id"]: each["attributes"] for each in OBJECTS}
DASHBOARDS = [each for each in OBJECTS if each["type"] == "dashboard"]
PANELS = [
    (each["attributes"], panel)
    for each in DASHBOARDS
    for panel in json.loads(each["attributes"]["panelsJSON"])
]
CHARTS = [(dashboard, panel) for dashboard, panel in PANELS if panel["type"] == "lens"]
SEARCHES = [each for each in OBJECTS if each["type"] == "search"]
CONTROLS = [
    control["explicitInput"]
    for each in DASHBOARDS
    if "controlGroupInput" in each["attributes"]
    for control in json.loads(each["attributes"]["controlGroupInput"]["panelsJSON"]).values()
]

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    """A client of a server that holds the week."""
    index = open_index(elasticsearch_url, prefix=f"{PREFIX}-articles")
    index.set_up()
    fill(index)
    with Elasticsearch([elasticsearch_url]) as opened:
        yield opened
    index.clear()
    index.close()


def ask(client: Elasticsearch, view: str, **body: Any) -> dict[str, Any]:
    """A search behind a data view's alias."""
    said = client.search(index=view.replace("vigie", PREFIX), track_total_hits=True, **body)
    return dict(said.body)


def span_of(dashboard: dict[str, Any], view: str) -> list[dict[str, Any]]:
    """What the dashboard's span, as it opens, leaves of a data view, as if it were the moment of the tests."""
    days = re.fullmatch(r"now-(\d+)d", dashboard["timeFrom"])
    assert days, dashboard["timeFrom"]
    return in_time(BY_ID[view].get("timeFieldName"), NOW - timedelta(days=int(days[1])), NOW)


@pytest.mark.parametrize(
    ("dashboard", "panel"), CHARTS, ids=[f"{d['title']}: {p['embeddableConfig']['title']}" for d, p in CHARTS]
)
def test_a_chart_has_something_to_draw(
    client: Elasticsearch, dashboard: dict[str, Any], panel: dict[str, Any]
) -> None:
    [(layer, view)] = layers_of(panel)
    only = panel["embeddableConfig"]["attributes"]["state"]["query"]["query"]
    query = {"bool": {"filter": [read_kql(only), *span_of(dashboard, view)]}}
    said = ask(client, view, query=query, size=0, aggregations=build_aggregations(layer) or None)
    assert find_empty(layer, said) == []


@pytest.mark.parametrize("search", SEARCHES, ids=[each["attributes"]["title"] for each in SEARCHES])
def test_a_search_has_rows_and_each_column_something_in_it(
    client: Elasticsearch, search: dict[str, Any]
) -> None:
    attributes, [reference] = search["attributes"], search["references"]
    source = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])
    sort = [{field: order} for field, order in attributes["sort"]]
    said = ask(client, reference["id"], query=read_kql(source["query"]["query"]), sort=sort, size=50)
    rows = [hit["_source"] for hit in said["hits"]["hits"]]
    assert rows
    for column in attributes["columns"]:
        assert any(_value(row, column) for row in rows), column


def _value(row: dict[str, Any], column: str) -> Any:
    """The value of a field, or of a field of the first object of a list."""
    name, _, inside = column.partition(".")
    return row[name][0][inside] if inside and row[name] else row[name]


@pytest.mark.parametrize("control", CONTROLS, ids=[each["title"] for each in CONTROLS])
def test_a_control_has_what_it_chose(client: Elasticsearch, control: dict[str, Any]) -> None:
    said = ask(
        client, "vigie-articles", size=0, aggs={"v": {"terms": {"field": control["fieldName"], "size": 100}}}
    )
    offered = {bucket["key"] for bucket in said["aggregations"]["v"]["buckets"]}
    assert offered
    assert set(control["selectedOptions"]) <= offered


def test_a_leader_with_his_role_is_found_as_the_note_says(client: Elasticsearch) -> None:
    """`leaders: { id: … and role: … }` of KQL is one object that has both."""
    both = [{"term": {"leaders.id": "Q3052772"}}, {"term": {"leaders.role": "hos"}}]
    nested = {"nested": {"path": "leaders", "query": {"bool": {"filter": both}}}}
    assert ask(client, "vigie-articles", query=nested, size=0)["hits"]["total"]["value"] == 4


def test_a_chart_of_nothing_is_found_out(client: Elasticsearch) -> None:
    [(layer, view)] = layers_of(
        next(p for _, p in CHARTS if p["embeddableConfig"]["title"] == "Volume par source")
    )
    none = ask(client, view, query=read_kql("kind: rumeur"), size=0, aggregations=build_aggregations(layer))
    assert find_empty(layer, none) == ["g1", "g2", "v1"]
    for column, field in (("g1", "copy_of"), ("g2", "tag_limits")):
        layer["columns"][column]["sourceField"] = field  # mapped, and nothing in it
        said = ask(client, view, query=read_kql(""), size=0, aggregations=build_aggregations(layer))
        assert find_empty(layer, said)[0] == "g1"
    everything = ask(client, view, query=read_kql(""), size=0, aggregations=build_aggregations(layer))
    assert find_empty(layer, everything) != []
