"""The commands. Each exits 0, 1 (it ran, and something is wrong) or 2 (bad usage or settings, said in one line)."""

import dataclasses
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from vigie.adapters.index import Hit, Question
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import reports
from vigie.adapters.ledger.reports import History
from vigie.cli import feeds, filters, tables
from vigie.errors import UsageError, VigieError
from vigie.model import Alert, ArticleId, Sums
from vigie.settings import read_settings
from vigie.steps import passes, rework, upkeep
from vigie.stores import Stores, open_stores
from vigie.wire import dump_object

app = typer.Typer(
    name="vigie",
    help="Vigie watches the Élysée and the press: collect, tag, search, and say what is new.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(feeds.app, name="feeds")
app.command("extract")(filters.extract)
app.command("tag")(filters.tag)
app.command("detect")(filters.detect)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log each step on standard error.")]


def main() -> None:
    """Run one command; errors of ours become one line and an exit code."""
    try:
        app()
    except UsageError as error:
        for line in str(error).splitlines():
            tables.print_error(f"vigie: {line}")
        sys.exit(2)
    except VigieError as error:
        tables.print_error(f"vigie: {error}")
        sys.exit(1)


@app.command()
def run(as_json: AsJson = False, verbose: Verbose = False) -> None:
    """One pass of collect, index and detect over all that is due."""
    _log(verbose)
    with _stores() as stores, _progress(as_json) as report:
        sums = passes.run_pass(stores, report)
    if as_json:
        tables.print_json({name: dataclasses.asdict(one) for name, one in sums.items()})
    else:
        tables.print_line(tables.describe_sums(sums))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", -without. Empty: everything.')] = "",
    leader: Annotated[list[str] | None, typer.Option(help="Wikidata id or name.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Topic id or label.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Feed id or publisher.")] = None,
    since: Annotated[str | None, typer.Option(help="Published from this day or time on (UTC).")] = None,
    until: Annotated[
        str | None, typer.Option(help="Published up to this day, included, or time (UTC).")
    ] = None,
    sort: Annotated[str, typer.Option(help="relevance or date.")] = "",
    size: Annotated[int, typer.Option(min=1, max=10_000, help="Articles to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the articles."""
    if sort not in ("", "relevance", "date"):
        raise UsageError(f"--sort: {sort}: must be relevance or date")
    question = Question(
        text=query,
        leaders=tuple(leader or ()),
        topics=tuple(topic or ()),
        sources=tuple(source or ()),
        since=_moment(since, "--since"),
        until=_moment(until, "--until", end_of_day=True),
        sort="date" if sort == "date" or (not sort and not query.strip()) else "relevance",
        size=size,
    )
    with _stores() as stores:
        answer = stores.index.search(question)
    if as_json:
        tables.print_json({"total": answer.total, "hits": [_hit(hit) for hit in answer.hits]})
        return
    rows = [
        (
            hit.document["published_at"] or "",
            hit.document["publisher"],
            hit.document["title"],
            tables.mark_up(hit.snippet),
            hit.id,
        )
        for hit in answer.hits
    ]
    tables.print_table(("Publié", "Source", "Titre", "Extrait", "Id"), rows, title=f"{answer.total} articles")


@app.command()
def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="An article's id.")], as_json: AsJson = False
) -> None:
    """One article: its versions with what changed, its dates, its copies, its addresses."""
    with _stores() as stores:
        history = reports.read_history(stores.ledger, ArticleId(article))
    if history is None:
        tables.print_error(f"vigie: no article has the id {article}; `vigie search` shows ids")
        raise typer.Exit(1)
    if as_json:
        tables.print_json(_history(history))
    else:
        _print_history(history)


@app.command()
def audit(as_json: AsJson = False) -> None:
    """Prove that nothing is lost: counts that add up across ledger, archive and index."""
    with _stores() as stores:
        found = upkeep.audit(stores)
    if as_json:
        tables.print_json({"ok": found.ok, **dataclasses.asdict(found)})
    else:
        _print_audit(found)
    raise typer.Exit(0 if found.ok else 1)


@app.command()
def alerts(as_json: AsJson = False) -> None:
    """The alerts so far, with why, and where they went."""
    with _stores() as stores:
        found = ledger_alerts.recent_alerts(stores.ledger)
        deliveries = reports.alert_deliveries(stores.ledger)
    if as_json:
        tables.print_json({"alerts": [_alert(alert, deliveries.get(alert.id, [])) for alert in found]})
        return
    rows = [
        (
            alert.fired_at,
            alert.topic,
            alert.reason,
            ", ".join(f"{to} ({state})" for to, state, _at in deliveries.get(alert.id, [])),
        )
        for alert in found
    ]
    tables.print_table(("Quand", "Sujet", "Pourquoi", "Envoi"), rows, title=f"{len(rows)} alertes")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines; - for standard input.")],
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Load old articles: archived, tagged and indexed as if they had been collected."""
    _log(verbose)
    with _stores() as stores, _progress(as_json) as report:
        with _lines(file) as lines:
            sums, bad = rework.import_lines(stores, lines, where=str(file))
        report("import", sums)
        done = {"import": sums}
        passes.index_all(stores, _collecting(done, report))
    for line in bad[:20]:
        tables.print_error(f"vigie: {line.message}")
    if as_json:
        tables.print_json({name: dataclasses.asdict(one) for name, one in done.items()})
    else:
        tables.print_line(tables.describe_sums(done))
    raise typer.Exit(1 if bad else 0)


@app.command()
def reprocess(
    since: Annotated[str | None, typer.Option(help="First seen from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="First seen up to this day, included.")] = None,
    as_json: AsJson = False,
) -> None:
    """Extract, tag and index a range again, from the archive: after a word list changed, for example."""
    with _stores() as stores, _progress(as_json) as report:
        opened = rework.reprocess(
            stores, _moment(since, "--since"), _moment(until, "--until", end_of_day=True)
        )
        _finish({"reprocess": opened}, stores, as_json, report)


@app.command("rebuild-index")
def rebuild_index(as_json: AsJson = False) -> None:
    """Empty the index and fill it again from archive and ledger."""
    with _stores() as stores, _progress(as_json) as report:
        _finish({"reopen": rework.empty_index(stores)}, stores, as_json, report)


def _finish(done: dict[str, Sums], stores: Stores, as_json: bool, report: passes.Report) -> None:
    passes.index_all(stores, _collecting(done, report))
    if as_json:
        tables.print_json({name: dataclasses.asdict(one) for name, one in done.items()})
    else:
        tables.print_line(tables.describe_sums(done))
    raise typer.Exit(1 if any(one.failed for one in done.values()) else 0)


@contextmanager
def _stores() -> Iterator[Stores]:
    with open_stores(read_settings()) as stores:
        yield stores


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
def _lines(file: Path) -> Iterator[Iterator[str]]:
    if str(file) == "-":
        yield iter(sys.stdin)
        return
    with rework.open_lines(file) as lines:
        yield lines


def _collecting(done: dict[str, Sums], report: passes.Report) -> passes.Report:
    def add(name: str, more: Sums) -> None:
        done[name] = done.get(name, Sums()) + more
        report(name, done[name])

    return add


def _log(verbose: bool) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )


def _moment(text: str | None, option: str, *, end_of_day: bool = False) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option}: {text}: not a date; write 2026-11-23 or 2026-11-23T18:30") from error
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment + timedelta(days=1) if end_of_day and len(text) <= len("2026-11-23") else moment


def _hit(hit: Hit) -> dict[str, Any]:
    kept = ("id", "title", "url", "source", "publisher", "published_at")
    document = hit.document
    return {
        **{name: document[name] for name in kept},
        "leaders": _unique(document["leaders"], "name"),
        "topics": _unique(document["topics"], "label"),
        "snippet": tables.strip_marks(hit.snippet),
    }


def _unique(tags: list[dict[str, Any]], label: str) -> list[dict[str, str]]:
    return [{"id": i, label: name} for i, name in {tag["id"]: tag[label] for tag in tags}.items()]


def _alert(alert: Alert, deliveries: list[tuple[str, str, datetime | None]]) -> dict[str, Any]:
    sent = [{"channel": label, "state": state, "sent_at": at} for label, state, at in deliveries]
    return {**dump_object(alert), "deliveries": sent}


def _history(history: History) -> dict[str, Any]:
    dates = history.versions[-1].dates if history.versions else ()
    return {
        **dump_object(history),
        "published_at": history.published.at if history.published else None,
        "dates": [{**dump_object(claim), "chosen": claim == history.published} for claim in dates],
        "versions": [_version(dump_object(version)) for version in history.versions],
        "addresses": [{"url": url, "origin": origin} for url, origin in history.addresses],
        "entries": [{"feed": feed, "id": entry} for feed, entry in history.entries],
    }


def _version(version: dict[str, Any]) -> dict[str, Any]:
    if version["diff"] is None:
        version.pop("diff")
    return version


def _print_history(history: History) -> None:
    tables.print_line(f"{history.title}  [{history.state}]")
    tables.print_line(f"{history.publisher} · {history.url or 'sans adresse'} · {history.id}")
    for label, value in (
        ("doublon de", history.duplicate_of),
        ("motif", history.reason),
        ("erreur", history.error),
    ):
        if value:
            tables.print_line(f"{label} : {value}")
    dates = history.versions[-1].dates if history.versions else ()
    rows = [
        (c.at, c.origin, c.precision, c.offset_minutes, c.raw, "●" if c == history.published else "")
        for c in dates
    ]
    tables.print_table(
        ("Date (UTC)", "Origine", "Précision", "Décalage (min)", "Telle qu'écrite", "Retenue"), rows
    )
    tables.print_table(("Adresse", "Origine"), history.addresses)
    for version in history.versions:
        tables.print_line(
            f"version {version.number} · {version.origin} · vue le {version.seen_at:%Y-%m-%d %H:%M} UTC"
        )
        if version.diff:
            tables.print_line(version.diff)
    if history.copies:
        tables.print_line("copies : " + ", ".join(history.copies))


def _print_audit(found: upkeep.Audit) -> None:
    counts = found.entries
    rows: list[tuple[str, object]] = [
        ("entrées", counts.total),
        ("en attente", counts.waiting),
        ("indexées", counts.indexed),
        ("doublons", counts.duplicate),
        *((f"refusées : {why}", count) for why, count in counts.rejected.items()),
        ("en échec", counts.failed),
        ("archives : enregistrements / illisibles", f"{found.archive.referred} / {found.archive.unreadable}"),
        ("index : documents / attendus", f"{found.index.documents} / {found.index.expected}"),
    ]
    tables.print_table(("Quoi", "Combien"), rows)
    for problem in found.problems:
        tables.print_line(problem)
    tables.print_line("Tout y est." if found.ok else f"{len(found.problems)} problèmes.")
