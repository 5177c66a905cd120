"""The commands that only look: search, show, audit, alerts."""

import dataclasses
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import typer

from vigie.adapters.index import MAX_PAGE_SIZE, Answer, Hit, Index, Question
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import copies, reports
from vigie.adapters.ledger.reports import History
from vigie.cli import moments, tables
from vigie.cli.lines import Object, write_object
from vigie.errors import UsageError
from vigie.model import Alert, ArticleId, DateClaim
from vigie.settings import read_settings
from vigie.steps import upkeep
from vigie.stores import open_stores
from vigie.wire import dump_object

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]


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
    size: Annotated[int, typer.Option(min=1, help="Articles to show.")] = 20,
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
        since=moments.read_start(since, "--since"),
        until=moments.read_end(until, "--until"),
        sort="date" if sort == "date" or (not sort and not query.strip()) else "relevance",
    )
    with open_stores(read_settings()) as stores:
        answer = _search(stores.index, question, size)
    if as_json:
        write_object({"total": answer.total, "hits": [_hit(hit) for hit in answer.hits]})
    else:
        _print_answer(answer)


def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="An article's id.")], as_json: AsJson = False
) -> None:
    """One article: its versions with what changed, its dates, its copies, its addresses."""
    with open_stores(read_settings()) as stores:
        history = reports.read_history(stores.ledger, ArticleId(article))
        original = copies.originals_of(stores.ledger, [ArticleId(article)]).get(ArticleId(article))
    if history is None:
        tables.print_error(f"vigie: no article has the id {article}; `vigie search` shows ids")
        raise typer.Exit(1)
    if as_json:
        write_object({**_history(history), "copy_of": original})
    else:
        _print_history(history, original)


def audit(as_json: AsJson = False) -> None:
    """Prove that nothing is lost: counts that add up across ledger, archive and index."""
    with open_stores(read_settings()) as stores:
        found = upkeep.audit(stores)
    if as_json:
        write_object({"ok": found.ok, **dataclasses.asdict(found)})
    else:
        _print_audit(found)
    raise typer.Exit(0 if found.ok else 1)


def alerts(as_json: AsJson = False) -> None:
    """The alerts so far, with why, and where they went."""
    with open_stores(read_settings()) as stores:
        found = ledger_alerts.recent_alerts(stores.ledger)
        deliveries = reports.alert_deliveries(stores.ledger)
    if as_json:
        write_object({"alerts": [_alert(alert, deliveries.get(alert.id, [])) for alert in found]})
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


def _search(index: Index, question: Question, size: int) -> Answer:
    """As many hits as are asked for, however many pages they take."""
    answer = index.search(replace(question, size=min(size, MAX_PAGE_SIZE)))
    hits, following = list(answer.hits), answer.next
    while following and len(hits) < size:
        page = index.search(replace(question, size=min(size - len(hits), MAX_PAGE_SIZE), after=following))
        hits, following = [*hits, *page.hits], page.next
    return replace(answer, hits=tuple(hits))


def _hit(hit: Hit) -> Object:
    kept = ("id", "title", "url", "source", "publisher", "published_at")
    document = hit.document
    return {
        **{name: document[name] for name in kept},
        "leaders": _unique(document["leaders"], "name"),
        "topics": _unique(document["topics"], "label"),
        "snippet": tables.strip_marks(hit.snippet),
    }


def _unique(tags: list[Object], label: str) -> list[dict[str, str]]:
    return [{"id": i, label: name} for i, name in {tag["id"]: tag[label] for tag in tags}.items()]


def _alert(alert: Alert, deliveries: list[tuple[str, str, datetime | None]]) -> Object:
    sent = [{"channel": label, "state": state, "sent_at": at} for label, state, at in deliveries]
    return {**dump_object(alert), "deliveries": sent}


def _history(history: History) -> Object:
    return {
        **dump_object(history),
        "published_at": history.published.at if history.published else None,
        "dates": [{**dump_object(claim), "chosen": claim == history.published} for claim in _dates(history)],
        "versions": [_version(dump_object(version)) for version in history.versions],
        "addresses": [{"url": url, "origin": origin} for url, origin in history.addresses if url],
        "entries": [{"feed": feed, "id": entry} for feed, entry in history.entries],
    }


def _dates(history: History) -> tuple[DateClaim, ...]:
    """What the newest version claims, and the date that stayed from an earlier one."""
    claims = history.versions[-1].dates if history.versions else ()
    kept = history.published
    return claims if kept is None or kept in claims else (kept, *claims)


def _version(version: dict[str, Any]) -> Object:
    if version["diff"] is None:
        version.pop("diff")
    return version


def _print_answer(answer: Answer) -> None:
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


def _print_history(history: History, original: ArticleId | None) -> None:
    tables.print_line(f"{history.title or 'sans titre'}  [{history.state}]")
    tables.print_line(f"{history.publisher} · {history.url or 'sans adresse'} · {history.id}")
    for label, value in (
        ("doublon de", history.duplicate_of),
        ("copie de", original),
        ("motif", history.reason),
        ("erreur", history.error),
        ("dernier essai de la page", history.fetch_error),
    ):
        if value:
            tables.print_line(f"{label} : {value}")
    rows = [
        (c.at, c.origin, c.precision, c.offset_minutes, c.raw, "●" if c == history.published else "")
        for c in _dates(history)
    ]
    tables.print_table(
        ("Date (UTC)", "Origine", "Précision", "Décalage (min)", "Telle qu'écrite", "Retenue"), rows
    )
    tables.print_table(("Adresse", "Origine"), history.addresses)
    _print_versions(history)


def _print_versions(history: History) -> None:
    for version in history.versions:
        tables.print_line(
            f"version {version.number} · {version.origin} · vue le {version.seen_at:%Y-%m-%d %H:%M} UTC"
        )
        if version.diff:
            tables.print_line(version.diff)
    if history.copies:
        tables.print_line("même texte : " + ", ".join(history.copies))


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
