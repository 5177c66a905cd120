"""A topic of the taxonomy as its screen shows it: what the articles that are tagged with it have in common."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vigie.adapters.index.port import Answer, FacetName, Index, Question
from vigie.page.drawing.charts import DAYS_DRAWN, DayCount, fill_days
from vigie.page.shapes import Count, ShortArticle, shorten_hit
from vigie.page.views.names import NamedCount, name_people, name_topics, topic_label
from vigie.stores import Stores

FACETS: tuple[FacetName, ...] = ("day", "source", "leader", "topic")
ARTICLES = 30
COUNTED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """A topic of the taxonomy, over 28 days (UTC). `articles` are the newest of `total`."""

    id: str
    label: str
    total: int
    days: tuple[DayCount, ...]
    sources: tuple[Count, ...]
    people: tuple[NamedCount, ...]
    topics: tuple[NamedCount, ...]
    articles: tuple[ShortArticle, ...]


def read_subject(stores: Stores, topic_id: str, now: datetime) -> SubjectView | None:
    """None for a topic that neither the desk's tables nor any article has."""
    index, last = stores.index, now.astimezone(UTC).date()
    first = datetime.combine(last, datetime.min.time(), UTC) - timedelta(days=DAYS_DRAWN - 1)
    asked = Question(topics=(topic_id,), since=first, sort="date", size=ARTICLES, facets=FACETS)
    answer = index.search(asked)
    label = topic_label(stores, topic_id) or _label_of(index, answer, topic_id)
    return _subject_view(stores, topic_id, label, answer, last) if label else None


def _subject_view(stores: Stores, topic_id: str, label: str, answer: Answer, last: date) -> SubjectView:
    facets = answer.facets
    beside = [bucket for bucket in facets["topic"] if bucket.value != label][:COUNTED]
    days = {date.fromisoformat(bucket.value): bucket.count for bucket in facets["day"]}
    return SubjectView(
        id=topic_id,
        label=label,
        total=answer.total,
        days=fill_days(days, last),
        sources=tuple(Count(value=b.value, count=b.count) for b in facets["source"][:COUNTED]),
        people=name_people(stores, facets["leader"][:COUNTED]),
        topics=name_topics(stores, beside),
        articles=tuple(shorten_hit(hit) for hit in answer.hits),
    )


def _label_of(index: Index, answer: Answer, topic_id: str) -> str | None:
    """What articles call a topic that the tables have no more, however old they are."""
    hits = answer.hits or index.search(Question(topics=(topic_id,), sort="date", size=1)).hits
    tags = hits[0].document["topics"] if hits else ()
    return next((tag["label"] for tag in tags if tag["id"] == topic_id), None)
