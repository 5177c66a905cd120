"""`vigie topics`: what is rising, with four weeks of counts as a line of small bars."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.text import Text

from vigie.adapters.ledger import lessons as ledger_lessons
from vigie.adapters.ledger import trends as ledger_trends
from vigie.cli import tables
from vigie.cli.alerts_shown import STATES
from vigie.cli.asking import AsJson
from vigie.cli.lines import Object, write_object
from vigie.dates import moments
from vigie.model import Trend, TrendState
from vigie.settings import read_settings
from vigie.stores import open_stores
from vigie.topics.lessons import Lessons, leading_keys
from vigie.topics.sparkline import draw_sparkline
from vigie.wire import dump_object

DAYS_DRAWN = 28
SOURCES_SHOWN = 3
RISING: tuple[TrendState, ...] = ("new", "back", "growing", "steady", "fading", "quiet")
"""The order in which they are shown."""


def topics(
    show_all: Annotated[
        bool, typer.Option("--all", help="Those that were not told, and the quiet ones, too.")
    ] = False,
    since: Annotated[str | None, typer.Option(help="Touched from this day or time on (UTC).")] = None,
    as_json: AsJson = False,
) -> None:
    """What is rising: the topics that were told, as their counts go now."""
    first = moments.read_start(since, "--since")
    with open_stores(read_settings()) as stores:
        found = ledger_trends.read_trends(stores.ledger, first, told=None if show_all else True)
        lessons, now = Lessons(ledger_lessons.read_lessons(stores.ledger)), stores.now()
    shown = [trend for trend in found if show_all or trend.state != "quiet"]
    shown.sort(key=lambda trend: (RISING.index(trend.state), -trend.weight, trend.id))
    if as_json:
        write_object({"topics": [_topic(trend, lessons, now) for trend in shown]})
    else:
        _print(shown, lessons, now)


def _topic(trend: Trend, lessons: Lessons, now: datetime) -> Object:
    return {
        **dump_object(trend),
        "spark": _draw(trend, now),
        "followed": lessons.follows(trend.id, now),
        "muted": _is_muted(trend, lessons, now),
    }


def _draw(trend: Trend, now: datetime) -> str:
    """Up to today: on the days since it was touched nothing came."""
    since = (now.astimezone(UTC).date() - trend.touched_at.astimezone(UTC).date()).days
    return draw_sparkline((*trend.counts, *[0] * min(max(since, 0), DAYS_DRAWN)), DAYS_DRAWN)


def _is_muted(trend: Trend, lessons: Lessons, now: datetime) -> bool:
    return lessons.is_muted(leading_keys(trend.terms), now, trend.id)


def _print(trends: Sequence[Trend], lessons: Lessons, now: datetime) -> None:
    rows = [(_describe(trend, lessons, now), _count(trend)) for trend in trends]
    plural = "s" if len(trends) > 1 else ""
    tables.print_table(("Sujet", "Articles"), rows, title=f"{len(trends)} sujet{plural}")


def _describe(trend: Trend, lessons: Lessons, now: datetime) -> Text:
    """The label, its line, and what is known of it, in one cell: all of it fits in 80 columns."""
    told = f"annoncé le {trend.told_at.astimezone(UTC):%Y-%m-%d}" if trend.told_at else "pas annoncé"
    facts = [STATES[trend.state], told]
    facts += ["suivi"] if lessons.follows(trend.id, now) else []
    facts += ["muet"] if _is_muted(trend, lessons, now) else []
    return Text.assemble(
        (tables.clean(trend.label), "bold"),
        "\n",
        _draw(trend, now),
        f"\n{', '.join(facts)}\n",
        tables.clean(_list_sources(trend.sources)),
        (f"\n{trend.id}", "dim"),
    )


def _count(trend: Trend) -> Text:
    before = f"{trend.before:.1f}".replace(".", ",")
    return Text(f"{trend.now} en {trend.window_h} h\navant : {before}")


def _list_sources(sources: Sequence[str]) -> str:
    named = ", ".join(sources[:SOURCES_SHOWN])
    more = len(sources) - SOURCES_SHOWN
    return f"{named} et {more} de plus" if more > 0 else named
