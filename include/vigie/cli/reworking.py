"""`vigie reprocess` and `vigie rebuild-index`: what was done before, done again."""

from datetime import datetime
from typing import Annotated

import typer

from vigie.cli import tables
from vigie.cli.lines import write_object
from vigie.cli.process import set_up_log
from vigie.cli.sums import AsJson, Verbose, collecting, finish, show_progress
from vigie.dates import moments
from vigie.errors import UsageError
from vigie.settings import read_settings
from vigie.steps import passes, publishing, retagging, rework
from vigie.stores import Stores, open_stores
from vigie.tagging.comparing import TagChanges

ROWS_SHOWN = 40
KINDS = {
    **{"leader": "dirigeant", "topic": "thème", "place": "lieu", "organization": "organisation"},
    **{"speaker": "citation de", "event": "événement"},
}


def reprocess(
    since: Annotated[str | None, typer.Option(help="First seen from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="First seen up to this day, included.")] = None,
    tags_only: Annotated[
        bool, typer.Option("--tags-only", help="Only what other rules tagged, from the text in the index.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing: say which tags articles would gain and lose.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="With --dry-run: so many articles, spread over the range.")
    ] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Extract, tag and index a range again, from the archive: after a word list changed, for example."""
    set_up_log(verbose=verbose)
    if limit and not dry_run:
        raise UsageError("--limit: only with --dry-run; a range is done with --since and --until")
    first, last = moments.read_start(since, "--since"), moments.read_end(until, "--until")
    with open_stores(read_settings()) as stores:
        if dry_run:
            _compare(stores, first, last, limit, as_json)
            return
        with show_progress(as_json) as report:
            if tags_only:
                done = {"reprocess": retagging.reopen_stale(stores, first, last, report)}
            else:
                done = {"reprocess": rework.reprocess(stores, first, last)}
            passes.index_all(stores, collecting(done, report))
    finish(done, as_json)


def rebuild_index(
    empty: Annotated[
        bool, typer.Option("--empty", help="Empty it first: for an index on a server that is broken.")
    ] = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Fill the index again from archive and ledger: one on a server under its readers' eyes, a folder from nothing."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores, show_progress(as_json) as report:
        done = {"reopen": rework.begin_rebuild(stores, empty=empty)}
        done["publish"] = publishing.publish_findings(stores)
        passes.index_all(stores, collecting(done, report))
        strangers = rework.end_rebuild(stores)
        if as_json or strangers.taken:
            done["strangers"] = strangers
    finish(done, as_json)


def _compare(
    stores: Stores, first: datetime | None, last: datetime | None, limit: int | None, as_json: bool
) -> None:
    with show_progress(as_json) as report:
        changes, stale = retagging.compare_tags(stores, first, last, limit=limit, report=report)
    if as_json:
        write_object(_as_object(changes, stale))
    else:
        _print_changes(changes, stale)


def _as_object(changes: TagChanges, stale: int) -> dict[str, object]:
    tags = [
        {"kind": name.kind, "name": name.name, "gained": gained, "lost": lost}
        for name, gained, lost in changes.rows()
    ]
    return {"stale": stale, "seen": changes.seen, "changed": changes.changed, "tags": tags}


def _print_changes(changes: TagChanges, stale: int) -> None:
    tables.print_line(
        f"{stale} articles étiquetés par d'autres règles ; {changes.seen} relus, {changes.changed} changeraient."
    )
    rows = changes.rows()
    if not rows:
        return
    shown = [(KINDS[name.kind], name.name, f"+{up}", f"-{down}") for name, up, down in rows[:ROWS_SHOWN]]
    tables.print_table(("Genre", "Étiquette", "Gagnent", "Perdent"), shown)
    if len(rows) > ROWS_SHOWN:
        tables.print_line(f"… et {len(rows) - ROWS_SHOWN} autres étiquettes ; toutes avec --json.")
