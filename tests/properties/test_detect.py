"""What must hold of the detector on any stream; `observe` is all that is relied on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.topics.streams import START, Item, make_detector, run, sort_items, tagged
from tests.topics.streams.small import DAYS, EVENTS, SOURCES, burst, calm, item, planted
from vigie.model import Alert, ArticleId
from vigie.topics.detector import Detector
from vigie.topics.terms import normalize_term

SEEDS = st.integers(1, 4)
FEW = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""An example replays a month: what fails is shown as it came, a smaller one would take many minutes to find."""
OLD_AFFAIR = ("Vieille Histoire", "vieux dossier")


@cache
def alerts_of(seed: int) -> tuple[Alert, ...]:
    return tuple(run(planted(seed)))


def events_told(alerts: Iterable[Alert]) -> set[str]:
    return {name for alert in alerts for name in EVENTS if any(i.startswith(name) for i in alert.article_ids)}


def names(alerts: Iterable[Alert], *terms: str) -> list[str]:
    """The reasons of the alerts that have one of these terms."""
    keys = {normalize_term(term) for term in terms}
    return [a.reason for a in alerts if keys & {normalize_term(term) for term in a.terms}]


def test_the_streams_of_these_properties_have_alerts() -> None:
    for seed in (1, 2, 3, 4):
        assert events_told(alerts_of(seed)) == EVENTS.keys()


@FEW
@given(SEEDS, st.integers(0, 1000))
def test_never_look_ahead(seed: int, thousandths: int) -> None:
    """Cut anywhere: what was told before the cut is the same, word for word, and is made of what had come."""
    stream = planted(seed)
    cut = thousandths * len(stream) // 1000
    told = run(stream[:cut])
    assert tuple(told) == alerts_of(seed)[: len(told)]
    later = {found.id for found in stream[cut:]}
    assert not [a.reason for a in alerts_of(seed)[: len(told)] if later & set(a.article_ids)]
    edge = max((found.arrives for found in stream[:cut]), default=START)
    assert all(alert.fired_at <= edge for alert in told)
    assert all(alert.fired_at >= edge for alert in alerts_of(seed)[len(told) :])


@FEW
@given(SEEDS, st.floats(0, 1))
def test_what_came_tells_the_moment_of_an_alert(seed: int, share: float) -> None:
    """The alert is there as soon as its last article is, whatever else comes in that second or later."""
    stream = planted(seed)
    alert = alerts_of(seed)[int(share * (len(alerts_of(seed)) - 1))]
    at = next(n for n, found in enumerate(stream) if found.arrives == alert.fired_at)
    assert alert in run(stream[: at + 1])
    assert alert not in run(stream[:at])


@FEW
@given(SEEDS, st.integers(0, 60), st.integers(0, 400))
def test_an_article_repeated_changes_nothing(seed: int, of: int, later: int) -> None:
    """Those of the events and some others again, at once or after others: no second article."""
    stream = list(planted(seed))
    for n, found in reversed(list(enumerate(planted(seed)))):
        if found.about or n % 61 == of:
            stream.insert(min(n + 1 + later, len(stream)), found)
    assert tuple(run(stream)) == alerts_of(seed)


@settings(FEW, max_examples=3)
@given(SEEDS)
def test_each_article_twice_gives_each_alert_once(seed: int) -> None:
    assert tuple(run(found for found in planted(seed) for _ in range(2))) == alerts_of(seed)


@settings(FEW, max_examples=3)
@given(SEEDS)
def test_the_whole_stream_again_tells_nothing(seed: int) -> None:
    detector = make_detector()
    assert tuple(run(planted(seed), detector)) == alerts_of(seed)
    assert run(planted(seed), detector) == []


@FEW
@given(SEEDS, st.integers(1, 4), st.integers(0, 1000))
def test_copies_and_copies_of_copies_change_nothing(seed: int, times: int, of: int) -> None:
    """Every article of the events, and any others, copied by other sources in the same second."""
    stream = [
        twin
        for n, found in enumerate(planted(seed))
        for twin in (found, *(_copies(found, times) if found.about or n % 97 == of % 97 else ()))
    ]
    assert len(stream) > len(planted(seed)) + 20
    assert tuple(run(stream)) == alerts_of(seed)


def _copies(found: Item, times: int) -> list[Item]:
    article = found.tagged.article
    return [
        replace(
            found,
            copy=True,
            tagged=replace(
                found.tagged,
                article=replace(article, id=ArticleId(f"{found.id}-copy-{n}"), publisher=f"Autre {n}"),
            ),
        )
        for n in range(times)
    ]


@FEW
@given(st.integers(1, 4), st.integers(1, 60), st.integers(5, 24), st.integers(0, 2))
def test_a_new_source_makes_no_alert_of_old_terms(seed: int, a_day: int, joins: int, of_two: int) -> None:
    """Whatever it brings, if it is unrelated: one outlet's own affair stays that, and a pair of articles a pair."""
    own = burst("Feuilleton d'Ombeline", "saison dix", day=18, hours=20, sources=SOURCES[:1] * 8)
    pair = burst("Dépêche Vorlay", "préfet muet", day=20, hours=9, sources=SOURCES[:of_two])
    random = Random(f"joins {seed}")
    joining = [
        item(
            f"neuve-{day}-{n}",
            START + timedelta(days=day, seconds=random.randrange(86_400)),
            "Radio Neuve",
            [f"Neuf{random.randrange(500)}", f"Autre{random.randrange(90)}", "Carnets de Neuve"],
        )
        for day in range(joins, DAYS)
        for n in range(a_day)
    ]
    told = run(sort_items([*calm(seed), *own, *pair, *joining]))
    assert names(told, "Feuilleton d'Ombeline", "Ombeline", "saison dix") == []
    assert names(told, "Dépêche Vorlay", "Vorlay", "préfet muet", "Présidente Martin") == []
    assert names(told, "Carnets de Neuve", "Neuve") == []


@FEW
@given(SEEDS, st.lists(st.integers(4, 24), min_size=6, max_size=30), st.floats(0.2, 1))
def test_late_articles_fire_nothing_for_the_past(seed: int, ages: list[int], share: float) -> None:
    """Articles of days long gone, of all sources, that come at once, anywhere in a stream."""
    stream = list(planted(seed))
    at = int(share * len(stream))
    moment = stream[at - 1].arrives
    stream[at:at] = [
        Item(
            tagged=tagged(f"late-{n}", moment - timedelta(days=age), SOURCES[n % 4], OLD_AFFAIR),
            arrives=moment,
        )
        for n, age in enumerate(ages)
    ]
    told = run(stream)
    assert names(told, *OLD_AFFAIR) == []
    assert events_told(told) == EVENTS.keys()


@FEW
@given(SEEDS, st.sampled_from((1, 60, 3600)), st.randoms(use_true_random=False))
def test_order_within_a_moment_does_not_change_what_is_told(seed: int, step_s: int, random: Random) -> None:
    """Articles of the same second, in any order: the same events are told, each on the same day."""
    stream = [_truncate(found, step_s) for found in planted(seed)]
    shuffled = sorted(random.sample(stream, len(stream)), key=lambda found: found.arrives)
    assert _events_by_day(run(stream)) == _events_by_day(run(shuffled))


def _truncate(found: Item, step_s: int) -> Item:
    """The item at the last whole step, so that articles share their moment."""
    article = found.tagged.article
    at = found.arrives - timedelta(seconds=(found.arrives - START).total_seconds() % step_s)
    assert article.published
    claim = replace(article.published, at=at)
    moved = replace(article, published=claim, dates=(claim,), first_seen_at=at, fetched_at=at)
    return replace(found, arrives=at, tagged=replace(found.tagged, article=moved))


def _events_by_day(alerts: Sequence[Alert]) -> set[tuple[str, int]]:
    return {(name, (a.fired_at - START).days) for a in alerts for name in events_told([a])}


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(label: str) -> None:
    assert normalize_term(normalize_term(label)) == normalize_term(label)


def test_memory_is_bounded_by_the_baseline() -> None:
    def kept(days: int) -> int:
        detector = Detector()
        for day in range(days):
            for n in range(5):
                at = START + timedelta(days=day, hours=n)
                terms = [f"Nom{day}x{n}", "Toujours"]
                detector.observe(tagged(f"{day}-{n}", at, SOURCES[0], terms))
        return len(detector.history.counts.terms)

    assert kept(120) == kept(60)
