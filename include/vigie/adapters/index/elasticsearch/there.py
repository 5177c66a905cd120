"""What there is of one family on the cluster: its indices, its templates, and whether they take writes."""

from collections.abc import Collection, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.names import (
    ANALYSIS,
    Family,
    build_guard,
    build_template,
    component_name,
    read_wanted,
)


def put_shared(client: Elasticsearch, call: Caller, families: Collection[Family]) -> None:
    """What all families need: the analysis, and the guard against strays."""
    known = {
        component_name(family, wanted): dict(wanted.analysis)
        for family in families
        for wanted in (read_wanted(family.file),)
    }
    for name, settings in known.items():
        call(client.cluster.put_component_template, name=name, template={"settings": settings})
    call(client.indices.put_index_template, **build_guard(families))


def forget_shared(client: Elasticsearch, call: Caller, families: Collection[Family]) -> None:
    """Once no template needs them any more."""
    gone = client.options(ignore_status=404)
    guard = build_guard(families)["name"]
    call(gone.indices.delete_index_template, name=guard)
    prefix = guard.removesuffix("-strays")
    call(gone.cluster.delete_component_template, name=f"{prefix}-{ANALYSIS}-*")


class FamilyThere:
    """Asks the server each time: somebody else may set up too. Needs the rights on templates."""

    def __init__(self, client: Elasticsearch, caller: Caller, family: Family) -> None:
        self._client = client
        self._call = caller
        self._family = family
        self._wanted = read_wanted(family.file)

    def current(self) -> int | None:
        """The generation that readers see: 0 is that of before there were any, None is nothing."""
        found = [self._family.read(name) for name in self.behind()]
        heads = [generation for part, generation in found if part == self._family.head]
        return max(heads, default=0) if found else None

    def close(self, generation: int) -> None:
        """To writers. The template first: a month that is made now is born closed."""
        self.put_template(generation, writable=False)
        for name in self.names_of(generation):
            self._call(self._client.indices.add_block, index=name, block="write")

    def open(self, generation: int) -> None:
        """To writers."""
        self.put_template(generation)
        self._set_open(generation)

    def open_unseen(self, generation: int) -> None:
        """A generation that is to be filled: unseen, and there at least with its head."""
        is_new = generation not in self.generations()
        self.put_template(generation, visible=False, anew=is_new)
        self._set_open(generation)
        self.create(self._family.head, generation)

    def _set_open(self, generation: int) -> None:
        for name in self.names_of(generation):
            self._call(self._client.indices.put_settings, index=name, settings={"index.blocks.write": None})

    def put_template(
        self, generation: int, *, visible: bool = True, writable: bool = True, anew: bool = False
    ) -> None:
        """Of a generation of these files as they say; of another one what it has is kept, unless it is made `anew`."""
        if generation == 0:
            return
        known = None if anew else self._known_template(generation)
        if known is None or _digest_of(known) == self._wanted.digest:
            body = build_template(self._family, generation, self._wanted, visible=visible, writable=writable)
        else:
            body = _switched(known, self._family, generation, visible=visible, writable=writable)
        self._call(self._client.indices.put_index_template, **body)

    def _known_template(self, generation: int) -> dict[str, Any] | None:
        client = self._client.options(ignore_status=404)
        said = self._call(client.indices.get_index_template, name=self._family.template(generation))
        found = said.get("index_templates", [])
        return found[0]["index_template"] if found else None

    def forget_template(self, generation: int) -> None:
        client = self._client.options(ignore_status=404)
        self._call(client.indices.delete_index_template, name=self._family.template(generation))

    def names(self) -> list[str]:
        found = self._call(
            self._client.indices.get_settings,
            index=f"{self._family.alias}-*",
            name="index.creation_date",
            expand_wildcards="all",
        )
        return sorted(found)

    def names_of(self, generation: int) -> list[str]:
        return [name for name in self.names() if self._family.read(name)[1] == generation]

    def generations(self) -> set[int]:
        found = [self._family.read(name) for name in self.names()]
        return {generation for part, generation in found if part == self._family.head}

    def behind(self) -> list[str]:
        client = self._client.options(ignore_status=404)
        said: Mapping[str, Any] = self._call(client.indices.get_alias, name=self._family.alias)
        return [name for name, about in said.items() if isinstance(about, dict) and "aliases" in about]

    def create(self, part: str, generation: int) -> str:
        name = self._family.index(part, generation)
        if not self._call(self._client.indices.exists, index=name):
            self._call(self._client.options(ignore_status=400).indices.create, index=name)
        return name

    def mappings(self, generation: int) -> dict[str, Any]:
        head = self._family.index(self._family.head, generation)
        found: dict[str, Any] = self._call(self._client.indices.get_mapping, index=head)[head]["mappings"]
        return found

    def meta(self, generation: int) -> Mapping[str, str]:
        meta: Mapping[str, str] = self.mappings(generation).get("_meta", {})
        return meta

    def last_operation(self, name: str) -> int:
        """Grows with every write and deletion. Asked before the copy, so what comes meanwhile is copied the next time."""
        said = self._call(self._client.indices.stats, index=name, metric="docs", level="shards")
        copies = [copy for shard in said["indices"][name]["shards"].values() for copy in shard]
        return max(int(copy["seq_no"]["max_seq_no"]) for copy in copies)


def _digest_of(template: Mapping[str, Any]) -> str:
    mappings = template.get("template", {}).get("mappings", {})
    return str(mappings.get("_meta", {}).get("digest"))


def _switched(
    known: Mapping[str, Any], family: Family, generation: int, *, visible: bool, writable: bool
) -> dict[str, Any]:
    """A template of other files, as the server has it, made visible or not, writable or not."""
    template = dict(known["template"])
    index = {k: v for k, v in template.get("settings", {}).get("index", {}).items() if k != "blocks"}
    template["settings"] = {"index": index if writable else {**index, "blocks": {"write": "true"}}}
    template["aliases"] = {family.alias: {}} if visible else {}
    return {
        "name": family.template(generation),
        "index_patterns": known["index_patterns"],
        "composed_of": known["composed_of"],
        "priority": known["priority"],
        "template": template,
    }
