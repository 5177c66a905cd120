"""Alerts, topics and standings on the cluster: one index of each behind an alias of its own, beside that of the articles.

They are thousands where articles are millions: they need no months.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.names import Family
from vigie.adapters.index.elasticsearch.writing import Writer
from vigie.adapters.index.port import Refusal, check_page_size
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.findings import FINDING_FIELDS, FINDING_OBJECTS, MOMENTS, FindingKind
from vigie.search.mapping import find_fault, read_milliseconds

_SCAN = 5_000


class ElasticsearchFindings:
    """A `Findings` behind the alias that stands beside the articles' one."""

    def __init__(self, client: Elasticsearch, caller: Caller, kind: FindingKind, family: Family) -> None:
        self._client = client
        self._call = caller
        self._kind = kind
        self._family = family
        self.writer = Writer(client, caller, family)

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Write in bulk; what cannot be taken is refused and the rest goes in."""
        faults = [(d, find_fault(d, FINDING_FIELDS[self._kind], FINDING_OBJECTS)) for d in documents]
        refusals = [Refusal(id=ArticleId(str(d.get("id"))), reason=fault) for d, fault in faults if fault]
        actions = [
            Action(op="index", index=self._family.head, id=d["id"], document=d)
            for d, fault in faults
            if not fault
        ]
        return (*refusals, *self.writer.send(actions))

    def delete(self, ids: Iterable[str]) -> None:
        """Delete in bulk."""
        self.writer.send([Action(op="delete", index=self._family.head, id=finding_id) for finding_id in ids])

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

    def _search(self, **body: Any) -> list[Mapping[str, Any]]:
        said = self._call(
            self._client.search,
            index=self._family.alias,
            allow_partial_search_results=False,
            **body,
        )
        found: list[Mapping[str, Any]] = said["hits"]["hits"]
        return found
