"""What people taught changes later decisions by the stated rules, from the moment it was taught and not before."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, lesson
from vigie.model import Lesson, TrendId
from vigie.topics.lessons import LEAST, RATED_FOR, USEFUL, Lessons, ends_at, leading_keys

DAY = timedelta(days=1)
TREND = TrendId("sujet-1")
WORD = "malpertui"


def rating(
    verdict: str, alert: str = "alerte-1", days: float = 0, terms: tuple[str, ...] = (WORD,)
) -> Lesson:
    """A rating of an alert that this word led, so many days from now."""
    return lesson("rate", alert, id=f"{alert}-{days}", verdict=verdict, terms=terms, made_at=NOW + days * DAY)


def test_nothing_was_taught() -> None:
    untaught = Lessons()
    assert not untaught.is_muted([WORD], NOW, TREND)
    assert not untaught.follows(TREND, NOW)
    assert untaught.factor([WORD], NOW) == 1.0


def test_a_muted_word_is_muted_for_ever_and_no_other_is() -> None:
    taught = Lessons([lesson()])
    assert taught.is_muted([WORD], NOW + 1000 * DAY)
    assert taught.is_muted(["autre", WORD], NOW)
    assert taught.is_muted([WORD], NOW, TREND)
    assert not taught.is_muted(["affaire malpertui", "pertui"], NOW)
    assert not taught.is_muted([], NOW)


def test_a_mute_ends_on_its_date() -> None:
    taught = Lessons([lesson(until=NOW + 2 * DAY)])
    assert taught.is_muted([WORD], NOW + 2 * DAY - timedelta(seconds=1))
    assert not taught.is_muted([WORD], NOW + 2 * DAY)


def test_a_muted_topic_silences_no_word() -> None:
    taught = Lessons([lesson("mute", TREND, terms=(WORD,))])
    assert taught.is_muted([WORD], NOW, TREND)
    assert not taught.is_muted([WORD], NOW)
    assert not taught.is_muted([WORD], NOW, TrendId("sujet-2"))


def test_a_follow_is_of_one_topic_until_its_date() -> None:
    taught = Lessons([lesson("follow", TREND, until=NOW + DAY)])
    assert taught.follows(TREND, NOW)
    assert not taught.follows(TREND, NOW + DAY)
    assert not taught.follows(TrendId("sujet-2"), NOW)


def test_of_a_mute_and_a_follow_of_one_topic_the_newer_holds() -> None:
    muted, followed = lesson("mute", TREND, terms=()), lesson("follow", TREND, made_at=NOW + DAY)
    taught = Lessons([followed, muted])
    assert taught.is_muted([], NOW, TREND)
    assert not taught.follows(TREND, NOW)
    assert not taught.is_muted([], NOW + DAY, TREND)
    assert taught.follows(TREND, NOW + DAY)


def test_a_follow_that_is_over_gives_way_to_the_mute_before_it() -> None:
    muted = lesson("mute", TREND, terms=())
    followed = lesson("follow", TREND, made_at=NOW + DAY, until=NOW + 3 * DAY)
    taught = Lessons([muted, followed])
    assert [taught.is_muted([], NOW + n * DAY, TREND) for n in range(5)] == [True, False, False, True, True]


def test_a_followed_topic_is_told_though_its_word_is_muted() -> None:
    taught = Lessons([lesson("follow", TREND), lesson(made_at=NOW + DAY)])
    assert not taught.is_muted([WORD], NOW + DAY, TREND)
    assert taught.is_muted([WORD], NOW + DAY)


@pytest.mark.parametrize(
    ("noise", "useful", "expected"),
    [
        *((0, 0, 1.0), (1, 0, 0.5), (2, 0, 0.25), (3, 0, 0.25), (50, 0, 0.25)),
        *((0, 1, 1.25), (0, 5, 1.25), (1, 1, 1.0), (2, 1, 0.5), (1, 2, 1.25), (3, 1, 0.25)),
    ],
)
def test_what_ratings_weigh(noise: int, useful: int, expected: float) -> None:
    taught = [rating("noise", f"n{n}") for n in range(noise)] + [
        rating("useful", f"u{n}") for n in range(useful)
    ]
    assert Lessons(taught).factor([WORD], NOW) == expected
    assert Lessons(taught[::-1]).factor([WORD], NOW) == expected


def test_a_rating_holds_for_ninety_days() -> None:
    taught = Lessons([rating("noise")])
    assert taught.factor([WORD], NOW + RATED_FOR - timedelta(seconds=1)) == 0.5
    assert taught.factor([WORD], NOW + RATED_FOR) == 1.0
    assert ends_at(rating("noise")) == NOW + 90 * DAY


def test_of_two_ratings_of_one_alert_the_newer_counts() -> None:
    taught = Lessons([rating("noise", days=1), rating("useful")])
    assert taught.factor([WORD], NOW) == 1.25
    assert taught.factor([WORD], NOW + DAY) == 0.5


def test_a_rating_that_bears_on_two_forms_of_a_name_counts_once() -> None:
    taught = Lessons([rating("noise", terms=("bayrou", "francoi bayrou"))])
    assert taught.factor(["bayrou", "francoi bayrou"], NOW) == 0.5
    assert taught.factor(["francoi bayrou"], NOW) == 0.5
    assert taught.factor(["francoi"], NOW) == 1.0


def test_a_rating_bears_on_the_word_that_led_and_its_forms() -> None:
    assert leading_keys(["François Bayrou", "Bayrou", "Bétharram", "Bayrou"]) == ("francoi bayrou", "bayrou")
    assert leading_keys(["Bayrou", "Premier ministre", "François Bayrou"]) == ("bayrou", "francoi bayrou")
    assert leading_keys(["or", "Orléans"]) == ("or",)
    assert leading_keys(["…", "Pau"]) == ("pau",)
    assert leading_keys([]) == ()


LESSONS = st.builds(
    lambda kind, target, verdict, days, until, number: lesson(
        kind,
        target,
        id=str(number),
        verdict=verdict if kind == "rate" else None,
        terms=(target,) if kind != "follow" else (),
        made_at=NOW + days * DAY,
        until=None if until is None else NOW + until * DAY,
    ),
    st.sampled_from(["mute", "rate", "follow"]),
    st.sampled_from(["a", "b", TREND]),
    st.sampled_from(["useful", "noise"]),
    st.integers(-200, 200),
    st.none() | st.integers(-200, 200),
    st.integers(0, 10_000),
)


@given(taught=st.lists(LESSONS, max_size=12), at=st.integers(-200, 200))
def test_what_was_taught_later_or_is_over_changes_nothing(taught: list[Lesson], at: int) -> None:
    moment = NOW + at * DAY
    known = [each for each in taught if each.made_at <= moment]
    in_force = [each for each in known if (end := ends_at(each)) is None or moment < end]
    answers = [_answers(Lessons(lessons), moment) for lessons in (taught, known, in_force)]
    assert answers[0] == answers[1] == answers[2]
    assert LEAST <= answers[0][2] <= USEFUL


def _answers(taught: Lessons, at: datetime) -> tuple[bool, bool, float]:
    return taught.is_muted(["a"], at, TREND), taught.follows(TREND, at), taught.factor(["a", "b"], at)
