"""The dates of an article as `show` gives them: every claim, the one that was chosen, and why."""

from vigie.adapters.ledger.reports import History
from vigie.articles.wording import DATES
from vigie.cli import tables
from vigie.cli.lines import Object
from vigie.dates.explaining import ToldDates, describe_offset, tell_dates
from vigie.wire import dump_object


def dump_dates(history: History) -> Object:
    """For `show --json`: `published_at`, `published_reason`, `modified_at` and `dates`."""
    told = _tell(history)
    return {
        "published_at": told.published.at if told.published else None,
        "published_reason": told.rule,
        "modified_at": told.modified.at if told.modified else None,
        "dates": [
            {**dump_object(each.claim), "chosen": each.chosen, "reason": each.reason} for each in told.claims
        ],
    }


def print_dates(history: History) -> None:
    """A row a claim, with why it was or was not chosen; then the rule in a sentence."""
    told = _tell(history)
    columns = ("Date (UTC)", "Écrite", "Décalage", "Précision", "Origine", "")
    rows = [
        (c.at, c.raw, describe_offset(c), c.precision, DATES[c.origin], ("● " if each.chosen else "") + each.reason)
        for each in told.claims
        for c in (each.claim,)
    ]  # fmt: skip
    if rows:
        tables.print_table(columns, rows)
    at = f"{told.published.at:%Y-%m-%d %H:%M} UTC" if told.published else "date inconnue"
    tables.print_line(f"publié : {at} ({told.rule})")
    if told.modified:
        tables.print_line(f"modifié : {told.modified.at:%Y-%m-%d %H:%M} UTC ({DATES[told.modified.origin]})")


def _tell(history: History) -> ToldDates:
    return tell_dates(
        history.versions[-1].dates if history.versions else (),
        history.published,
        first_seen_at=history.first_seen_at,
        fetched_at=history.fetched_at,
    )
