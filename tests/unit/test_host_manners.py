"""How long a host is left alone."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from vigie.manners import LONGEST_REST, parse_retry_after, rest_after

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("trouble", ["busy", "silent", "unreachable"])
def test_rests_grow_and_are_bounded(trouble: str) -> None:
    rests = [rest.lasts for n in range(1, 60) if (rest := rest_after(trouble, n))]  # type: ignore[arg-type]
    assert all(a <= b for a, b in pairwise(rests))
    assert rests[-1] == LONGEST_REST
    assert rests[0] <= 2 * MINUTE


def test_one_silence_may_be_one_pages() -> None:
    assert rest_after("silent", 1) is None
    assert rest_after("silent", 2)
    assert rest_after("unreachable", 1)
    assert rest_after("busy", 1)


def test_what_a_host_asks_for_is_what_it_gets() -> None:
    rest = rest_after("busy", 9, timedelta(hours=3))
    assert rest
    assert rest.lasts == timedelta(hours=3)
    zero = rest_after("busy", 1, timedelta())
    assert zero
    assert zero.lasts == MINUTE  # "Retry-After: 0" with a 429: it cannot mean it


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 23 Nov 2026 08:01:00 GMT", timedelta(minutes=1)),
        ("Mon, 23 Nov 2026 07:00:00 GMT", timedelta()),
        ("999999999999", timedelta(days=1)),
        ("-5", None),
        ("bientôt", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, wait: timedelta | None) -> None:
    assert parse_retry_after(value, NOW) == wait
