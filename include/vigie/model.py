"""The nouns of the straight path, frozen; one type each, in the order an article meets them.

Times are aware UTC. Offsets are characters into the article's `text`. Nothing here does input or output.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Literal, NewType

FeedId = NewType("FeedId", str)
EntryId = NewType("EntryId", str)
ArticleId = NewType("ArticleId", str)
AlertId = NewType("AlertId", str)
RecordId = NewType("RecordId", str)
"""Where a record lies in the archive: `<path of the WARC file>#<byte offset>`."""
PersonId = NewType("PersonId", str)
"""A Wikidata id ("Q7747"), or `desk:` and a name where Wikidata's is not known."""
TopicId = NewType("TopicId", str)
"""`medtop:` and the eight digits of IPTC Media Topics, or `desk:` and a name of ours."""

FeedKind = Literal["official", "press"]
SourceType = Literal["feed", "listing", "sitemap"]
AlertKind = Literal["topic", "operator"]
DateOrigin = Literal["json-ld", "meta", "time", "page", "feed", "import", "url"]
DatePrecision = Literal["second", "minute", "day", "month", "year"]
ArticleOrigin = Literal["page", "feed", "import"]
AddressOrigin = Literal["feed", "redirect", "canonical", "import", "contested"]
ArticleState = Literal["waiting", "indexed", "duplicate", "rejected", "failed"]
Stage = Literal["extract", "tag", "index"]
FeedHealth = Literal["ok", "silent", "malformed", "blocked", "failing", "gone", "disabled", "new"]
PERMANENT_REDIRECTS = frozenset({301, 308})
QuoteKind = Literal["direct", "partial", "indirect"]
Via = Literal["name", "title", "periphrasis", "pronoun-homologue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How much a feed is expected to bring; outside of it, its health says so."""

    min_per_week: int | None = None
    max_per_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a step did: how many it took, finished, left for later, and refused by reason. They add up."""

    taken: int = 0
    done: int = 0
    failed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            taken=self.taken + other.taken,
            done=self.done + other.done,
            failed=self.failed + other.failed,
            refused=dict(Counter(self.refused) + Counter(other.refused)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One row of the feeds file. `zone` is an IANA name: it reads dates that carry no offset.

    `source` says what lies at `url`. Of a listing or a sitemap, only addresses that match the regular expression
    `pattern` are articles; `beside` is the feed that it completes. `licensed` says that the desk may keep pages whose
    publisher reserves text and data mining.
    """

    id: FeedId
    url: str
    publisher: str
    kind: FeedKind
    language: str
    country: str
    zone: str
    poll_minutes: int | None = None
    expect: Expectation = field(default_factory=Expectation)
    enabled: bool = True
    reason: str | None = None
    source: SourceType = "feed"
    pattern: str | None = None
    beside: FeedId | None = None
    licensed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """One date that a source states of an article: `at` in UTC, the offset it was written with if it had one.

    Of its publication, unless `modified`.
    """

    at: datetime
    origin: DateOrigin
    precision: DatePrecision
    offset_minutes: int | None
    raw: str
    modified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed as the feed gave it, or one line of an import.

    `url` is None where the feed gives no http(s) address. `summary` is plain text. `published_raw` is the date as
    written. `text` is a whole article that came with the entry (content:encoded, an import), else empty. `origin`
    is "feed" or "import".
    """

    id: EntryId
    feed_id: FeedId
    guid: str
    url: str | None
    title: str
    summary: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published_raw: str | None = None
    published: DateClaim | None = None
    language: str | None = None
    origin: AddressOrigin = "feed"


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)  # its body's room in memory goes with it
class Page:
    """One answer to one request, after redirects. `addresses` are the URLs walked, the final one last.

    `hop_statuses` holds one status for each redirect walked. `duration_ms` is the servers' time, waiting for a turn left
    out. Neither is kept by the archive.
    """

    requested_url: str
    addresses: tuple[str, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    request_headers: tuple[tuple[str, str], ...] = ()
    hop_statuses: tuple[int, ...] = ()
    duration_ms: int | None = None

    @property
    def url(self) -> str:
        """The final address."""
        return self.addresses[-1]

    @property
    def moved_to(self) -> str | None:
        """Where permanent redirects (301, 308) lead from the start; None where the first is none, or there is none."""
        permanent = tuple(takewhile(PERMANENT_REDIRECTS.__contains__, self.hop_statuses))
        return self.addresses[len(permanent)] if permanent else None

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article, extracted. `published` is None where nothing trustworthy says when.

    `standfirst` (the chapô) is not repeated in `text`. `rights` says why only the feed's entry is kept, where that is so.
    """

    id: ArticleId
    version: int
    feed_id: FeedId
    publisher: str
    kind: FeedKind
    country: str
    url: str | None
    title: str
    text: str
    authors: tuple[str, ...]
    language: str
    published: DateClaim | None
    dates: tuple[DateClaim, ...]
    first_seen_at: datetime
    fetched_at: datetime
    origin: ArticleOrigin
    standfirst: str = ""
    modified: DateClaim | None = None
    rights: str | None = None

    @property
    def date(self) -> datetime:
        """The moment this article speaks from: published, or else first seen."""
        return self.published.at if self.published else self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderMention:
    """A person in office named at `text[start:end]`, whatever they are called there."""

    id: PersonId
    name: str
    mention: str
    start: int
    end: int
    via: Via
    role: str
    country: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic of the taxonomy or of the desk; `words` are those that decided."""

    id: TopicId
    label: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """A place or an organisation named at `text[start:end]`; `name` is its usual form.

    `id` is a Wikidata id or `geonames:` and a number, where the gazetteer is certain; `country` is ISO 3166 alpha-2.
    """

    name: str
    mention: str
    start: int
    end: int
    id: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said, at `text[start:end]` without the marks, and who says it where that is known.

    `direct` and `partial` (a few words inside a sentence) stand between quotation marks; `indirect` is told without.
    `speaker` is a usual name, of a person or an institution, `mention` what the text calls them there ("il").
    """

    text: str
    start: int
    end: int
    speaker: str | None = None
    speaker_id: str | None = None
    kind: QuoteKind = "direct"
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens at a date: a call, a visit, a vote; `text[start:end]` is the sentence's part that tells it.

    `date` is the day meant ("2018-05-24") or as much of it as is known ("2018-05", "2018"), `last_date` the last one
    of several days. `participants` are usual names, `participant_ids` theirs where known.
    """

    kind: str
    text: str
    start: int
    end: int
    date: str | None = None
    last_date: str | None = None
    participants: tuple[str, ...] = ()
    participant_ids: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTag:
    """A leader in one article: how often it mentions them, headline and standfirst included, and whether they are its
    subject. Role and country are of the article's date."""

    id: PersonId
    name: str
    role: str
    country: str
    mentions: int
    subject: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Who and what an article is about. Each tuple is in order of appearance; topics are by score, people by mentions,
    highest first. `quotes` stand between quotation marks; `reported` is indirect speech.
    `limits` says in French what was not looked for, and why."""

    leaders: tuple[LeaderMention, ...] = ()
    topics: tuple[TopicTag, ...] = ()
    places: tuple[NamedThing, ...] = ()
    organizations: tuple[NamedThing, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    keyphrases: tuple[str, ...] = ()
    people: tuple[PersonTag, ...] = ()
    reported: tuple[Quote, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedArticle:
    """An article with its tags and the version of the rules that gave them."""

    article: Article
    tags: Tags
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One term seen in one article: the unit that the detector of new topics counts.

    `term` is the normalised key, `label` the form to show. `source` is the publisher. `at` is the article's date.
    `copy` marks agency copies of another article, which count once.
    """

    term: str
    label: str
    article_id: ArticleId
    at: datetime
    source: str
    kind: FeedKind
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Evidence for an alert: where a term stands in an article."""

    article_id: ArticleId
    title: str
    url: str | None
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something new, and why we say so.

    `topic` is the label a person reads. `now` counts articles in the last `window_h` hours; `before` is the mean
    count of such a window over the baseline. `fired_at` is the date of the last article that was seen. An operator's
    alert has no terms and no articles: `topic` is its headline and `reason` its sentence.
    """

    id: AlertId
    fired_at: datetime
    topic: str
    terms: tuple[str, ...]
    article_ids: tuple[ArticleId, ...]
    now: int
    before: float
    window_h: int
    sources: tuple[str, ...]
    reason: str
    passages: tuple[Passage, ...] = ()
    kind: AlertKind = "topic"
