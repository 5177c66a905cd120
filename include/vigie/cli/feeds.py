"""`vigie feeds`: how the feeds fare, which answer now, and OPML in and out."""

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
import yaml

from vigie.adapters.ledger.feed_reports import report_feeds
from vigie.adapters.ledger.feeds import FeedToPoll
from vigie.cli import tables
from vigie.cli.lines import write_object
from vigie.errors import UsageError
from vigie.feeds import opml
from vigie.feeds.conditions import Verdict
from vigie.feeds.file import load_feeds
from vigie.model import Feed
from vigie.settings import read_settings
from vigie.steps import feed_alerts, feed_health, notifying
from vigie.steps.asking_feeds import ask_feeds
from vigie.steps.poll_answers import read_body
from vigie.steps.polling import sync_feeds_file
from vigie.stores import Stores, open_stores

app = typer.Typer(
    help="The feeds: how they fare, which answer now, OPML in and out.", invoke_without_command=True
)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]


@app.callback()
def list_feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """How each feed fares, with a sentence that says why."""
    if context.invoked_subcommand:
        return
    with open_stores(read_settings()) as stores:
        sync_feeds_file(stores)
        found = report_feeds(stores.ledger)
    if as_json:
        write_object({"feeds": [dataclasses.asdict(feed) for feed in found]})
        return
    rows = [
        (feed.id, feed.health, feed.sentence, feed.entries, feed.last_polled_at, feed.next_poll_at)
        for feed in found
    ]
    tables.print_table(("Flux", "État", "Pourquoi", "Entrées", "Dernier appel", "Prochain"), rows)


@app.command()
def check(as_json: AsJson = False) -> None:
    """Ask every enabled feed now, and say which answer; nothing is recorded. Exits 1 when one does not."""
    with open_stores(read_settings()) as stores:
        enabled = [feed for feed in read_feeds_file() if feed.enabled]
        verdicts = _check_all(stores, enabled)
    if as_json:
        rows = [
            {"id": feed.id, "url": feed.url, "health": v.health, **dataclasses.asdict(v)}
            for feed, v in verdicts
        ]
        write_object({"feeds": rows})
    else:
        tables.print_table(
            ("Flux", "État", "Pourquoi"), [(feed.id, v.health, v.sentence) for feed, v in verdicts]
        )
    raise typer.Exit(0 if all(verdict.health == "ok" for _feed, verdict in verdicts) else 1)


@app.command("alert")
def alert_operators(as_json: AsJson = False) -> None:
    """Alert the operators of feeds that turned bad, once each: what the DAG `maintain` does every day."""
    with open_stores(read_settings()) as stores:
        sync_feeds_file(stores)
        feed_health.check_feeds(stores)
        raised = feed_alerts.alert_operators(stores)
        sent = notifying.notify_channels(stores)
    if as_json:
        write_object({"alerts": raised.done, "sent": sent.done, "unsent": sent.failed})
    else:
        tables.print_table(
            ("Nouvelles alertes", "Envoyées", "Pas encore"), [(raised.done, sent.done, sent.failed)]
        )


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.")],
    country: Annotated[str, typer.Option(help="ISO code for the new rows.")] = "FR",
    language: Annotated[str, typer.Option(help="ISO code for the new rows.")] = "fr",
    as_json: AsJson = False,
) -> None:
    """Rows for the feeds file, on standard output, for the feeds of an OPML file that it does not have yet."""
    known = {feed.url for feed in read_feeds_file()}
    try:
        found = opml.read_opml(file.read_bytes(), where=str(file), country=country, language=language)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    rows = [row for row in found if row["url"] not in known]
    if as_json:
        write_object({"feeds": rows})
    else:
        sys.stdout.write(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False) if rows else "")


@app.command("export")
def export_opml(as_json: AsJson = False) -> None:
    """The feeds file as OPML, on standard output."""
    found = read_feeds_file()
    if as_json:
        write_object({"feeds": [dataclasses.asdict(feed) for feed in found]})
    else:
        sys.stdout.write(opml.write_opml(found) + "\n")


def read_feeds_file() -> tuple[Feed, ...]:
    """The feeds of the feeds file, without a ledger."""
    path = read_settings().feeds
    try:
        return load_feeds(path.read_text(encoding="utf-8"), where=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"VIGIE_FEEDS: {path} cannot be read: {error}") from error


def _check_all(stores: Stores, feeds: Sequence[Feed]) -> list[tuple[Feed, Verdict]]:
    """In the order of the file, whichever answers first."""
    items = [FeedToPoll.never_polled(feed) for feed in feeds]
    asked = {each.item.feed.id: read_body(each)[1] for each in ask_feeds(stores.web, items, stores.now())}
    return [(feed, asked[feed.id]) for feed in feeds]
