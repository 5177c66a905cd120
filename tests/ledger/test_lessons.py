"""What people taught: each lesson once, in place of what it contradicts, withdrawn rather than deleted."""

from datetime import timedelta

from tests.builders import NOW, alert, lesson
from tests.ledger.flow import MINUTE, assert_sound
from vigie.adapters.ledger import Ledger, alerts, findings
from vigie.adapters.ledger.lessons import add_lesson, read_lessons, read_ratings, withdraw_lesson
from vigie.model import LessonId

LATER = NOW + timedelta(days=1)


def test_the_same_lesson_twice_is_once(ledger: Ledger) -> None:
    first = add_lesson(ledger, lesson())
    assert add_lesson(ledger, lesson(made_at=LATER)) == first
    assert read_lessons(ledger) == [first]
    assert (first.made_at, len(first.id)) == (NOW, 12)
    assert_sound(ledger)


def test_a_mute_with_another_end_replaces_the_one_before(ledger: Ledger) -> None:
    add_lesson(ledger, lesson())
    shorter = add_lesson(ledger, lesson(made_at=LATER, until=LATER + MINUTE))
    assert read_lessons(ledger) == [shorter]
    assert_sound(ledger)


def test_a_follow_and_a_mute_of_one_topic_replace_each_other(ledger: Ledger) -> None:
    add_lesson(ledger, lesson("mute", "sujet-1", terms=()))
    followed = add_lesson(ledger, lesson("follow", "sujet-1", made_at=LATER))
    other = add_lesson(ledger, lesson("follow", "sujet-2", made_at=LATER + MINUTE))
    assert read_lessons(ledger) == [followed, other]


def test_a_second_rating_replaces_the_first_and_leaves_other_kinds(ledger: Ledger) -> None:
    muted = add_lesson(ledger, lesson("mute", "alerte-1"))
    add_lesson(ledger, lesson("rate", "alerte-1", verdict="noise"))
    useful = add_lesson(ledger, lesson("rate", "alerte-1", verdict="useful", made_at=LATER))
    assert read_lessons(ledger) == [muted, useful]
    with ledger.reading() as session:
        assert read_ratings(session) == {"alerte-1": "useful"}


def test_a_lesson_that_is_withdrawn_is_gone_and_may_be_taught_again(ledger: Ledger) -> None:
    taught = add_lesson(ledger, lesson())
    assert withdraw_lesson(ledger, taught.id, LATER) == taught
    assert withdraw_lesson(ledger, taught.id, LATER + MINUTE) == taught
    assert read_lessons(ledger) == []
    assert withdraw_lesson(ledger, LessonId("rien"), LATER) is None
    assert add_lesson(ledger, lesson()) == taught  # at the same moment: the clock may stand still
    assert read_lessons(ledger) == [taught]
    assert_sound(ledger)


def test_a_rating_and_its_end_send_the_alert_to_the_index_again(ledger: Ledger) -> None:
    alerts.record_decision(ledger, [], [alert(), alert("autre")], [], NOW)

    def waiting() -> list[tuple[str, str | None]]:
        found = list(findings.read_findings(ledger, "alerts", unpublished=True))
        findings.record_published(ledger, found, NOW)
        return [(each.body.id, each.rating) for each in found]

    assert waiting() == [("alerte-1", None), ("autre", None)]
    taught = add_lesson(ledger, lesson("rate", "alerte-1", verdict="noise"))
    assert waiting() == [("alerte-1", "noise")]
    add_lesson(ledger, lesson("rate", "alerte-1", verdict="noise"))
    assert waiting() == []
    withdraw_lesson(ledger, taught.id, LATER)
    assert waiting() == [("alerte-1", None)]
    add_lesson(ledger, lesson("rate", "inconnue", verdict="noise"))  # the step asks first
    assert waiting() == []
