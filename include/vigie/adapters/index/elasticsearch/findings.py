"""Alerts and topics on the cluster: one index of each behind an alias of its own, beside that of the articles.

They are thousands where articles are millions: they need no months.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action, send_actions
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.port import PREFIX, Refusal, check_page_size
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.findings import FINDING_FIELDS, FINDING_OBJECTS, MOMENTS, FindingKind
from vigie.search.mapping import find_fault, read_milliseconds

TEMPLATES = Path(__file__).parents[4] / "elasticsearch"
"""Where the analysis and the templates lie: beside the package, for an operator to read."""

_SCAN = 5_000


class ElasticsearchFindings:
    """A `Findings` behind the alias that stands beside the articles' one."""

    def __init__(self, client: Elasticsearch, caller: Caller, kind: FindingKind, *, articles: str) -> None:
        self._client = client
        self._call = caller
        self._kind = kind
        self._articles = articles
        self._alias = f"{articles.removesuffix('-articles')}-{kind}"
        self._is_there = False

    def set_up(self) -> None:
        """Bring the template up to date and make the alias answer. Needs the analysis that the articles set up."""
        indices = self._client.indices
        template = self._load()
        self._call(indices.put_index_template, name=self._alias, **template)
        if self._call(indices.exists_alias, name=self._alias):
            fields = template["template"]["mappings"]["properties"]
            self._call(indices.put_mapping, index=self._alias, properties=fields)
        else:
            self._call(self._client.options(ignore_status=400).indices.create, index=f"{self._alias}-1")
        self._is_there = True

    def is_there(self) -> bool:
        """Whether it was set up: an index that made itself would have a guessed mapping."""
        self._is_there = self._is_there or bool(
            self._call(self._client.indices.exists_alias, name=self._alias)
        )
        return self._is_there

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Write in bulk; what cannot be taken is refused and the rest goes in."""
        faults = [(d, find_fault(d, FINDING_FIELDS[self._kind], FINDING_OBJECTS)) for d in documents]
        refusals = [Refusal(id=ArticleId(str(d.get("id"))), reason=fault) for d, fault in faults if fault]
        actions = [
            Action(op="index", index=self._alias, id=d["id"], document=d) for d, fault in faults if not fault
        ]
        return (*refusals, *send_actions(self._client, self._call, actions))

    def delete(self, ids: Iterable[str]) -> None:
        """Delete in bulk."""
        actions = [Action(op="delete", index=self._alias, id=finding_id) for finding_id in ids]
        send_actions(self._client, self._call, actions)

    def get(self, finding_id: str) -> Document | None:
        """The document, found through the alias."""
        found = self._search(query={"term": {"id": finding_id}}, size=1)
        return found[0]["_source"] if found else None

    def newest(self, size: int = 100, since: datetime | None = None) -> tuple[Document, ...]:
        """One request."""
        check_page_size(size)
        moment = MOMENTS[self._kind]
        bounds = {"gte": read_milliseconds(since), "format": "epoch_millis"} if since else None
        query = {"range": {moment: bounds}} if bounds else {"match_all": {}}
        found = self._search(query=query, size=size, sort=[{moment: "desc"}, {"id": "asc"}])
        return tuple(hit["_source"] for hit in found)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Page through all ids in their order; nothing is held open on the server."""
        body: dict[str, Any] = {"sort": [{"id": "asc"}], "size": _SCAN, "source": ["digest"]}
        while True:
            found = self._search(query={"match_all": {}}, **body)
            yield from ((hit["_id"], str(hit["_source"]["digest"])) for hit in found)
            if len(found) < _SCAN:
                return
            body["search_after"] = found[-1]["sort"]

    def clear(self) -> None:
        """Delete the index."""
        self._is_there = False
        behind = self._call(self._client.indices.get, index=f"{self._alias}-*", expand_wildcards="all")
        for name in behind:
            self._call(self._client.indices.delete, index=name, ignore_unavailable=True)

    def _search(self, **body: Any) -> list[Mapping[str, Any]]:
        """Before the alias is there, nothing is in it."""
        said = self._call(
            self._client.search,
            index=self._alias,
            allow_partial_search_results=False,
            ignore_unavailable=True,
            **body,
        )
        found: list[Mapping[str, Any]] = said["hits"]["hits"]
        return found

    def _load(self) -> dict[str, Any]:
        """The template's file under the names of this index. The client calls `_meta` `meta`."""
        text = (TEMPLATES / f"{self._kind}.json").read_text(encoding="utf-8")
        named = text.replace(PREFIX, self._articles).replace(f"vigie-{self._kind}", self._alias)
        return {key.lstrip("_"): value for key, value in json.loads(named).items()}
