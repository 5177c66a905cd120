"""What every saved object has: its type and version, references by name, JSON inside JSON; and the file of them all."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Object = dict[str, Any]
"""A JSON object: the shapes are Kibana's own and have no types here."""
ObjectType = Literal["index-pattern", "search", "links", "dashboard"]

VERSIONS: Mapping[ObjectType, str] = {"index-pattern": "8.0.0", "search": "10.5.0", "dashboard": "10.2.0"}
"""The oldest that carry today's shape: a newer Kibana migrates them up, an older one refuses a newer number.

Without one a dashboard is put through every migration since Kibana 7, and Lens' own fail. Links have none in exports.
"""
_CORE = "8.8.0"


def make_object(
    kind: ObjectType, object_id: str, attributes: Object, references: Sequence[Object] = ()
) -> Object:
    """A saved object as the import takes it."""
    version = {"typeMigrationVersion": VERSIONS[kind]} if kind in VERSIONS else {}
    return {
        **{"type": kind, "id": object_id, "attributes": attributes, "references": list(references)},
        **{"coreMigrationVersion": _CORE, **version},
    }


def refer(name: str, kind: ObjectType, object_id: str) -> Object:
    """Objects name one another only so: ids inside texts are not followed when Kibana gives an object a new id."""
    return {"name": name, "type": kind, "id": object_id}


def query(kql: str = "") -> Object:
    """Words in Kibana's query language."""
    return {"query": kql, "language": "kuery"}


def as_text(value: Any) -> str:
    """JSON as Kibana keeps it inside JSON; the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_lines(objects: Iterable[Object]) -> str:
    """The file that is imported: one object a line."""
    return "".join(f"{as_text(one)}\n" for one in objects)
