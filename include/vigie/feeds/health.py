"""What one answer says of a feed: its health, and the sentence that a person reads. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.feeds.parse import ParsedFeed
from vigie.model import Feed, FeedHealth, Page

USUAL_SILENCE = timedelta(days=14)
"""A feed with no expectation of its own is silent after this long without a new entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A feed's health, with one French sentence that says why."""

    health: FeedHealth
    sentence: str


def judge_answer(page: Page, parsed: ParsedFeed | None) -> Verdict:
    """The health that an answer shows; `parsed` is None when its status says that there is nothing to parse."""
    if page.status == 304:
        return Verdict(health="ok", sentence="Rien de nouveau (304).")
    if page.status == 410:
        return Verdict(health="gone", sentence="Supprimé pour de bon par l'éditeur (HTTP 410).")
    if page.status in (401, 403):
        return Verdict(health="blocked", sentence=f"Accès refusé (HTTP {page.status}).")
    if page.status != 200 or parsed is None:
        return Verdict(health="failing", sentence=f"Réponse inattendue (HTTP {page.status}).")
    return _judge_body(parsed)


def judge_silence(
    feed: Feed, last_entry_at: datetime | None, week_count: int, polled_since: datetime | None, now: datetime
) -> Verdict | None:
    """A verdict when a feed that answers well brings less than it should; None when it brings enough.

    Nothing is said of a feed that has been polled for less than a week.
    """
    if polled_since is None or now - polled_since < timedelta(days=7):
        return None
    least = feed.expect.min_per_week
    if least is not None and week_count < least:
        return Verdict(
            health="silent", sentence=f"{week_count} entrées en 7 jours, au moins {least} attendues."
        )
    if least is None and (last_entry_at is None or now - last_entry_at > USUAL_SILENCE):
        return Verdict(
            health="silent", sentence=f"Aucune nouvelle entrée depuis plus de {USUAL_SILENCE.days} jours."
        )
    return None


def keep_silent(verdict: Verdict, before: FeedHealth, new_entries: int) -> Verdict:
    """A feed that was found silent stays so until it brings something: that it answers was known."""
    if before != "silent" or verdict.health != "ok" or new_entries:
        return verdict
    return Verdict(health="silent", sentence="Répond, sans aucune nouvelle entrée.")


def _judge_body(parsed: ParsedFeed) -> Verdict:
    count = len(parsed.entries)
    if parsed.looks_like_html:
        return Verdict(health="blocked", sentence="Une page HTML à la place du flux.")
    if parsed.problem:
        kept = f" ; {count} entrées gardées" if count else ""
        return Verdict(health="malformed", sentence=f"Flux mal formé : {parsed.problem}{kept}.")
    if not count:
        return Verdict(health="silent", sentence="Flux bien formé, sans aucune entrée.")
    return Verdict(health="ok", sentence=f"{count} entrées.")
