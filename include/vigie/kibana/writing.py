"""All the saved objects of Vigie, as the file that Kibana imports."""

from vigie.kibana.dashboards import build_dashboard, build_links
from vigie.kibana.data_views import build_data_view
from vigie.kibana.definitions import Definitions
from vigie.kibana.objects import Object, as_lines
from vigie.kibana.searches import build_search

FILE = "vigie.ndjson"


def build_objects(found: Definitions) -> list[Object]:
    """What is referred to comes first, as far as it can: links and dashboards refer to one another."""
    return [
        *(build_data_view(form) for form in found.data_views),
        *(build_search(form) for form in found.searches),
        build_links(found.links),
        *(build_dashboard(form, found.links.id) for form in found.dashboards),
    ]


def write_objects(found: Definitions) -> str:
    """The same definitions give the same bytes."""
    return as_lines(build_objects(found))
