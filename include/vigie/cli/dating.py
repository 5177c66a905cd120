"""The dates of an article as `show` gives them: every claim, the one that was chosen, and why."""

from collections.abc import Iterator

from vigie.adapters.ledger.reports import History
from vigie.cli import tables
from vigie.cli.lines import Object
from vigie.dates.choosing import Choice, choose_modified, explain_choice
from vigie.model import DateClaim
from vigie.wire import dump_object

CHOSEN, KEPT = "retenue", "gardée d'une version antérieure"
ORIGINS = {
    "json-ld": "JSON-LD", "meta": "balise meta", "time": "balise <time>", "page": "texte de la page", "feed": "flux",
    "import": "import", "url": "adresse",
}  # fmt: skip


def list_dates(history: History) -> tuple[DateClaim, ...]:
    """What the newest version claims, and the date that stayed from an earlier one."""
    claims = history.versions[-1].dates if history.versions else ()
    kept = history.published
    return claims if kept is None or kept in claims else (kept, *claims)


def dump_dates(history: History) -> Object:
    """For `show --json`: `published_at`, `published_reason`, `modified_at` and `dates`."""
    modified = _modified(history)
    return {
        "published_at": history.published.at if history.published else None,
        "published_reason": _rule(history),
        "modified_at": modified.at if modified else None,
        "dates": [
            {**dump_object(claim), "chosen": claim == history.published, "reason": reason}
            for claim, reason in _reasons(history)
        ],
    }


def print_dates(history: History) -> None:
    """A row a claim, with why it was or was not chosen; then the rule in a sentence."""
    columns = ("Date (UTC)", "Écrite", "Décalage", "Précision", "Origine", "")
    rows = [
        (c.at, c.raw, describe_offset(c), c.precision, ORIGINS[c.origin], _mark(c, history) + reason)
        for c, reason in _reasons(history)
    ]
    if rows:
        tables.print_table(columns, rows)
    at = f"{history.published.at:%Y-%m-%d %H:%M} UTC" if history.published else "date inconnue"
    tables.print_line(f"publié : {at} ({_rule(history)})")
    if modified := _modified(history):
        tables.print_line(f"modifié : {modified.at:%Y-%m-%d %H:%M} UTC ({ORIGINS[modified.origin]})")


def describe_offset(claim: DateClaim) -> str:
    """ "+01:00", or "" where none was written."""
    if claim.offset_minutes is None:
        return ""
    hours, minutes = divmod(abs(claim.offset_minutes), 60)
    return f"{'-' if claim.offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"


def _mark(claim: DateClaim, history: History) -> str:
    return "● " if claim == history.published else ""


def _choice(history: History) -> Choice:
    return explain_choice(list_dates(history), history.first_seen_at, history.fetched_at)


def _is_kept(history: History) -> bool:
    """The first date that a page gave stays, whatever a later version says."""
    return history.published is not None and _choice(history).claim != history.published


def _rule(history: History) -> str:
    return KEPT if _is_kept(history) else _choice(history).rule


def _reasons(history: History) -> Iterator[tuple[DateClaim, str]]:
    choice = _choice(history)
    refused = dict(choice.refused)
    for claim in list_dates(history):
        if claim == history.published:
            yield claim, KEPT if _is_kept(history) else CHOSEN
        else:
            yield claim, refused.get(claim, "d'une version plus récente")


def _modified(history: History) -> DateClaim | None:
    seen_at = history.fetched_at or history.first_seen_at
    return choose_modified(list_dates(history), history.published, seen_at)
