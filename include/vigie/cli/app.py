"""The commands that work: one pass, an import, a range again, the index anew. `asking` has those that only look."""

import dataclasses
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vigie.cli import asking, feeds, filters, moments, tables
from vigie.cli.lines import write_object
from vigie.cli.process import run_process, set_up_log
from vigie.model import Sums
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
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log each step on standard error.")]
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
    with open_stores(read_settings()) as stores, _progress(as_json) as report:
        sums = passes.run_pass(stores, report)
    _print_sums(sums, as_json)


app.command("search")(asking.search)
app.command("show")(asking.show)
app.command("audit")(asking.audit)
app.command("alerts")(asking.alerts)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines; - for standard input.")],
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Load old articles: archived, tagged and indexed as if they had been collected."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores, _progress(as_json) as report:
        with _lines(file) as lines:
            sums, bad = rework.import_lines(stores, lines, where=str(file))
        done = {"import": sums}
        report("import", sums)
        passes.index_all(stores, _collecting(done, report))
    for line in bad[:BAD_LINES_SHOWN]:
        tables.print_error(f"vigie: {line.message}")
    if len(bad) > BAD_LINES_SHOWN:
        tables.print_error(f"vigie: {file}: {len(bad) - BAD_LINES_SHOWN} more lines could not be read")
    _finish(done, as_json)


@app.command()
def reprocess(
    since: Annotated[str | None, typer.Option(help="First seen from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="First seen up to this day, included.")] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Extract, tag and index a range again, from the archive: after a word list changed, for example."""
    set_up_log(verbose=verbose)
    first, last = moments.read_start(since, "--since"), moments.read_end(until, "--until")
    with open_stores(read_settings()) as stores, _progress(as_json) as report:
        done = {"reprocess": rework.reprocess(stores, first, last)}
        passes.index_all(stores, _collecting(done, report))
    _finish(done, as_json)


@app.command("rebuild-index")
def rebuild_index(as_json: AsJson = False, verbose: Verbose = False) -> None:
    """Empty the index and fill it again from archive and ledger."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores, _progress(as_json) as report:
        done = {"reopen": rework.empty_index(stores)}
        passes.index_all(stores, _collecting(done, report))
    _finish(done, as_json)


app.add_typer(feeds.app, name="feeds")


def _finish(done: Mapping[str, Sums], as_json: bool) -> None:
    _print_sums(done, as_json)
    raise typer.Exit(1 if any(one.failed for one in done.values()) else 0)


def _print_sums(sums: Mapping[str, Sums], as_json: bool) -> None:
    if as_json:
        write_object({name: dataclasses.asdict(one) for name, one in sums.items()})
    else:
        tables.print_line(tables.describe_sums(sums))


@contextmanager
def _progress(quiet: bool) -> Iterator[passes.Report]:
    """A status line on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _name, _sums: None
        return
    with console.status("vigie…") as status:
        yield lambda name, sums: status.update(f"{name}: {sums.done} / {sums.taken}")


@contextmanager
def _lines(file: Path) -> Iterator[Iterable[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    with rework.open_lines(file) as lines:
        yield lines


def _collecting(done: dict[str, Sums], report: passes.Report) -> passes.Report:
    def add(name: str, more: Sums) -> None:
        done[name] = done.get(name, Sums()) + more
        report(name, done[name])

    return add
