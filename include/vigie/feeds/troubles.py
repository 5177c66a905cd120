"""Feeds in trouble become alerts for operators: one for each occurrence, or one for all when many break at once. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.feeds.conditions import NETWORK_CONDITIONS, Condition, say_number
from vigie.model import Alert, AlertId, Feed, FeedHealth

TRIES_BEFORE_ALERT = 5
"""Failures in a row: with the interval doubled each time, half an hour for a palace and hours for a newspaper."""
FAILING_TOO_LONG = timedelta(days=1)
TOO_MANY = 5
"""More new troubles than this at once have one cause, and make one alert."""
_HEADLINES: Mapping[FeedHealth, str] = {
    "silent": "flux muet",
    "malformed": "flux mal formé",
    "blocked": "flux bloqué",
    "failing": "flux en panne",
    "gone": "flux supprimé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A feed whose health is bad, and since when. `told` names the trouble that operators heard of last."""

    feed: Feed
    health: FeedHealth
    condition: Condition
    sentence: str
    since: datetime
    failures: int
    told: str | None

    @property
    def occurrence(self) -> str:
        """Its name: the feed, what is wrong, and the day it began. A feed that heals and breaks again has a new one.

        By health and not by condition: a server that is down gives time-outs, resets and 502s in turn.
        """
        return _digest(f"{self.feed.id}\n{self.health}\n{self.since:%Y-%m-%d}")

    def is_news(self, now: datetime) -> bool:
        """Whether operators should hear of it: it is no short failure, and they have not."""
        # A host at rest is not tried, for any of its feeds: they fail without trying.
        lasting = self.failures >= TRIES_BEFORE_ALERT or now - self.since >= FAILING_TOO_LONG
        return (
            self.health in _HEADLINES
            and (lasting or self.health != "failing")
            and self.told != self.occurrence
        )


def make_alerts(troubles: Sequence[Trouble], now: datetime) -> list[Alert]:
    """The alerts for troubles that are news."""
    news = [trouble for trouble in troubles if trouble.is_news(now)]
    if len(news) > TOO_MANY:
        return [_alert_of_many(news, now)]
    return [_alert_of_one(trouble, now) for trouble in news]


def _alert_of_one(trouble: Trouble, now: datetime) -> Alert:
    feed = trouble.feed
    tries = f" Essais sans succès : {trouble.failures}." if trouble.failures > 1 else ""
    return _alert(
        trouble.occurrence,
        now,
        f"{_HEADLINES[trouble.health]} : {feed.id} ({feed.publisher})",
        f"{trouble.sentence} Depuis le {trouble.since:%d/%m/%Y à %H:%M} UTC.{tries} {feed.url}",
        (feed.publisher,),
    )


def _alert_of_many(news: Sequence[Trouble], now: datetime) -> Alert:
    network = sum(trouble.condition in NETWORK_CONDITIONS for trouble in news)
    cause = " Le réseau de Vigie est peut-être coupé." if 2 * network > len(news) else ""
    names = ", ".join(f"{trouble.feed.id} ({_HEADLINES[trouble.health]})" for trouble in news[:50])
    more = f" et {len(news) - 50} autres" if len(news) > 50 else ""
    return _alert(
        _digest("\n".join(sorted(trouble.occurrence for trouble in news))),
        now,
        f"{say_number(len(news))} flux en difficulté en même temps",
        f"{names}{more}.{cause}",
        tuple(sorted({trouble.feed.publisher for trouble in news})),
    )


def _alert(name: str, now: datetime, headline: str, reason: str, sources: tuple[str, ...]) -> Alert:
    return Alert(
        id=AlertId(name),
        fired_at=now,
        topic=headline[0].upper() + headline[1:],
        terms=(),
        article_ids=(),
        now=0,
        before=0.0,
        window_h=0,
        sources=sources,
        reason=reason,
        kind="operator",
    )


def _digest(text: str) -> str:
    return hashlib.sha256(f"operator\n{text}".encode()).hexdigest()[:20]
