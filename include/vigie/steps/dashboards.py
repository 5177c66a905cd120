"""Dashboards: give Kibana its data views, searches and dashboards, where there is a Kibana."""

import logging

from vigie.adapters.kibana import Kibana, read_objects
from vigie.model import Sums
from vigie.stores import Stores

log = logging.getLogger(__name__)
NO_KIBANA = "VIGIE_KIBANA_URL n'est pas réglé"


def import_dashboards(stores: Stores) -> Sums:
    """Import `include/kibana/vigie.ndjson`, in the place of what it was before. Without VIGIE_KIBANA_URL it says so.

    What a person changed in these very objects is replaced: they keep their changes in copies.
    """
    settings, objects = stores.settings, read_objects()
    count = len(objects.splitlines())
    if not settings.kibana_url:
        log.info("no dashboards imported: VIGIE_KIBANA_URL is not set")
        return Sums(taken=count, refused={NO_KIBANA: count})
    key = settings.kibana_api_key
    kibana = Kibana(
        settings.kibana_url,
        api_key=key.get_secret_value() if key else None,
        ca_file=settings.kibana_ca,
        space=settings.kibana_space,
    )
    imported = kibana.import_objects(objects)
    for warning in imported.warnings:
        log.warning("Kibana at %s warns: %s", kibana.address, warning)
    return Sums(taken=count, done=imported.created)
