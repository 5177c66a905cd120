"""What a page's JSON-LD (schema.org) says of its article. Pure; odd JSON is harmless."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_ARTICLE_TYPE_RE = re.compile(r"(?:.*(?:Article|Posting)|Report|PressRelease|SpecialAnnouncement|Statement)$")
_PAGE_TYPES = frozenset(("WebPage", "ItemPage", "VideoObject", "NewsMediaPage"))
_ORGANIZATION_RE = re.compile(r".*Organization$|Corporation$|WebSite$|Brand$")
MAX_JSON_DEPTH = 8
MAX_JSON_NODES = 2000

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """The objects of a page in page order, outermost first, and those that others point to by `@id`."""

    nodes: tuple[Node, ...] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """The object that `{"@id": …}` points to; anything else as it is."""
        if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def read_json_ld(tree: Any) -> JsonLd:
    """Every object that a page's scripts hold at the top, in a graph, or as the page's main thing."""
    nodes = tuple(node for script in tree.iter("script") for node in _read_script(script))
    # Of two objects with one @id, the one that says more: a bare reference is no description.
    by_id: dict[str, Node] = {}
    for node in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(by_id.get(key, {})):
            by_id[key] = node
    return JsonLd(nodes=nodes, by_id=by_id)


def find_articles(json_ld: JsonLd) -> Iterator[Node]:
    """Objects that are articles, in page order; then those that are pages with a date."""
    yield from (n for n in json_ld.nodes if any(map(_ARTICLE_TYPE_RE.match, types_of(n))))
    yield from (n for n in json_ld.nodes if not _PAGE_TYPES.isdisjoint(types_of(n)) and "datePublished" in n)


def is_organization(node: Node) -> bool:
    """Whether an object is an organisation and no person."""
    return any(map(_ORGANIZATION_RE.match, types_of(node)))


def types_of(node: Node) -> tuple[str, ...]:
    """The object's types, without the vocabulary's address."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(k.rpartition("/")[2] for k in kinds if isinstance(k, str))


def _read_script(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
    text = text.strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    yield from _walk_json(data)


def _walk_json(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of the graph, outermost first, not into every property: only where articles are kept."""
    queue: list[tuple[int, Any]] = [(0, data)]
    for depth, value in queue:
        if depth > MAX_JSON_DEPTH or len(queue) > MAX_JSON_NODES:
            return
        if isinstance(value, list):
            queue += [(depth + 1, child) for child in value]
        elif isinstance(value, dict):
            yield value
            queue += [
                (depth + 1, value[key])
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if key in value
            ]
