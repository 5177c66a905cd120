"""Writing to Elasticsearch in bulk, with every item's outcome looked at by itself."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.calls import BUSY, Caller
from vigie.adapters.index.port import Refusal
from vigie.errors import PermanentError, TransientError
from vigie.model import ArticleId
from vigie.search.documents import Document

CHUNK_BYTES = 2_000_000
"""Of one request; a single larger document goes alone. Half of what 500 articles make, so that they go as two."""
AT_ONCE = 2
"""Requests under way. A server analyses one on one core: two took two thirds of the time of one after the other."""

_CONFLICT = 409
_NOT_FOUND = 404
_NO_RIGHT = (401, 403)
_CLOSED = "cluster_block_exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One line of a bulk request. Of two versions of an id, the server keeps the higher one; without, the last."""

    op: Literal["index", "delete"]
    index: str
    id: str
    version: int | None = None
    document: Document | None = None

    def write_lines(self) -> str:
        """The action as NDJSON, without the last line's end."""
        where: dict[str, str | int] = {"_index": self.index, "_id": self.id}
        if self.version is not None:
            where |= {"version": self.version, "version_type": "external_gte"}
        lines = [json.dumps({self.op: where}, ensure_ascii=False)]
        if self.document is not None:
            lines.append(json.dumps(self.document, ensure_ascii=False))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was not done: documents that are refused, and actions on an index that is closed to writers."""

    refusals: tuple[Refusal, ...] = ()
    held: tuple[Action, ...] = ()


Written = tuple[Action, str]
"""An action and its lines."""


class _StillBusyError(Exception):
    """Some items were turned away because the server is busy."""


def send_actions(
    client: Elasticsearch, call: Caller, actions: Sequence[Action], *, refresh: bool = True
) -> Sent:
    """Do all of them, visible on return if `refresh`. Raises `TransientError` if some stay turned away.

    Two actions on one id may be done in any order.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        chunks = list(pool.map(lambda chunk: _send_chunk(client, call, chunk, refresh), _chunks(actions)))
    return Sent(
        refusals=tuple(refusal for sent in chunks for refusal in sent.refusals),
        held=tuple(action for sent in chunks for action in sent.held),
    )


def _send_chunk(client: Elasticsearch, call: Caller, chunk: list[Written], refresh: bool) -> Sent:
    """Send, then send again only the items that were turned away, with growing waits."""
    waiting = chunk
    refusals: list[Refusal] = []
    held: list[Action] = []

    def send() -> None:
        nonlocal waiting
        said = call(client.bulk, operations=[lines for _, lines in waiting], refresh=refresh)
        outcomes = [next(iter(item.values())) for item in said["items"]]
        pairs = list(zip(waiting, outcomes, strict=True))
        _check_rights(call, outcomes)
        held.extend(action for (action, _), o in pairs if _is_held(o))
        refusals.extend(_refusal(action, o) for (action, _), o in pairs if _is_refused(o) and not _is_held(o))
        waiting = [written for written, o in pairs if o["status"] in BUSY]
        if waiting:
            raise _StillBusyError

    try:
        call.retrying(lambda error: isinstance(error, _StillBusyError))(send)
    except _StillBusyError as cause:
        busy = f"Elasticsearch at {call.address} is too busy: {len(waiting)} of {len(chunk)} documents"
        raise TransientError(f"{busy} were turned away {call.attempts} times") from cause
    return Sent(refusals=tuple(refusals), held=tuple(held))


def _check_rights(call: Caller, outcomes: Sequence[dict[str, Any]]) -> None:
    """A key that may not write is no fault of a document. Raises `PermanentError`."""
    for outcome in outcomes:
        if outcome["status"] in _NO_RIGHT and not _is_held(outcome):
            reason = outcome.get("error", {}).get("reason", "")
            raise PermanentError(f"Elasticsearch at {call.address} answers {outcome['status']}: {reason}")


def _is_held(outcome: dict[str, Any]) -> bool:
    """Nothing is wrong with the document: its index is being moved."""
    error = outcome.get("error")
    return isinstance(error, dict) and error.get("type") == _CLOSED


def _is_refused(outcome: dict[str, Any]) -> bool:
    """An older version, or a deletion of what is gone, has nothing wrong with it."""
    status = outcome["status"]
    return status >= 400 and status not in (_CONFLICT, _NOT_FOUND) and status not in BUSY


def _refusal(action: Action, outcome: dict[str, Any]) -> Refusal:
    error = outcome.get("error", {})
    cause = error.get("caused_by", {}).get("reason", "")
    reason = f"{error.get('reason', outcome['status'])} {cause}".strip()
    return Refusal(id=ArticleId(action.id), reason=reason[:500])


def _chunks(actions: Sequence[Action]) -> Iterator[list[Written]]:
    chunk: list[Written] = []
    size = 0
    for action in actions:
        lines = action.write_lines()
        length = len(lines.encode())
        if chunk and size + length > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append((action, lines))
        size += length
    if chunk:
        yield chunk
