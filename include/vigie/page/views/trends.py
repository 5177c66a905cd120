"""A topic of the detector as its screen shows it, and the lessons that are in force."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from vigie.adapters.index.port import Bucket
from vigie.adapters.ledger.alert_reports import alerts_about
from vigie.adapters.ledger.lessons import read_lessons
from vigie.model import Alert, Lesson, LessonId, Trend, TrendId, Verdict
from vigie.page.drawing.charts import DayCount, count_days
from vigie.page.shapes import Count, ShortArticle, shorten_document
from vigie.page.views.names import NamedCount, name_people, name_topics
from vigie.page.views.told import TopicLine, line_of
from vigie.search.documents import Document
from vigie.stores import Stores
from vigie.topics.lessons import Lessons, ends_at, holds

ARTICLES = 50
COUNTED = 12
ALERTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """A lesson in force. `what` says what it is of; `ends_at` is None for ever."""

    id: LessonId
    kind: Literal["mute", "rate", "follow"]
    what: Literal["word", "topic", "alert"]
    target: str
    label: str
    verdict: Verdict | None
    made_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """A topic of the detector. `days` are 28 up to today (UTC), of its leading term.

    `sources`, `people`, `subjects` and `places` are counted over the articles that are kept of it, `articles` are the
    newest of those `total`. `wish` is the mute or the follow that is in force.
    """

    topic: TopicLine
    days: tuple[DayCount, ...]
    opened_at: datetime
    total: int
    sources: tuple[Count, ...]
    people: tuple[NamedCount, ...]
    subjects: tuple[NamedCount, ...]
    places: tuple[Count, ...]
    articles: tuple[ShortArticle, ...]
    alerts: tuple[Alert, ...]
    wish: Taught | None


def read_trend_view(stores: Stores, trend: Trend, now: datetime) -> TrendView:
    """A topic of the detector, with what its articles have in common."""
    taught = read_lessons(stores.ledger)
    documents = _newest(stores.index.get_many(trend.article_ids).values())
    today, touched = now.astimezone(UTC).date(), trend.touched_at.astimezone(UTC).date()
    return TrendView(
        topic=line_of(trend, Lessons(taught), now),
        days=count_days(trend.counts, touched, max(today, touched)),
        opened_at=trend.opened_at,
        total=len(documents),
        sources=_plain(_count(document["publisher"] for document in documents)),
        people=name_people(stores, _count(name for d in documents for name in set(d["leader_names"]))),
        subjects=name_topics(stores, _count(name for d in documents for name in set(d["topic_labels"]))),
        places=_plain(_count(name for d in documents for name in set(d["places"]))),
        articles=tuple(shorten_document(document) for document in documents[:ARTICLES]),
        alerts=tuple(alerts_about(stores.ledger, trend.id, "topic", ALERTS)),
        wish=_find_wish(taught, trend.id, now),
    )


def teach(lesson: Lesson) -> Taught:
    is_word = lesson.kind == "mute" and lesson.target in lesson.terms
    return Taught(
        id=lesson.id,
        kind=lesson.kind,
        what="alert" if lesson.kind == "rate" else "word" if is_word else "topic",
        target=lesson.target,
        label=lesson.label,
        verdict=lesson.verdict,
        made_at=lesson.made_at,
        ends_at=ends_at(lesson),
    )


def _find_wish(taught: Sequence[Lesson], trend_id: TrendId, now: datetime) -> Taught | None:
    """The newest mute or follow of a trend itself that holds."""
    wishes = (each for each in reversed(taught) if each.kind != "rate" and each.target == trend_id)
    return next((teach(wish) for wish in wishes if holds(wish, now)), None)


def _newest(documents: Iterable[Document]) -> list[Document]:
    """The newest first, undated last."""
    return sorted(
        documents, key=lambda document: (document["published_at"] or "", document["id"]), reverse=True
    )


def _count(values: Iterable[str]) -> tuple[Bucket, ...]:
    found = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Bucket(value=value, count=count) for value, count in found[:COUNTED])


def _plain(counted: Iterable[Bucket]) -> tuple[Count, ...]:
    return tuple(Count(value=bucket.value, count=bucket.count) for bucket in counted)
