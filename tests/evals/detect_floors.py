"""What the detector must reach on the project's own streams; lowering a floor is a deliberate act.

Set from `python -m tests.evals.detect --floors`, which prints the table of today's figures in this form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, floor

from tests.evals.detect_scores import DELAYS_D, DetectScore

SHAPE_DELAYS_D = (1, 7)
"""A shape has few events: one that is told a day later would move every figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """Floors under recall (in 0, 1, 3 and 7 days; of a shape in 1 and 7), ceilings over the rest.

    `early` counts alerts of the first fortnight. A class that `false` does not name may have none.
    """

    recall: tuple[float, ...]
    articles_before: float
    repeats: float
    alerts_a_day: float
    early: int
    false: Mapping[str, int]
    shapes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


FLOORS = {
    "newsrooms": Floors(
        recall=(0.75, 0.8, 0.85, 0.95),
        articles_before=6,
        repeats=0.1,
        alerts_a_day=0.9,
        early=42,
        false={
            "anniversary": 2,
            "daily person": 5,
            "dated event": 3,
            "fixture": 5,
            "obituary": 5,
            "running story": 5,
        },
        shapes={
            "as a layout changes": (1.0, 1.0),
            "as a source joins": (1.0, 1.0),
            "as a source vanishes": (1.0, 1.0),
            "back": (0.5, 1.0),
            "communique": (1.0, 1.0),
            "dispatch": (1.0, 1.0),
            "of a known person": (1.0, 1.0),
            "on a Sunday": (1.0, 1.0),
            "returns": (1.0, 1.0),
            "slow": (0.0, 1.0),
            "small": (0.75, 0.75),
            "sudden": (1.0, 1.0),
            "vague first": (1.0, 1.0),
        },
    ),
    "front page": Floors(
        recall=(0.5, 0.7, 0.75, 0.9),
        articles_before=6,
        repeats=0.05,
        alerts_a_day=0.25,
        early=4,
        false={"dated event": 4, "obituary": 2, "running story": 2},
        shapes={
            "back": (0.3, 0.3),
            "on a Sunday": (1.0, 1.0),
            "returns": (1.0, 1.0),
            "slow": (0.0, 1.0),
            "sudden": (1.0, 1.0),
            "vague first": (1.0, 1.0),
        },
    ),
    "front page of one source": Floors(
        recall=(0.55, 0.65, 0.85, 1.0),
        articles_before=5,
        repeats=0.05,
        alerts_a_day=0.25,
        early=8,
        false={"dated event": 4, "obituary": 3},
        shapes={
            "back": (0.0, 1.0),
            "on a Sunday": (1.0, 1.0),
            "returns": (1.0, 1.0),
            "slow": (0.0, 1.0),
            "sudden": (1.0, 1.0),
            "vague first": (1.0, 1.0),
        },
    ),
    "a year": Floors(
        recall=(1.0, 1.0, 1.0, 1.0),
        articles_before=6,
        repeats=0.05,
        alerts_a_day=0.1,
        early=2,
        false={"running story": 4},
        shapes={"sudden": (1.0, 1.0)},
    ),
}


def floors_under(score: DetectScore) -> Floors:
    """Floors just under these figures: recall to the twentieth below, one false alarm more of a class than there was."""
    return Floors(
        recall=tuple(floor(20 * score.recall(d)) / 20 for d in DELAYS_D),
        articles_before=ceil(score.articles_before) + 1,
        repeats=ceil(20 * score.repeats + 0.1) / 20,
        alerts_a_day=ceil(20 * score.alerts_a_day) / 20,
        early=score.early + 2,
        false={kind: count + 1 for kind, count in sorted(score.false_by_class.items())},
        shapes={s: tuple(floor(20 * score.recall(d, s)) / 20 for d in SHAPE_DELAYS_D) for s in score.shapes},
    )


def find_breaches(score: DetectScore, floors: Floors) -> Iterator[str]:
    """Every figure that is worse than its floor, in words."""
    for delay, least in zip(DELAYS_D, floors.recall, strict=True):
        if score.recall(delay) < least:
            yield f"recall within {delay} days {score.recall(delay):.2f} < {least}"
    for shape, shares in floors.shapes.items():
        for delay, least in zip(SHAPE_DELAYS_D, shares, strict=True):
            if score.recall(delay, shape) < least:
                yield f"{shape}: recall within {delay} days {score.recall(delay, shape):.2f} < {least}"
    for name in ("articles_before", "repeats", "alerts_a_day", "early"):
        if getattr(score, name) > getattr(floors, name):
            yield f"{name} {getattr(score, name):.2f} > {getattr(floors, name)}"
    for kind, count in score.false_by_class.items():
        if count > floors.false.get(kind, 0):
            yield f"false alarms ({kind}) {count} > {floors.false.get(kind, 0)}"
