"""The index: one small port, two adapters (`index_tantivy`, `index_elasticsearch`).

Nothing above this module knows which engine it has: the same documents and the same question give the same answer,
and `tests/contract/test_index.py` holds both to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from vigie.errors import TransientError, UsageError
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

    `text`: words are all required, in title or text; "quoted words" are a phrase, found as it is written but for
    capitals, accents and elisions; -word excludes. Empty matches all.
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
    """The alerts, the topics or the standings beside the articles: few, drawn and listed, never searched by words.

    They have no versions: the last one put is the one that is there, and its `digest` says which it is.
    """

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace by `id`, of several of one id the last. Durable and visible on return."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove; an id that is not there is no error."""

    def get(self, finding_id: str) -> Document | None:
        """One document, whole."""

    def newest(self, size: int = 100, since: datetime | None = None) -> tuple[Document, ...]:
        """The newest by `MOMENTS`, ties by id, those without one last; from `since` on, to the millisecond.

        Raises `UsageError` for a size that no page has.
        """

    def digests(self) -> Iterator[tuple[str, str]]:
        """Every id with its digest, in no order: what an audit compares with the ledger."""


Change = Literal["none", "made", "extended", "moved", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What setting up did to the articles (`name` is "articles") or to a kind of findings.

    `made`: there was nothing. `extended`: new fields were added in place. `moved`: documents were copied to a new
    generation, which the readers now see; `returned`: readers see the generation of before again. `generation` is the one
    they see, `copied` how many documents were written, and `kept` what lies beside, unseen, until it is dropped.
    """

    name: str
    change: Change
    generation: int
    copied: int = 0
    kept: tuple[str, ...] = ()


class Index(Protocol):
    """What Vigie needs of a search engine. Every call raises `TransientError` when the engine is away or busy.

    An index on a server is set up by hand: before that, and where templates are missing, calls raise `UsageError`.
    `can_refill`: all of it can be put again while readers are answered.
    """

    can_refill: bool

    def begin(self) -> None:
        """Set up where there is nothing of Vigie's at all, if this login may and the server answers at once.

        For a first run by hand. What is there already is never changed by it, and it raises nothing.
        """

    def set_up(self) -> tuple[SetUp, ...]:
        """Make the index, its templates and its alias, or bring them up to date. Doing it twice changes nothing.

        Readers are answered and writers go on meanwhile; they wait at most while the last differences are copied.
        Killed half way it leaves the old generation as it was, and can be called again.
        """

    def roll_back(self) -> tuple[SetUp, ...]:
        """Let readers see the generation of before the last move again, with what was written since.

        Raises `UsageError` when none is kept.
        """

    def drop_kept(self) -> tuple[str, ...]:
        """Delete the generations that readers do not see; the names of what is gone. There is no way back after it."""

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace by `id`; an older `version` never replaces a newer one. Durable and searchable on return.

        A document that `vigie.search.mapping` finds a fault in is refused, with the reason, and the others are in.
        """

    def delete(self, ids: Iterable[ArticleId]) -> None:
        """Remove; an id that is not there is no error."""

    def get(self, article_id: ArticleId) -> Document | None:
        """One document, whole."""

    def get_many(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Document]:
        """The documents of those ids that are there, whole, by id. They are all in memory: ask for a few hundred."""

    def search(self, question: Question) -> Answer:
        """Answer a question. Raises `UsageError` for a page size or an `after` that cannot be."""

    def versions(self) -> Iterator[tuple[ArticleId, int]]:
        """Every id with its version, in no order: what an audit compares with the ledger."""

    def findings(self, kind: FindingKind) -> Findings:
        """The findings of a kind. They need no setting up of their own."""

    def clear(self) -> None:
        """Remove every document, alerts and topics too: the first half of a rebuild."""

    def close(self) -> None:
        """Let go of files and connections."""


def read_all(index: Index, ids: Sequence[ArticleId]) -> list[Document]:
    """The documents of these ids, in their order; `TransientError` names one that is not there."""
    found = index.get_many(ids)
    missing = next((article_id for article_id in ids if article_id not in found), None)
    if missing is not None:
        raise TransientError(f"article {missing} is not in the index; `vigie audit` says more")
    return [found[article_id] for article_id in ids]


def check_page_size(size: int) -> None:
    """Raises `UsageError` for a page that no engine gives in one piece. Zero hits are fine: only sums are wanted."""
    if not 0 <= size <= MAX_PAGE_SIZE:
        raise UsageError(f"a page has 0 to {MAX_PAGE_SIZE} hits, not {size}")
