"""What an answer says of a feed, and what its silence does."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from tests.builders import NOW, claim, entry, feed, page
from vigie.feeds.conditions import HEALTH_OF, Condition, Verdict
from vigie.feeds.health import SAID_OF_FAULTS, judge_answer, judge_unchanged
from vigie.feeds.parse import ParsedFeed
from vigie.feeds.silence import Past, judge_silence
from vigie.model import Expectation, FeedHealth

DAY = timedelta(days=1)
PUBLISHED = claim(NOW - DAY)
ONE, TWO = entry(published=PUBLISHED), entry("deux", published=PUBLISHED)
CHALLENGE = b"<html><head><title>Client Challenge</title></head><body></body></html>"


def test_every_condition_has_a_health() -> None:
    assert set(HEALTH_OF) == set(get_args(Condition))
    assert set(HEALTH_OF.values()) == set(get_args(FeedHealth))


@pytest.mark.parametrize(
    ("status", "parsed", "condition", "words"),
    [
        (200, ParsedFeed(entries=(ONE, TWO)), "ok", "2 entrées."),
        (200, ParsedFeed(entries=(ONE,)), "ok", "1 entrée."),
        (200, ParsedFeed(entries=(entry(), TWO)), "ok", "Sans date lisible : 1 sur 2."),
        (200, ParsedFeed(entries=(entry(),)), "missing-dates", "Sans date lisible : 1 sur 1."),
        (200, ParsedFeed(entries=(replace(ONE, published=claim(NOW + DAY)), TWO)), "future-dates", "futur : 1 sur 2"),
        (304, None, "unexpected", "304"),
        (410, None, "gone", "410"),
        (401, None, "refused", "401"),
        (403, None, "refused", "403"),
        (451, None, "refused", "451"),
        (404, None, "not-found", "404"),
        (429, None, "busy", "429"),
        (503, None, "busy", "503"),
        (500, None, "server-error", "500"),
        (204, None, "unexpected", "204"),
        (200, ParsedFeed(fault="html", problem="page HTML"), "html", "HTML"),
        (200, ParsedFeed(fault="challenge", problem="page HTML"), "challenge", "défi"),
        (200, ParsedFeed(fault="empty-body", problem="vide"), "empty-body", "vide"),
        (200, ParsedFeed(fault="not-a-feed", problem="Ce n'est pas un flux"), "not-a-feed", "pas un flux"),
        (200, ParsedFeed(fault="parse-error", problem="coupé"), "parse-error", "aucune entrée lisible : coupé."),
        (200, ParsedFeed(fault="parse-error", problem="coupé", entries=(ONE,)), "parse-error", "1 entrée, elle est gardée"),
        (200, ParsedFeed(fault="parse-error", problem="coupé", entries=(ONE, TWO), announced=3), "parse-error",
         "Erreur après 2 entrées sur 3, les 2 sont gardées : coupé."),
        (200, ParsedFeed(), "empty", "sans aucune entrée"),
    ],
)  # fmt: skip
def test_an_answer_has_a_condition_and_a_sentence(
    status: int, parsed: ParsedFeed | None, condition: Condition, words: str
) -> None:
    verdict = judge_answer(page(status=status), parsed, feed())
    assert verdict.condition == condition
    assert words in verdict.sentence
    assert verdict.sentence.endswith((".", ")."))


@pytest.mark.parametrize("status", [200, 401, 403, 429, 503])
def test_a_challenge_is_one_whatever_its_status(status: int) -> None:
    parsed = ParsedFeed(fault="challenge", problem="page HTML") if status == 200 else None
    verdict = judge_answer(page(status=status, body=CHALLENGE), parsed, feed())
    assert (verdict.condition, verdict.health) == ("challenge", "blocked")


def test_a_listing_needs_no_dates() -> None:
    parsed = ParsedFeed(entries=(entry(),))
    assert judge_answer(page(), parsed, feed(source="listing")).condition == "ok"


def test_the_same_bytes_are_unchanged_and_hide_nothing() -> None:
    assert judge_answer(page(), ParsedFeed(entries=(ONE,)), feed(), same_body=True).condition == "unchanged"
    undated = ParsedFeed(entries=(entry(),))
    assert judge_answer(page(), undated, feed(), same_body=True).condition == "missing-dates"


@pytest.mark.parametrize("before", ["empty", "future-dates", "missing-dates"])
def test_a_304_stands_for_what_the_body_said(before: Condition) -> None:
    assert judge_unchanged(before).condition == before
    assert "304" in judge_unchanged(before).sentence


def test_a_304_of_a_good_feed_is_unchanged() -> None:
    assert {judge_unchanged(before).condition for before in ("ok", "new", "moved")} == {"unchanged"}


def test_a_note_does_not_make_a_bad_feed_good() -> None:
    bad = Verdict(condition="html", sentence="Une page.").noting("A déménagé.", "moved")
    assert (bad.condition, bad.sentence) == ("html", "Une page. A déménagé.")


def test_faults_have_sentences() -> None:
    assert all(sentence.endswith(".") for sentence in SAID_OF_FAULTS.values())
    assert {HEALTH_OF[condition] for condition in SAID_OF_FAULTS} == {"failing"}


# Silence.


def past(**fields: object) -> Past:
    usual: dict[str, object] = {"polled_since": NOW - 60 * DAY, "asked_at": NOW, "week_count": 0}
    return Past(**{**usual, **fields})  # type: ignore[arg-type]  # a test names the fields it changes


def every(gap: timedelta, until: datetime, count: int = 10) -> tuple[datetime, ...]:
    return tuple(until - gap * n for n in reversed(range(count)))


@pytest.mark.parametrize(
    ("arrivals", "condition"),
    [
        ((), "silent"),  # for 60 days
        ((NOW - 13 * DAY,), None),  # too short a past to judge by
        ((NOW - 15 * DAY,), "silent"),
        (every(DAY / 24, NOW - DAY / 5), None),  # less than six hours is no silence
        (every(DAY / 24, NOW - DAY / 3), "silent"),
        (every(7 * DAY, NOW - 8 * DAY), None),  # a weekly paper
        (every(7 * DAY, NOW - 15 * DAY), "silent"),
    ],
)
def test_silence_is_judged_by_a_feeds_own_past(
    arrivals: tuple[datetime, ...], condition: Condition | None
) -> None:
    verdict = judge_silence(feed(), past(arrivals=arrivals))
    assert (verdict.condition if verdict else None) == condition


def test_the_sentence_of_a_silence_says_what_is_usual() -> None:
    verdict = judge_silence(feed(), past(arrivals=every(DAY, NOW - 5 * DAY)))
    assert verdict is not None
    assert verdict.sentence == "Rien de nouveau depuis 5 jours ; son plus long silence était de 24 h."


@pytest.mark.parametrize(
    ("least", "week_count", "condition"), [(3, 3, None), (3, 2, "fewer"), (0, 0, None), (None, 0, None)]
)
def test_fewer_than_expected(least: int | None, week_count: int, condition: Condition | None) -> None:
    asked = feed(expect=Expectation(min_per_week=least))
    verdict = judge_silence(asked, past(week_count=week_count, arrivals=(NOW - DAY,)))
    assert (verdict.condition if verdict else None) == condition


@pytest.mark.parametrize(
    "fields",
    [
        {"polled_since": None},
        {"polled_since": NOW - 6 * DAY},  # asked for under a week
        {"asked_at": None},
        {"asked_at": NOW - 58 * DAY},  # Vigie itself was away: nobody knows
    ],
)
def test_nothing_is_said_of_what_is_not_known(fields: dict[str, datetime | None]) -> None:
    assert judge_silence(feed(expect=Expectation(min_per_week=9)), past(**fields)) is None
