"""Watches: the saved searches that alert, what each found and would have found, and a form to make one."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, status
from fastapi.responses import Response
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vigie.adapters.index.port import Index
from vigie.adapters.ledger import watches as ledger_watches
from vigie.adapters.ledger.watches import KeptWatch, WatchOrigin
from vigie.errors import UsageError
from vigie.page.searching.faults import Fault
from vigie.page.serving.desk import ActingDep, Desk, DeskDep
from vigie.page.serving.replies import wants_html
from vigie.steps import watching
from vigie.stores import Stores
from vigie.watches.file import say_fault
from vigie.watches.watch import Watch, make_watch_id, read_watch
from vigie.wire import dump_object

routes = APIRouter()
TRIED = timedelta(days=7)
TRIED_AT_ONCE = 25
"""Watches whose last days are counted: each is a question to the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """One watch that is on. `found` are articles so far, copies included; `unknown` are names that nothing here has.

    `last_days` is how many of the articles published in the last seven days answer it: what it would have found. None
    where there are so many watches that it was not counted.
    """

    watch: Watch
    origin: WatchOrigin
    made_at: datetime
    found: int
    last_found_at: datetime | None
    last_days: int | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watches:
    """The watches by id; `tried_since` is where the seven days of `last_days` begin."""

    tried_since: datetime
    watches: tuple[WatchLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedWatch:
    """What was saved. A name in `unknown` may be a slip: nothing here is called that, so nothing may ever match."""

    watch: Watch
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A watch as a form has it."""

    id: str = ""
    name: str = ""
    query: str = ""
    leaders: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def read_draft(
    watch_id: Annotated[str, Form(alias="id", description="By default made from the name.")] = "",
    name: Annotated[str, Form(description="What its alerts are called.")] = "",
    query: Annotated[str, Form(description='Words, "a phrase", -without.')] = "",
    leader: Annotated[list[str], Form(description="Wikidata id or name.")] = [],  # noqa: B006  # FastAPI copies it
    topic: Annotated[list[str], Form(description="Topic id or label.")] = [],  # noqa: B006
    source: Annotated[list[str], Form(description="Feed id or publisher.")] = [],  # noqa: B006
    kind: Annotated[list[str], Form(description="official or press.")] = [],  # noqa: B006
) -> Draft:
    """The form. A name without an id gives it one."""
    chosen = watch_id.strip() or make_watch_id(name)
    return Draft(id=chosen, name=name, query=query, leaders=leader, topics=topic, sources=source, kinds=kind)


@routes.get("/watches", response_model=Watches, summary="The saved searches that alert")
def show_watches(desk: DeskDep) -> Response:
    """What each looks for, what it found and when, and what it would have found in the last seven days."""
    return _show(desk, Draft(), ())


@routes.post("/watches", response_model=SavedWatch, summary="Save a watch")
def save_watch(
    desk: ActingDep,
    draft: Annotated[Draft, Depends(read_draft)],
    over: Annotated[bool, Form(alias="replace", description="Whether one of this id is changed.")] = False,
) -> Response:
    """Make a watch, or change the one of its id. What was first seen before is not told."""
    saved = write_watch(desk.stores, draft, over=over)
    if isinstance(saved, SavedWatch):
        return desk.done("watched", f"{desk.request.scope.get('root_path', '')}/watches", saved)
    if not wants_html(desk.request):
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "; ".join(map(str, saved)))
    return _show(desk, draft, saved, status.HTTP_422_UNPROCESSABLE_CONTENT)


@routes.post("/watches/{watch_id}/remove", summary="Remove a watch that was made by hand")
def remove_watch(desk: ActingDep, watch_id: str) -> Response:
    """Its alerts stay. A watch of the file is taken out there."""
    watching.sync_watches_file(desk.stores)
    if not ledger_watches.remove_watch(desk.stores.ledger, watch_id, desk.now):
        raise desk.missing(f"no watch has the id {watch_id}")
    return desk.done("unwatched", f"{desk.request.scope.get('root_path', '')}/watches")


def read_watches(stores: Stores, now: datetime) -> Watches:
    """The watches that are on, as the ledger has them; the index counts their last days."""
    kept = ledger_watches.kept_watches(stores.ledger)
    unknown = watching.unknown_names(stores, [each.watch for each in kept])
    since, index = now - TRIED, stores.index
    lines = (
        WatchLine(
            watch=each.watch,
            origin=each.origin,
            made_at=each.made_at,
            found=each.found,
            last_found_at=each.last_found_at,
            last_days=_count(index, each, since) if place < TRIED_AT_ONCE else None,
            unknown=tuple(unknown[each.watch.id]),
        )
        for place, each in enumerate(kept)
    )
    return Watches(tried_since=since, watches=tuple(lines))


def write_watch(stores: Stores, draft: Draft, *, over: bool) -> SavedWatch | tuple[Fault, ...]:
    """Save it as the command does; `over` is whether a watch of this id may be changed."""
    try:
        watch = read_watch(dump_object(draft))
    except ValidationError as error:
        return _tell_faults(draft, error)
    watching.sync_watches_file(stores)
    known = {each.watch.id: each.watch for each in ledger_watches.kept_watches(stores.ledger)}
    if not over and known.get(watch.id, watch) != watch:
        taken = f"watch `{watch.id}` is there already; choose another id, or send replace=true to change it"
        return (Fault(field="id", code="taken", sentence=taken),)
    try:
        ledger_watches.save_watch(stores.ledger, watch, stores.now())
    except UsageError as error:
        return (Fault(field="id", code="file", sentence=str(error)),)
    return SavedWatch(watch=watch, unknown=tuple(watching.unknown_names(stores, [watch])[watch.id]))


def _show(desk: Desk, draft: Draft, faults: tuple[Fault, ...], status_code: int = 200) -> Response:
    view = read_watches(desk.stores, desk.now)
    more: dict[str, Any] = {"draft": draft, "faults": {fault.field: fault for fault in reversed(faults)}}
    return desk.reply("watches.html", view, status_code=status_code, **more)


def _count(index: Index, kept: KeptWatch, since: datetime) -> int:
    return index.search(replace(watching.question_of(kept.watch), since=since, size=0, sort="date")).total


def _tell_faults(draft: Draft, error: ValidationError) -> tuple[Fault, ...]:
    """Each fault once: of a watch without a name, an id that was to be made of it is none."""
    faults = tuple(_fault(found) for found in error.errors())
    unnamed = not draft.id and any(fault.field == "name" for fault in faults)
    return tuple(fault for fault in faults if not (unnamed and fault.field == "id"))


def _fault(found: ErrorDetails) -> Fault:
    """Beside its field; what is wrong with the watch as a whole stands beside what it looks for."""
    named = {"leaders": "leader", "topics": "topic", "sources": "source", "kinds": "kind"}
    place = str(found["loc"][0]) if found["loc"] else "query"
    return Fault(field=named.get(place, place), code=found["type"], sentence=say_fault(found))
