"""What must hold of deliveries whatever waits, whatever the rules, whenever one looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.delivery.patience import A_DAY, BREATH, LONGEST, next_try
from vigie.delivery.planning import HOUR, MOST_GATHERED, Planned, Waiting, plan_messages
from vigie.delivery.rules import QuietHours, Rules
from vigie.model import AlertId, AlertKind

START = datetime(2026, 3, 27, tzinfo=UTC)  # two days before clocks in Europe go forward
MINUTE = timedelta(minutes=1)
ZONES = [
    ZoneInfo(name) for name in ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
]

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
quiet_hours = st.builds(QuietHours, start=times, end=times, zone=st.sampled_from(ZONES)).filter(
    lambda hours: hours.start != hours.end
)
all_rules = st.builds(Rules, quiet=st.none() | quiet_hours, most_per_hour=st.none() | st.integers(1, 5))
moments = st.integers(0, 3 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)
kinds = st.sampled_from(["topic", "watch", "communique", "operator", "digest"])
arrivals = st.lists(st.tuples(moments, kinds), max_size=60)


def waiting(arrived: Sequence[tuple[datetime, AlertKind]]) -> list[Waiting]:
    return [
        Waiting(alert_id=AlertId(f"a{n:03}"), kind=kind, made_at=at, next_try_at=at)
        for n, (at, kind) in enumerate(arrived)
    ]


def replay(
    alerts: Sequence[Waiting], rules: Rules, looks: Sequence[datetime]
) -> list[tuple[datetime, Planned]]:
    """Every message of a channel that takes all, looked at at these times: the first of each plan, as a worker does."""
    left, sent = list(alerts), list[tuple[datetime, Planned]]()
    for now in looks:
        while True:
            here = [item for item in left if item.made_at <= now]
            plan = plan_messages("k", here, [at for at, _ in sent], rules, now)
            if not plan.messages:
                assert plan.again_at is None or plan.again_at > now
                assert (plan.again_at is None) == (not here)
                break
            sent.append((now, plan.messages[0]))
            left = [item for item in left if item.alert_id not in plan.messages[0].alert_ids]
    return sent


@settings(deadline=None)
@given(arrivals, all_rules, st.integers(3, 40))
def test_each_alert_goes_once_and_by_the_rules(
    arrived: list[tuple[datetime, AlertKind]], rules: Rules, every: int
) -> None:
    alerts = waiting(arrived)
    looks = [START + n * every * MINUTE for n in range(10 * 24 * 60 // every)]
    sent = replay(alerts, rules, looks)
    told = [alert_id for _, message in sent for alert_id in message.alert_ids]
    awake = rules.quiet is None or sum(rules.quiet_until(at) is None for at in looks) > 40 * 60 // every
    assert len(told) == len(set(told))
    if awake:  # with a minute a day to speak, a look may miss it
        assert sorted(told) == sorted(item.alert_id for item in alerts)
    assert all(rules.quiet_until(at) is None for at, _ in sent)
    if rules.most_per_hour:
        for at, _ in sent:
            assert sum(at - HOUR < other <= at for other, _ in sent) <= rules.most_per_hour
    by_id = {item.alert_id: item for item in alerts}
    for _, message in sent:
        assert len(message.alert_ids) <= MOST_GATHERED
        members = [by_id[alert_id] for alert_id in message.alert_ids]
        if len(members) > 1:
            assert "digest" not in {item.kind for item in members}
            assert rules.most_per_hour or all(rules.quiet_until(item.made_at) for item in members)
        else:
            assert message.id == members[0].alert_id
    assert len({message.id for _, message in sent}) == len(sent)


@settings(deadline=None)
@given(arrivals, all_rules, moments)
def test_nothing_goes_before_it_is_said_to(
    arrived: list[tuple[datetime, AlertKind]], rules: Rules, now: datetime
) -> None:
    alerts = [item for item in waiting(arrived) if item.made_at <= now]
    plan = plan_messages("k", alerts, [], rules, now)
    told = {alert_id for message in plan.messages for alert_id in message.alert_ids}
    left = [item for item in alerts if item.alert_id not in told]
    assert (plan.again_at is None) == (not left)
    if plan.again_at:
        sent = [now] * len(plan.messages)
        early = now + (plan.again_at - now) * 0.9
        assert plan_messages("k", left, sent, rules, early).messages == ()
        assert plan_messages("k", left, sent, rules, plan.again_at).messages


@settings(deadline=None)
@given(arrivals, all_rules, moments)
def test_a_plan_is_carried_out_one_message_after_the_other(
    arrived: list[tuple[datetime, AlertKind]], rules: Rules, now: datetime
) -> None:
    alerts = [item for item in waiting(arrived) if item.made_at <= now]
    whole = plan_messages("k", alerts, [], rules, now).messages
    assert tuple(message for _, message in replay(alerts, rules, [now])) == whole


@given(arrivals, all_rules, moments)
def test_a_message_that_was_formed_keeps_its_id_and_alerts(
    arrived: list[tuple[datetime, AlertKind]], rules: Rules, now: datetime
) -> None:
    alerts = [item for item in waiting(arrived) if item.made_at <= now]
    plan = plan_messages("k", alerts, [], rules, now)
    if not plan.messages:
        return
    first = plan.messages[0]
    newer = Waiting(alert_id=AlertId("newer"), kind="topic", made_at=now, next_try_at=now)
    bound = [
        replace(item, message_id=first.id) if item.alert_id in first.alert_ids else item for item in alerts
    ]
    again = plan_messages("k", [newer, *bound], [], rules, now).messages[0]
    assert (again.id, set(again.alert_ids)) == (first.id, set(first.alert_ids))


@given(quiet_hours, st.integers(-400 * 24 * 60, 400 * 24 * 60))
def test_quiet_hours_end_where_they_say(hours: QuietHours, minutes: int) -> None:
    now = START + minutes * MINUTE
    end = hours.until(now)
    shown = now.astimezone(hours.zone).time()
    inside = (
        hours.start <= shown < hours.end if hours.start < hours.end else not hours.end <= shown < hours.start
    )
    changing = any(
        (now + d).astimezone(hours.zone).utcoffset() != now.astimezone(hours.zone).utcoffset()
        for d in (-3 * HOUR, 3 * HOUR)
    )
    assert changing or inside == (end is not None)
    if end:
        assert now < end <= now + timedelta(days=2)
        assert hours.until(end) is None
        assert hours.until(end - MINUTE / 2) == end
        assert hours.until(now + (end - now) / 2) == end


@given(st.integers(1, 60), st.floats(0, 30 * 24))
def test_an_alert_is_tried_for_a_day_and_never_less_than_once(tries: int, hours: float) -> None:
    since = START
    now = since + timedelta(hours=hours)
    again = next_try(tries, since, now)
    if now >= since + A_DAY:
        assert again is None
    else:
        assert again is not None
        assert now < again <= min(now + LONGEST, since + A_DAY)


def test_how_often_a_channel_that_is_down_is_tried() -> None:
    now, tries = START, list[datetime]()
    again: datetime | None = now
    while again:
        now = again
        tries.append(now)
        again = next_try(len(tries), START, now)
    assert tries[1] - tries[0] == BREATH
    assert tries[-1] == START + A_DAY
    assert len(tries) == 28
