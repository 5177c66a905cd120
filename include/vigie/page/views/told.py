"""Alerts and trends as several screens show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from vigie.adapters.index.port import Index
from vigie.model import AlertId, ArticleId, Lesson, LessonId, Trend, TrendId, TrendState, Verdict
from vigie.page.drawing.charts import count_days
from vigie.page.shapes import ShortArticle, shorten_document
from vigie.topics.lessons import Lessons, leading_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A trend in a list. `counts` are its articles a day, 28 days up to today (UTC)."""

    id: TrendId
    label: str
    terms: tuple[str, ...]
    state: TrendState
    now: int
    before: float
    window_h: int
    counts: tuple[int, ...]
    sources: tuple[str, ...]
    touched_at: datetime
    told_at: datetime | None
    alert_id: AlertId | None
    followed: bool
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a person said of an alert, and the lesson to forget when they take it back."""

    verdict: Verdict
    lesson_id: LessonId


def line_of(trend: Trend, lessons: Lessons, now: datetime) -> TopicLine:
    """A trend as it stands at a moment: on the days since it was touched nothing came."""
    days = count_days(trend.counts, _day(trend.touched_at), max(_day(now), _day(trend.touched_at)))
    return TopicLine(
        id=trend.id,
        label=trend.label,
        terms=trend.terms,
        state=trend.state,
        now=trend.now,
        before=trend.before,
        window_h=trend.window_h,
        counts=tuple(day.articles for day in days),
        sources=trend.sources,
        touched_at=trend.touched_at,
        told_at=trend.told_at,
        alert_id=trend.alert_id,
        followed=lessons.follows(trend.id, now),
        muted=lessons.is_muted(leading_keys(trend.terms), now, trend.id),
    )


def ratings_of(lessons: Iterable[Lesson]) -> Mapping[AlertId, Rating]:
    """What was said of each alert; of two lessons the later counts."""
    return {
        AlertId(lesson.target): Rating(verdict=lesson.verdict, lesson_id=lesson.id)
        for lesson in lessons
        if lesson.kind == "rate" and lesson.verdict
    }


def articles_of(index: Index, ids: Iterable[ArticleId]) -> tuple[ShortArticle, ...]:
    """Those of these articles that the index has, the newest first, undated last."""
    documents = index.get_many(list(dict.fromkeys(ids)))
    articles = [shorten_document(document) for document in documents.values()]
    return tuple(sorted(articles, key=_newest_first))


def _newest_first(article: ShortArticle) -> tuple[bool, float, ArticleId]:
    at = article.published_at
    return at is None, -at.timestamp() if at else 0.0, article.id


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
