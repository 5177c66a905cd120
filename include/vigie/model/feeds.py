"""Feeds, their entries and the pages behind them."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Literal, NewType

FeedId = NewType("FeedId", str)
EntryId = NewType("EntryId", str)
RecordId = NewType("RecordId", str)
"""Where a record lies in the archive: `<path of the WARC file>#<byte offset>`."""
FeedKind = Literal["official", "press"]
SourceType = Literal["feed", "listing", "sitemap"]
FeedHealth = Literal["ok", "silent", "malformed", "blocked", "failing", "gone", "disabled", "new"]
DateOrigin = Literal["json-ld", "meta", "time", "page", "feed", "import", "url"]
DatePrecision = Literal["second", "minute", "day", "month", "year"]
AddressOrigin = Literal["feed", "redirect", "canonical", "import", "contested"]
PERMANENT_REDIRECTS = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How much a feed is expected to bring; outside of it, its health says so."""

    min_per_week: int | None = None
    max_per_day: int | None = None


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
