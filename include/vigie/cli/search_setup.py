"""`vigie setup-search` and `vigie search-keys`: what an operator does to the search engine, once or after an upgrade."""

import dataclasses
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from vigie.adapters.index.elasticsearch.keys import Right
from vigie.adapters.index.port import SetUp
from vigie.cli import tables
from vigie.cli.lines import write_object
from vigie.cli.process import set_up_log
from vigie.cli.sums import AsJson, Verbose
from vigie.errors import UsageError
from vigie.settings import read_settings
from vigie.steps import search_setup
from vigie.stores import open_stores

CHANGES = {
    **{"none": "à jour", "made": "créé", "extended": "complété sur place"},
    **{"moved": "nouvelle génération", "returned": "revenu en arrière"},
}


def setup_search(
    rollback: Annotated[
        bool,
        typer.Option("--rollback", help="Let readers see the generation of before the last change again."),
    ] = False,
    drop_kept: Annotated[
        bool, typer.Option("--drop-kept", help="Delete the generations that readers do not see.")
    ] = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Bring the index up to the files of this Vigie; search answers all through, and the old one is kept."""
    set_up_log(verbose=verbose)
    if rollback and drop_kept:
        raise UsageError("--rollback and --drop-kept: one of them; what is dropped cannot be gone back to")
    with open_stores(read_settings()) as stores:
        if drop_kept:
            _print_dropped(search_setup.drop_kept(stores), as_json)
        else:
            _print_setups(
                search_setup.roll_back(stores) if rollback else search_setup.set_up(stores), as_json
            )


def search_keys(
    write: Annotated[bool, typer.Option("--write", help="A key for Vigie itself.")] = False,
    read: Annotated[bool, typer.Option("--read", help="A key for those who only search.")] = False,
    user: Annotated[
        str | None,
        typer.Option(
            help="An administrator of Elasticsearch; the password is asked for, or the first line of standard input."
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help="Days until the key ends; without, it does not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an API key of least rights, and print it: this once, for Elasticsearch does not tell it again."""
    set_up_log(verbose=False)
    if write == read:
        raise UsageError("search-keys: say --write or --read, one of them")
    right: Right = "write" if write else "read"
    with open_stores(read_settings()) as stores:
        login = (user, _read_password()) if user else None
        made = search_setup.make_search_key(stores, right, login=login, days=days)
    if as_json:
        write_object(dataclasses.asdict(made))
    else:
        tables.print_line(f"VIGIE_INDEX_API_KEY={made.encoded}")


def _read_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\n")


def _print_setups(said: Sequence[SetUp], as_json: bool) -> None:
    if as_json:
        write_object({"setup": [dataclasses.asdict(each) for each in said]})
        return
    rows = [
        (each.name, CHANGES[each.change], str(each.generation), str(each.copied), ", ".join(each.kept))
        for each in said
    ]
    tables.print_table(("Index", "Fait", "Génération", "Copiés", "Gardés"), rows)


def _print_dropped(names: Sequence[str], as_json: bool) -> None:
    if as_json:
        write_object({"dropped": list(names)})
    else:
        tables.print_line(f"{len(names)} index supprimés." if names else "Rien n'était gardé.")
