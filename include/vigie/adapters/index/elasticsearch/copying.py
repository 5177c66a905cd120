"""Copying one index to another while it is written to: compare the two, and do what differs.

Both are read in the order of their ids, a page at a time, so nothing is held open on the server, and a copy that was
stopped goes on where it was. No `_reindex` and no scripts: this is the client's own search and bulk.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action, send_actions
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.names import Family
from vigie.adapters.index.port import Refusal
from vigie.batches import in_batches
from vigie.errors import PermanentError
from vigie.search.documents import Document

_SCAN = 5_000
_AT_ONCE = 100
"""Documents in memory: of the longest, half a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copier:
    """Copies documents of one family; `fit` makes a document fit for where it goes."""

    client: Elasticsearch
    call: Caller
    family: Family
    fit: Callable[[Document], Document]

    def bring_up(self, source: str, target: str) -> int:
        """Make `target` hold what `source` holds; how many documents were written or deleted.

        Raises `PermanentError` when the target refuses one: then its mapping is wrong, and nothing should be swapped.
        """
        for name in (source, target):
            self.call(self.client.indices.refresh, index=name)
        done = 0
        for wanted, ids in _runs(self._differences(source, target)):
            for batch in in_batches(ids, _AT_ONCE):
                done += len(batch)
                actions = self._puts(source, target, batch) if wanted else _deletes(target, batch)
                sent = send_actions(self.client, self.call, actions, refresh=False)
                if sent.refusals or sent.held:
                    raise self._refused(target, sent.refusals)
        self.call(self.client.indices.refresh, index=target)
        return done

    def _differences(self, source: str, target: str) -> Iterator[tuple[bool, str]]:
        """Ids to put (True), because they are not there or otherwise, and ids to delete, because they are gone."""
        new, old = self._stamps(source), self._stamps(target)
        left, right = next(new, None), next(old, None)
        while left or right:
            if left and (right is None or left[0] <= right[0]):
                is_there = right is not None and right[0] == left[0]
                if left != right:
                    yield True, left[0]
                left, right = next(new, None), next(old, None) if is_there else right
            elif right:
                yield False, right[0]
                right = next(old, None)

    def _stamps(self, index: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every id with what tells one document of it from another, in the order of the ids."""
        body: dict[str, Any] = {"sort": [{"id": "asc"}], "size": _SCAN, "source": list(self.family.stamps)}
        while True:
            said = self.call(self.client.search, index=index, query={"match_all": {}}, **body)
            found = said["hits"]["hits"]
            for hit in found:
                yield hit["_id"], tuple(hit["_source"].get(stamp) for stamp in self.family.stamps)
            if len(found) < _SCAN:
                return
            body["search_after"] = found[-1]["sort"]

    def _puts(self, source: str, target: str, ids: Sequence[str]) -> list[Action]:
        said = self.call(
            self.client.search, index=source, query={"terms": {"id": list(ids)}}, size=len(ids), source=True
        )
        documents = (self.fit(hit["_source"]) for hit in said["hits"]["hits"])
        return [
            Action(op="index", index=target, id=d["id"], version=d.get("version"), document=d)
            for d in documents
        ]

    def _refused(self, target: str, refusals: Sequence[Refusal]) -> PermanentError:
        first = f"{refusals[0].id}: {refusals[0].reason}" if refusals else "it takes no writes"
        return PermanentError(
            f"Elasticsearch at {self.call.address}: {target} does not take what is there: {first}; readers see the old one"
        )


def _deletes(target: str, ids: Sequence[str]) -> list[Action]:
    return [Action(op="delete", index=target, id=article_id) for article_id in ids]


def _runs(differences: Iterator[tuple[bool, str]]) -> Iterator[tuple[bool, Iterator[str]]]:
    """What is to be put and what is to be deleted, in turn."""
    for wanted, group in groupby(differences, key=lambda difference: difference[0]):
        yield wanted, (article_id for _wanted, article_id in group)
