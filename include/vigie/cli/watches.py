"""`vigie watches`: the saved searches that alert, what each found, and what one would have found."""

from datetime import timedelta
from typing import Annotated

import typer
from pydantic import ValidationError

from vigie.adapters.index.port import MAX_PAGE_SIZE, Hit
from vigie.adapters.ledger import watches as ledger_watches
from vigie.adapters.ledger.watches import KeptWatch
from vigie.cli import printing, tables
from vigie.cli.asking import AsJson
from vigie.cli.lines import Object, write_object
from vigie.errors import UsageError
from vigie.settings import read_settings
from vigie.steps import watching
from vigie.stores import Stores, open_stores
from vigie.watches.file import say_fault
from vigie.watches.watch import Watch, describe_watch, read_watch
from vigie.wire import dump_object

app = typer.Typer(
    help="The watches: saved searches that alert. What each found, and what one would have found.",
    rich_markup_mode=None,
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a watch.")]
Query = Annotated[str, typer.Option(help='Words, "a phrase", -without, as `vigie search` reads them.')]
Leader = Annotated[list[str] | None, typer.Option(help="Wikidata id or name.")]
Topic = Annotated[list[str] | None, typer.Option(help="Topic id or label.")]
Source = Annotated[list[str] | None, typer.Option(help="Feed id or publisher.")]
Kind = Annotated[list[str] | None, typer.Option(help="official or press.")]
Days = Annotated[int, typer.Option(min=1, max=36_500, help="Published in so many days.")]
Size = Annotated[int, typer.Option(min=1, max=MAX_PAGE_SIZE, help="Articles to show.")]


@app.callback(invoke_without_command=True)
def watches(context: typer.Context, as_json: AsJson = False) -> None:
    """The watches that are on, what each looks for, how much it found and when."""
    if context.invoked_subcommand:
        return
    with open_stores(read_settings()) as stores:
        watching.sync_watches_file(stores)
        kept = ledger_watches.kept_watches(stores.ledger)
        unknown = watching.unknown_names(stores, [each.watch for each in kept])
    if as_json:
        write_object({"watches": [_dump(each, unknown[each.watch.id]) for each in kept]})
        return
    _print(kept)
    for each in kept:
        _warn(each.watch, unknown[each.watch.id])


@app.command()
def add(
    watch_id: Id,
    name: Annotated[str, typer.Option(help="What its alerts are called; by default the id.")] = "",
    query: Query = "",
    leader: Leader = None,
    topic: Topic = None,
    source: Source = None,
    kind: Kind = None,
    as_json: AsJson = False,
) -> None:
    """Make a watch, or change the one of this id. What was first seen before is not told."""
    watch = _read(watch_id, name or watch_id, query, leader, topic, source, kind)
    with open_stores(read_settings()) as stores:
        watching.sync_watches_file(stores)
        ledger_watches.save_watch(stores.ledger, watch, stores.now())
        unknown = watching.unknown_names(stores, [watch])[watch.id]
    _warn(watch, unknown)
    if as_json:
        write_object({"watch": dump_object(watch), "unknown": unknown})
    else:
        tables.print_line(f"{watch.id} : {describe_watch(watch)}")


@app.command()
def remove(watch_id: Id, as_json: AsJson = False) -> None:
    """Remove a watch that was made by hand; its alerts stay."""
    with open_stores(read_settings()) as stores:
        watching.sync_watches_file(stores)
        known = ledger_watches.remove_watch(stores.ledger, watch_id, stores.now())
    if not known:
        tables.print_error(f"vigie: no watch has the id {watch_id}; `vigie watches` shows ids")
        raise typer.Exit(1)
    if as_json:
        write_object({"removed": watch_id})
    else:
        tables.print_line(f"{watch_id} : retirée")


@app.command("try")
def try_(
    watch_id: Annotated[str, typer.Argument(metavar="[ID]", help="A watch that is on.")] = "",
    query: Query = "",
    leader: Leader = None,
    topic: Topic = None,
    source: Source = None,
    kind: Kind = None,
    days: Days = 7,
    size: Size = 20,
    as_json: AsJson = False,
) -> None:
    """What a watch, or a search that may become one, finds in the last days; nothing is recorded."""
    given = bool(query or leader or topic or source or kind)
    if bool(watch_id) == given:
        raise UsageError("give the id of a watch, or else --query or filters")
    with open_stores(read_settings()) as stores:
        watch = (
            _find(stores, watch_id) if watch_id else _read("try", "try", query, leader, topic, source, kind)
        )
        unknown = watching.unknown_names(stores, [watch])[watch.id]
        answer = watching.try_watch(stores, watch, timedelta(days=days), size)
    _warn(watch, unknown)
    if as_json:
        write_object({"total": answer.total, "unknown": unknown, "hits": [_hit(hit) for hit in answer.hits]})
    else:
        printing.print_answer(answer)


def _find(stores: Stores, watch_id: str) -> Watch:
    watching.sync_watches_file(stores)
    for each in ledger_watches.kept_watches(stores.ledger):
        if each.watch.id == watch_id:
            return each.watch
    raise UsageError(f"no watch has the id {watch_id}; `vigie watches` shows ids")


def _read(
    watch_id: str,
    name: str,
    query: str,
    leader: list[str] | None,
    topic: list[str] | None,
    source: list[str] | None,
    kind: list[str] | None,
) -> Watch:
    given = {
        "id": watch_id,
        "name": name,
        "query": query,
        "leaders": leader,
        "topics": topic,
        "sources": source,
    }
    try:
        return read_watch(
            {key: value for key, value in {**given, "kinds": kind}.items() if value is not None}
        )
    except ValidationError as error:
        faults = (_say(fault["loc"], say_fault(fault)) for fault in error.errors())
        raise UsageError("\n".join(faults)) from error


def _say(place: tuple[int | str, ...], fault: str) -> str:
    if not place:
        return f"the watch {fault}"
    option = "ID" if place[0] == "id" else f"--{str(place[0]).removesuffix('s')}"
    return f"{option}: {fault}"


def _warn(watch: Watch, unknown: list[str]) -> None:
    for name in unknown:
        tables.print_error(
            f"vigie: watch {watch.id}: {name}: nothing here is called that, so nothing may ever match"
        )


def _dump(each: KeptWatch, unknown: list[str]) -> Object:
    counts = {"origin": each.origin, "made_at": each.made_at, "found": each.found}
    return {**dump_object(each.watch), **counts, "last_found_at": each.last_found_at, "unknown": unknown}


def _hit(hit: Hit) -> Object:
    kept = ("id", "title", "url", "source", "publisher", "published_at")
    return {**{name: hit.document[name] for name in kept}, "snippet": tables.strip_marks(hit.snippet)}


def _print(kept: list[KeptWatch]) -> None:
    rows = [
        (
            each.watch.id,
            each.watch.name,
            describe_watch(each.watch),
            "fichier" if each.origin == "file" else "à la main",
            each.found,
            each.last_found_at,
        )
        for each in kept
    ]
    tables.print_table(("Veille", "Nom", "Cherche", "Faite", "Articles", "Dernier"), rows)
