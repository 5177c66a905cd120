"""Dashboards, and the links between them."""

from collections.abc import Sequence

from vigie.kibana.forms import ControlForm, DashboardForm, LinksForm
from vigie.kibana.objects import Object, as_text, make_object, query, refer
from vigie.kibana.panels import build_panel

_OPTIONS = {
    **{"useMargins": True, "hidePanelTitles": False},
    **{"syncColors": True, "syncCursor": True, "syncTooltips": False},
}
_HEEDED = ("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations")


def build_dashboard(form: DashboardForm, links_id: str) -> Object:
    """The saved object, with its panels inside. It opens on its own span of time: Kibana's is the last quarter of an hour."""
    built = [build_panel(panel, f"p{number:02d}", links_id) for number, panel in enumerate(form.panels, 1)]
    attributes: Object = {
        **{"title": form.title, "description": form.description, "version": 3},
        **{"timeRestore": True, "timeFrom": form.since, "timeTo": "now"},
        "refreshInterval": {"pause": True, "value": 60_000},
        "optionsJSON": as_text(_OPTIONS),
        "panelsJSON": as_text([panel for panel, _ in built]),
        "kibanaSavedObjectMeta": {"searchSourceJSON": as_text({"query": query(), "filter": []})},
    }
    if form.controls:
        attributes["controlGroupInput"] = _controls(form.controls)
    references = [reference for _, references in built for reference in references]
    return make_object("dashboard", form.id, attributes, references + _control_references(form.controls))


def build_links(form: LinksForm) -> Object:
    """The links object that every dashboard shows; what was filtered and the span of time go along."""
    kept = {"openInNewTab": False, "useCurrentDateRange": True, "useCurrentFilters": True}
    links = [
        {
            **{"type": "dashboardLink", "id": link.dashboard, "order": number, "label": link.label},
            **{"destinationRefName": _link_reference(link.dashboard), "options": kept},
        }
        for number, link in enumerate(form.links)
    ]
    attributes: Object = {"title": form.title, "description": "", "layout": "horizontal", "links": links}
    references = [refer(_link_reference(link.dashboard), "dashboard", link.dashboard) for link in form.links]
    return make_object("links", form.id, attributes, references)


def _link_reference(dashboard_id: str) -> str:
    return f"link_{dashboard_id}_dashboard"


def _controls(controls: Sequence[ControlForm]) -> Object:
    """As Kibana up to 9.3 writes them; later ones read it too."""
    panels = {f"c{number}": _control(form, number) for number, form in enumerate(controls)}
    return {
        **{"controlStyle": "oneLine", "chainingSystem": "HIERARCHICAL", "showApplySelections": False},
        "ignoreParentSettingsJSON": as_text(dict.fromkeys(_HEEDED, False)),
        "panelsJSON": as_text(panels),
    }


def _control(form: ControlForm, number: int) -> Object:
    chosen = {
        **{"id": f"c{number}", "title": form.title, "fieldName": form.field},
        **{"selectedOptions": list(form.chosen), "singleSelect": form.one},
        **{"exclude": False, "existsSelected": False, "searchTechnique": "wildcard"},
        "sort": {"by": "_count", "direction": "desc"},
    }
    shown = {"type": "optionsListControl", "order": number, "grow": True, "width": "medium"}
    return {**shown, "explicitInput": chosen}


def _control_references(controls: Sequence[ControlForm]) -> list[Object]:
    return [
        refer(f"controlGroup_c{number}:optionsListDataView", "index-pattern", form.of)
        for number, form in enumerate(controls)
    ]
