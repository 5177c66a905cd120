"""The index on a cluster: Elasticsearch 9. Monthly indices of `first_seen_at` behind one alias.

Needs templates, aliases, bulk with external versions, search and `search_after`; no scripts, no update or delete by
query, no lifecycle management. Credentials stay in the client: no message holds them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action, send_actions
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.findings import TEMPLATES, ElasticsearchFindings
from vigie.adapters.index.elasticsearch.queries import build_search, read_facets, write_next
from vigie.adapters.index.port import PREFIX, Answer, Findings, Hit, Question, Refusal, check_page_size
from vigie.model import ArticleId
from vigie.search.documents import Document, passage_of
from vigie.search.findings import FINDING_KINDS, FindingKind
from vigie.search.mapping import find_fault
from vigie.search.questions import read_typed_text
from vigie.search.snippets import make_snippet
from vigie.urls import hide_credentials

_SCAN = 5_000
_IDS = 1_000


def open_elasticsearch(
    url: str, *, api_key: str | None, ca_file: Path | None, timeout_s: float, prefix: str = PREFIX
) -> "ElasticsearchIndex":
    """The index on the server at `url`; nothing is asked of it yet."""
    parts = urlsplit(url)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    client = Elasticsearch(
        [_with_port(hide_credentials(url))],
        api_key=api_key,
        basic_auth=None if api_key else login,
        ca_certs=str(ca_file) if ca_file else DEFAULT,
        request_timeout=timeout_s,
        max_retries=0,  # the caller retries, with waits
    )
    return ElasticsearchIndex(client, Caller(address=hide_credentials(url)), prefix=prefix)


def _with_port(url: str) -> str:
    """The client wants the port said."""
    parts = urlsplit(url)
    if parts.port:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{443 if parts.scheme == 'https' else 9200}").geturl()


class ElasticsearchIndex:
    """An `Index` behind the alias `prefix`. `client` is never asked `GET /` and must not retry by itself."""

    def __init__(self, client: Elasticsearch, caller: Caller, *, prefix: str = PREFIX) -> None:
        self._client = client
        self._call = caller
        self._alias = prefix
        self._months: set[str] = set()
        self._findings = {
            kind: ElasticsearchFindings(client, caller, kind, articles=prefix) for kind in FINDING_KINDS
        }

    def set_up(self) -> None:
        """Bring the templates up to date and make the alias answer, by an empty index where there is no month yet.

        Months that are there get the fields that are new; a kind that changed wants a rebuild, and the server says so.
        """
        cluster, indices = self._client.cluster, self._client.indices
        name = f"{self._alias}-analysis"
        self._call(cluster.put_component_template, name=name, **self._load("analysis"))
        template = self._load("template")
        self._call(indices.put_index_template, name=self._alias, **template)
        if self._call(indices.exists_alias, name=self._alias):
            fields = template["template"]["mappings"]["properties"]
            self._call(indices.put_mapping, index=self._alias, properties=fields)
        else:
            self._create(f"{self._alias}-0000.00")
        for findings in self._findings.values():
            findings.set_up()

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Write in bulk, each to its month; what cannot be taken is refused and the rest goes in."""
        faults = [(document, find_fault(document)) for document in documents]
        refusals = [Refusal(id=ArticleId(str(d.get("id"))), reason=fault) for d, fault in faults if fault]
        actions = [self._put_action(document) for document, fault in faults if not fault]
        for month in sorted({action.index for action in actions} - self._months):
            self._ensure_month(month)
        return (*refusals, *send_actions(self._client, self._call, actions))

    def delete(self, ids: Iterable[ArticleId]) -> None:
        """Find the months of the ids, then delete in bulk."""
        asked = list(ids)
        for start in range(0, len(asked), _IDS):
            found = self._find(asked[start : start + _IDS], source=["version"])
            actions = [
                Action(op="delete", index=h["_index"], id=h["_id"], version=h["_source"]["version"])
                for h in found
            ]
            send_actions(self._client, self._call, actions)

    def get(self, article_id: ArticleId) -> Document | None:
        """The document, found through the alias: its month need not be known."""
        found = self._find([article_id], source=True)
        return found[0]["_source"] if found else None

    def search(self, question: Question) -> Answer:
        """One request; never an answer of some shards only."""
        check_page_size(question.size)
        typed = read_typed_text(question.text)
        body = build_search(question, typed)
        said = self._search(**body)
        found = said["hits"]["hits"]
        hits = tuple(
            Hit(
                id=ArticleId(h["_id"]),
                document=h["_source"],
                snippet=make_snippet(passage_of(h["_source"]), typed.required),
            )
            for h in found[: question.size]
        )
        return Answer(
            total=said["hits"]["total"]["value"],
            hits=hits,
            facets=read_facets(question.facets, said.get("aggregations", {})),
            next=write_next(question, typed, found),
        )

    def versions(self) -> Iterator[tuple[ArticleId, int]]:
        """Page through all ids in their order; nothing is held open on the server."""
        body: dict[str, Any] = {"sort": [{"id": "asc"}], "size": _SCAN, "source": ["version"]}
        while True:
            found = self._search(query={"match_all": {}}, **body)["hits"]["hits"]
            yield from ((ArticleId(h["_id"]), int(h["_source"]["version"])) for h in found)
            if len(found) < _SCAN:
                return
            body["search_after"] = found[-1]["sort"]

    def findings(self, kind: FindingKind) -> Findings:
        """The alerts or the topics, set up with the articles where they are not there."""
        findings = self._findings[kind]
        if not findings.is_there():
            self.set_up()
        return findings

    def clear(self) -> None:
        """Delete every month, and the alerts and topics, then set up again."""
        self._months.clear()
        for findings in self._findings.values():
            findings.clear()
        behind = self._call(self._client.indices.get, index=f"{self._alias}-*", expand_wildcards="all")
        for name in behind:
            self._call(self._client.indices.delete, index=name, ignore_unavailable=True)
        self.set_up()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _put_action(self, document: Document) -> Action:
        month = str(document["first_seen_at"])[:7].replace("-", ".")
        return Action(
            op="index",
            index=f"{self._alias}-{month}",
            id=document["id"],
            version=document["version"],
            document=document,
        )

    def _ensure_month(self, month: str) -> None:
        """A month that made itself would have a guessed mapping if the template were not there: make it by hand."""
        if not self._call(self._client.indices.exists, index=month):
            self.set_up()
            self._create(month)
        self._months.add(month)

    def _create(self, name: str) -> None:
        self._call(self._client.options(ignore_status=400).indices.create, index=name)

    def _find(self, ids: Sequence[str], *, source: bool | list[str]) -> list[dict[str, Any]]:
        query = {"terms": {"id": list(ids)}}
        found: list[dict[str, Any]] = self._search(query=query, size=len(ids), source=source)["hits"]["hits"]
        return found

    def _search(self, **body: Any) -> Mapping[str, Any]:
        """Search through the alias; before `set_up` there is none, and nothing is in it."""
        said: Mapping[str, Any] = self._call(
            self._client.search,
            index=self._alias,
            allow_partial_search_results=False,
            ignore_unavailable=True,
            **body,
        )
        return said

    def _load(self, name: str) -> dict[str, Any]:
        """A file of templates, under the name of this index's alias. The client calls `_meta` `meta`."""
        text = (TEMPLATES / f"{name}.json").read_text(encoding="utf-8").replace(PREFIX, self._alias)
        return {key.lstrip("_"): value for key, value in json.loads(text).items()}
