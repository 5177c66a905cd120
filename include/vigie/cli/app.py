"""The executable and its commands: `run` and `import` are here, the others in a module a kind."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from vigie.cli import (
    alerting,
    asking,
    backups,
    dashboards,
    digests,
    events,
    feeds,
    filters,
    leaders,
    reworking,
    search_setup,
    sums,
    tables,
    trends,
    watches,
)
from vigie.cli.connections import read_connection
from vigie.cli.process import run_process, set_up_log
from vigie.cli.sums import AsJson, Verbose
from vigie.settings import read_settings
from vigie.steps import passes, rework
from vigie.stores import open_stores

app = typer.Typer(
    name="vigie",
    help="Vigie watches the Élysée and the press: collect, tag, search, and say what is new.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: it is read in the docs too
    add_completion=False,
)
BAD_LINES_SHOWN = 20


def main() -> None:
    """The executable `vigie`."""
    run_process(app)


app.command("extract")(filters.extract)
app.command("tag")(filters.tag)
app.command("detect")(filters.detect)


@app.command()
def run(as_json: AsJson = False, verbose: Verbose = False) -> None:
    """One pass of collect, index and detect over all that is due."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings(), read_connection) as stores, sums.show_progress(as_json) as report:
        done = passes.run_pass(stores, report)
    sums.print_sums(done, as_json)


app.command("search")(asking.search)
app.command("show")(asking.show)
app.command("audit")(asking.audit)
app.command("events")(events.events)
app.command("topics")(trends.topics)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines; - for standard input.")],
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Load old articles: archived, tagged and indexed as if they had been collected."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores, sums.show_progress(as_json) as report:
        with _lines(file) as lines:
            imported, bad = rework.import_lines(stores, lines, where=str(file))
        done = {"import": imported}
        report("import", imported)
        passes.index_all(stores, sums.collecting(done, report))
    for line in bad[:BAD_LINES_SHOWN]:
        tables.print_error(f"vigie: {line.message}")
    if len(bad) > BAD_LINES_SHOWN:
        tables.print_error(f"vigie: {file}: {len(bad) - BAD_LINES_SHOWN} more lines could not be read")
    sums.finish(done, as_json)


app.command("digest")(digests.digest)
app.command("atom")(digests.atom_feed)
app.command("reprocess")(reworking.reprocess)
app.command("rebuild-index")(reworking.rebuild_index)
app.command("setup-search")(search_setup.setup_search)
app.command("search-keys")(search_setup.search_keys)
app.command("import-dashboards")(dashboards.import_dashboards)
app.command("mend-index")(backups.mend_index)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.add_typer(alerting.app, name="alerts")
app.add_typer(feeds.app, name="feeds")
app.add_typer(leaders.app, name="leaders")
app.add_typer(watches.app, name="watches")


@contextmanager
def _lines(file: Path) -> Iterator[Iterable[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    with rework.open_lines(file) as lines:
        yield lines
