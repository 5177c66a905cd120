"""Deliveries: formed in the ledger, sent once, tried for a day, given up aloud."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.builders import NOW, alert
from tests.ledger.flow import MINUTE, assert_sound
from vigie.adapters.ledger import Ledger, alerts
from vigie.adapters.ledger.deliveries import Outgoing, record_sent, record_unsent, take_message
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.adapters.ledger.schema import DeliveryRow
from vigie.delivery.rules import QuietHours, Rules

SLACK, MAIL = ("cle-slack", "Slack"), ("cle-mail", "Courriel")
CHANNELS = [SLACK, MAIL]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = Rules(quiet=QuietHours(start=time(22), end=time(7), zone=ZoneInfo("Europe/Paris")))


def decide(
    ledger: Ledger, *ids: str, at: datetime = NOW, channels: Sequence[tuple[str, str]] = CHANNELS
) -> None:
    alerts.record_decision(ledger, [], [alert(i, fired_at=at) for i in ids], channels, at)


def take(ledger: Ledger, key: str = "cle-slack", at: datetime = NOW, rules: Rules | None = None) -> Outgoing:
    message = take_message(ledger, key, at, rules or Rules()).message
    assert message is not None
    return message


def states(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    return {
        alert_id: [(label, state) for label, state, _at in found]
        for alert_id, found in alert_deliveries(ledger).items()
    }


def ids(message: Outgoing) -> list[str]:
    return [item.id for item in message.alerts]


def test_a_message_is_one_worker_s_until_it_is_sent(
    ledger: Ledger, elsewhere: Callable[[str], Ledger]
) -> None:
    other = elsewhere("ailleurs")
    decide(ledger, "a")
    assert take_message(ledger, "nobody", NOW).message is None
    mine = take(ledger)
    assert mine == Outgoing(id="a", channel="cle-slack", alerts=(alert("a"),))
    assert take_message(other, "cle-slack", NOW).message is None
    theirs = take(other, "cle-mail")
    record_sent(ledger, mine, NOW + MINUTE)
    record_sent(other, theirs, NOW + MINUTE, "1 of 2 recipients refused")
    for key, _label in CHANNELS:
        assert take_message(ledger, key, NOW + DAY).message is None
    assert alert_deliveries(ledger)["a"] == [
        ("Courriel", "sent", NOW + MINUTE),
        ("Slack", "sent", NOW + MINUTE),
    ]
    assert_sound(ledger)


def test_two_workers_send_what_is_there_once_and_keep_to_the_limit(
    ledger: Ledger, elsewhere: Callable[[str], Ledger]
) -> None:
    other = elsewhere("ailleurs")
    decide(ledger, *"abcdef")
    limit = Rules(most_per_hour=3)
    taken = [take(worker, rules=limit) for worker in (ledger, other, ledger)]
    assert [ids(message) for message in taken] == [["a"], ["b"], ["c", "d", "e", "f"]]
    turn = take_message(other, "cle-slack", NOW, limit)
    assert (turn.message, turn.waiting) == (None, 0)
    decide(ledger, "g", at=NOW + MINUTE)
    for message, worker in zip(taken, (ledger, other, ledger), strict=True):
        record_sent(worker, message, NOW + 2 * MINUTE)
    turn = take_message(other, "cle-slack", NOW + 3 * MINUTE, limit)
    assert (turn.message, turn.waiting, turn.again_at) == (None, 1, NOW + 2 * MINUTE + HOUR)
    assert ids(take(other, at=NOW + 2 * MINUTE + HOUR, rules=limit)) == ["g"]
    assert_sound(ledger)


def test_what_comes_in_quiet_hours_goes_gathered_at_their_end(ledger: Ledger) -> None:
    night = NOW.replace(hour=23)
    decide(ledger, "a", "b", at=night)
    turn = take_message(ledger, "cle-slack", night, NIGHT)
    assert (turn.message, turn.waiting, turn.again_at) == (None, 2, NOW.replace(hour=6, minute=0) + DAY)
    assert turn.again_at
    decide(ledger, "c", at=turn.again_at)
    gathered = take(ledger, at=turn.again_at, rules=NIGHT)
    assert ids(gathered) == ["a", "b"]
    assert gathered.id not in ("a", "b")
    assert ids(take(ledger, at=turn.again_at, rules=NIGHT)) == ["c"]
    assert ids(take(ledger, "cle-mail", at=night)) == ["a"]  # another channel has no quiet hours


def test_a_worker_that_died_between_send_and_record_leaves_the_same_message(
    ledger: Ledger, elsewhere: Callable[[str], Ledger]
) -> None:
    decide(ledger, *"abc")
    first = take(elsewhere("machine-morte"), rules=Rules(most_per_hour=1))
    assert ids(first) == ["a", "b", "c"]
    decide(ledger, "d", at=NOW + MINUTE)
    after = NOW + 16 * MINUTE  # its leases are over
    assert take(ledger, at=after, rules=Rules(most_per_hour=1)) == first
    record_sent(ledger, first, after)
    assert ids(take(ledger, at=after)) == ["d"]


def test_alerts_of_a_message_that_was_refused_may_be_gathered_later_and_gathered_ones_stay(
    ledger: Ledger,
) -> None:
    decide(ledger, "a", "b", channels=[SLACK])
    assert not record_unsent(ledger, take(ledger), "HTTP 503", NOW)
    assert take_message(ledger, "cle-slack", NOW).message is None  # `b` rests too: the channel is down
    at = NOW + 5 * MINUTE
    both = take(ledger, at=at, rules=Rules(most_per_hour=1))
    assert set(ids(both)) == {"a", "b"}
    record_unsent(ledger, both, "HTTP 503", at)
    decide(ledger, "c", at=at, channels=[SLACK])
    later = at + 20 * MINUTE
    again = take(ledger, at=later, rules=Rules(most_per_hour=1))
    assert (again.id, set(ids(again))) == (both.id, {"a", "b"})


def test_one_message_that_is_never_taken_does_not_hold_up_the_others(ledger: Ledger) -> None:
    decide(ledger, "poison", channels=[SLACK])
    at = NOW
    for n in range(20):
        decide(ledger, f"bon-{n}", at=at, channels=[SLACK])
        told: list[str] = []
        while message := take_message(ledger, "cle-slack", at).message:
            told += ids(message)
            if "poison" in ids(message):
                record_unsent(ledger, message, "HTTP 413", at)
                break
            record_sent(ledger, message, at)
        assert n == 0 or f"bon-{n}" in told or f"bon-{n - 1}" in told
        at += 10 * MINUTE
    sent = [key for key, found in states(ledger).items() if found == [("Slack", "sent")]]
    assert len(sent) >= 19


def fail_for_a_day(
    ledger: Ledger, others: Sequence[tuple[str, str]] = CHANNELS, key: str = "cle-slack"
) -> datetime:
    """Try as often as it is due until nothing is; the time of the last try."""
    at = last = NOW
    while at < NOW + 3 * DAY:
        while message := take_message(ledger, key, at).message:
            last = at
            record_unsent(ledger, message, "HTTP 503", at, others)
        at += MINUTE * 5
    return last


def test_a_channel_that_is_down_is_tried_for_a_day_then_given_up_and_said_on_the_others(
    ledger: Ledger,
) -> None:
    decide(ledger, "a", "b")
    assert timedelta(hours=23) < fail_for_a_day(ledger) - NOW <= timedelta(hours=25)
    assert states(ledger)["a"] == [("Courriel", "pending"), ("Slack", "abandoned")]
    (told,) = alerts.recent_alerts(ledger, kind="operator")
    assert (told.kind, told.about) == ("operator", "cle-slack")
    assert "« Slack »" in told.reason
    assert "1 alerte en un jour" in told.reason
    assert "1 autre attend encore" in told.reason
    assert "jamais" in told.reason
    assert states(ledger)[told.id] == [("Courriel", "pending")]
    assert told in [
        m.alerts[0] for m in iter(lambda: take_message(ledger, "cle-mail", NOW + 3 * DAY).message, None)
    ]
    assert_sound(ledger)


def test_an_outage_is_said_once_and_the_next_one_again(ledger: Ledger) -> None:
    for n in range(3):
        decide(ledger, f"x{n}", channels=[SLACK])
    fail_for_a_day(ledger)
    assert len(alerts.recent_alerts(ledger, kind="operator")) == 1
    back = NOW + 4 * DAY
    decide(ledger, "y", "z", at=back, channels=[SLACK])
    record_sent(ledger, take(ledger, at=back), back)
    last = back + DAY
    assert record_unsent(ledger, take(ledger, at=last), "HTTP 503", last, CHANNELS)
    assert len(alerts.recent_alerts(ledger, kind="operator")) == 2


def test_two_channels_that_are_down_do_not_tell_of_one_another_without_end(ledger: Ledger) -> None:
    decide(ledger, "a")
    fail_for_a_day(ledger)
    fail_for_a_day(ledger, key="cle-mail")
    told = alerts.recent_alerts(ledger, kind="operator")
    assert {item.about for item in told} == {"cle-slack", "cle-mail"}
    at = NOW + 10 * DAY
    for _ in range(5):
        for key, _label in CHANNELS:
            while message := take_message(ledger, key, at).message:
                record_unsent(ledger, message, "HTTP 503", at, CHANNELS)
        at += 2 * DAY
    assert alerts.recent_alerts(ledger, kind="operator") == told
    assert {state for found in states(ledger).values() for _label, state in found} == {"abandoned"}


def test_without_another_channel_it_is_said_in_the_ledger(ledger: Ledger) -> None:
    decide(ledger, "a", channels=[SLACK])
    fail_for_a_day(ledger, others=[SLACK])
    (told,) = alerts.recent_alerts(ledger, kind="operator")
    assert told.id not in states(ledger)


@pytest.mark.parametrize("away", [timedelta(hours=7), 9 * DAY])
def test_a_channel_that_is_no_longer_set_keeps_its_deliveries(ledger: Ledger, away: timedelta) -> None:
    decide(ledger, "a")
    record_sent(ledger, take(ledger, "cle-mail"), NOW)
    assert states(ledger)["a"] == [("Courriel", "sent"), ("Slack", "pending")]
    assert ids(take(ledger, at=NOW + away)) == ["a"]


def test_deliveries_of_an_earlier_release_have_their_day_from_their_next_try(ledger: Ledger) -> None:
    decide(ledger, "a", channels=[SLACK])
    with ledger.writing() as session:
        session.execute(sa.update(DeliveryRow).values(made_at=None))
    at = NOW + timedelta(hours=23)
    assert not record_unsent(ledger, take(ledger, at=at), "HTTP 503", at)
    assert record_unsent(ledger, take(ledger, at=NOW + DAY), "HTTP 503", NOW + DAY)
