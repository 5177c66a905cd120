"""What a digest says of a day: which section, in which order, told once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digests.happened import DAY, WEEK, told, trend
from vigie.digests.contents import Gathered, is_empty, list_sections
from vigie.digests.headlines import Figures, make_alert
from vigie.digests.movements import DAYS_SHOWN, judge_movement, last_days

QUIET = [0] * 28


def keys(gathered: Gathered) -> dict[str, list[str]]:
    """Ids by section."""
    return {s.title: [item.key for item in s.items] for s in list_sections(DAY, gathered)}


def test_each_kind_has_its_section_the_strongest_topic_first() -> None:
    weak, strong = told("faible", now=4, before=2.0), told("fort", now=40, before=0.1)
    others = [told(kind, kind=kind) for kind in ("operator", "watch", "communique")]
    assert keys(Gathered(alerts=(weak, strong, *others))) == {
        "Sujets nouveaux": ["fort", "faible"],
        "Communiqués": ["communique"],
        "Veilles": ["watch"],
        "Exploitation": ["operator"],
    }


def test_a_topic_that_is_new_and_grew_is_told_once_with_its_latest_counts() -> None:
    first, grown = told("a", about="s1", now=6), told("b", about="s1", now=60, update="growing")
    gathered = Gathered(alerts=(first, grown), trends=(trend("s1", [0] * 20 + [9] * 8),))
    assert keys(gathered) == {"Sujets nouveaux": ["b"]}
    (section,) = list_sections(DAY, gathered)
    assert section.items[0].said.startswith("60 articles en 24 h, contre 0,1 d'ordinaire · Le Matin")


def test_an_update_says_how_a_topic_moved_before_its_counts_do() -> None:
    back = told("a", about="s1", update="back")
    assert keys(Gathered(alerts=(back,), trends=(trend("s1", [5] * 20 + [0] * 8),))) == {"De retour": ["a"]}
    assert keys(Gathered(alerts=(told("b", about="s2", update="steady"),))) == {}


def test_trends_move_by_their_whole_days() -> None:
    growing = trend("monte", [2] * 25 + [6, 7, 1])
    fading = trend("retombe", [6] * 25 + [1, 0, 9])
    back = trend("retour", [5, 5] + [0] * 23 + [3, 4, 0])
    steady = trend("stable", [3] * 28)
    assert keys(Gathered(trends=(growing, fading, back, steady))) == {
        "Ce qui monte": ["monte"],
        "De retour": ["retour"],
        "Ce qui retombe": ["retombe"],
    }


def test_what_comes_after_a_period_does_not_change_it() -> None:
    """A digest that waits for a channel is written again days later."""
    counts = [2] * 25 + [6, 7, 1]
    later = trend("s", [*counts, 50, 60], touched_at=trend("s", counts).touched_at + timedelta(days=2))
    now, then = (list_sections(DAY, Gathered(trends=(one,))) for one in (trend("s", counts), later))
    assert now == then


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(-60, 60))
def test_days_are_always_28_and_end_before_the_period(counts: list[int], gap: int) -> None:
    before = date(2025, 2, 18)
    days = last_days(counts, before + timedelta(days=gap), before)
    assert len(days) == DAYS_SHOWN
    beyond = gap + 1
    assert days[-1] == (counts[-1 - beyond] if 0 <= beyond < len(counts) else 0)


@given(st.lists(st.integers(0, 50), min_size=28, max_size=28), st.integers(1, 30))
def test_more_articles_never_make_a_topic_fade(days: list[int], more: int) -> None:
    before, after = judge_movement(days, "daily"), judge_movement([*days[:-1], days[-1] + more], "daily")
    assert not (after == "fading" and before != "fading")
    assert not (before == "growing" and after != "growing")


def test_the_headline_and_the_sums() -> None:
    gathered = Gathered(alerts=(told("a"), told("b"), told("c"), told("d", kind="watch")))
    found = make_alert(DAY, gathered, Figures(articles=1412, sources=13, before=980, useful=2, noise=1))
    assert found.topic == "Vigie, mardi 18 février 2025 : 3 sujets nouveaux"
    assert found.reason == (
        "3 sujets nouveaux, 1 article d'une veille ; 1\u00a0412 articles nouveaux de 13 sources (980 la veille) ; "
        "2 alertes jugées utiles, 1 jugée du bruit."
    )
    assert (found.kind, found.about, found.fired_at, found.window_h) == ("digest", "daily", DAY.end, 24)
    assert (found.now, found.before) == (1412, 980.0)
    assert [p.title for p in found.passages] == ["Malpertuis : des plaintes"] * 4
    weekly = make_alert(WEEK, gathered, Figures(articles=1, sources=1))
    assert weekly.topic == "Vigie, semaine du 10 février 2025 : 3 sujets nouveaux"


@pytest.mark.parametrize(("articles", "said"), [(0, "peut-être à l'arrêt"), (7, "7 articles nouveaux")])
def test_a_day_without_news_says_whether_anything_came(articles: int, said: str) -> None:
    found = make_alert(DAY, Gathered(), Figures(articles=articles, sources=2))
    assert is_empty(DAY, Gathered())
    assert found.topic == "Vigie, mardi 18 février 2025 : rien de nouveau"
    assert found.reason.startswith("Rien de nouveau ; ")
    assert said in found.reason
