"""The sums of a command that works: told while it runs, printed at its end, and its exit code."""

import dataclasses
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from vigie.cli import tables
from vigie.cli.lines import write_object
from vigie.model import Sums
from vigie.steps import passes

log = logging.getLogger(__name__)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log each step on standard error.")]


def finish(done: Mapping[str, Sums], as_json: bool) -> None:
    print_sums(done, as_json)
    raise typer.Exit(1 if any(one.failed for one in done.values()) else 0)


def print_sums(sums: Mapping[str, Sums], as_json: bool) -> None:
    if as_json:
        write_object({name: dataclasses.asdict(one) for name, one in sums.items()})
    else:
        tables.print_line(tables.describe_sums(sums))


@contextmanager
def show_progress(quiet: bool) -> Iterator[passes.Report]:
    """A status line on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _name, _sums: None
        return
    with console.status("vigie…") as status:
        yield lambda name, sums: status.update(f"{name}: {sums.done} / {sums.taken}")


def collecting(done: dict[str, Sums], report: passes.Report) -> passes.Report:
    def add(name: str, more: Sums) -> None:
        log.info("%s: %s", name, more)
        done[name] = done.get(name, Sums()) + more
        report(name, done[name])

    return add
