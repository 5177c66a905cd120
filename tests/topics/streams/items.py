"""One article of a stream, and the alerts that a stream brings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from vigie.adapters.knowledge_files import load_knowledge, load_never_new
from vigie.model import Alert, Article, ArticleId, DateClaim, FeedId, FeedKind, TaggedArticle, Tags
from vigie.topics.detector import Detector

START = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday: the first day of every stream."""


def tagged(
    name: str,
    at: datetime,
    source: str,
    phrases: Iterable[str],
    *,
    title: str = "",
    text: str | None = None,
    kind: FeedKind = "press",
) -> TaggedArticle:
    """An article that has these keyphrases and no other tag."""
    phrases = tuple(phrases)
    claim = DateClaim(at=at, origin="feed", precision="second", offset_minutes=0, raw=at.isoformat())
    article = Article(
        id=ArticleId(name),
        version=1,
        feed_id=FeedId(source),
        publisher=source,
        kind=kind,
        country="FR",
        url=f"https://example.org/{name}",
        title=title,
        text=" ".join(phrases) if text is None else text,
        authors=(),
        language="fr",
        published=claim,
        dates=(claim,),
        first_seen_at=at,
        fetched_at=at,
        origin="feed",
    )
    return TaggedArticle(article=article, tags=Tags(keyphrases=phrases), rules_version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article as it comes: `copy` as the caller of the detector would say it, `arrives` when it is seen.

    `about` is the truth: the name of a planted event, or the class of what is not new, None for chance.
    """

    tagged: TaggedArticle
    arrives: datetime
    copy: bool = False
    about: str | None = None

    @property
    def id(self) -> ArticleId:
        return self.tagged.article.id


def run(items: Iterable[Item], detector: Detector | None = None) -> list[Alert]:
    """Every alert of a stream."""
    return list(follow(items, detector or make_detector()))


@cache
def _names() -> frozenset[str]:
    return load_knowledge().names


def make_detector() -> Detector:
    """A detector that knows nothing yet, with the desk's lists, as `vigie detect` starts it."""
    lists = load_never_new()
    return Detector(
        never=lists.never, routine=lists.routine, routine_titles=lists.routine_titles, known_names=_names()
    )


def follow(items: Iterable[Item], detector: Detector) -> Iterator[Alert]:
    """The alerts of a stream, as they come."""
    for item in items:
        yield from detector.observe(item.tagged, copy=item.copy)


def sort_items(items: Iterable[Item]) -> list[Item]:
    """Items in the order they arrive; of one second, by their id."""
    return sorted(items, key=lambda item: (item.arrives, item.id))
