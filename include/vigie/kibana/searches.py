"""Discover's saved searches, in the flat shape that every Kibana 9 reads."""

from vigie.kibana.forms import SearchForm
from vigie.kibana.objects import Object, as_text, make_object, query, refer

_SOURCE = "kibanaSavedObjectMeta.searchSourceJSON.index"


def build_search(form: SearchForm) -> Object:
    """The saved object; Kibana refuses a search with any other attribute."""
    source = {"query": query(form.only), "filter": [], "indexRefName": _SOURCE}
    attributes: Object = {
        "title": form.title,
        "description": form.description,
        "columns": list(form.columns),
        "sort": [[field, order] for field, order in form.sort.items()],
        "grid": {"columns": {name: {"width": width} for name, width in form.widths.items()}},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": False,
        "kibanaSavedObjectMeta": {"searchSourceJSON": as_text(source)},
    }
    return make_object("search", form.id, attributes, [refer(_SOURCE, "index-pattern", form.of)])
