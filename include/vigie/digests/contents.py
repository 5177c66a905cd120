"""What a digest says: a period's alerts and trends, in sections, the most wanted first.

An alert is in the period in which it was decided. A topic that was new in the period is told once, with its latest
counts; one that was told before stands in the section of its movement, as its update said or as its counts say.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from vigie.digests.items import Item, tell_find, tell_topic, tell_trend
from vigie.digests.movements import Movement
from vigie.digests.periods import Period
from vigie.model import Alert, AlertKind, Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A period's alerts, oldest first, and the topics that were told before it and may move."""

    alerts: tuple[Alert, ...] = ()
    trends: tuple[Trend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items of one kind, under a heading. `one` and `many` say how many they are."""

    title: str
    one: str
    many: str
    items: tuple[Item, ...]


def list_sections(period: Period, gathered: Gathered) -> tuple[Section, ...]:
    """The sections that have something in them."""
    new, moved = split_topics(gathered.alerts)
    moving: dict[str, tuple[Movement | None, Item]] = {}
    moving |= {trend.id: tell_trend(trend, period) for trend in gathered.trends}
    moving |= {_subject(alert): (_movement(alert), tell_topic(alert)) for alert in moved}
    for alert in new:
        moving.pop(_subject(alert), None)

    def finds(kind: AlertKind) -> list[Item]:
        return [tell_find(alert) for alert in gathered.alerts if alert.kind == kind]

    def moves(movement: Movement) -> list[Item]:
        return _by_size(item for moves, item in moving.values() if moves == movement)

    found = (
        ("Sujets nouveaux", "sujet nouveau", "sujets nouveaux", [tell_topic(alert) for alert in new]),
        ("Communiqués", "communiqué", "communiqués", finds("communique")),
        ("Veilles", "article d'une veille", "articles de veilles", finds("watch")),
        ("Ce qui monte", "sujet qui monte", "sujets qui montent", moves("growing")),
        ("De retour", "sujet de retour", "sujets de retour", moves("back")),
        ("Ce qui retombe", "sujet qui retombe", "sujets qui retombent", moves("fading")),
        ("Exploitation", "point d'exploitation", "points d'exploitation", finds("operator")),
    )
    return tuple(
        Section(title=title, one=one, many=many, items=tuple(items))
        for title, one, many, items in found
        if items
    )


def is_empty(period: Period, gathered: Gathered) -> bool:
    """Whether a digest would have no section."""
    return not list_sections(period, gathered)


def split_topics(alerts: Iterable[Alert]) -> tuple[list[Alert], list[Alert]]:
    """The topics that were new in the period, the strongest first, and those that moved, each by its latest alert."""
    told: dict[str, list[Alert]] = {}
    for alert in alerts:
        if alert.kind == "topic":
            told.setdefault(_subject(alert), []).append(alert)
    new = [group[-1] for group in told.values() if any(alert.update is None for alert in group)]
    moved = [group[-1] for group in told.values() if all(alert.update is not None for alert in group)]
    return sorted(new, key=_strength), moved


def _subject(alert: Alert) -> str:
    """What tells two alerts of one topic from alerts of two."""
    return alert.about or alert.id


def _movement(alert: Alert) -> Movement | None:
    return alert.update if alert.update in ("growing", "back", "fading") else None


def _strength(alert: Alert) -> tuple[float, str]:
    """How surprising its counts would be of a Poisson process, the most first."""
    now, before = max(alert.now, 0.1), max(alert.before, 0.1)
    return -(now * math.log(now / before) - (now - before)), alert.id


def _by_size(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (-sum(item.counts[-7:]), item.key))
