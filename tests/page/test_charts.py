"""Charts: as many bars as days, French days, nothing but a picture; and days counted as the detector counts them."""

from datetime import date
from itertools import pairwise

import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.page.drawing.charts import DAYS_DRAWN, DayCount, count_days, draw_days, fill_days, warm_up

MONDAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {"svg", "g", "path", "line", "text"}


def drawn(counts: dict[date, int], language: str = "fr", label: str = "un titre") -> lxml.etree._Element:
    """The chart of 28 days up to a Monday, parsed."""
    return lxml.etree.fromstring(draw_days(fill_days(counts, MONDAY), language, label=label))  # type: ignore[arg-type]


def bars(svg: lxml.etree._Element, group: str) -> list[float]:
    """How high the bars of a group are."""
    [found] = [g for g in svg.iter(f"{SVG}g") if f"{group}_marks" in (g.get("class") or "")]
    return [float(path.get("d").split("v")[1].split("h")[0]) for path in found.iter(f"{SVG}path")]


def test_a_bar_a_day_and_the_last_one_once_more() -> None:
    svg = drawn({MONDAY: 4, date(2026, 11, 1): 8})
    days = bars(svg, "days")
    assert len(days) == DAYS_DRAWN
    assert [round(height / max(days) * 8, 1) for height in days if height] == [8, 4]
    assert bars(svg, "last") == [days[-1]]


@pytest.mark.parametrize(("language", "said"), [("fr", "lun. 2 nov."), ("en", "Mon 2 Nov")])
def test_mondays_are_named_in_the_readers_language(language: str, said: str) -> None:
    texts = [text.text for text in drawn({MONDAY: 2}, language).iter(f"{SVG}text")]
    assert said in texts
    assert {"0", "1", "2"} <= set(texts)


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 10, 13, 99])
def test_the_axis_counts_whole_articles_once_each(most: int) -> None:
    figures = [text.text for text in drawn({MONDAY: most}).iter(f"{SVG}text") if (text.text or "").isdigit()]
    assert len(figures) == len(set(figures)) <= 8
    assert most / 2 < max(map(int, figures)) < 2 * most + 1
    steps = {b - a for a, b in pairwise(sorted(map(int, figures)))}
    assert len(steps) == 1


def test_it_is_one_picture_with_a_label_and_no_colour_of_its_own() -> None:
    svg = drawn({MONDAY: 3}, label='<b onload="x"> & "guillemets"')
    assert (svg.get("role"), svg.get("aria-label")) == ("img", '<b onload="x"> & "guillemets"')
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= KNOWN
    for node in svg.iter():
        assert (
            not {"style", "onload", "href", "role", "aria-roledescription"} & set(node.keys()) or node is svg
        )
        assert node.get("fill") in (None, "none", "currentColor")
        assert node.get("stroke") in (None, "none", "currentColor")


def test_days_of_nothing_are_a_chart_too_and_no_days_are_none() -> None:
    assert not any(bars(drawn({}), "days"))
    assert draw_days((), "fr", label="rien") == ""


def test_counts_end_on_the_day_they_were_counted_to_and_then_nothing_came() -> None:
    days = count_days((1, 0, 5), date(2026, 11, 20), MONDAY, 7)
    assert [day.articles for day in days] == [0, 1, 0, 5, 0, 0, 0]
    assert (days[0].day, days[-1].day) == (date(2026, 11, 17), MONDAY)
    assert count_days((), MONDAY, MONDAY, 1) == (DayCount(day=MONDAY, articles=0),)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=40), st.dates(date(1971, 1, 1), date(9000, 1, 1)))
def test_any_counts_are_drawn(counts: list[int], last: date) -> None:
    days = count_days(counts, last, last, len(counts))
    assert [day.articles for day in days] == counts
    assert lxml.etree.fromstring(draw_days(days, "fr", label="x")).tag == f"{SVG}svg"


def test_what_was_drawn_is_kept_and_the_renderer_may_be_loaded_before() -> None:
    warm_up().join()
    days = fill_days({MONDAY: 77}, MONDAY)
    first = draw_days(days, "fr", label="un")
    assert draw_days(days, "fr", label="deux") == first.replace("un", "deux", 1)
