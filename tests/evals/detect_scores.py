"""How good the alerts of a stream are: recall by delay, articles seen before, repeats, alerts a day, false alarms."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from vigie.model import Alert

DELAYS_D = (0, 1, 3, 7)
"""Within the very day, one day, three, seven."""
LATEST = timedelta(days=14)
"""An alert later than this is of something else that happened to the same name."""
MINOR = frozenset({"small story", "first feast"})
"""Classes that no reader would call false: a thing that three outlets had for a day, a feast that was never seen before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvent:
    """Something that is to be told: the day it began, which alerts are of it, and when its articles came.

    `names` says whether an alert is of the event and says what it is; `touches` is true of those too that have its
    articles but not its name: an early, vague alert, which is no false one.
    """

    name: str
    shape: str
    day: datetime
    names: Callable[[Alert], bool]
    touches: Callable[[Alert], bool]
    arrivals: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one event. `repeats` are alerts that told it again as if it were new; `vague` came without its name."""

    event: DatedEvent
    first: Alert | None
    repeats: int
    vague: int

    @property
    def delay_d(self) -> int | None:
        """Days from the event's first day to its alert, None when there was none."""
        return (self.first.fired_at.date() - self.event.day.date()).days if self.first else None

    @property
    def seen(self) -> int | None:
        """How many of its articles had come by then."""
        first = self.first
        return sum(at <= first.fired_at for at in self.event.arrivals) if first else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectScore:
    """The figures of one stream or of several together.

    `updates` are alerts that say that a told topic goes on or is back. `others` are the alerts of nothing dated, each with
    its class; `early` those that came while the stream was being learnt, which no other figure has.
    """

    days: float
    alerts: int
    updates: int
    early: int
    told: tuple[Told, ...]
    others: tuple[tuple[str, Alert], ...]

    def recall(self, within_d: int, shape: str | None = None) -> float:
        """The share of events that were told within so many days."""
        asked = [t for t in self.told if shape in (None, t.event.shape)]
        hits = sum(t.delay_d is not None and t.delay_d <= within_d for t in asked)
        return hits / len(asked) if asked else 1.0

    @property
    def articles_before(self) -> float:
        """The median number of an event's articles that had come when it was told."""
        return median([t.seen for t in self.told if t.seen is not None] or [0])

    @property
    def repeats(self) -> float:
        """How often a told event was told again as new."""
        found = [t for t in self.told if t.first]
        return sum(t.repeats for t in found) / max(len(found), 1)

    @property
    def alerts_a_day(self) -> float:
        return self.alerts / self.days

    @property
    def false(self) -> list[tuple[str, Alert]]:
        """Alerts that a reader would call none, with their classes."""
        return [(kind, alert) for kind, alert in self.others if kind not in MINOR]

    @property
    def false_by_class(self) -> Counter[str]:
        return Counter(kind for kind, _alert in self.false)

    @property
    def shapes(self) -> list[str]:
        return sorted({t.event.shape for t in self.told})

    def line(self) -> str:
        """All of it in one line."""
        shares = " ".join(f"{self.recall(d):.2f}" for d in DELAYS_D)
        return (
            f"recall in 0/1/3/7 days {shares}; {self.articles_before:g} articles before; "
            f"{self.repeats:.2f} repeats; {self.alerts_a_day:.2f} alerts a day; "
            f"{len(self.false)} false of {self.alerts}; {self.early} while learning"
        )


def score_alerts(
    alerts: Iterable[Alert],
    events: Sequence[DatedEvent],
    *,
    since: datetime,
    days: float,
    classify: Callable[[Alert], str],
) -> DetectScore:
    """The figures of one stream of `days` days from `since` on. `classify` names what an alert of no event is about."""
    every = [alert for alert in alerts if alert.kind == "topic"]
    topics = [alert for alert in every if alert.fired_at >= since]
    news = [alert for alert in topics if alert.update is None]
    told = tuple(_follow(event, topics) for event in events)
    others = tuple((classify(a), a) for a in news if not any(event.touches(a) for event in events))
    return DetectScore(
        days=days,
        alerts=len(news),
        updates=len(topics) - len(news),
        early=len(every) - len(topics),
        told=told,
        others=others,
    )


def _follow(event: DatedEvent, topics: Sequence[Alert]) -> Told:
    window = [a for a in topics if event.day <= a.fired_at <= event.day + LATEST]
    named = [a for a in window if event.names(a)]
    return Told(
        event=event,
        first=named[0] if named else None,
        repeats=sum(a.update is None for a in named[1:]),
        vague=sum(event.touches(a) and not event.names(a) for a in topics),
    )


def add_scores(scores: Sequence[DetectScore]) -> DetectScore:
    """Several streams as one."""
    return DetectScore(
        days=sum(s.days for s in scores),
        alerts=sum(s.alerts for s in scores),
        updates=sum(s.updates for s in scores),
        told=tuple(t for s in scores for t in s.told),
        early=sum(s.early for s in scores),
        others=tuple(o for s in scores for o in s.others),
    )


def digest_lines(lines: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change when a set does."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()[:12]
