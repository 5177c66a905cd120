"""`make bench` in small: it measures everything it says it does, and writes what it measured between its marks."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import search
from bench.corpus import Corpus
from bench.figures import Figure, Job
from bench.newsroom import SOURCES, Newsroom
from bench.plan import QUICK, Line, measure_all
from bench.press import Press
from bench.questions import QUESTIONS
from bench.report import BEGIN, END, format_report, write_between, write_report
from bench.screens import ScreenFigures
from bench.search import SearchFigures, Times, search_tantivy, take_times
from bench.search_plan import Searched
from bench.search_report import BEGIN as SEARCH_BEGIN
from bench.search_report import END as SEARCH_END
from bench.search_report import format_search, over_goal
from tests.builders import feed
from vigie.feeds.parse import parse_feed
from vigie.settings import PROJECT

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    return list(measure_all(QUICK, tmp_path_factory.mktemp("bench")))


def test_everything_is_measured_beside_its_baseline(lines: list[Line]) -> None:
    assert {(line.what, line.feeds) for line in lines} == {
        *((what, feeds) for what in ("poll", "fetch") for feeds in QUICK.collected),
        *(("extract", feeds) for feeds in QUICK.extracted),
        ("tag", QUICK.tagged),
        *((what, len(SOURCES)) for what in ("detect", "count", "live pass")),
    }
    asked = {"detect": QUICK.detected, "count": QUICK.counted, "live pass": QUICK.live[1]}
    for line in lines:
        assert 20 < line.ours.peak_mb < 4000
        if line.what in asked:
            assert line.ours.done == line.bare.done == asked[line.what]
            continue
        assert line.ours.done >= (line.feeds - 1) * QUICK.entries - 1  # but for what warmed it up
        assert line.bare.done == line.feeds * QUICK.entries
        assert 0.05 < line.ratio < 1000


def test_four_times_the_feeds_take_no_more_than_twenty_times_as_long(lines: list[Line]) -> None:
    """Generous: something that looks at every feed for every feed would take sixteen times, and does not pass far."""
    for what in ("poll", "fetch"):
        small, large = sorted((line for line in lines if line.what == what), key=lambda line: line.feeds)
        assert large.ours.seconds < 20 * small.ours.seconds + 5
        assert large.ours.peak_mb < 2 * small.ours.peak_mb


def test_the_page_says_it(lines: list[Line], tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    shutil.copy(PROJECT / "docs" / "performance.md", page)
    write_report(page, lines, NOW, "make bench")
    text = page.read_text(encoding="utf-8")
    table = text.partition(BEGIN)[2].partition(END)[0]
    assert table.count("\n| ") == len(lines) + 1
    assert "`make bench`" in table
    assert f"{QUICK.collected[-1]} feeds" in table
    assert "460,000 at this rate would take" in table
    write_report(page, lines, NOW, "make bench")
    assert page.read_text(encoding="utf-8").partition(END)[2] == text.partition(END)[2]


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("rien")
    with pytest.raises(ValueError, match="bench: begin"):
        write_report(page, [], NOW, "make bench")
    assert page.read_text() == "rien"


def test_a_ratio_is_how_many_times_as_long_it_takes() -> None:
    ours, bare = (Figure(done=10, seconds=seconds, peak_mb=100) for seconds in (4.0, 1.0))
    line = Line(what="poll", unit="entries", feeds=2, ours=ours, bare=bare, baseline="rien")
    assert line.ratio == 4
    assert "| poll (entries) | 2 | 10 | 4.0 | 2 | rien | 10 | 4.0 | 100 | 100 |" in format_report(
        [line], NOW, "x"
    )


def test_the_press_is_the_same_every_time_and_no_two_stories_are() -> None:
    press = Press(feeds=3, entries=4)
    texts = {press.story_text(number, entry) for number in range(3) for entry in range(4)}
    assert len(texts) == 12
    assert press.page_body(1, 2) == Press(feeds=3, entries=4).page_body(1, 2)
    body = press.feed_body(0, "http://x.example")
    assert len(parse_feed(body, feed(), url="http://x.example/feed").entries) == 4


def test_the_newsrooms_write_the_same_every_time_in_order() -> None:
    entries = list(Newsroom(per_day=40).write(400))
    assert entries[:150] == list(Newsroom(per_day=40).write(150))
    assert [entry.published_at for entry in entries] == sorted(entry.published_at for entry in entries)
    assert len({entry.id for entry in entries}) == len({entry.text for entry in entries}) == 400
    assert {entry.source for entry in entries} == set(SOURCES)
    assert all(len(entry.keyphrases) > 2 for entry in entries)


def times(name: str, p95_ms: float) -> Times:
    return Times(name=name, p50_ms=p95_ms / 2, p95_ms=p95_ms, runs=10, answers=7.0)


def engine(name: str, slow_ms: float) -> SearchFigures:
    return SearchFigures(
        engine=name, articles=1000, seed_s=2.0, peak_mb=300.0, bytes_per_article=4200.0, text_bytes_per_article=3500.0,
        bulk=times("a bulk of 500", 900.0), questions=(times("a rare word", 3.0), times("a phrase", slow_ms)),
    )  # fmt: skip


def test_engines_stand_side_by_side_and_what_is_over_its_goal_is_named(tmp_path: Path) -> None:
    screens = ScreenFigures(
        articles=1000, peak_mb=400.0, screens=(times("Today", 310.0),), missing=("Sky (404)",)
    )
    found = Searched(
        engines=(engine("Tantivy", 20.0), engine("Elasticsearch", 130.0)), screens=screens, away=()
    )
    page = tmp_path / "performance.md"
    shutil.copy(PROJECT / "docs" / "performance.md", page)
    write_between(page, SEARCH_BEGIN, SEARCH_END, format_search(found))
    text = page.read_text(encoding="utf-8")
    assert "| a phrase | 7 | 10.0 | 20.0 | 65.0 | 130.0 | 100 |" in text
    assert "Tantivy: 4.2 kB on disk an article" in text
    assert "Not there: Sky (404)." in text
    assert over_goal(found) == [
        "Elasticsearch, a phrase: p95 130 ms of 100 ms", "page, Today: p95 310 ms of 300 ms",
    ]  # fmt: skip


def test_the_corpus_is_the_same_every_time_and_every_question_finds_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, small in {"BULK": 20, "BULKS": 1, "WARMING": 1, "RUNS": 4}.items():
        monkeypatch.setattr(search, name, small)
    first = [tagged.article.id for tagged in Corpus().write(30)]
    assert first == [tagged.article.id for tagged in Corpus().write(60)][:30]
    figures = search_tantivy(Job(work="", feeds=1, entries=60, ports=(), home=tmp_path))["search"]
    assert [one.name for one in figures.questions] == [name for name, _make in QUESTIONS]
    assert sum(one.answers > 0 for one in figures.questions) > len(QUESTIONS) / 2
    assert figures.bytes_per_article > 1000
    assert figures.bulk.p95_ms > 0


def test_what_warms_up_is_not_counted() -> None:
    asked: list[int] = []
    taken = take_times("x", 3, lambda run: asked.append(run) or 2)
    assert (taken.runs, taken.answers) == (3, 2.0)
    assert asked[-3:] == [0, 1, 2]
    assert asked[0] < 0
