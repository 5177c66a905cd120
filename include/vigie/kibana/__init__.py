"""Kibana: readable definitions of data views, searches and dashboards in, saved objects out. Pure.

    definitions.read_definitions({file name: text})    # include/kibana/*.yml
    writing.write_objects(definitions)                 # include/kibana/vigie.ndjson, one object a line

The shapes are those that Kibana's source and public exports of 2025 and 2026 have: strings of JSON inside JSON, a layer's
reference said twice, the oldest versions that still carry today's shape, so that every Kibana 9 takes them.
"""
