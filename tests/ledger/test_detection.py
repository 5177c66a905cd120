"""What the detector remembers between two passes: the same as if it had never stopped, and no more than it needs."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from tests.builders import NOW, entry, sighting, trend
from tests.ledger.flow import assert_sound, poll, publish
from tests.topics.streams import make_detector
from tests.topics.streams.small import planted
from vigie.adapters.ledger import Ledger, alerts, detection, sightings
from vigie.adapters.ledger.schema import ArticleRow, CountRow, FeedRow, SeasonRow, VolumeRow
from vigie.adapters.ledger.trends import read_trends
from vigie.model import Alert, ArticleId, Sighting
from vigie.topics.counts import KEPT_DAYS, SEASON_MIN
from vigie.topics.detector import Observation, make_observation
from vigie.topics.memory import hour_of, list_changes, recall_history, recall_subjects

DAY = timedelta(days=1)


def admit(ledger: Ledger, observations: Sequence[Observation]) -> None:
    """Articles as the counting step leaves them; the way there is no matter here."""
    with ledger.writing() as session:
        if session.get(FeedRow, "le-matin") is None:
            raise AssertionError("a poll makes the feeds")
        for observation in observations:
            first = observation.sightings[0]
            session.add(
                ArticleRow(
                    id=first.article_id,
                    entry_id=first.article_id,
                    feed_id="le-matin",
                    state="indexed",
                    first_seen_at=first.at,
                    version=1,
                    indexed_version=1,
                )
            )
    sightings.record_sightings(ledger, [(o.sightings[0].article_id, 1, o.sightings) for o in observations])


def decide_next(ledger: Ledger) -> tuple[Alert, ...]:
    """One pass over all that waits, as `steps.deciding` makes it."""
    new = sightings.undecided_sightings(ledger)
    memory = detection.read_memory(ledger, new)
    detector = make_detector()
    if memory:
        detector = type(detector)(
            never=detector.never,
            routine=detector.routine,
            routine_titles=detector.routine_titles,
            known_names=detector.known_names,
            history=recall_history(memory),
            subjects=recall_subjects(memory),
        )
    told = tuple(a for group in new for a in detector.decide(Observation(sightings=group)))
    trends = list_changes(detector.subjects, detector.history)
    ids = [group[0].article_id for group in new]
    alerts.record_decision(ledger, ids, told, [], NOW, decided=new, trends=trends)
    detection.forget_old(ledger)
    return told


@pytest.mark.parametrize("passes", [2, 7])
def test_passes_tell_what_the_stream_tells(ledger: Ledger, passes: int) -> None:
    """However a stream is cut into passes: the same alerts, at the same moments."""
    poll(ledger, entry("une"))
    made = [make_observation(item.tagged, copy=item.copy) for item in planted(2)]
    stream = [Observation(sightings=o.sightings) for o in made if o.sightings]
    whole = make_detector()
    expected = [a for observation in stream for a in whole.decide(observation)]
    assert len(expected) >= 3
    cuts = [n * len(stream) // passes for n in range(passes + 1)]
    told: list[Alert] = []
    for start, end in pairwise(cuts):
        admit(ledger, stream[start:end])
        told += decide_next(ledger)
    assert [(a.id, a.fired_at, a.now, a.trend) for a in told] == [
        (a.id, a.fired_at, a.now, a.trend) for a in expected
    ]


def counted(ledger: Ledger, *groups: Sequence[Sighting]) -> None:
    alerts.record_decision(ledger, [g[0].article_id for g in groups], [], [], NOW, decided=groups)


def counts(ledger: Ledger) -> dict[tuple[str, int, str], int]:
    with ledger.reading() as session:
        return {
            (row.term, row.hour, row.source): row.articles for row in session.scalars(sa.select(CountRow))
        }


def test_counts_are_added_by_term_hour_and_source(ledger: Ledger) -> None:
    groups = []
    for name, source in (("une", "Le Matin"), ("deux", "Le Matin"), ("trois", "Le Soir")):
        article_id = publish(ledger, entry(name))
        groups.append([sighting("gel", article_id, source=source)])
        sightings.record_sightings(ledger, [(article_id, 1, groups[-1])])
    counted(ledger, *groups[:1])
    counted(ledger, *groups[1:])
    hour = hour_of(NOW)
    assert counts(ledger) == {("gel", hour, "Le Matin"): 2, ("gel", hour, "Le Soir"): 1}


def test_an_article_decided_on_by_another_is_not_counted_twice(ledger: Ledger) -> None:
    one, two = publish(ledger, entry("une")), publish(ledger, entry("deux"))
    groups = [[sighting("gel", one)], [sighting("gel", two)]]
    sightings.record_sightings(ledger, [(one, 1, groups[0]), (two, 1, groups[1])])
    counted(ledger, groups[0])
    counted(ledger, *groups)
    assert list(counts(ledger).values()) == [1]
    assert [g[0].article_id for g in sightings.undecided_sightings(ledger)] == [two]


def test_copies_count_nowhere(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    group = [sighting("gel", one, copy=True)]
    sightings.record_sightings(ledger, [(one, 1, group)])
    counted(ledger, group)
    assert counts(ledger) == {}


def test_old_counts_become_seasons_and_old_details_go(ledger: Ledger) -> None:
    """Of a week that has left the baseline a term of enough articles is kept; the details of five days are dropped."""
    old, new = publish(ledger, entry("vieille")), publish(ledger, entry("neuve"))
    long_ago = NOW - (KEPT_DAYS + 15) * DAY
    groups = [[sighting("gel", old, at=long_ago), sighting("rare", old, at=long_ago)], [sighting("gel", new)]]
    sightings.record_sightings(ledger, [(old, 1, groups[0]), (new, 1, groups[1])])
    for _ in range(SEASON_MIN):
        with ledger.writing() as session:
            detection.add_counts(session, [[groups[0][0]]])
    counted(ledger, *groups)
    for _ in range(2):  # twice is once
        detection.forget_old(ledger)
        with ledger.reading() as session:
            kept = [(row.term, row.articles) for row in session.scalars(sa.select(SeasonRow))]
            detail = [group[0].article_id for group in sightings.decided_since(session, long_ago - DAY)]
        assert kept == [("gel", SEASON_MIN + 1)]
        assert list(counts(ledger).values()) == [1]
        assert detail == [ArticleId(new)]
    assert_sound(ledger)


def test_a_source_is_as_old_as_its_first_article(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    group = [sighting("gel", one)]
    sightings.record_sightings(ledger, [(one, 1, group)])
    counted(ledger, group)
    with ledger.writing() as session:
        session.add(VolumeRow(hour=hour_of(NOW) - 999, source="Le Matin", articles=1))
    memory = detection.read_memory(ledger, [])
    assert memory is not None
    assert memory.joined == {"Le Matin": hour_of(NOW) - 999}
    assert memory.now == NOW


def test_what_was_never_told_is_forgotten_with_the_baseline(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    group = [sighting("gel", one)]
    sightings.record_sightings(ledger, [(one, 1, group)])
    old = NOW - (KEPT_DAYS + 1) * DAY
    trends = [
        (trend("dite", touched_at=old, told_at=old), "{}"),
        (trend("tue", touched_at=old, told_at=None), "{}"),
        (trend("neuve", touched_at=NOW, told_at=None), "{}"),
    ]
    alerts.record_decision(ledger, [one], [], [], NOW, decided=[group], trends=trends)
    detection.forget_old(ledger)
    assert {kept.id for kept in read_trends(ledger)} == {"dite", "neuve"}
