"""When a page is asked for again."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.builders import NOW
from vigie.model import FeedKind
from vigie.pages.schedule import (
    GIVE_UP_AFTER,
    OFFICIAL_AGES,
    PAGE_AGES,
    is_conditional,
    next_fetch,
    next_try,
)

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("kind", "ages"), [("press", PAGE_AGES), ("official", OFFICIAL_AGES)])
def test_a_page_is_read_again_at_fixed_ages_and_then_left(
    kind: FeedKind, ages: tuple[timedelta, ...]
) -> None:
    at, seen = NOW, []
    while following := next_fetch(NOW, at, kind):
        seen.append(following - NOW)
        at = following
    assert tuple(seen) == ages
    assert all(a < b for a, b in pairwise(ages))


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


@pytest.mark.parametrize(
    ("whole_at", "conditional"),
    [
        (None, False),
        (NOW, True),
        (NOW - timedelta(hours=23), True),
        (NOW - timedelta(days=1), False),
        (NOW + timedelta(hours=1), False),  # the clock was set back
    ],
)
def test_an_etag_is_believed_for_a_day(whole_at: datetime | None, conditional: bool) -> None:
    assert is_conditional(whole_at, NOW) is conditional
