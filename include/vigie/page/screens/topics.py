"""Topics: what is rising; of one topic its trend, its sources and people, its articles; and what was taught."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from vigie.adapters.index.port import Question
from vigie.adapters.ledger import trends as ledger_trends
from vigie.adapters.ledger.lessons import read_lessons
from vigie.dates import moments
from vigie.errors import UsageError
from vigie.model import Lesson, Trend, TrendId, TrendState
from vigie.page.drawing.charts import draw_days
from vigie.page.drawing.rendering import ZONE
from vigie.page.serving.desk import ActingDep, Desk, DeskDep
from vigie.page.views.names import NamedCount, name_topics
from vigie.page.views.subjects import SubjectView, read_subject
from vigie.page.views.told import TopicLine, line_of
from vigie.page.views.trends import Taught, TrendView, read_trend_view, teach
from vigie.steps import teaching
from vigie.steps.teaching import NotTaught
from vigie.stores import Stores
from vigie.topics.lessons import Lessons, holds

routes = APIRouter()
RISING: tuple[TrendState, ...] = ("new", "back", "growing", "steady", "fading", "quiet")
"""The order in which they are shown."""
TOUCHED = timedelta(days=28)
SHOWN = 100
SUBJECTS = 24
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
"""What ends at midnight is said to hold until 23:59 of the day that was typed."""
TAXONOMY = ("medtop:", "desk:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """`rising` by state, then by size; `more` are those that were left out. `subjects` are the taxonomy's of the last week."""

    rising: tuple[TopicLine, ...]
    more: int
    subjects: tuple[NamedCount, ...]
    lessons: tuple[Taught, ...]


@routes.get("/topics", response_model=Topics, summary="What is rising")
def list_topics(
    desk: DeskDep,
    everything: Annotated[
        bool, Query(alias="all", description="Those that were not told, and the quiet ones, too.")
    ] = False,
) -> Response:
    """The topics that were told, as their counts go now; the week's in the taxonomy; what was taught."""
    view = read_topics(desk.stores, desk.now, everything=everything)
    return desk.reply("topics.html", view, everything=everything, minute=MINUTE)


@routes.get("/topics/{topic_id}", response_model=TrendView | SubjectView, summary="One topic")
def show_topic(desk: DeskDep, topic_id: str) -> Response:
    """The detector's, by its id, or one of the taxonomy, `medtop:04000000` or `desk:…`: trend, sources, with whom."""
    if topic_id.startswith(TAXONOMY):
        subject = read_subject(desk.stores, topic_id, desk.now)
        if subject is None:
            raise desk.missing(f"no topic has the id {topic_id}")
        return desk.reply("subject.html", subject, draw_days=draw_days)
    trend = _find_trend(desk, topic_id)
    view = read_trend_view(desk.stores, trend, desk.now)
    return desk.reply("topic.html", view, draw_days=draw_days, minute=MINUTE)


Until = Annotated[
    str, Form(max_length=40, description="Up to this day (of Paris), included; for ever without it.")
]
Back = Annotated[str, Form()]


@routes.post("/topics/{topic_id}/mute", summary="Silence a topic")
def mute_topic(desk: ActingDep, topic_id: str, until: Until = "", back: Back = "") -> Response:
    """Neither it nor its updates are told."""
    trend = _find_trend(desk, topic_id)
    return _taught(desk, "muted", back, teaching.mute(desk.stores, trend.id, _read_until(desk, until)))


@routes.post("/topics/{topic_id}/follow", summary="Follow a topic")
def follow_topic(desk: ActingDep, topic_id: str, until: Until = "", back: Back = "") -> Response:
    """Its updates are told."""
    trend = _find_trend(desk, topic_id)
    return _taught(desk, "followed", back, teaching.follow(desk.stores, trend.id, _read_until(desk, until)))


@routes.post("/lessons/{lesson_id}/forget", summary="Take a lesson back")
def forget_lesson(desk: ActingDep, lesson_id: str, back: Back = "") -> Response:
    """What was taught no longer holds."""
    return _taught(desk, "forgotten", back, teaching.forget(desk.stores, lesson_id))


def read_topics(stores: Stores, now: datetime, *, everything: bool = False) -> Topics:
    """Of the last 28 days."""
    found = ledger_trends.read_trends(stores.ledger, now - TOUCHED, told=None if everything else True)
    taught = read_lessons(stores.ledger)
    lessons = Lessons(taught)
    shown = [trend for trend in found if everything or trend.state != "quiet"]
    shown.sort(key=lambda trend: (RISING.index(trend.state), -trend.weight, trend.id))
    return Topics(
        rising=tuple(line_of(trend, lessons, now) for trend in shown[:SHOWN]),
        more=max(len(shown) - SHOWN, 0),
        subjects=_week(stores, now),
        lessons=tuple(teach(lesson) for lesson in reversed(taught) if holds(lesson, now)),
    )


def _find_trend(desk: Desk, topic_id: str) -> Trend:
    trend = ledger_trends.read_trend(desk.stores.ledger, TrendId(topic_id))
    if trend is None:
        raise desk.missing(f"no topic has the id {topic_id}")
    return trend


def _read_until(desk: Desk, typed: str) -> datetime | None:
    until = moments.read_end(typed.strip() or None, "until", ZONE)
    if until and until <= desk.now:
        raise UsageError(f"until: {typed}: is over; give a day to come")
    return until


def _taught(desk: Desk, said: str, back: str, outcome: Lesson | NotTaught) -> Response:
    if isinstance(outcome, NotTaught):
        raise desk.missing(outcome.reason)
    return desk.done(said, back, outcome)


def _week(stores: Stores, now: datetime) -> tuple[NamedCount, ...]:
    asked = Question(since=now - WEEK, sort="date", size=0, facets=("topic",))
    return name_topics(stores, stores.index.search(asked).facets["topic"][:SUBJECTS])
