"""Terms and decisions: counted once, decided once."""

from datetime import datetime, timedelta

from tests.builders import NOW, alert, article, entry, sighting
from tests.ledger.flow import MINUTE, assert_sound, extract, publish, tag_and_index
from vigie.adapters.ledger import Ledger, alerts, sightings, stages
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.model import ArticleId, Sighting

CHANNELS = [("cle-slack", "Slack"), ("cle-mail", "Courriel")]


def terms(ledger: Ledger) -> set[tuple[str, str]]:
    """(article, term) that no decision has seen."""
    return {(s.article_id, s.term) for group in sightings.undecided_sightings(ledger) for s in group}


def test_an_indexed_article_is_counted_once(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    assert sightings.uncounted_articles(ledger) == [one]
    sightings.record_sightings(ledger, [(one, 1, [])])
    assert sightings.uncounted_articles(ledger) == []


def decided(ledger: Ledger, since: datetime) -> list[tuple[Sighting, ...]]:
    with ledger.reading() as session:
        return list(sightings.decided_since(session, since))


def test_sightings_are_replaced_not_added(ledger: Ledger) -> None:
    one, two = publish(ledger, entry("une")), publish(ledger, entry("deux"))
    both = [
        (one, 1, [sighting("vague", one), sighting("gel", one)]),
        (two, 1, [sighting("gel", two, copy=True, kind="official", at=NOW + MINUTE)]),
    ]
    sightings.record_sightings(ledger, both)
    sightings.record_sightings(ledger, both)
    assert terms(ledger) == {(one, "vague"), (one, "gel"), (two, "gel")}
    sightings.record_sightings(ledger, [(one, 1, [sighting("neige", one)])])
    assert terms(ledger) == {(one, "neige"), (two, "gel")}
    assert sightings.undecided_sightings(ledger)[1] == (
        sighting("gel", two, copy=True, kind="official", at=NOW + MINUTE),
    )
    assert_sound(ledger)


def test_terms_too_long_for_a_row_do_not_collide(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    long = "très " * 100
    sightings.record_sightings(ledger, [(one, 1, [sighting(long + "a", one), sighting(long + "b", one)])])
    assert len(terms(ledger)) == 1
    assert_sound(ledger)


def test_a_new_version_is_counted_again_and_not_decided_again(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    sightings.record_sightings(ledger, [(one, 1, [sighting("gel", one)])])
    assert alerts.record_decision(ledger, [one], [], [], NOW) == []
    stages.reopen(ledger, None, None)
    extract(ledger, article(one, version=2, text="Corrigé."))
    tag_and_index(ledger, [one])
    assert sightings.uncounted_articles(ledger) == [one]
    sightings.record_sightings(ledger, [(one, 2, [sighting("neige", one)])])
    assert terms(ledger) == set()
    assert decided(ledger, NOW - timedelta(days=28)) == [(sighting("neige", one),)]


def test_decided_sightings_are_one_article_after_the_other_in_time(ledger: Ledger) -> None:
    ids: list[ArticleId] = []
    for number in range(3):
        at = NOW - timedelta(days=number)
        ids.append(publish(ledger, entry(f"n{number}")))
        counted = [sighting(term, ids[-1], at=at) for term in ("b", "a")]
        sightings.record_sightings(ledger, [(ids[-1], 1, counted)])
    alerts.record_decision(ledger, ids, [], [], NOW)
    seen = [
        [(s.article_id, s.term) for s in group]
        for group in decided(ledger, NOW - timedelta(days=1, seconds=1))
    ]
    assert seen == [[(ids[1], "a"), (ids[1], "b")], [(ids[0], "a"), (ids[0], "b")]]


def test_a_decision_is_made_once_with_a_delivery_a_channel(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    sightings.record_sightings(ledger, [(one, 1, [sighting("gel", one)])])
    found = alert(article_ids=(one,))
    assert alerts.record_decision(ledger, [one], [found], CHANNELS, NOW) == [found.id]
    assert alerts.record_decision(ledger, [one], [found], CHANNELS, NOW + MINUTE) == []
    assert terms(ledger) == set()
    assert alerts.recent_alerts(ledger) == [found]
    assert alert_deliveries(ledger) == {found.id: [("Courriel", "pending", None), ("Slack", "pending", None)]}
    assert_sound(ledger)


def test_alerts_come_in_the_order_they_fired(ledger: Ledger) -> None:
    late, early = alert("b", fired_at=NOW + MINUTE), alert("a", fired_at=NOW)
    alerts.record_decision(ledger, [], [late, early], [], NOW)
    assert alerts.recent_alerts(ledger) == [early, late]
    assert alerts.recent_alerts(ledger, since=NOW + MINUTE) == [late]
