"""Today: what is new and why, the communiqués of the day, who is in the news. What a desk opens in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from vigie.adapters.index.port import Bucket, Question
from vigie.adapters.ledger import trends as ledger_trends
from vigie.adapters.ledger.digests import alerts_decided
from vigie.adapters.ledger.freshness import Freshness, read_freshness
from vigie.adapters.ledger.lessons import read_lessons
from vigie.digests.contents import split_topics
from vigie.model import Alert, TrendId
from vigie.page.drawing.rendering import ZONE
from vigie.page.serving.desk import DeskDep
from vigie.page.shapes import shorten_hit
from vigie.page.views.gathered import Communique, WatchNews, gather_communiques, gather_watches
from vigie.page.views.names import NamedCount, name_people, name_topics
from vigie.page.views.told import Rating, TopicLine, line_of, ratings_of
from vigie.stores import Stores
from vigie.topics.lessons import Lessons

routes = APIRouter()
DAY = timedelta(days=1)
USUAL_DAYS = 7
"""What people and topics of the day are compared with."""
TOPICS = 30
"""Far more than a day should have; what is beyond stands among the alerts."""
COMMUNIQUES = 40
PEOPLE = 12
STALE = timedelta(hours=2)
"""No feed is asked less often while everything runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """A topic that was told, and how it stands now; `line` is None where only its alert is left."""

    alert: Alert
    line: TopicLine | None
    rating: Rating | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The last 24 hours, or the day that was asked for (of Paris). `new` is the strongest first, the rest the newest.

    `new` are topics told for the first time or back after weeks, `more_new` how many stand among the alerts alone, `moved` those that turned since; `communiques` are all
    of the official articles, `more_communiques` how many stand in the search alone. `people` and `topics` are counted in
    articles, with what a day of the week before had. `stale` says that no feed was asked for two hours.
    """

    at: datetime
    since: datetime
    until: datetime
    day: date | None
    new: tuple[NewTopic, ...]
    more_new: int
    moved: tuple[NewTopic, ...]
    watches: tuple[WatchNews, ...]
    communiques: tuple[Communique, ...]
    more_communiques: int
    operators: tuple[Alert, ...]
    people: tuple[NamedCount, ...]
    topics: tuple[NamedCount, ...]
    articles: int
    sources: int
    freshness: Freshness
    stale: bool


Day = Annotated[date | None, Query(description="A day of Paris; the last 24 hours without it.")]


@routes.get("/", response_model=Today, summary="What is new today")
def show_today(desk: DeskDep, day: Day = None) -> Response:
    """New topics with their why, what moved, what the watches found, communiqués, who is in the news."""
    today = desk.now.astimezone(ZONE).date()
    chosen = min(day, today) if day else None
    neighbours = (chosen or today) - DAY, chosen + DAY if chosen and chosen < today else None
    return desk.reply("today.html", read_today(desk.stores, desk.now, chosen), neighbours=neighbours)


def read_today(stores: Stores, now: datetime, day: date | None = None) -> Today:
    """As the ledger and the index have it."""
    since, until = _bounds(day) if day else (now - DAY, now + timedelta(minutes=1))
    alerts = alerts_decided(stores.ledger, since, until)[::-1]
    new, moved, more_new = _read_topics(stores, alerts, now)
    official = Question(kinds=("official",), since=since, until=until, sort="date", size=COMMUNIQUES)
    found = stores.index.search(official)
    total, sources, people, topics = _count_day(stores, since, until)
    freshness = read_freshness(stores.ledger)
    return Today(
        at=now,
        since=since,
        until=until,
        day=day,
        new=new,
        more_new=more_new,
        moved=moved,
        watches=gather_watches(alert for alert in alerts if alert.kind == "watch"),
        communiques=gather_communiques(stores.index, [shorten_hit(hit) for hit in found.hits], alerts),
        more_communiques=found.total - len(found.hits),
        operators=tuple(alert for alert in alerts if alert.kind == "operator"),
        people=people,
        topics=topics,
        articles=total,
        sources=sources,
        freshness=freshness,
        stale=freshness.last_polled_at is None or now - freshness.last_polled_at > STALE,
    )


def _bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, which is not always 24 hours."""
    return datetime.combine(day, time(), ZONE), datetime.combine(day + DAY, time(), ZONE)


def _read_topics(
    stores: Stores, alerts: Sequence[Alert], now: datetime
) -> tuple[tuple[NewTopic, ...], tuple[NewTopic, ...], int]:
    """The topics that are new or back, those that moved, each once, with its latest alert; how many more are new."""
    told, turned = split_topics(reversed(alerts))
    new = [*told, *(alert for alert in turned if alert.update == "back")]
    ids = {TrendId(alert.about) for alert in (*told, *turned) if alert.about}
    trends = ledger_trends.find_trends(stores.ledger, ids)
    taught = read_lessons(stores.ledger)
    lessons, ratings = Lessons(taught), ratings_of(taught)

    def show(alert: Alert) -> NewTopic:
        trend = trends.get(TrendId(alert.about or ""))
        line = line_of(trend, lessons, now) if trend else None
        return NewTopic(alert=alert, line=line, rating=ratings.get(alert.id))

    moved = [alert for alert in turned if alert.update != "back"]
    moved.sort(key=lambda alert: alert.fired_at, reverse=True)
    return tuple(map(show, new[:TOPICS])), tuple(map(show, moved[:TOPICS])), len(new[TOPICS:])


def _count_day(
    stores: Stores, since: datetime, until: datetime
) -> tuple[int, int, tuple[NamedCount, ...], tuple[NamedCount, ...]]:
    """Articles, sources, and the people and topics of the day beside a day of the week before."""
    index = stores.index
    asked = Question(since=since, until=until, sort="date", size=0, facets=("leader", "topic", "source"))
    day = index.search(asked)
    before = index.search(
        replace(asked, since=since - USUAL_DAYS * DAY, until=since, facets=("leader", "topic"))
    )
    people = name_people(stores, day.facets["leader"][:PEOPLE])
    topics = name_topics(stores, day.facets["topic"][:PEOPLE])
    return (
        day.total,
        len(day.facets["source"]),
        _with_usual(people, before.facets["leader"], before.total),
        _with_usual(topics, before.facets["topic"], before.total),
    )


def _with_usual(
    counted: Sequence[NamedCount], before: Sequence[Bucket], articles: int
) -> tuple[NamedCount, ...]:
    """Nothing is usual before there was a week; who is not among the most frequent is as good as absent."""
    if not articles:
        return tuple(counted)
    known = {bucket.value: bucket.count for bucket in before}
    return tuple(replace(each, usual=round(known.get(each.name, 0) / USUAL_DAYS, 2)) for each in counted)
