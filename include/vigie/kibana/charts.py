"""How Lens draws a layer: which chart, and which column is what in it."""

from collections.abc import Callable, Mapping

from vigie.kibana.columns import group_ids, value_ids
from vigie.kibana.forms import ChartPanel
from vigie.kibana.objects import Object

LAYER = "l1"
_OF_LAYER: Object = {"layerId": LAYER, "layerType": "data"}
_SERIES = {
    "columns": "bar_stacked",
    "areas": "area_stacked",
    "lines": "line",
    "bars": "bar_horizontal_stacked",
}


def build_visualization(panel: ChartPanel) -> tuple[str, Object]:
    """The chart's type and its part of the state."""
    kind, build = _CHARTS[panel.chart]
    return kind, build(panel)


def _xy(panel: ChartPanel) -> Object:
    """Along dates, if one of the groups is of dates, else along the first group; the other one splits."""
    dates = [name for name, group in zip(group_ids(panel), panel.groups, strict=True) if group.every]
    x = [*dates, *group_ids(panel)][0]
    splits = [name for name in group_ids(panel) if name != x]
    series = _SERIES[panel.chart]
    layer = {**_OF_LAYER, "seriesType": series, "xAccessor": x, "accessors": value_ids(panel)}
    return {
        "preferredSeriesType": series,
        "layers": [layer | ({"splitAccessor": splits[0]} if splits else {})],
        "legend": {"isVisible": True, "position": "right"},
        **{"valueLabels": "hide", "fittingFunction": "None"},
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
    }


def _metric(panel: ChartPanel) -> Object:
    return {**_OF_LAYER, "metricAccessor": value_ids(panel)[0]}


def _table(panel: ChartPanel) -> Object:
    columns = [{"columnId": name} for name in (*group_ids(panel), *value_ids(panel))]
    is_by_name = panel.groups[0].by == "name"
    sorting = (
        {"columnId": "g1", "direction": "asc"} if is_by_name else {"columnId": "v1", "direction": "desc"}
    )
    return {**_OF_LAYER, "columns": columns, "sorting": sorting}


def _donut(panel: ChartPanel) -> Object:
    shown = {"numberDisplay": "percent", "categoryDisplay": "default", "legendDisplay": "default"}
    groups = {"primaryGroups": group_ids(panel), "metrics": value_ids(panel), "nestedLegend": False}
    return {"shape": "donut", "layers": [{**_OF_LAYER, **groups, **shown}]}


def _cloud(panel: ChartPanel) -> Object:
    shown = {"orientation": "single", "minFontSize": 14, "maxFontSize": 48, "showLabel": False}
    return {**_OF_LAYER, "tagAccessor": "g1", "valueAccessor": "v1", **shown}


def _heatmap(panel: ChartPanel) -> Object:
    shown = ("isCellLabelVisible", "isYAxisLabelVisible", "isXAxisLabelVisible")
    grid = {"type": "heatmap_grid", **dict.fromkeys(shown, True)}
    titles = {"isYAxisTitleVisible": False, "isXAxisTitleVisible": False}
    return {
        **{**_OF_LAYER, "shape": "heatmap", "yAccessor": "g1", "xAccessor": "g2", "valueAccessor": "v1"},
        "legend": {"isVisible": False, "position": "right", "type": "heatmap_legend"},
        "gridConfig": {**grid, **titles},
    }


_CHARTS: Mapping[str, tuple[str, Callable[[ChartPanel], Object]]] = {
    **dict.fromkeys(_SERIES, ("lnsXY", _xy)),
    "metric": ("lnsMetric", _metric),
    "table": ("lnsDatatable", _table),
    "donut": ("lnsPie", _donut),
    "cloud": ("lnsTagcloud", _cloud),
    "heatmap": ("lnsHeatmap", _heatmap),
}
