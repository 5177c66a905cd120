"""How the stages fare, what operators were told, and the gauges, on both databases."""

from datetime import timedelta

from tests.builders import NOW, article, claim, entry
from tests.ledger.flow import MINUTE, assert_sound, extract, fetch, id_of, poll, publish
from vigie.adapters.ledger import Ledger, alerts, stages
from vigie.adapters.ledger.gauges import take_pulse
from vigie.adapters.ledger.operations import read_stages, tell_operators
from vigie.adapters.ledger.reconciling import release_all, reopen_articles
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.alerts.operations import Finding

CHANNELS = [("cle-mail", "Courriel")]
BROKEN, FINE = (Finding(about="audit", name="Audit", reason=reason) for reason in ("Cassé.", None))


def told(ledger: Ledger) -> list[str | None]:
    return [alert.about for alert in alerts.recent_alerts(ledger)]


def test_operators_hear_of_each_occurrence_once_and_of_its_end(ledger: Ledger) -> None:
    for number, finding in enumerate([FINE, BROKEN, BROKEN, FINE, FINE, BROKEN]):
        tell_operators(ledger, [finding], CHANNELS, NOW + number * MINUTE)
    assert told(ledger) == ["audit", "audit/ok", "audit"]
    assert [len(sent) for sent in alert_deliveries(ledger).values()] == [1, 1, 1]
    assert_sound(ledger)


def test_one_part_is_not_told_for_another(ledger: Ledger) -> None:
    tag = Finding(about="stage:tag", name="Étape", reason="Échoue.")
    tell_operators(ledger, [BROKEN, tag], CHANNELS, NOW)
    tell_operators(ledger, [FINE, tag], CHANNELS, NOW + MINUTE)
    assert sorted(map(str, told(ledger))) == ["audit", "audit/ok", "stage:tag"]


def test_what_begins_and_ends_at_one_moment_has_ended(ledger: Ledger) -> None:
    for finding in (BROKEN, FINE, FINE):
        tell_operators(ledger, [finding], CHANNELS, NOW)
    assert sorted(map(str, told(ledger))) == ["audit", "audit/ok"]


def test_stages_say_what_waits_and_what_fails(ledger: Ledger) -> None:
    publish(ledger, entry("faite"))
    poll(ledger, entry("attend"))
    fetch(ledger, id_of(entry("attend")), "https://le-matin.example/attend")
    poll(ledger, entry("échoue"))
    failing = id_of(entry("échoue"))
    fetch(ledger, failing, "https://le-matin.example/echoue")
    extract(ledger, article(failing))
    for number in range(3):
        stages.record_failure(ledger, failing, f"essai {number}", NOW)
    works, last_indexed_at = read_stages(ledger, NOW)
    assert last_indexed_at == NOW
    found = {work.stage: (work.due, work.oldest_seen_at, work.failing, work.error) for work in works}
    assert found == {
        "extract": (1, NOW, 0, None),
        "tag": (0, None, 1, "essai 2"),
        "index": (0, None, 0, None),
    }


def test_the_pulse(ledger: Ledger) -> None:
    published = publish(ledger, entry("faite"), published=claim(NOW - 20 * MINUTE))
    poll(ledger, at=NOW + MINUTE, health="failing", condition="timeout")
    pulse = take_pulse(ledger, NOW + 5 * MINUTE)
    assert (pulse.polls, pulse.polls_failed) == (2, 1)
    assert sum(pulse.feeds.values()) == 3
    assert pulse.seen_delays_s == (0.0,)
    assert pulse.published_delays_s == (1200.0,)
    assert (pulse.last_polled_at, pulse.last_indexed_at) == (NOW + MINUTE, NOW)
    assert pulse.errors == {}
    stages.reopen(ledger, None, None)
    stages.record_failure(ledger, published, "refusé", NOW)
    assert take_pulse(ledger, NOW).errors == {"extract": 1}
    later = take_pulse(ledger, NOW + timedelta(hours=2))
    assert (later.polls, later.seen_delays_s) == (0, ())


def test_articles_that_the_index_lacks_are_made_once_more(ledger: Ledger) -> None:
    one, two = publish(ledger, entry("une")), publish(ledger, entry("deux"))
    assert reopen_articles(ledger, [one]) == reopen_articles(ledger, [one]) == 1
    assert stages.due_articles(ledger, NOW) == [one]
    assert two not in stages.due_articles(ledger, NOW)
    assert_sound(ledger)


def test_leases_end_with_a_restore(ledger: Ledger, elsewhere: object) -> None:
    poll(ledger, entry("une"))
    fetch(ledger, id_of(entry("une")), "https://le-matin.example/une")
    extract(ledger, article(id_of(entry("une"))))
    other = elsewhere("ailleurs")  # type: ignore[operator]
    assert len(stages.claim_for_tag(other, [id_of(entry("une"))], NOW)) == 1
    assert stages.claim_for_tag(ledger, [id_of(entry("une"))], NOW) == []
    release_all(ledger)
    assert len(stages.claim_for_tag(ledger, [id_of(entry("une"))], NOW)) == 1
