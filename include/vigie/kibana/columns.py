"""The columns of a Lens layer: buckets for groups, metrics for values, in the order in which they are aggregated."""

from collections.abc import Mapping

from vigie.kibana.forms import ChartPanel, GroupForm, ValueForm
from vigie.kibana.objects import Object, query

RECORDS = "___records___"
"""What Lens calls the documents themselves."""


def group_ids(panel: ChartPanel) -> list[str]:
    """The names of the panel's buckets, in its own order."""
    return [f"g{number}" for number, _ in enumerate(panel.groups, 1)]


def value_ids(panel: ChartPanel) -> list[str]:
    """The names of the panel's metrics."""
    return [f"v{number}" for number, _ in enumerate(panel.values, 1)]


def build_layer(panel: ChartPanel) -> Object:
    """The one layer of a chart. What splits a timeline comes before its date: each part has all its days."""
    named = zip(group_ids(panel), panel.groups, strict=True)
    groups = dict(sorted(named, key=lambda item: item[1].every is not None))
    values = dict(zip(value_ids(panel), panel.values, strict=True))
    columns: Mapping[str, Object] = {
        **{name: _bucket(group) for name, group in groups.items()},
        **{name: _metric(value) for name, value in values.items()},
    }
    return {
        "columns": columns,
        "columnOrder": list(columns),
        "incompleteColumns": {},
        "sampling": 1,
        "ignoreGlobalFilters": False,
    }


def _bucket(group: GroupForm) -> Object:
    if group.cases is not None:
        cases = [{"label": label, "input": query(kql)} for label, kql in group.cases.items()]
        return _column(group.label, "filters", "string", params={"filters": cases}, is_bucketed=True)
    if group.every:
        span = {"interval": group.every, "includeEmptyRows": True, "dropPartials": False}
        return _column(group.label, "date_histogram", "date", group.field, span, is_bucketed=True)
    return _column(group.label, "terms", "string", group.field, _terms(group), is_bucketed=True)


def _terms(group: GroupForm) -> Object:
    is_by_name = group.by == "name"
    by_name = {"type": "alphabetical", "fallback": False}
    return {
        "size": group.size,
        "orderBy": by_name if is_by_name else {"type": "column", "columnId": "v1"},
        "orderDirection": "asc" if is_by_name else "desc",
        **{"otherBucket": False, "missingBucket": False, "parentFormat": {"id": "terms"}},
        **{"include": [], "exclude": [], "includeIsRegex": False, "excludeIsRegex": False},
    }


def _metric(value: ValueForm) -> Object:
    params = {"percentile": value.percentile} if value.take == "percentile" else {"emptyAsNull": True}
    column = _column(value.label, value.take, value.type, value.field or RECORDS, params)
    return column | ({"filter": query(value.only)} if value.only else {})


def _column(
    label: str,
    operation: str,
    data_type: str,
    field: str | None = None,
    params: Object | None = None,
    *,
    is_bucketed: bool = False,
) -> Object:
    return {
        **{"label": label, "customLabel": True, "dataType": data_type, "operationType": operation},
        **{"isBucketed": is_bucketed, "params": params or {}},
        **({"sourceField": field} if field else {}),
    }
