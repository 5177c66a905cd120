"""What is to be said of one answer of a feed: its own words, and what the ledger knows of the feed."""

from dataclasses import dataclass, field
from datetime import datetime

from vigie.adapters.ledger.feeds import FeedToPoll
from vigie.adapters.ledger.news import News
from vigie.adapters.ledger.polls import Recent
from vigie.feeds.conditions import Verdict, number_of, say_number
from vigie.feeds.health import judge_answer, judge_unchanged
from vigie.feeds.parse import ParsedFeed
from vigie.model import Page
from vigie.steps.asking_feeds import Asked

TRIES_AT_NEW_ADDRESS = 3
"""After so many failures in a row, a feed that moved is asked at its old address again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer, read."""

    asked: Asked
    page: Page
    parsed: ParsedFeed | None
    body_hash: str
    now: datetime
    recent: Recent
    news: News = field(default_factory=News)

    @property
    def item(self) -> FeedToPoll:
        """The feed as it was claimed."""
        return self.asked.item

    @property
    def same_body(self) -> bool:
        """Whether these are the bytes of the last time."""
        return self.body_hash == self.item.body_hash

    @property
    def caught_lying(self) -> bool:
        """Whether there was news behind a 304."""
        return self.asked.after_304 and bool(self.news.taken)


def judge_reading(reading: Reading) -> Verdict:
    """The verdict, with a sentence for each thing that a desk should know."""
    item, news = reading.item, reading.news
    if reading.page.status == 304 and reading.asked.conditional:
        verdict = judge_unchanged(item.condition)
    else:
        verdict = judge_answer(reading.page, reading.parsed, item.feed, same_body=reading.same_body)
    if reading.caught_lying:
        said = (
            f"Son 304 mentait : {number_of(len(news.taken), 'entrée')} de plus derrière « rien de nouveau »."
        )
        verdict = verdict.noting(said, "false-304")
    verdict = _note_counts(_note_bounds(verdict, reading), reading)
    verdict = _note_move(verdict, moved_url_of(reading, verdict), item)
    return _keep_silent(verdict, reading)


def _note_bounds(verdict: Verdict, reading: Reading) -> Verdict:
    news, feed = reading.news, reading.item.feed
    if news.left:
        said = f"Premier appel : {len(news.taken)} prises, {say_number(news.left)} laissées, plus anciennes."
        verdict = verdict.noting(said)
    if news.waiting:
        verdict = verdict.noting(f"Au prochain appel : {number_of(news.waiting, 'adresse nouvelle')}.")
    if reading.asked.missing:
        verdict = verdict.noting(f"Plans sans réponse : {reading.asked.missing}.", "parts-missing")
    if feed.beside and news.taken:
        verdict = verdict.noting(f"Que `{feed.beside}` n'a pas montrées : {len(news.taken)}.")
    return verdict


def _note_counts(verdict: Verdict, reading: Reading) -> Verdict:
    news, most = reading.news, reading.item.feed.expect.max_per_day
    if news.renamed:
        verdict = verdict.noting(f"Déjà vues sous un autre guid : {news.renamed}.")
    day = reading.recent.day + len(news.taken)
    if most is not None and reading.item.full_polled_at and day > most:
        verdict = verdict.noting(f"Nouvelles entrées en 24 h : {day}, au plus {most} attendues.", "more")
    return verdict


def _note_move(verdict: Verdict, moved_url: str | None, item: FeedToPoll) -> Verdict:
    if moved_url is None:
        given_up = item.moved_url is not None and verdict.health not in ("ok", "silent")
        return verdict.noting("L'ancienne adresse est redemandée.") if given_up else verdict
    return verdict.noting(f"A déménagé : écrire {moved_url} dans le fichier des flux.", "moved")


def moved_url_of(reading: Reading, verdict: Verdict) -> str | None:
    """Where to ask from now on, None for the address of the feeds file; a feed moves only to where a feed is."""
    item = reading.item
    if verdict.health in ("ok", "silent"):
        target = reading.page.moved_to or item.moved_url
        return target if target != item.feed.url else None
    return keep_move(item)


def keep_move(item: FeedToPoll) -> str | None:
    """Where a feed that fails is asked next: a new address that fails is given up."""
    return item.moved_url if item.failures + 1 < TRIES_AT_NEW_ADDRESS else None


def _keep_silent(verdict: Verdict, reading: Reading) -> Verdict:
    """A feed that was found silent stays so until it brings what it should: that it answers was known."""
    item, new = reading.item, len(reading.news.taken)
    if verdict.health != "ok":
        return verdict
    held = (item.condition == "silent" and not new) or (
        item.condition == "fewer" and reading.recent.week + new < (item.feed.expect.min_per_week or 0)
    )
    return Verdict(condition=item.condition, sentence=item.sentence) if held else verdict
