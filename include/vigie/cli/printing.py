"""What `search`, `show`, `audit` and `alerts` print for people, in French."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.text import Text

from vigie.adapters.index import Answer, Hit
from vigie.adapters.ledger.reports import History
from vigie.cli import tables
from vigie.model import Alert, ArticleId, DateClaim
from vigie.steps.auditing import Audit


def print_answer(answer: Answer) -> None:
    """A row a hit: when, where, and title, words around what matched and id in one cell, so that it can be read."""
    rows = [(_day(hit.document["published_at"]), hit.document["publisher"], _hit(hit)) for hit in answer.hits]
    tables.print_table(("Publié", "Source", "Article"), rows, title=count_of(answer.total, "article"))


def print_alerts(
    alerts: Sequence[Alert], deliveries: Mapping[str, Sequence[tuple[str, str, datetime | None]]]
) -> None:
    """A row an alert: when, the subject with its reason, and where it went."""
    rows = [
        (
            alert.fired_at,
            _paragraphs(alert.topic, alert.reason),
            ", ".join(f"{to} ({state})" for to, state, _at in deliveries.get(alert.id, ())),
        )
        for alert in alerts
    ]
    tables.print_table(("Quand", "Sujet", "Envoi"), rows, title=count_of(len(alerts), "alerte"))


def _hit(hit: Hit) -> Text:
    text = _paragraphs(hit.document["title"], "")
    return text.append_text(tables.mark_up(hit.snippet)).append(f"\n{hit.id}", style="dim")


def _paragraphs(title: str, body: str) -> Text:
    return Text.assemble((tables.clean(title), "bold"), "\n", tables.clean(body))


def _day(published_at: str | None) -> str:
    return (published_at or "sans date")[:16].replace("T", " ")


def count_of(number: int, thing: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {thing}{'s' if number > 1 else ''}"


def print_history(history: History, original: ArticleId | None) -> None:
    """One article: what it is, its dates, its addresses, its versions."""
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
        for c in list_dates(history)
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


def print_audit(found: Audit) -> None:
    """The accounts of the three stores, and what does not add up."""
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
    tables.print_line("Tout y est." if found.ok else count_of(len(found.problems), "problème") + ".")


def list_dates(history: History) -> tuple[DateClaim, ...]:
    """What the newest version claims, and the date that stayed from an earlier one."""
    claims = history.versions[-1].dates if history.versions else ()
    kept = history.published
    return claims if kept is None or kept in claims else (kept, *claims)
