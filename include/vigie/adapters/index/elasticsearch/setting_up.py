"""Setting up one family on the cluster: made, extended, moved to a new generation, moved back. See decision 10.

A move: the new generation is filled beside the old one while that is read and written; then the old one is closed to
writers, the last differences are copied, and one request to `_aliases` shows the new one. Whoever wrote meanwhile waits
for that and writes to the new one. Whatever moment it is killed at, it can be called again.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from vigie.adapters.index.elasticsearch.calls import Caller
from vigie.adapters.index.elasticsearch.copying import Copier
from vigie.adapters.index.elasticsearch.names import Family, is_addition, read_wanted
from vigie.adapters.index.elasticsearch.there import FamilyThere
from vigie.adapters.index.port import Change, SetUp
from vigie.errors import PermanentError
from vigie.search.documents import Document, complete_document
from vigie.search.mapping import FIELDS

ROUNDS = 5
FEW = 200
"""Differences that are copied in a second: then writers may be made to wait for them."""


class FamilySetup:
    """Needs the rights on templates, which writers do not have."""

    def __init__(self, client: Elasticsearch, caller: Caller, family: Family) -> None:
        self._client = client
        self._call = caller
        self._family = family
        self._wanted = read_wanted(family.file)
        self._there = FamilyThere(client, caller, family)

    def set_up(self) -> SetUp:
        """Bring the cluster up to the files; what all families share is there."""
        current = self._there.current()
        if current is None:
            return self._make()
        if current and self._there.meta(current).get("digest") == self._wanted.digest:
            self._there.open(current)
            return self._say("none", current)
        if current and self._extend(current):
            return self._say("extended", current)
        target = self._next(current)
        return self._say("moved", target, self._move(current, target))

    def roll_back(self) -> SetUp | None:
        """Show the newest generation that is older than the one that is seen; None when none is kept."""
        current = self._there.current() or 0
        older = [generation for generation in self._there.generations() if generation < current]
        if not older:
            return None
        target = max(older)
        return self._say("returned", target, self._move(current, target))

    def drop_kept(self) -> tuple[str, ...]:
        """Delete every generation that is not seen, and its template."""
        current = self._there.current()
        if current is None:
            return ()
        gone = [name for name in self._there.names() if self._family.read(name)[1] != current]
        for name in gone:
            self._call(self._client.indices.delete, index=name, ignore_unavailable=True)
        for generation in {self._family.read(name)[1] for name in gone}:
            self._there.forget_template(generation)
        return tuple(gone)

    def clear(self) -> None:
        """Delete all there is of the family."""
        for generation in self._there.generations():
            self._there.forget_template(generation)
        for name in self._there.names():
            self._call(self._client.indices.delete, index=name, ignore_unavailable=True)

    def _make(self) -> SetUp:
        generation = max(self._there.generations(), default=0) + 1
        self._there.put_template(generation, anew=True)
        self._there.create(self._family.head, generation)
        return self._say("made", generation)

    def _extend(self, current: int) -> bool:
        """Add what is new in place, if nothing else changed."""
        if self._there.meta(current).get("analysis") != self._wanted.analysis_digest:
            return False
        mappings = self._wanted.mappings
        if not is_addition(self._there.mappings(current)["properties"], mappings["properties"]):
            return False
        fixed = ("number_of_shards",)
        settings = {key: v for key, v in self._wanted.settings["index"].items() if key not in fixed}
        names = ",".join(self._there.names_of(current))
        try:
            self._call(self._client.indices.put_settings, index=names, settings=settings)
            self._call(self._client.indices.put_mapping, index=names, properties=mappings["properties"])
        except PermanentError as refused:
            if isinstance(refused.__cause__, ApiError) and refused.__cause__.meta.status == 400:
                return False
            raise
        self._there.put_template(current, anew=True)
        # Last: killed before this, the next call does it all once more.
        self._call(self._client.indices.put_mapping, index=names, meta=self._wanted.meta)
        return True

    def _next(self, current: int) -> int:
        """A generation of these files that is there already, from a move that was stopped, or a new one."""
        there = [g for g in self._there.generations() if g not in (0, current)]
        fitting = [g for g in there if self._there.meta(g).get("digest") == self._wanted.digest]
        return max(fitting, default=max([current, *there]) + 1)

    def _move(self, source: int, target: int) -> int:
        """Show `target` instead of `source`; how many documents were copied."""
        self._there.open_unseen(target)
        fit = partial(_fit, fields=self._there.mappings(target)["properties"], is_article=self._is_article)
        copier = Copier(client=self._client, call=self._call, family=self._family, fit=fit)
        seen: dict[str, int] = {}
        copied = 0
        for _round in range(ROUNDS):
            last = self._copy(copier, source, target, seen)
            copied += last
            if last <= FEW:
                break
        try:
            self._there.close(source)
            copied += self._copy(copier, source, target, seen)
            self._there.put_template(target)
            self._swap(target)
        except BaseException:
            if self._there.current() == source:
                self._there.open(source)
            raise
        return copied

    def _copy(self, copier: Copier, source: int, target: int, seen: dict[str, int]) -> int:
        """Every month that changed since it was last looked at."""
        copied = 0
        for name in self._there.names_of(source):
            at = self._there.last_operation(name)
            if seen.get(name) == at:
                continue
            part, _generation = self._family.read(name)
            copied += copier.bring_up(name, self._there.create(part, target))
            seen[name] = at
        return copied

    def _swap(self, target: int) -> None:
        """One request: readers see all of the one or all of the other."""
        alias, shown = self._family.alias, self._there.names_of(target)
        away = [name for name in self._there.behind() if name not in shown]
        actions = [{"remove": {"index": name, "alias": alias}} for name in away]
        actions += [{"add": {"index": name, "alias": alias}} for name in shown]
        self._call(self._client.indices.update_aliases, actions=actions)

    @property
    def _is_article(self) -> bool:
        return self._family.name == "articles"

    def _say(self, change: Change, generation: int, copied: int = 0) -> SetUp:
        kept = [name for name in self._there.names() if self._family.read(name)[1] != generation]
        return SetUp(
            name=self._family.name, change=change, generation=generation, copied=copied, kept=tuple(kept)
        )


def _fit(document: Document, *, fields: Mapping[str, Any], is_article: bool) -> Document:
    """With the fields that are new, and without those that the target does not know."""
    if is_article and not FIELDS.keys() <= document.keys():
        document = complete_document(document)
    return {name: value for name, value in document.items() if name in fields}
