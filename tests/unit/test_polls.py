"""What an answer says of a feed."""

from datetime import datetime, timedelta

import pytest

from tests.builders import NOW, entry, feed, page
from vigie.feeds.health import judge_answer, judge_silence
from vigie.feeds.parse import ParsedFeed
from vigie.model import Expectation, FeedHealth

LONG_AGO = NOW - timedelta(days=60)


@pytest.mark.parametrize(
    ("status", "parsed", "health", "words"),
    [
        (200, ParsedFeed(entries=(entry(), entry("deux"))), "ok", "2 entrées."),
        (304, None, "ok", "304"),
        (410, None, "gone", "410"),
        (401, None, "blocked", "401"),
        (403, None, "blocked", "403"),
        (404, None, "failing", "404"),
        (500, None, "failing", "500"),
        (204, None, "failing", "204"),
        (200, ParsedFeed(looks_like_html=True, problem="not a feed: HTML"), "blocked", "HTML"),
        (200, ParsedFeed(problem="empty"), "malformed", "mal formé"),
        (200, ParsedFeed(problem="cut off", entries=(entry(),)), "malformed", "1 entrées gardées"),
        (200, ParsedFeed(), "silent", "sans aucune entrée"),
    ],
)
def test_an_answer_has_a_health_and_a_sentence(
    status: int, parsed: ParsedFeed | None, health: FeedHealth, words: str
) -> None:
    verdict = judge_answer(page(status=status), parsed)
    assert verdict.health == health
    assert words in verdict.sentence
    assert verdict.sentence.endswith((".", ")."))


@pytest.mark.parametrize(
    ("least", "week_count", "last_entry_at", "since", "silent"),
    [
        (None, 0, None, None, False),  # never polled
        (None, 0, None, NOW - timedelta(days=6), False),  # for too short a time
        (None, 0, None, LONG_AGO, True),
        (None, 0, NOW - timedelta(days=13), LONG_AGO, False),
        (None, 0, NOW - timedelta(days=15), LONG_AGO, True),
        (3, 3, NOW, LONG_AGO, False),
        (3, 2, NOW, LONG_AGO, True),
        (3, 0, None, NOW - timedelta(days=6), False),
        (0, 0, None, LONG_AGO, False),  # its file says that it may bring nothing
    ],
)
def test_a_feed_that_brings_too_little_is_silent(
    least: int | None,
    week_count: int,
    last_entry_at: datetime | None,
    since: datetime | None,
    silent: bool,
) -> None:
    asked = feed(expect=Expectation(min_per_week=least))
    verdict = judge_silence(asked, last_entry_at, week_count, since, NOW)
    assert (verdict is not None) is silent
    if verdict:
        assert verdict.health == "silent"
