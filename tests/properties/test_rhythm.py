"""When a feed is asked again: within bounds, sooner for one that brings more, later for one that fails, and the same twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, claim, entry, feed, page
from vigie.feeds.rhythm import (
    LONGEST,
    SHORTEST,
    Habits,
    asked_gap_of,
    depth_of,
    next_poll,
    poll_interval,
    rate_of,
)
from vigie.model import Feed

FEEDS = st.builds(
    lambda name, kind, source: feed(name, kind=kind, source=source, pattern="/"),
    st.text("abc", min_size=1, max_size=5),
    st.sampled_from(["official", "press"]),
    st.sampled_from(["feed", "listing", "sitemap"]),
)
SPANS = st.timedeltas(timedelta(), timedelta(days=400))
RATES = st.floats(0, 10_000)
HABITS = st.builds(
    Habits,
    per_hour=st.none() | RATES,
    depth=st.none() | SPANS,
    asked_gap=st.none() | SPANS,
    before=st.none() | st.timedeltas(SHORTEST, LONGEST),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@given(FEEDS, HABITS)
def test_between_two_minutes_and_six_hours(asked: Feed, habits: Habits) -> None:
    assert SHORTEST <= poll_interval(asked, habits) <= LONGEST


@given(FEEDS, HABITS, RATES, RATES)
def test_a_feed_that_brings_more_is_not_asked_less(asked: Feed, habits: Habits, a: float, b: float) -> None:
    slow, quick = (
        poll_interval(asked, Habits(per_hour=rate, depth=habits.depth, asked_gap=habits.asked_gap))
        for rate in sorted((a, b))
    )
    assert quick <= slow


@given(HABITS)
def test_official_feeds_are_asked_at_least_as_often(habits: Habits) -> None:
    known = Habits(per_hour=habits.per_hour, depth=habits.depth, asked_gap=habits.asked_gap)
    assert poll_interval(feed(kind="official"), known) <= poll_interval(feed(kind="press"), known)


@given(FEEDS, HABITS, st.integers(0, 1000), MOMENTS)
def test_a_failing_feed_backs_off_and_is_never_dropped(
    asked: Feed, habits: Habits, failures: int, now: datetime
) -> None:
    interval = poll_interval(asked, habits)
    first, second = (next_poll(asked, interval, failures + more, now) - now for more in (0, 1))
    assert SHORTEST <= first <= LONGEST
    assert second >= first
    assert second - first == timedelta() or second >= first * 1.5
    assert next_poll(asked, interval, 1000, now) - now >= LONGEST * 0.9


@given(FEEDS, HABITS, st.integers(0, 20), MOMENTS)
def test_twice_is_once(asked: Feed, habits: Habits, failures: int, now: datetime) -> None:
    interval = poll_interval(asked, habits)
    assert next_poll(asked, interval, failures, now) == next_poll(asked, interval, failures, now)


def test_feeds_of_one_rhythm_do_not_come_all_at_once() -> None:
    moments = {next_poll(feed(f"f{n}"), timedelta(minutes=15), 0, NOW) for n in range(50)}
    assert len(moments) > 40


@given(HABITS, st.integers(1, 10_000))
def test_the_desks_word_is_kept_to_the_minute(habits: Habits, minutes: int) -> None:
    asked = feed(poll_minutes=minutes)
    interval = poll_interval(asked, habits)
    assert next_poll(asked, interval, 0, NOW) == NOW + timedelta(minutes=minutes)


def test_what_a_publisher_asks_for_is_heeded_unless_entries_would_be_missed() -> None:
    busy = Habits(per_hour=60, asked_gap=timedelta(hours=1))
    assert poll_interval(feed(), busy) == timedelta(hours=1)
    shallow = Habits(per_hour=60, asked_gap=timedelta(hours=1), depth=timedelta(minutes=30))
    assert poll_interval(feed(), shallow) == timedelta(minutes=10)


def test_rate_and_depth_are_read_from_the_dates_of_a_body() -> None:
    dated = [entry(str(n), published=claim(NOW - timedelta(hours=n))) for n in range(1, 11)]
    assert rate_of(dated, NOW) == 1.0
    assert depth_of(dated, NOW) == timedelta(hours=10)
    assert rate_of([entry("a"), entry("b"), entry("c")], NOW) is None
    ahead = [entry(str(n), published=claim(NOW + timedelta(hours=n))) for n in range(1, 11)]
    assert (rate_of(ahead, NOW), depth_of(ahead, NOW)) == (None, None)


def test_what_headers_ask_for() -> None:
    def gap(ttl: int | None = None, **headers: str) -> timedelta | None:
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return asked_gap_of(page(headers=named), ttl)

    assert gap(Cache_Control="public, max-age=600") == timedelta(minutes=10)
    assert gap(Cache_Control="no-cache", Expires="Tue, 10 Mar 2026 10:30:00 GMT") is None
    assert gap(Expires="Tue, 10 Mar 2026 10:30:00 GMT") == timedelta(hours=1)
    assert gap(Expires="0") is None
    assert gap(20, Cache_Control="max-age=60") == timedelta(minutes=20)
    assert gap() is None
