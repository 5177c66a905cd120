"""What Kibana 9 would refuse or show broken, held against its source's facts and against our mappings: a line each."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vigie.settings import PROJECT

Object = Mapping[str, Any]
ALIASES = {
    "vigie-articles": "template",
    **{f"vigie-{kind}": kind for kind in ("alerts", "topics", "feeds", "states")},
}
WRITTEN = {"dashboard": "10.2.0", "search": "10.5.0", "index-pattern": "8.0.0", "links": None}
SEARCH_KEYS = {
    *("title", "description", "columns", "sort", "grid", "hideChart", "isTextBasedQuery", "timeRestore"),
    "kibanaSavedObjectMeta",
}
NUMBERS = frozenset({"integer", "long", "float"})
TAKES = {
    **{
        "terms": {"keyword", "boolean", "integer", "long"},
        "date_histogram": {"date"},
        "unique_count": {"keyword"},
    },
    **dict.fromkeys(("sum", "average", "median", "percentile"), NUMBERS),
    **dict.fromkeys(("min", "max"), NUMBERS | {"date"}),
}
BUCKETS = {"terms", "date_histogram", "filters"}
RECORDS = "___records___"
LAYER = "indexpattern-datasource-layer-"


def read_fields(alias: str) -> dict[str, tuple[str, bool]]:
    """Each field behind an alias: its type, and whether it is inside `nested`, where Lens sees nothing."""
    template = json.loads(
        (PROJECT / "include" / "elasticsearch" / f"{ALIASES[alias]}.json").read_text(encoding="utf-8")
    )
    return dict(_flatten(template["template"]["mappings"]["properties"]))


def _flatten(
    properties: Object, prefix: str = "", nested: bool = False
) -> Iterator[tuple[str, tuple[str, bool]]]:
    for name, spec in properties.items():
        inside = nested or spec.get("type") == "nested"
        yield prefix + name, (spec.get("type", "object"), inside)
        parts = {**spec.get("properties", {}), **spec.get("fields", {})}
        yield from _flatten(parts, f"{prefix}{name}.", inside)


def find_faults(objects: list[Object]) -> list[str]:
    """Everything that is wrong with the objects of one file."""
    names = [(each["type"], each["id"]) for each in objects]
    faults = [f"{kind}:{name} twice" for kind, name in set(names) if names.count((kind, name)) > 1]
    for each in objects:
        faults += [f"{each['type']}:{each['id']}: {fault}" for fault in _find(each, set(names))]
    return faults


def _find(each: Object, there: set[tuple[str, str]]) -> Iterator[str]:
    if each.get("typeMigrationVersion") != WRITTEN[each["type"]] or each["coreMigrationVersion"] != "8.8.0":
        yield "another version than the one whose shape this is"
    names = [reference["name"] for reference in each["references"]]
    yield from (f"reference {name} twice" for name in set(names) if names.count(name) > 1)
    for reference in each["references"]:
        if (reference["type"], reference["id"]) not in there:
            yield f"{reference['name']} refers to {reference['id']}, which is not in the file"
    references = {reference["name"]: reference["id"] for reference in each["references"]}
    check = {"index-pattern": _view, "search": _search, "links": _links, "dashboard": _dashboard}[
        each["type"]
    ]
    yield from check(each["attributes"], references)


def _view(attributes: Object, _references: Mapping[str, str]) -> Iterator[str]:
    fields = read_fields(attributes["title"])
    time = attributes.get("timeFieldName")
    if time and fields.get(time) != ("date", False):
        yield f"timeFieldName {time} is no date"
    named = {**json.loads(attributes["fieldAttrs"]), **json.loads(attributes["fieldFormatMap"])}
    yield from (f"no field {name}" for name in named if name not in fields)


def _search(attributes: Object, references: Mapping[str, str]) -> Iterator[str]:
    yield from (f"Kibana refuses {name}" for name in set(attributes) - SEARCH_KEYS)
    source = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])
    view = references.get(source["indexRefName"])
    if view is None:
        yield f"{source['indexRefName']} is no reference"
        return
    fields = read_fields(view)
    named = (
        *attributes["columns"],
        *attributes["grid"]["columns"],
        *(name for name, _ in attributes["sort"]),
    )
    yield from (f"no field {name}" for name in named if name not in fields)
    yield from (
        f"cannot be sorted by {name}" for name, _ in attributes["sort"] if fields[name] != ("date", False)
    )


def _links(attributes: Object, references: Mapping[str, str]) -> Iterator[str]:
    if {link["destinationRefName"] for link in attributes["links"]} != set(references):
        yield "links and references differ"


def _dashboard(attributes: Object, references: Mapping[str, str]) -> Iterator[str]:
    panels, taken = json.loads(attributes["panelsJSON"]), {}
    if not (attributes["timeRestore"] and attributes["timeFrom"] and attributes["timeTo"]):
        yield "opens on the last quarter of an hour"
    for panel in panels:
        index, grid = panel["panelIndex"], panel["gridData"]
        x, y, w, h = (grid[key] for key in "xywh")
        if index in taken or grid["i"] != index:
            yield f"{index}: not a name of its own"
        if min(x, y) < 0 or min(w, h) < 1 or x + w > 48:
            yield f"{index}: outside of the 48 columns"
        for other, (x2, y2, w2, h2) in taken.items():
            if x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h:
                yield f"{index}: lies over {other}"
        taken[index] = (x, y, w, h)
        yield from (f"{index}: {fault}" for fault in _panel(panel, references))
    owners = {*taken, "controlGroup_c0", "controlGroup_c1"}
    yield from (f"{name} is nobody's" for name in references if name.partition(":")[0] not in owners)
    yield from _controls(attributes.get("controlGroupInput"), references)


def _controls(group: Object | None, references: Mapping[str, str]) -> Iterator[str]:
    for name, control in json.loads(group["panelsJSON"]).items() if group else ():
        view = references.get(f"controlGroup_{name}:optionsListDataView")
        field = control["explicitInput"]["fieldName"]
        if view is None or read_fields(view).get(field) != ("keyword", False):
            yield f"control {name}: {field} cannot be chosen from"


def _panel(panel: Object, references: Mapping[str, str]) -> Iterator[str]:
    index, config, name = panel["panelIndex"], panel["embeddableConfig"], panel.get("panelRefName")
    if name and f"{index}:{name}" not in references:
        yield "no reference to what it shows"
    if panel["type"] == "lens":
        own = {reference["name"]: reference["id"] for reference in config["attributes"]["references"]}
        layers = config["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]
        if set(own) != {LAYER + layer for layer in layers}:
            yield "references and layers differ"
        yield from (
            "a reference is not said twice" for key in own if references.get(f"{index}:{key}") != own[key]
        )
        for layer_id, layer in layers.items():
            yield from _layer(layer, read_fields(own.get(LAYER + layer_id, "vigie-articles")))
        columns = {name for layer in layers.values() for name in layer["columns"]}
        drawn = set(_accessors(config["attributes"]["state"]["visualization"]))
        if drawn != columns:
            yield f"draws {sorted(drawn)} of {sorted(columns)}"


def _layer(layer: Object, fields: Mapping[str, tuple[str, bool]]) -> Iterator[str]:
    columns, order = layer["columns"], layer["columnOrder"]
    if sorted(order) != sorted(columns):
        yield "columnOrder is not the columns"
        return
    operations = [columns[name]["operationType"] for name in order]
    if [name in BUCKETS for name in operations] != sorted(
        (name in BUCKETS for name in operations), reverse=True
    ):
        yield "a metric stands before a bucket"
    if "date_histogram" in operations[: max(0, sum(name in BUCKETS for name in operations) - 1)]:
        yield "the dates stand before what splits them"
    for name, column in columns.items():
        yield from (f"{name}: {fault}" for fault in _column(column, columns, fields))


def _column(column: Object, columns: Object, fields: Mapping[str, tuple[str, bool]]) -> Iterator[str]:
    operation, field = column["operationType"], column.get("sourceField")
    if column["isBucketed"] != (operation in BUCKETS):
        yield "wrong isBucketed"
    ordered_by = column["params"].get("orderBy", {}).get("columnId")
    if ordered_by and ordered_by not in columns:
        yield f"ordered by {ordered_by}, which is no column"
    if operation == "filters" or (operation == "count" and field == RECORDS):
        return
    if field not in fields:
        yield f"no field {field}"
        return
    kind, nested = fields[field]
    if nested:
        yield f"{field} is nested: Lens does not see it"
    if kind not in TAKES[operation]:
        yield f"{operation} does not take {field} ({kind})"


def _accessors(part: Any) -> Iterator[str]:
    """The columns that a visualization names, wherever."""
    for key, value in part.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                yield from _accessors(each) if key in ("layers", "columns") else ()
            elif key == "columnId" or key.lower().endswith(("accessor", "accessors", "groups", "metrics")):
                yield each
