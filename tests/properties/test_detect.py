"""What must hold of the detector on any stream."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.streams import START, Item, planted_stream, run, tagged
from vigie.topics.detector import Detector, detect, make_observation
from vigie.topics.scores import gain, surprise
from vigie.topics.terms import normalize_term

STREAM = planted_stream(3)
ALERTS = run(STREAM)


def test_the_stream_of_these_properties_has_alerts() -> None:
    assert len(ALERTS) >= 3


@settings(max_examples=6, deadline=None)
@given(st.integers(0, len(STREAM)))
def test_never_look_ahead(cut: int) -> None:
    """Cut anywhere: the alerts before the cut are the same."""
    before = run(STREAM[:cut])
    assert before == ALERTS[: len(before)]
    edge = STREAM[cut - 1].at if cut else START
    assert all(alert.fired_at > edge or alert in before for alert in ALERTS if alert.fired_at != edge)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, len(STREAM)), st.integers(0, len(STREAM)))
def test_the_dag_tells_what_the_stream_tells_and_never_twice(a: int, b: int) -> None:
    """However a stream is cut into passes, each alert is told in one of them, and a pass done twice tells nothing."""
    cuts = [0, *sorted((a, b)), len(STREAM)]
    told: list = []
    observations = [make_observation(item.tagged, copy=item.copy) for item in STREAM]
    for start, end in pairwise(cuts):
        told += detect(observations[:start], observations[start:end], evidence={}, told=tuple(told))
        assert detect(observations[:start], observations[start:end], evidence={}, told=tuple(told)) == ()
    assert [t.id for t in told] == [alert.id for alert in ALERTS]


def test_the_same_articles_again_tell_nothing() -> None:
    detector = Detector()
    first = [a for item in STREAM for a in detector.observe(item.tagged, copy=item.copy)]
    assert first == ALERTS
    assert [a for item in STREAM for a in detector.observe(item.tagged, copy=item.copy)] == []


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0.01, 100), st.floats(0.01, 100))
def test_surprise_grows_with_counts_and_falls_with_habit(
    n: float, more: float, m: float, habit: float
) -> None:
    assert surprise(n + more, m) >= surprise(n, m) - 1e-9
    assert surprise(n, m + habit) <= surprise(n, m) + 1e-9
    assert surprise(n, m) >= 0


@given(st.integers(0, 10_000))
def test_gain_grows(count: int) -> None:
    assert gain(count + 1) > gain(count)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(-40 * 24, 0), min_size=1, max_size=12))
def test_back_dated_articles_fire_nothing(hours: list[int]) -> None:
    """Articles of days long gone, however many, tell nothing of the past."""
    detector = Detector()
    for item in STREAM:
        detector.observe(item.tagged, copy=item.copy)
    end = STREAM[-1].at - timedelta(days=4)
    late = (
        tagged(
            f"late-{n}", end + timedelta(hours=h), f"Source {n % 4}", ["Vieille Histoire", "vieux dossier"]
        )
        for n, h in enumerate(hours)
    )
    assert [a for article in late for a in detector.observe(article)] == []


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(label: str) -> None:
    assert normalize_term(normalize_term(label)) == normalize_term(label)


def test_memory_is_bounded_by_the_baseline() -> None:
    def year(days: int) -> Iterable[Item]:
        for day in range(days):
            for n in range(5):
                at = START + timedelta(days=day, hours=n)
                yield Item(tagged=tagged(f"{day}-{n}", at, "Le Courrier", [f"Nom{day}x{n}", "Toujours"]))

    def kept(days: int) -> int:
        detector = Detector()
        for item in year(days):
            detector.observe(item.tagged)
        return len(detector.history.labels)

    assert kept(120) == kept(60)
