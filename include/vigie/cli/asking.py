"""The commands that only look: search, show, audit."""

import dataclasses
from dataclasses import replace
from typing import Annotated, Any

import typer

from vigie.adapters.index.port import MAX_PAGE_SIZE, Answer, Hit, Index, Question
from vigie.adapters.ledger import reports
from vigie.adapters.ledger.reports import History
from vigie.cli import printing, showing, tables, tags_shown
from vigie.cli.dating import dump_dates
from vigie.cli.lines import Object, write_object
from vigie.dates import moments
from vigie.errors import UsageError
from vigie.model import ArticleId
from vigie.settings import read_settings
from vigie.steps import auditing
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
        printing.print_answer(answer)


def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="An article's id.")], as_json: AsJson = False
) -> None:
    """One article: its versions with what changed, its dates, its copies, its addresses, its tags."""
    with open_stores(read_settings()) as stores:
        history = reports.read_history(stores.ledger, ArticleId(article))
        document = tags_shown.read_tags(stores, article) if history and history.state == "indexed" else None
    if history is None:
        tables.print_error(f"vigie: no article has the id {article}; `vigie search` shows ids")
        raise typer.Exit(1)
    if as_json:
        write_object({**_history(history), "tags": tags_shown.dump_tags(document)})
    else:
        showing.print_history(history)
        tags_shown.print_tags(document)


def audit(as_json: AsJson = False) -> None:
    """Prove that nothing is lost: counts that add up across ledger, archive and index."""
    with open_stores(read_settings()) as stores:
        found = auditing.audit(stores)
    if as_json:
        write_object({"ok": found.ok, **dataclasses.asdict(found)})
    else:
        printing.print_audit(found)
    raise typer.Exit(0 if found.ok else 1)


def _search(index: Index, question: Question, size: int) -> Answer:
    """As many hits as are asked for, however many pages they take."""
    answer = index.search(replace(question, size=min(size, MAX_PAGE_SIZE)))
    hits, following = list(answer.hits), answer.next
    while following and len(hits) < size:
        page = index.search(replace(question, size=min(size - len(hits), MAX_PAGE_SIZE), after=following))
        hits, following = [*hits, *page.hits], page.next
    return replace(answer, hits=tuple(hits))


def _hit(hit: Hit) -> Object:
    kept = ("id", "title", "url", "source", "publisher", "published_at", "copy_of")
    document = hit.document
    return {
        **{name: document[name] for name in kept},
        "leaders": _unique([*document.get("people", ()), *document["leaders"]], "name"),
        "topics": _unique(document["topics"], "label"),
        "snippet": tables.strip_marks(hit.snippet),
    }


def _unique(tags: list[Object], label: str) -> list[dict[str, str]]:
    return [{"id": i, label: name} for i, name in {tag["id"]: tag[label] for tag in tags}.items()]


def _history(history: History) -> Object:
    return {
        **dump_object(history),
        **dump_dates(history),
        "versions": [_version(dump_object(version)) for version in history.versions],
        "addresses": [{"url": url, "origin": origin} for url, origin in history.addresses if url],
        "entries": [{"feed": feed, "id": entry} for feed, entry in history.entries],
    }


def _version(version: dict[str, Any]) -> Object:
    if version["diff"] is None:
        version.pop("diff")
    return version
