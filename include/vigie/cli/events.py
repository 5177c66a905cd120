"""`vigie events`: the agenda, what the articles say happens on which day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from vigie.adapters.index.port import Index, Question
from vigie.adapters.knowledge_files import load_event_labels
from vigie.cli import printing, tables
from vigie.cli.lines import Object, write_object
from vigie.cli.sums import AsJson
from vigie.dates.saying import say_days
from vigie.errors import UsageError
from vigie.plaintext import fold_line
from vigie.search.agenda import AgendaRow, Wanted, build_agenda, days_asked
from vigie.search.documents import Document
from vigie.settings import read_settings
from vigie.stores import open_stores
from vigie.tagging.words import fold

HOME = ZoneInfo("Europe/Paris")
"""Whose today it is."""
DAYS_AHEAD = 30
MAX_WINDOW_DAYS = 3_660
MAX_ARTICLES = 20_000
"""About how many articles are read for one agenda, the newest first; the answer says when there were more."""
_PAGE = 500


def events(
    since: Annotated[str | None, typer.Option(help="From this day on; today by default.")] = None,
    until: Annotated[
        str | None, typer.Option(help="Up to this day, included; 30 days later by default.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="call, meeting, visit, summit, vote…, or its label.")
    ] = None,
    who: Annotated[str, typer.Option(help="A participant: part of a name, or a Wikidata id.")] = "",
    place: Annotated[str, typer.Option(help="Part of a place's name, or a country's code.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Events to show.")] = 100,
    as_json: AsJson = False,
) -> None:
    """The agenda: what the articles say happens, or happened, on which day."""
    labels = load_event_labels()
    with open_stores(read_settings()) as stores:
        first, last = _window(since, until, stores.now())
        wanted = Wanted(
            first=first, last=last, kinds=_kinds(kind or [], labels), who=who.strip(), place=place.strip()
        )
        articles = _Articles(
            stores.index, Question(event_days=tuple(days_asked(wanted)), sort="date", size=_PAGE)
        )
        rows = build_agenda(articles, wanted)
    if as_json:
        write_object(_dump(rows, limit, wanted, labels, is_cut=articles.is_cut))
    else:
        _print(rows, limit, wanted, labels, is_cut=articles.is_cut)


def _window(since: str | None, until: str | None, now: datetime) -> tuple[date, date]:
    """Days, both included. An end that is told without a start begins the days before it."""
    today = now.astimezone(HOME).date()
    last = _read_day(until, "--until") if until else None
    first = _read_day(since, "--since") if since else today
    try:
        if last is None:
            last = first + timedelta(days=DAYS_AHEAD)
        elif since is None and last < first:
            first = last - timedelta(days=DAYS_AHEAD)
    except OverflowError as error:
        raise UsageError(f"--since: {since}: no agenda ends after the year 9999") from error
    if last < first:
        raise UsageError(f"--until: {last} is before {first}")
    if (last - first).days > MAX_WINDOW_DAYS:
        raise UsageError("--since, --until: more than ten years; ask for fewer")
    return first, last


def _read_day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{option}: {text}: not a day; write 2026-11-23") from error


def _kinds(asked: list[str], labels: dict[str, str]) -> frozenset[str]:
    """The kinds that are asked for, by id or by label."""
    by_name = {
        fold(name): kind for kind, label in labels.items() for name in (kind, label, *label.split(", "))
    }
    unknown = [name for name in asked if fold(name) not in by_name]
    if unknown:
        raise UsageError(f"--kind: {unknown[0]}: must be one of {', '.join(labels)}")
    return frozenset(by_name[fold(name)] for name in asked)


@dataclass(slots=True)
class _Articles:
    """The articles that may tell of some days, newest first; `is_cut` once there turned out to be too many to read."""

    index: Index
    question: Question
    is_cut: bool = False

    def __iter__(self) -> Iterator[Document]:
        read, after = 0, None
        while True:
            page = self.index.search(replace(self.question, after=after))
            for hit in page.hits:
                yield hit.document
            read, after = read + len(page.hits), page.next
            if after is None or read >= MAX_ARTICLES:
                self.is_cut = after is not None
                return


def _dump(
    rows: list[AgendaRow], limit: int, wanted: Wanted, labels: dict[str, str], *, is_cut: bool
) -> Object:
    return {
        "since": wanted.first.isoformat(),
        "until": wanted.last.isoformat(),
        "total": len(rows),
        "complete": not is_cut,
        "events": [_row(row, labels) for row in rows[:limit]],
    }


def _row(row: AgendaRow, labels: dict[str, str]) -> Object:
    event = row.event
    return {
        "date": event.date,
        "last_date": event.last_date,
        "when": say_days(event.date or "", event.last_date),
        "kind": event.kind,
        "label": labels.get(event.kind, event.kind),
        "participants": list(event.participants),
        "participant_ids": list(event.participant_ids),
        "place": event.place,
        "country": event.country,
        "sources": len(row.sources),
        "articles": [
            {"id": a.id, "title": a.title, "source": a.source, "publisher": a.publisher, "url": a.url, "published_at": a.published_at,
             "copy_of": a.copy_of, "text": a.text}
            for a in row.articles
        ],
    }  # fmt: skip


def _print(
    rows: list[AgendaRow], limit: int, wanted: Wanted, labels: dict[str, str], *, is_cut: bool
) -> None:
    said = f"{printing.count_of(len(rows), 'événement')}, {say_days(wanted.first.isoformat(), wanted.last.isoformat())}"
    tables.print_table(
        ("Quand", "Quoi, qui, où", "Article"),
        [
            (
                say_days(row.event.date or "", row.event.last_date),
                _tell(row, labels),
                _told_by(row),
            )
            for row in rows[:limit]
        ],
        title=said,
    )
    if len(rows) > limit:
        tables.print_line(f"{len(rows) - limit} de plus : --limit {len(rows)}")
    if is_cut:
        tables.print_line(
            f"Seuls les {MAX_ARTICLES} articles les plus récents ont été lus : demandez moins de jours."
        )


def _tell(row: AgendaRow, labels: dict[str, str]) -> str:
    """What, who and where, a line each: three columns leave room for an id that can be copied."""
    parts = (
        labels.get(row.event.kind, row.event.kind),
        ", ".join(row.event.participants),
        row.event.place or "",
    )
    return "\n".join(part for part in parts if part)


def _told_by(row: AgendaRow) -> str:
    """The title of the fullest article, who says so, and the ids to look at."""
    sources = row.sources[0] if len(row.sources) == 1 else f"{len(row.sources)} sources"
    ids = "\n".join(article.id for article in row.articles[:5])
    return f"{fold_line(row.articles[0].title)}\n{sources}\n{ids}"
