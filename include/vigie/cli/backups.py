"""`vigie backup`, `vigie restore` and `vigie mend-index`: the three stores kept, brought back, and brought together."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from vigie.cli import printing, tables
from vigie.cli.lines import write_object
from vigie.cli.process import set_up_log
from vigie.cli.sums import AsJson, Verbose, collecting, finish, show_progress
from vigie.settings import read_settings
from vigie.steps import auditing, backing_up, passes, publishing, reconciling
from vigie.steps.backing_up import Backup
from vigie.stores import open_stores


def backup(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet, or is empty.")],
    as_json: AsJson = False,
) -> None:
    """Copy ledger, archive and index into a folder, while Vigie works. For the embedded stores."""
    with open_stores(read_settings()) as stores:
        made = backing_up.back_up(stores, folder)
    if as_json:
        write_object({"backup": dataclasses.asdict(made)})
    else:
        tables.print_line(f"Sauvegardé dans {folder} : {_describe(made)}.")


def restore(
    folder: Annotated[Path, typer.Argument(help="What `vigie backup` wrote.")], as_json: AsJson = False
) -> None:
    """Put a backup into an empty VIGIE_HOME, mend what its index lacks, and audit it."""
    with open_stores(read_settings()) as stores:
        made, mended = backing_up.restore(stores, folder)
        found = auditing.audit(stores)
    if as_json:
        audit = {"ok": found.ok, **dataclasses.asdict(found)}
        write_object({"backup": dataclasses.asdict(made), "mend": dataclasses.asdict(mended), "audit": audit})
    else:
        tables.print_line(f"Restauré depuis {folder} : {_describe(made)}.")
        tables.print_line(f"À indexer de nouveau par `vigie run` : {mended.done}.")
        printing.print_audit(found)
    raise typer.Exit(0 if found.ok else 1)


def mend_index(as_json: AsJson = False, verbose: Verbose = False) -> None:
    """Index again what the index lacks or has in another version, and remove what the ledger does not know."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores, show_progress(as_json) as report:
        done = {"mend": reconciling.mend_index(stores), "publish": publishing.publish_findings(stores)}
        passes.index_all(stores, collecting(done, report))
    finish(done, as_json)


def _describe(made: Backup) -> str:
    return f"{made.files} fichiers, {made.bytes / 1e6:.1f} Mo, du {made.made_at:%d/%m/%Y à %H:%M} UTC"
