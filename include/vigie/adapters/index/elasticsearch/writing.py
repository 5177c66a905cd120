"""Where a write goes now: to the generation that readers see, also while that is being changed.

Needs no right on templates: a month is made from the template that is there. While the generations are changed the old
one takes no writes for a moment; what was turned away then is sent again, to whichever generation is seen by then. On a
generation of another Vigie's files, between an upgrade and its set-up, fields that it does not know are left out: the
set-up fills them in when it copies.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.bulk import Action, send_actions
from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.names import Family, read_wanted
from vigie.adapters.index.port import Refusal
from vigie.errors import TransientError, UsageError

log = logging.getLogger(__name__)
HELD_ATTEMPTS = 9
"""With the caller's waits about half a minute: the last differences of a large month are copied in less."""


_UNKNOWN = -1


class _HeldError(Exception):
    """The indices are closed to writers."""


class Writer:
    """Writes to one family. What it knows of the cluster is asked once, and again when a write is turned away."""

    def __init__(self, client: Elasticsearch, caller: Caller, family: Family) -> None:
        self._client = client
        self._call = caller
        self._family = family
        self._generation = _UNKNOWN
        self._visible: frozenset[str] = frozenset()
        self._fields: frozenset[str] | None = None

    def send(self, actions: Sequence[Action]) -> tuple[Refusal, ...]:
        """Do all of them, each `index` being a part of the family. Visible on return."""
        refusals: list[Refusal] = []
        waiting = list(actions)

        def attempt() -> None:
            nonlocal waiting
            names = self._names_of({action.index for action in waiting})
            there = [self._fit(replace(action, index=names[action.index])) for action in waiting]
            sent = send_actions(self._client, self._call, there)
            refusals.extend(sent.refusals)
            waiting = [replace(a, index=self._family.read(a.index)[0]) for a in sent.held]
            if waiting:
                self.forget()
                raise _HeldError

        if waiting:
            self._again_while_held(attempt)
        return tuple(refusals)

    def forget(self) -> None:
        """Ask the cluster again."""
        self._generation = _UNKNOWN

    def _again_while_held(self, attempt: Callable[[], None]) -> None:
        retrying = self._call.retrying(lambda error: isinstance(error, _HeldError), HELD_ATTEMPTS)
        try:
            retrying(attempt)
        except _HeldError as cause:
            raise TransientError(
                f"{self._family.alias} on Elasticsearch at {self._call.address} takes no writes: it is being changed;"
                " if that was stopped, run `vigie setup-search` again"
            ) from cause

    def _names_of(self, parts: Iterable[str]) -> dict[str, str]:
        """The index of each part, made where it is not there."""
        if self._generation == _UNKNOWN:
            self._look()
        names = {part: self._index(part) for part in parts}
        missing = sorted(set(names.values()) - self._visible)
        if not missing:
            return names
        for name in missing:
            self._call(self._client.options(ignore_status=400).indices.create, index=name)
        self._look()
        names = {part: self._index(part) for part in parts}
        strays = sorted(set(names.values()) - self._visible)
        if strays and set(strays) <= set(missing):
            raise self._not_set_up(f"{strays[0]} was not made from the template of {self._family.alias}")
        # The generation changed under our hands: its own months are made by the next look.
        return self._names_of(parts) if strays else names

    def _fit(self, action: Action) -> Action:
        if action.document is None or self._fields is None:
            return action
        known = {name: value for name, value in action.document.items() if name in self._fields}
        return replace(action, document=known)

    def _index(self, part: str) -> str:
        return self._family.index(part, self._generation)

    def _look(self) -> None:
        """Which generation is seen, and which of its indices are there."""
        alias = self._family.alias
        said = self._call(self._client.options(ignore_status=404).indices.get_alias, name=alias)
        behind = [name for name, about in said.items() if isinstance(about, dict) and "aliases" in about]
        if not behind:
            raise self._not_set_up(f"there is no {alias}")
        heads = [self._family.read(name)[1] for name in behind if self._is_head(name)]
        if not heads:
            raise self._not_set_up(f"{alias} is of an older Vigie")
        self._compare(self._family.index(self._family.head, heads[0]))
        self._generation, self._visible = heads[0], frozenset(behind)

    def _is_head(self, name: str) -> bool:
        part, generation = self._family.read(name)
        return part == self._family.head and generation > 0

    def _compare(self, head: str) -> None:
        """Whether it is of our files; if not, which fields it knows."""
        mappings = self._call(self._client.indices.get_mapping, index=head)[head]["mappings"]
        self._fields = None
        if mappings.get("_meta", {}).get("digest") != read_wanted(self._family.file).digest:
            self._fields = frozenset(mappings.get("properties", {}))
            log.warning("%s is of another version of Vigie; run `vigie setup-search`", self._family.alias)

    def _not_set_up(self, why: str) -> UsageError:
        return UsageError(f"Elasticsearch at {self._call.address}: {why}; run `vigie setup-search`")
