"""Charts as SVG, drawn on the server by Vega-Lite's own renderer: no script reaches the page.

Specifications are data, in `specs/`; colours are `currentColor` and classes of the style sheet, so that a chart is
light or dark as the page is. A chart is beside its figures in words: it is never the only way to read them.
"""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from markupsafe import Markup

from vigie.page.drawing.language import LANGUAGES, Language
from vigie.page.drawing.periods import Timeline

VEGA_LITE = "6.4"
DAYS_DRAWN = 28
KEPT = 512
"""Charts of one process, some 10 KB each."""
_SPECS = Path(__file__).parents[1] / "specs"
_LOCALES: Mapping[Language, Literal["fr-FR", "en-GB"]] = {"fr": "fr-FR", "en": "en-GB"}
_IDLE = re.compile(r' (?:role|aria-roledescription|pointer-events)="[^"]*"| font-family="inherit"')
"""What a still picture with a label of its own does not need."""
MONDAY = 0
MOST_TICKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """A day (of UTC, as the index and the detector count) and how many articles it had."""

    day: date
    articles: int


def count_days(
    counts: Sequence[int], counted_to: date, last: date, days: int = DAYS_DRAWN
) -> tuple[DayCount, ...]:
    """The last `days` days up to `last`, of counts whose last is of the day `counted_to`: what is not counted is none."""
    return fill_days(
        {counted_to - timedelta(days=n): count for n, count in enumerate(reversed(counts))}, last, days
    )


def fill_days(counts: Mapping[date, int], last: date, days: int = DAYS_DRAWN) -> tuple[DayCount, ...]:
    """As many days up to `last`, each with its count."""
    shown = (last - timedelta(days=days - 1 - n) for n in range(days))
    return tuple(DayCount(day=day, articles=counts.get(day, 0)) for day in shown)


def draw_days(days: Sequence[DayCount], language: Language, *, label: str) -> Markup:
    """Articles a day as bars, the last one told apart, Mondays named. `label` is what a screen reader says."""
    if not days:
        return Markup()
    drawn = _draw_days(tuple(day.articles for day in days), days[-1].day, language)
    return Markup('<svg role="img" aria-label="{}" class="chart" ').format(label) + drawn


def draw_timeline(timeline: Timeline, language: Language) -> Markup:
    """Articles of days, weeks, months or years as bars. A screen reader is told nothing: the caption says it."""
    return Markup('<svg aria-hidden="true" class="chart" ') + _draw_timeline(timeline, language)


def warm_up() -> Thread:
    """Load the renderer (a second or so) beside other work, so that nobody's first chart waits for it."""

    def load() -> None:
        for language in LANGUAGES:
            draw_days(fill_days({}, date(2026, 1, 5)), language, label="")

    thread = Thread(target=load, name="vigie-charts", daemon=True)
    thread.start()
    return thread


@lru_cache(maxsize=KEPT)
def _draw_days(counts: tuple[int, ...], last: date, language: Language) -> Markup:
    days = [last - timedelta(days=len(counts) - 1 - n) for n in range(len(counts))]
    rows = [
        {"day": day.isoformat(), "articles": count, "last": day == last}
        for day, count in zip(days, counts, strict=True)
    ]
    spec = copy.deepcopy(_read_spec("days"))
    spec["encoding"]["x"]["axis"]["values"] = [str(day) for day in days if day.weekday() == MONDAY]
    ticks = min(MOST_TICKS, max(1, *counts))  # more would fall between whole articles
    spec["layer"][0]["encoding"]["y"]["axis"]["tickCount"] = ticks
    return _draw(spec, rows, language)


@lru_cache(maxsize=KEPT)
def _draw_timeline(timeline: Timeline, language: Language) -> Markup:
    rows = [{"start": str(bar.start), "end": str(bar.end), "articles": bar.count} for bar in timeline.bars]
    formats = {"day": "%-d %b", "week": "%-d %b", "month": "%b %Y", "year": "%Y"}
    spec = copy.deepcopy(_read_spec("timeline"))
    spec["encoding"]["x"]["axis"]["format"] = formats[timeline.unit]
    spec["encoding"]["y"]["axis"]["values"] = [0, timeline.highest.count]
    return _draw(spec, rows, language)


def _draw(spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], language: Language) -> Markup:
    """All of the SVG but its `<svg `. Some 60 ms, the first of a process a second; what was drawn is kept."""
    import vl_convert  # with it comes a browser's engine, which only a process that draws should load

    drawn: str = vl_convert.vegalite_to_svg(
        {**spec, "data": {"values": rows}},
        vl_version=VEGA_LITE,
        format_locale=_LOCALES[language],
        time_format_locale=_LOCALES[language],
    )
    plain = _IDLE.sub("", drawn.removeprefix("<svg ")).replace('class="marks" ', "", 1)
    return Markup(plain)  # noqa: S704  # ours: numbers and dates


@cache
def _read_spec(name: str) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads((_SPECS / f"{name}.json").read_text(encoding="utf-8"))
    return spec
