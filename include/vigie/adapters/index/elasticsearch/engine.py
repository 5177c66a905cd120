"""The index on a cluster: Elasticsearch 9. Monthly indices of `first_seen_at` behind one alias.

Needs templates, aliases, bulk with external versions, search and `search_after`; no scripts, no update or delete by
query, no lifecycle management. Credentials stay in the client: no message holds them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.connecting import caller_for, connect
from vigie.adapters.index.elasticsearch.findings import ElasticsearchFindings
from vigie.adapters.index.elasticsearch.names import list_families
from vigie.adapters.index.elasticsearch.queries import build_search, read_facets, write_next
from vigie.adapters.index.elasticsearch.setting_up import FamilySetup
from vigie.adapters.index.elasticsearch.there import FamilyThere, forget_shared, put_shared
from vigie.adapters.index.elasticsearch.writing import Writer
from vigie.adapters.index.port import (
    PREFIX,
    Answer,
    Findings,
    Hit,
    Question,
    Refusal,
    SetUp,
    check_page_size,
)
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.model import ArticleId
from vigie.search.documents import Document, passage_of
from vigie.search.findings import FINDING_KINDS, FindingKind
from vigie.search.mapping import find_fault
from vigie.search.questions import read_typed_text
from vigie.search.snippets import make_snippet

_SCAN = 5_000
_IDS = 1_000
_DOCUMENTS = 200


def open_elasticsearch(
    url: str,
    *,
    api_key: str | None,
    ca_file: Path | None,
    timeout_s: float,
    prefix: str = PREFIX,
    task: str | None = None,
    patient: bool = True,
) -> "ElasticsearchIndex":
    """The index on the server at `url`; nothing is asked of it yet. `task` is the X-Opaque-Id of every request."""
    client = connect(url, api_key=api_key, ca_file=ca_file, timeout_s=timeout_s, task=task)
    return ElasticsearchIndex(client, caller_for(url, ca_file, patient=patient), prefix=prefix)


class ElasticsearchIndex:
    """An `Index` behind the alias `prefix`. `client` is never asked `GET /` and must not retry by itself."""

    can_refill = True

    def __init__(self, client: Elasticsearch, caller: Caller, *, prefix: str = PREFIX) -> None:
        self._client = client
        self._call = caller
        self._alias = prefix
        self._families = list_families(prefix)
        self._writer = Writer(client, caller, self._families["articles"])
        self._findings = {
            kind: ElasticsearchFindings(client, caller, kind, self._families[kind]) for kind in FINDING_KINDS
        }

    def begin(self) -> None:
        """Templates and the first generation, on a server that has no index under any of the names."""
        once = replace(self._call, attempts=1)
        families = self._families.values()
        with suppress(TransientError, PermanentError):  # whatever is wrong, the first write says it
            if not any(FamilyThere(self._client, once, family).names() for family in families):
                self.set_up()

    def set_up(self) -> tuple[SetUp, ...]:
        """What all share first, then family after family: the template, then what is behind the alias."""
        put_shared(self._client, self._call, self._families.values())
        return tuple(setup.set_up() for setup in self._setups())

    def roll_back(self) -> tuple[SetUp, ...]:
        """Every family of which an older generation is kept."""
        done = tuple(said for setup in self._setups() if (said := setup.roll_back()))
        if not done:
            raise UsageError(
                f"Elasticsearch at {self._call.address} keeps no older generation: nothing to go back to"
            )
        return done

    def drop_kept(self) -> tuple[str, ...]:
        """Of every family."""
        return tuple(name for setup in self._setups() for name in setup.drop_kept())

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Write in bulk, each to its month; what cannot be taken is refused and the rest goes in."""
        faults = [(document, find_fault(document)) for document in documents]
        refusals = [Refusal(id=ArticleId(str(d.get("id"))), reason=fault) for d, fault in faults if fault]
        actions = [_put_action(document) for document, fault in faults if not fault]
        return (*refusals, *self._writer.send(actions))

    def delete(self, ids: Iterable[ArticleId]) -> None:
        """Find the months of the ids, then delete in bulk."""
        asked = list(ids)
        for start in range(0, len(asked), _IDS):
            found = self._find(asked[start : start + _IDS], source=["version"])
            self._writer.send([self._delete_action(hit) for hit in found])

    def get(self, article_id: ArticleId) -> Document | None:
        """The document, found through the alias: its month need not be known."""
        found = self._find([article_id], source=True)
        return found[0]["_source"] if found else None

    def get_many(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Document]:
        """By pages: together they may be too large for one answer."""
        asked = list(dict.fromkeys(ids))
        pages = (asked[start : start + _DOCUMENTS] for start in range(0, len(asked), _DOCUMENTS))
        return {ArticleId(h["_id"]): h["_source"] for page in pages for h in self._find(page, source=True)}

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
        """The alerts, the topics or what stands beside them."""
        return self._findings[kind]

    def clear(self) -> None:
        """Delete every index of every family and generation, then set up again."""
        self._take_away()
        self.set_up()
        for writer in (self._writer, *(findings.writer for findings in self._findings.values())):
            writer.forget()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _take_away(self) -> None:
        for setup in self._setups():
            setup.clear()
        forget_shared(self._client, self._call, self._families.values())

    def _setups(self) -> list[FamilySetup]:
        return [FamilySetup(self._client, self._call, family) for family in self._families.values()]

    def _delete_action(self, hit: Mapping[str, Any]) -> Action:
        part, _generation = self._families["articles"].read(hit["_index"])
        return Action(op="delete", index=part, id=hit["_id"], version=hit["_source"]["version"])

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
            **body,
        )
        return said


def _put_action(document: Document) -> Action:
    month = str(document["first_seen_at"])[:7].replace("-", ".")
    return Action(op="index", index=month, id=document["id"], version=document["version"], document=document)
