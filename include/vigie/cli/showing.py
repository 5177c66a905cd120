"""What `show` prints for people, in French: one article with its dates, addresses, copies, versions and requests."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from vigie.adapters.ledger.reports import History, Relative, Version
from vigie.articles.changes import Piece, read_diff
from vigie.articles.wording import ADDRESSES, FIELDS, OUTCOMES, SOURCES, UPGRADE
from vigie.cli import tables
from vigie.cli.dating import print_dates
from vigie.plaintext import fold_line

MARKS = {"same": ("", "", ""), "old": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}
REQUESTS_SHOWN = 10


def print_history(history: History) -> None:
    """One article: what it is, its dates, its addresses, its copies, its versions."""
    tables.print_line(f"{history.title or 'sans titre'}  [{history.state}]")
    tables.print_line(f"{history.publisher} · {history.url or 'sans adresse'} · {history.id}")
    for label, value in _facts(history):
        if value:
            tables.print_line(f"{label} : {value}")
    print_dates(history)
    for url, origin in history.addresses:
        if url:
            tables.print_line(f"adresse : {url} ({ADDRESSES.get(origin, origin)})")
    _print_family(history)
    _print_versions(history.versions)
    _print_requests(history)


def _facts(history: History) -> Iterable[tuple[str, object]]:
    original = next((relative for relative in history.family if relative.id == history.copy_of), None)
    yield "doublon de", history.duplicate_of
    yield "copie de", _describe(original, history.similarity) if original else history.copy_of
    yield "motif", history.reason
    yield "erreur", history.error
    yield "droits", history.rights
    yield "page retirée", f"{history.withdrawn_at:%Y-%m-%d %H:%M} UTC" if history.withdrawn_at else None
    yield "dernier essai de la page", history.fetch_error
    yield "adresse canonique refusée, d'autres articles la disent leur", history.canonical_refused


def _print_family(history: History) -> None:
    for relative in history.family:
        if relative.id != history.copy_of:
            tables.print_line(f"même texte : {_describe(relative, relative.similarity)}")


def _describe(relative: Relative, similarity: float | None) -> str:
    alike = f"{_percent(similarity)}, " if similarity is not None else ""
    title = fold_line(relative.title or "sans titre")
    return f"{relative.publisher}, « {title} » {relative.url or 'sans adresse'} ({alike}{relative.id})"


def _percent(similarity: float) -> str:
    return "identique" if similarity == 1 else f"{similarity:.0%}".replace("%", " %")


def _print_versions(versions: Sequence[Version]) -> None:
    for version in versions:
        tables.print_line()
        tables.print_line(
            f"version {version.number} · {SOURCES.get(version.origin, version.origin)}"
            f" · vue le {version.seen_at:%Y-%m-%d %H:%M} UTC{_say_changes(version)}"
        )
        if version.diff and not version.is_upgrade:
            for pieces in read_diff(version.diff):
                tables.print_text(_mark(pieces))


def _say_changes(version: Version) -> str:
    if version.is_upgrade:
        return f" · {UPGRADE}"
    changed = [FIELDS.get(name, name) for name in version.changed]
    return f" · a changé : {', '.join(changed)}" if changed else ""


def _mark(pieces: Sequence[Piece]) -> Text:
    """`[-gone-]` and `{+come+}`, in colours where there are some."""
    text = Text("  ")
    for piece in pieces:
        before, after, style = MARKS[piece.kind]
        text.append(f"{before}{tables.clean(piece.text)}{after}", style=style).append(" ")
    return text


def _print_requests(history: History) -> None:
    if history.requests:
        tables.print_line()
        shown = history.requests[:REQUESTS_SHOWN]
        rows = [(r.at, OUTCOMES.get(r.outcome, r.outcome), r.status, r.sentence) for r in shown]
        left = len(history.requests) - len(shown)
        title = "Demandes de la page" + (
            f" (les {len(shown)} dernières sur {len(history.requests)})" if left else ""
        )
        tables.print_table(("Quand (UTC)", "Page", "HTTP", "Précision"), rows, title=title)
