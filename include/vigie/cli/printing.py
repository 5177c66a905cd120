"""What `search` and `audit` print for people, in French."""

from rich.text import Text

from vigie.adapters.index.port import Answer, Hit
from vigie.cli import tables
from vigie.steps.auditing import Audit


def print_answer(answer: Answer) -> None:
    """A row a hit: when, where, and title, words around what matched and id in one cell, so that it can be read."""
    rows = [(_day(hit.document["published_at"]), hit.document["publisher"], _hit(hit)) for hit in answer.hits]
    tables.print_table(("Publié", "Source", "Article"), rows, title=count_of(answer.total, "article"))


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
        ("archives : fichiers / enregistrements", f"{found.archive.files} / {found.archive.records}"),
        ("archives : cités / illisibles", f"{found.archive.referred} / {found.archive.unreadable}"),
        ("archives : écrits et jamais cités", found.archive.unreferred),
        ("index : documents / attendus", f"{found.index.documents} / {found.index.expected}"),
    ]
    tables.print_table(("Quoi", "Combien"), rows)
    for problem in found.problems:
        tables.print_line(problem)
    tables.print_line("Tout y est." if found.ok else count_of(len(found.problems), "problème") + ".")
