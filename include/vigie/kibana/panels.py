"""Panels of a dashboard: charts by value (by reference they broke more than once in 9.3), searches and links by reference."""

from vigie.kibana.charts import LAYER, build_visualization
from vigie.kibana.columns import build_layer
from vigie.kibana.forms import ChartPanel, LinksPanel, NotePanel, PanelForm, SearchPanel
from vigie.kibana.objects import Object, ObjectType, query, refer

_LAYER_REFERENCE = f"indexpattern-datasource-layer-{LAYER}"


def build_panel(panel: PanelForm, index: str, links_id: str) -> tuple[Object, list[Object]]:
    """A panel called `index`, and the references that its dashboard has for it."""
    match panel:
        case ChartPanel():
            return _chart(panel, index)
        case NotePanel():
            return _place(panel, index, "visualization", {"savedVis": _note(panel.text)}), []
        case SearchPanel():
            shown: Object = {"title": panel.title}
            return _by_reference(panel, index, "search", panel.search, shown)
        case LinksPanel():
            return _by_reference(panel, index, "links", links_id, {})
        case _:
            raise TypeError(f"no panel is made of {panel}")


def _chart(panel: ChartPanel, index: str) -> tuple[Object, list[Object]]:
    """Its layer's reference is said twice: in the chart, and in the dashboard under the panel's name."""
    kind, visualization = build_visualization(panel)
    state = {
        "datasourceStates": {"formBased": {"layers": {LAYER: build_layer(panel)}}},
        "visualization": visualization,
        **{"query": query(panel.only), "filters": [], "internalReferences": [], "adHocDataViews": {}},
    }
    attributes = {
        **{"title": panel.title, "description": "", "type": "lens", "visualizationType": kind},
        **{"state": state, "references": [refer(_LAYER_REFERENCE, "index-pattern", panel.of)]},
    }
    placed = _place(panel, index, "lens", {"attributes": attributes, "title": panel.title})
    return placed, [refer(f"{index}:{_LAYER_REFERENCE}", "index-pattern", panel.of)]


def _by_reference(
    panel: PanelForm, index: str, kind: ObjectType, object_id: str, config: Object
) -> tuple[Object, list[Object]]:
    name = f"panel_{index}"
    placed = _place(panel, index, kind, config) | {"panelRefName": name}
    return placed, [refer(f"{index}:{name}", kind, object_id)]


def _place(panel: PanelForm, index: str, kind: str, config: Object) -> Object:
    x, y, w, h = panel.place
    grid = {"x": x, "y": y, "w": w, "h": h, "i": index}
    return {"type": kind, "panelIndex": index, "gridData": grid, "embeddableConfig": config}


def _note(text: str) -> Object:
    """Markdown as a panel of every Kibana 9."""
    return {
        **{"type": "markdown", "id": "", "title": "", "description": "", "uiState": {}},
        "params": {"markdown": text, "fontSize": 12, "openLinksInNewTab": False},
        "data": {"aggs": [], "searchSource": {"query": query(), "filter": []}},
    }
