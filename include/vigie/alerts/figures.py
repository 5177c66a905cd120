"""What people said of the alerts, as figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.model import Alert, AlertKind, Lesson
from vigie.topics.lessons import holds

FIGURES_OF = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Alerts that fired from `since` on, by kind, and how those of them that were rated were rated.

    `precision` is the share of useful ones among the rated, None when none is. `muted` and `followed` count what is in force.
    """

    since: datetime
    alerts: Mapping[AlertKind, int]
    useful: int
    noise: int
    precision: float | None
    muted: int
    followed: int


def count_figures(alerts: Sequence[Alert], lessons: Sequence[Lesson], now: datetime) -> Figures:
    """The figures of the last 30 days. Digests gather other alerts and are not counted."""
    since = now - FIGURES_OF
    counted = {
        alert.id: alert for alert in alerts if alert.kind != "digest" and since <= alert.fired_at <= now
    }
    said = Counter(each.verdict for each in lessons if each.kind == "rate" and each.target in counted)
    useful, noise = said["useful"], said["noise"]
    standing = Counter(lesson.kind for lesson in lessons if holds(lesson, now))
    return Figures(
        since=since,
        alerts=dict(sorted(Counter(alert.kind for alert in counted.values()).items())),
        useful=useful,
        noise=noise,
        precision=round(useful / (useful + noise), 3) if useful + noise else None,
        muted=standing["mute"],
        followed=standing["follow"],
    )
