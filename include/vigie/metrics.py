"""What Vigie measures of itself, by name: the table that `docs/metrics.md` is made of. Pure.

Names carry all that tells one figure from another, and no tags: StatsD without an extension knows none.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from vigie.model import FeedHealth, Stage

STEP = "vigie.step"
STEP_SUMS = ("taken", "done", "failed", "refused")
QUANTILES: Mapping[str, float] = {"p50": 0.5, "p95": 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: a gauge is a state, a counter is added to, a timer is a span of time."""

    name: str
    kind: Literal["gauge", "counter", "timer"]
    unit: str
    meaning: str


def _gauges(group: str, unit: str, meanings: Mapping[str, str]) -> tuple[Metric, ...]:
    return tuple(
        Metric(name=f"vigie.{group}.{name}", kind="gauge", unit=unit, meaning=meaning)
        for name, meaning in meanings.items()
    )


_STAGES: tuple[Stage, ...] = ("extract", "tag", "index")
GAUGES: tuple[Metric, ...] = (
    *_gauges(
        "entries",
        "entries",
        {
            "total": "every entry ever seen",
            "waiting": "not searchable yet",
            "indexed": "searchable",
            "duplicate": "of another entry's article",
            "rejected": "for whatever reason; `vigie audit` names them",
            "failed": "a stage could not do them, and tries again",
        },
    ),
    *_gauges(
        "work",
        "articles",
        {
            "fetch": "whose page was not had yet",
            **{stage: f"that wait for this stage, {stage}" for stage in _STAGES},
        },
    ),
    *_gauges(
        "errors", "articles", {stage: f"whose last try at this stage, {stage}, failed" for stage in _STAGES}
    ),
    *_gauges(
        "polls",
        "requests",
        {"hour": "to feeds in the last hour", "failed": "of those, without a good answer"},
    ),
    *_gauges(
        "feeds", "feeds", {health: f"followed, whose health is `{health}`" for health in get_args(FeedHealth)}
    ),
    *_gauges(
        "deliveries",
        "messages",
        {"pending": "alerts that wait for a channel", "abandoned": "given up after a day, ever"},
    ),
    *_gauges(
        "delay",
        "s",
        {
            f"{since}.{quantile}": f"from {what} to searchable: {quantile} of the articles that became so in the last hour"
            for since, what in (
                ("published", "published, as the page says,"),
                ("seen", "first seen in a feed"),
            )
            for quantile in QUANTILES
        },
    ),
    *_gauges(
        "since",
        "s",
        {"polled": "since a feed was last asked", "indexed": "since an article last became searchable"},
    ),
)
"""Sent by the first task of `collect_pages`, so every two minutes."""

STEPS: tuple[Metric, ...] = (
    Metric(name=f"{STEP}.<step>.taken", kind="counter", unit="things", meaning="that the step took"),
    Metric(name=f"{STEP}.<step>.done", kind="counter", unit="things", meaning="of those, finished"),
    Metric(name=f"{STEP}.<step>.failed", kind="counter", unit="things", meaning="of those, left for later"),
    Metric(
        name=f"{STEP}.<step>.refused", kind="counter", unit="things", meaning="of those, refused for a reason"
    ),
    Metric(
        name=f"{STEP}.<step>.errors",
        kind="counter",
        unit="runs",
        meaning="that ended with an error: a store away, a setting wrong, an audit that does not add up",
    ),
    Metric(name=f"{STEP}.<step>.duration", kind="timer", unit="ms", meaning="of one run, failed ones too"),
)
"""Sent at the end of every task; `<step>` is the step's function, as the log names it."""


def take_quantiles(name: str, spans_s: Sequence[float]) -> dict[str, float]:
    """The gauges of a distribution, by nearest rank; none where there is nothing to take them of."""
    ordered = sorted(spans_s)
    if not ordered:
        return {}
    return {
        f"vigie.delay.{name}.{quantile}": ordered[max(math.ceil(share * len(ordered)) - 1, 0)]
        for quantile, share in QUANTILES.items()
    }
