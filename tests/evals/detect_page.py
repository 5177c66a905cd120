"""The part of `docs/quality.md` about new topics: the figures of the project's own streams and of the shared one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.evals import detect, detect_shared
from tests.evals.detect_scores import DELAYS_D, DetectScore
from tests.evals.scores import digest_of
from tests.evals.shared import shared_evals
from vigie.tagging.pipeline import Tagger

HEAD = """
## New topics

Streams that a seeded script writes (`tests/topics/streams/`), with planted events of a dozen shapes and with what must not
fire; and, where it is beside the project, a month of four publishers whose events one reader listed, some of them after
what an earlier detector had pointed at. An event is told when an alert names it and half of the alert's articles are of
it. *Articles before* is the median number of an event's articles that had come by then; *while learning* are alerts of a
new installation's first fortnight, which no other figure counts. CI holds the own streams to `tests/evals/detect_floors.py`.

| stream | digest | events | told the same day | in 1 day | in 3 days | in 7 days | articles before | repeats | alerts a day | false, of all | while learning |
|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def list_lines(tagger: Tagger) -> Iterator[str]:
    """The section, line by line."""
    scores = {name: detect.measure(name) for name in detect.SETS}
    yield HEAD.rstrip("\n")
    for name, (digest, score) in scores.items():
        yield _row(name, digest, score, false=f"{len(score.false)} of {score.alerts}")
    shared = _score_shared(tagger)
    if shared:
        yield _row(
            "shared, February 2025", *shared, false=f"{len(shared[1].false)} unlisted of {shared[1].alerts}"
        )
    yield from _list_shapes(score for _digest, score in scores.values())
    yield from _list_classes(score for _digest, score in scores.values())
    yield from _list_dated(shared[1]) if shared else ()


def _row(name: str, digest: str, score: DetectScore, *, false: str) -> str:
    shares = " | ".join(f"{score.recall(d):.2f}" for d in DELAYS_D)
    return (
        f"| {name} | {digest} | {len(score.told)} | {shares} | {score.articles_before:g} | {score.repeats:.2f} | "
        f"{score.alerts_a_day:.2f} | {false} | {score.early} |"
    )


def _score_shared(tagger: Tagger) -> tuple[str, DetectScore] | None:
    folder = shared_evals()
    path = folder / detect_shared.ENTRIES if folder else None
    if path is None or not path.is_file():
        return None
    return digest_of(path), detect_shared.score_entries(detect_shared.load_items(path, tagger))


def _list_shapes(scores: Iterable[DetectScore]) -> Iterator[str]:
    """Recall of each shape of event over all own streams."""
    told = [t for score in scores for t in score.told]
    yield "\n| shape, all own streams | events | same day | in 1 day | in 3 days | in 7 days |\n|---|---|---|---|---|---|"
    for shape in sorted({t.event.shape for t in told}):
        delays = [t.delay_d for t in told if t.event.shape == shape]
        shares = (sum(d is not None and d <= most for d in delays) / len(delays) for most in DELAYS_D)
        yield f"| {shape} | {len(delays)} | {' | '.join(f'{share:.2f}' for share in shares)} |"


def _list_classes(scores: Iterable[DetectScore]) -> Iterator[str]:
    """What the false alarms are of."""
    counts = sum((score.false_by_class for score in scores), start=Counter[str]())
    yield (
        "\nFalse alarms by class: " + (", ".join(f"{k} {n}" for k, n in counts.most_common()) or "none") + "."
    )


def _list_dated(score: DetectScore) -> Iterator[str]:
    """The delay of each event of the shared stream."""
    yield "\n| February 2025 | first day | told after | articles before |\n|---|---|---|---|"
    for told in score.told:
        delay = "never" if told.delay_d is None else f"{told.delay_d} d"
        yield f"| {told.event.name} | {told.event.day:%d} | {delay} | {'' if told.seen is None else told.seen} |"


def list_summary() -> Iterator[str]:
    """One line for each own set: what a terminal shows."""
    for name in detect.SETS:
        yield f"new topics, {name}: {detect.measure(name)[1].line()}"
