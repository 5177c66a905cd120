"""`vigie alerts`: what was told, why, and where it went; and what people teach the detector."""

import dataclasses
from datetime import datetime
from typing import Annotated, cast, get_args

import typer

from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import lessons as ledger_lessons
from vigie.adapters.ledger import reports
from vigie.alerts.figures import count_figures
from vigie.cli import alerts_shown, lessons_shown, tables
from vigie.cli.asking import AsJson
from vigie.cli.lines import Object, write_object
from vigie.dates import moments
from vigie.errors import UsageError
from vigie.model import Alert, AlertKind, Lesson, Verdict
from vigie.settings import read_settings
from vigie.steps import teaching
from vigie.steps.teaching import NotTaught
from vigie.stores import Stores, open_stores
from vigie.topics.lessons import ends_at, holds
from vigie.wire import dump_object

LAST_SHOWN = 20
"""Alerts that are printed unless it is said otherwise: two screens. `--json` gives all."""

app = typer.Typer(help="The alerts so far, with why, and where they went.", rich_markup_mode=None)

Topic = Annotated[str, typer.Argument(metavar="ID", help="An alert's id, or a topic's.")]
Until = Annotated[
    str | None, typer.Option(help="Up to this day, included, or time (UTC); for ever without it.")
]


@app.callback(invoke_without_command=True)
def alerts(
    context: typer.Context,
    kind: Annotated[
        list[str] | None, typer.Option(help="topic, watch, communique, operator or digest; all but digest.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Fired from this day or time on (UTC).")] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Only the newest so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """The alerts so far, with why, and where they went."""
    if context.invoked_subcommand:
        return
    kinds, first = _read_kinds(kind or []), moments.read_start(since, "--since")
    with open_stores(read_settings()) as stores:
        everything = ledger_alerts.recent_alerts(stores.ledger)
        lessons = ledger_lessons.read_lessons(stores.ledger)
        deliveries = reports.alert_deliveries(stores.ledger)
        figures = count_figures(everything, lessons, stores.now())
    chosen = [a for a in everything if a.kind in kinds and (first is None or a.fired_at >= first)]
    ratings = {lesson.target: lesson.verdict for lesson in lessons if lesson.kind == "rate"}
    if as_json:
        listed = [_alert(a, deliveries.get(a.id, []), ratings.get(a.id)) for a in chosen[-(last or 0) :]]
        write_object({"alerts": listed, "figures": dataclasses.asdict(figures)})
    else:
        alerts_shown.print_alerts(chosen, last or LAST_SHOWN, deliveries, ratings)
        alerts_shown.print_figures(figures)


@app.command()
def mute(
    what: Annotated[str, typer.Argument(metavar="TERM|ID", help="A word, an alert's id, or a topic's.")],
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Silence a word, or a topic with its updates."""
    with open_stores(read_settings()) as stores:
        _tell(stores, teaching.mute(stores, what, _read_until(stores, until)), as_json)


@app.command()
def follow(what: Topic, until: Until = None, as_json: AsJson = False) -> None:
    """Have the updates of a topic sent."""
    with open_stores(read_settings()) as stores:
        _tell(stores, teaching.follow(stores, what, _read_until(stores, until)), as_json)


@app.command()
def rate(
    alert: Annotated[str, typer.Argument(metavar="ID", help="An alert's id.")],
    verdict: Annotated[str, typer.Argument(metavar="useful|noise", help="What it was worth.")],
    as_json: AsJson = False,
) -> None:
    """Say what an alert was worth: its words weigh more or less for 90 days."""
    if verdict not in get_args(Verdict):
        raise UsageError(f"VERDICT: {verdict}: must be useful or noise")
    with open_stores(read_settings()) as stores:
        _tell(stores, teaching.rate(stores, alert, cast(Verdict, verdict)), as_json)


@app.command()
def lessons(as_json: AsJson = False) -> None:
    """What was taught so far."""
    with open_stores(read_settings()) as stores:
        taught, now = ledger_lessons.read_lessons(stores.ledger), stores.now()
    if as_json:
        write_object({"lessons": [_lesson(lesson, now) for lesson in taught]})
    else:
        lessons_shown.print_lessons(taught, now)


@app.command()
def forget(
    lesson: Annotated[str, typer.Argument(metavar="ID", help="A lesson's id.")], as_json: AsJson = False
) -> None:
    """Take a lesson back."""
    with open_stores(read_settings()) as stores:
        gone = _taught(teaching.forget(stores, lesson))
        now = stores.now()
    if as_json:
        write_object({"forgotten": _lesson(gone, now)})
    else:
        tables.print_line(lessons_shown.describe_forgotten(gone))


def _read_kinds(asked: list[str]) -> frozenset[str]:
    known: tuple[str, ...] = get_args(AlertKind)
    for kind in asked:
        if kind not in known:
            raise UsageError(f"--kind: {kind}: must be one of {', '.join(known)}")
    return frozenset(asked) or frozenset(known) - {"digest"}


def _read_until(stores: Stores, text: str | None) -> datetime | None:
    until = moments.read_end(text, "--until")
    if until and until <= stores.now():
        raise UsageError(f"--until: {text}: is over; give a day to come")
    return until


def _tell(stores: Stores, outcome: Lesson | NotTaught, as_json: bool) -> None:
    lesson = _taught(outcome)
    weight = teaching.weight_of(stores, lesson) if lesson.kind == "rate" and lesson.terms else None
    if as_json:
        write_object({"lesson": _lesson(lesson, stores.now()), "weight": weight})
    else:
        tables.print_line(lessons_shown.describe_lesson(lesson, weight))


def _taught(outcome: Lesson | NotTaught) -> Lesson:
    if isinstance(outcome, NotTaught):
        tables.print_error(f"vigie: {outcome.reason}")
        raise typer.Exit(1)
    return outcome


def _alert(
    alert: Alert, deliveries: list[tuple[str, str, datetime | None]], rating: Verdict | None
) -> Object:
    sent = [{"channel": label, "state": state, "sent_at": at} for label, state, at in deliveries]
    return {**dump_object(alert), "deliveries": sent, "rating": rating}


def _lesson(lesson: Lesson, now: datetime) -> Object:
    return {**dump_object(lesson), "ends_at": ends_at(lesson), "in_force": holds(lesson, now)}
