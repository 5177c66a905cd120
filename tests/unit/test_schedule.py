"""When to ask again."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.builders import NOW, feed
from vigie.feeds.rhythm import next_poll
from vigie.pages.schedule import GIVE_UP_AFTER, PAGE_AGES, next_fetch, next_try

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fields", "failures", "minutes"),
    [
        ({"kind": "official"}, 0, 5),
        ({"kind": "press"}, 0, 15),
        ({"kind": "press", "poll_minutes": 2}, 0, 2),
        ({"kind": "press"}, 1, 30),
        ({"kind": "press"}, 3, 120),
        ({"kind": "press"}, 9, 360),
        ({"kind": "press"}, 10_000, 360),
        ({"kind": "press", "poll_minutes": 1440}, 0, 1440),
        ({"kind": "press", "poll_minutes": 1440}, 5, 1440),
    ],
)
def test_a_feed_has_its_rhythm_and_slows_down_when_it_fails(
    fields: dict[str, object], failures: int, minutes: int
) -> None:
    assert next_poll(feed(**fields), failures, NOW) == NOW + minutes * MINUTE


def test_a_page_is_read_again_at_fixed_ages_and_then_left() -> None:
    at, seen = NOW, []
    while following := next_fetch(NOW, at):
        seen.append(following - NOW)
        at = following
    assert tuple(seen) == PAGE_AGES


def test_a_page_that_is_read_late_skips_the_ages_it_missed() -> None:
    assert next_fetch(NOW, NOW + timedelta(hours=7)) == NOW + timedelta(days=1)
    assert next_fetch(NOW, NOW + timedelta(days=8)) is None


def test_a_page_that_cannot_be_had_is_tried_for_a_week() -> None:
    at, tries, waits = NOW, 0, []
    while following := next_try(NOW, tries, at):
        waits.append(following - at)
        at, tries = following, tries + 1
    assert waits[:3] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE]
    assert all(a <= b for a, b in pairwise(waits))
    assert max(waits) == timedelta(days=1)
    assert GIVE_UP_AFTER < at - NOW <= GIVE_UP_AFTER + timedelta(days=1)
    assert next_try(NOW, 10_000, NOW) == NOW + timedelta(days=1)
