"""The index: one small port, two adapters (`index_tantivy`, `index_elasticsearch`).

Nothing above this module knows which engine it has: the same documents and the same question give the same answer,
and `tests/contract/test_index.py` holds both to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from vigie.errors import UsageError
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.findings import FindingKind

PREFIX = "vigie-articles"
"""The alias of the articles in Elasticsearch; those of alerts and topics stand beside it (`vigie-alerts`)."""

FacetName = Literal["leader", "topic", "source", "kind", "language", "day"]
FACET_FIELDS: Mapping[FacetName, str] = {
    "leader": "leader_names",
    "topic": "topic_labels",
    "source": "publisher",
    "kind": "kind",
    "language": "language",
    "day": "published_at",
}
"""What each facet counts: the values that a person reads, each good as a filter again. Undated articles have no day."""

MAX_BUCKETS = 100
"""Most buckets of a facet, the most frequent first and ties by value; days are all there, in order of time."""

MAX_PAGE_SIZE = 5_000
"""Most hits of one page; `after` goes on from there, however far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Filters are and-ed; the values of one filter are or-ed.

    `text`: words are all required, in title or text; "quoted words" are a phrase; -word excludes. Empty matches all.
    `event_days`: days, months or years as `event_dates` has them, to the character.
    `leaders`: Wikidata ids or names. `topics`: ids or labels. `sources`: feed ids or publishers. `since` is
    inclusive and `until` exclusive, on `published_at`, to the millisecond. `after` is the `next` of an earlier answer
    to the same question.

    Sorted by `date`: newest first, undated last, ties by id. By `relevance`: best first, ties by date, then id; a
    question without words has no relevance and is sorted by date. Articles that come in between two pages do not
    disturb an order by date; an order by relevance may shift.
    """

    text: str = ""
    leaders: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    event_days: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sort: Literal["relevance", "date"] = "relevance"
    size: int = 20
    after: str | None = None
    facets: tuple[FacetName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that answers, its document as it was put.

    `snippet` is some 200 characters of the text with the matched words between U+E000 and U+E001; where no word of
    the text matched, its start.
    """

    id: ArticleId
    document: Document
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One value of a facet and how many articles have it; days are ISO dates (UTC)."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`total` is exact. `next` is None on the last page."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A document that the index would not take, and why."""

    id: ArticleId
    reason: str


class Findings(Protocol):
    """The alerts or the topics beside the articles: few, drawn and listed, never searched by words.

    They have no versions: the last one put is the one that is there, and its `digest` says which it is.
    """

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace by `id`, of several of one id the last. Durable and visible on return."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove; an id that is not there is no error."""

    def get(self, finding_id: str) -> Document | None:
        """One document, whole."""

    def newest(self, size: int = 100, since: datetime | None = None) -> tuple[Document, ...]:
        """The newest by when an alert fired or a topic was touched, ties by id; from `since` on, to the millisecond.

        Raises `UsageError` for a size that no page has.
        """

    def digests(self) -> Iterator[tuple[str, str]]:
        """Every id with its digest, in no order: what an audit compares with the ledger."""


class Index(Protocol):
    """What Vigie needs of a search engine. Every call raises `TransientError` when the engine is away or busy."""

    def set_up(self) -> None:
        """Make the index, its templates and its alias, or bring them up to date. Doing it twice changes nothing."""

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace by `id`; an older `version` never replaces a newer one. Durable and searchable on return.

        A document that `vigie.search.mapping` finds a fault in is refused, with the reason, and the others are in.
        """

    def delete(self, ids: Iterable[ArticleId]) -> None:
        """Remove; an id that is not there is no error."""

    def get(self, article_id: ArticleId) -> Document | None:
        """One document, whole."""

    def search(self, question: Question) -> Answer:
        """Answer a question. Raises `UsageError` for a page size or an `after` that cannot be."""

    def versions(self) -> Iterator[tuple[ArticleId, int]]:
        """Every id with its version, in no order: what an audit compares with the ledger."""

    def findings(self, kind: FindingKind) -> Findings:
        """The alerts or the topics. They need no setting up of their own."""

    def clear(self) -> None:
        """Remove every document, alerts and topics too: the first half of a rebuild."""

    def close(self) -> None:
        """Let go of files and connections."""


def check_page_size(size: int) -> None:
    """Raises `UsageError` for a page that no engine gives in one piece. Zero hits are fine: only sums are wanted."""
    if not 0 <= size <= MAX_PAGE_SIZE:
        raise UsageError(f"a page has 0 to {MAX_PAGE_SIZE} hits, not {size}")
