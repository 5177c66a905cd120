"""A chart of Lens as the query that it asks of Elasticsearch: its columns as aggregations inside one another."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Object = dict[str, Any]
BUCKETS = {"terms", "date_histogram", "filters"}


def read_kql(text: str) -> Object:
    """As much of Kibana's query language as our definitions use: `field: value`, `*`, `(a or b)`, `not`, `and`."""
    clauses = [clause for clause in text.split(" and ") if clause.strip()]
    return {"bool": {"filter": [_read_clause(clause.strip()) for clause in clauses]}}


def _read_clause(clause: str) -> Object:
    if clause.startswith("not "):
        return {"bool": {"must_not": [_read_clause(clause[4:])]}}
    found = re.fullmatch(r'([\w.]+): (\*|\(([\w ]+)\)|"([^"]+)"|\w+)', clause)
    assert found, f"this is more of KQL than is read here: {clause}"
    if found[2] == "*":
        return {"exists": {"field": found[1]}}
    return {"terms": {found[1]: found[3].split(" or ") if found[3] else [found[4] or found[2]]}}


def in_time(field: str | None, first: datetime, last: datetime) -> list[Object]:
    """The dashboard's span, on the data view's time field; without one it bears on nothing."""
    return [{"range": {field: {"gte": first.isoformat(), "lte": last.isoformat()}}}] if field else []


def build_aggregations(layer: Mapping[str, Any]) -> Object:
    """Each bucket in the next, in the layer's order; the metrics at every depth, for an order may ask for one."""
    columns, order = layer["columns"], layer["columnOrder"]
    buckets = [name for name in order if columns[name]["operationType"] in BUCKETS]
    metrics = {
        name: _metric(columns[name]) for name in order if name not in buckets and not _is_count(columns[name])
    }
    built = metrics
    for name in reversed(buckets):
        built = {name: {**_bucket(columns[name], columns), **({"aggs": built} if built else {})}, **metrics}
    return built


def _bucket(column: Mapping[str, Any], columns: Mapping[str, Any]) -> Object:
    params, field = column["params"], column.get("sourceField")
    if column["operationType"] == "filters":
        cases = {each["label"]: read_kql(each["input"]["query"]) for each in params["filters"]}
        return {"filters": {"filters": cases}}
    if column["operationType"] == "date_histogram":
        span = {"auto": "1d"}.get(params["interval"], params["interval"])
        return {"date_histogram": {"field": field, "calendar_interval": span, "min_doc_count": 1}}
    by = params["orderBy"].get("columnId")
    key = "_key" if by is None else "_count" if _is_count(columns[by]) else by
    return {"terms": {"field": field, "size": params["size"], "order": {key: params["orderDirection"]}}}


def _is_count(column: Mapping[str, Any]) -> bool:
    return column["operationType"] == "count" and "filter" not in column


def _metric(column: Mapping[str, Any]) -> Object:
    field = {"field": column["sourceField"]}
    match column["operationType"]:
        case "count":
            return {"filter": read_kql(column["filter"]["query"])}
        case "unique_count":
            return {"cardinality": field}
        case "average":
            return {"avg": field}
        case "median":
            return {"percentiles": {**field, "percents": [50]}}
        case "percentile":
            return {"percentiles": {**field, "percents": [column["params"]["percentile"]]}}
        case other:
            return {other: field}


def find_empty(layer: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """The columns that have nothing to draw in the answer."""
    columns, order = layer["columns"], layer["columnOrder"]
    if said["hits"]["total"]["value"] == 0:
        return list(order)
    buckets = [name for name in order if columns[name]["operationType"] in BUCKETS]
    metrics = [name for name in order if name not in buckets and not _is_count(columns[name])]
    return _find_empty(buckets, metrics, said.get("aggregations", {}))


def _find_empty(buckets: Sequence[str], metrics: Sequence[str], said: Mapping[str, Any]) -> list[str]:
    empty = [name for name in metrics if not _has_value(said[name])]
    if not buckets:
        return empty
    found = said[buckets[0]]["buckets"]
    listed = list(found.values()) if isinstance(found, dict) else found
    if not any(each["doc_count"] for each in listed):
        return [buckets[0], *empty]
    inside = [_find_empty(buckets[1:], metrics, each) for each in listed]
    return [*empty, *min(inside, key=len)]


def _has_value(said: Mapping[str, Any]) -> bool:
    if "values" in said:
        return all(value is not None for value in said["values"].values())
    return bool(said.get("value") or said.get("doc_count"))
