"""What several screens show the same way: an article in a line, a value with its count."""

from dataclasses import dataclass
from datetime import datetime

from vigie.adapters.index.port import Hit
from vigie.model import ArticleId
from vigie.search.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One value and how many articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortArticle:
    """An article in a list. `snippet` has the matched words between U+E000 and U+E001, as the index gives them."""

    id: ArticleId
    title: str
    url: str | None
    publisher: str
    kind: str
    published_at: datetime | None
    first_seen_at: datetime
    leaders: tuple[str, ...]
    topics: tuple[str, ...]
    copy_of: ArticleId | None
    snippet: str


def shorten_hit(hit: Hit) -> ShortArticle:
    """A hit of a search as a list shows it."""
    return shorten_document(hit.document, hit.snippet)


def shorten_document(document: Document, snippet: str = "") -> ShortArticle:
    """A document of the index as a list shows it."""
    published = document["published_at"]
    return ShortArticle(
        id=document["id"],
        title=document["title"],
        url=document["url"],
        publisher=document["publisher"],
        kind=document["kind"],
        published_at=datetime.fromisoformat(published) if published else None,
        first_seen_at=datetime.fromisoformat(document["first_seen_at"]),
        leaders=tuple(document["leader_names"]),
        topics=tuple(document["topic_labels"]),
        copy_of=document["copy_of"],
        snippet=snippet,
    )
