"""The ledger's tables. One class a table; what a column means stands beside it.

Times are stored as aware UTC. A change here needs a revision under `migrations/versions/`: a test compares the two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, Integer, LargeBinary, String, Text, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every engine; SQLite has no zones, so it is told on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012 - SQLAlchemy's own form


class Leased:
    """A row that one process at a time works on (see `leases`)."""

    lease_owner: Mapped[str | None] = mapped_column(String(200), index=True)
    lease_until: Mapped[datetime | None]


class FeedRow(Leased, Base):
    """A feed of the feeds file (or the source of an import), and what is known of it."""

    __tablename__ = "feeds"
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(60))
    poll_minutes: Mapped[int | None]
    min_per_week: Mapped[int | None]
    max_per_day: Mapped[int | None]
    enabled: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)  # why it is not enabled
    source: Mapped[str] = mapped_column(
        String(20), default="feed", server_default="feed"
    )  # feed, listing, sitemap
    pattern: Mapped[str | None] = mapped_column(Text)  # which addresses of a listing or sitemap are articles
    beside: Mapped[str | None] = mapped_column(String(200))  # the feed that a listing or sitemap completes
    licensed: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # the desk may keep pages that reserve mining
    note: Mapped[str | None] = mapped_column(Text)
    listed: Mapped[bool]  # is in the feeds file; False for the source of an import or a row since removed
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    body_hash: Mapped[str | None] = mapped_column(String(64))
    moved_url: Mapped[str | None] = mapped_column(Text)  # where 301 or 308 says it lives now
    full_polled_at: Mapped[datetime | None]  # the last whole answer: a 304 is not believed for ever
    interval_s: Mapped[int | None]  # between two polls, as its rhythm was last judged
    health: Mapped[str] = mapped_column(String(20), default="new")
    condition: Mapped[str] = mapped_column(
        String(40), default="new", server_default="new"
    )  # finer than health: see feeds.health
    sentence: Mapped[str] = mapped_column(Text, default="Jamais interrogé.")
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    no_validators_until: Mapped[
        datetime | None
    ]  # its 304 was caught lying: it is asked for all of it till then
    passed_over: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True
    )  # what the first poll of a listing or sitemap left, 8 bytes an address; None before it
    troubled_since: Mapped[datetime | None]  # its health has not been good since then
    told: Mapped[str | None] = mapped_column(String(40))  # the trouble that operators were last alerted to
    last_error: Mapped[str | None] = mapped_column(Text)
    last_error_at: Mapped[datetime | None]
    first_polled_at: Mapped[datetime | None]
    last_polled_at: Mapped[datetime | None]
    next_poll_at: Mapped[datetime | None] = mapped_column(index=True)
    last_entry_at: Mapped[datetime | None]  # when it last brought an entry that was new


class PollRow(Base):
    """One request for one feed and what came of it."""

    __tablename__ = "polls"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    at: Mapped[datetime]
    status: Mapped[int | None]
    health: Mapped[str] = mapped_column(String(20))
    condition: Mapped[str] = mapped_column(String(40), default="unknown", server_default="unknown")
    sentence: Mapped[str] = mapped_column(Text)
    body_bytes: Mapped[int | None]
    duration_ms: Mapped[int | None]
    entries_seen: Mapped[int] = mapped_column(default=0)
    entries_new: Mapped[int] = mapped_column(default=0)
    record_id: Mapped[str | None] = mapped_column(
        Text
    )  # the body in the archive, when it was not the same again


class EntryRow(Base):
    """One entry ever seen. Its state is its article's when it is the article's first entry, else duplicate."""

    __tablename__ = "entries"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"), index=True)
    article_id: Mapped[str | None] = mapped_column(ForeignKey("articles.id"), index=True)
    url: Mapped[str | None] = mapped_column(Text)
    first_seen_at: Mapped[datetime]
    record_id: Mapped[str] = mapped_column(Text)  # the entry itself in the archive
    rejected: Mapped[str | None] = mapped_column(String(200))  # the reason, when it is refused


class ArticleRow(Leased, Base):
    """One article: its state, what is to be done next, and the version that is current."""

    __tablename__ = "articles"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(40), index=True)  # the entry that it was first seen by
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    state: Mapped[str] = mapped_column(
        String(20), index=True
    )  # waiting, indexed, duplicate, rejected, failed
    duplicate_of: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)  # why it is rejected
    url: Mapped[str | None] = mapped_column(Text)  # the best address so far
    first_seen_at: Mapped[datetime] = mapped_column(index=True)

    fetch_due_at: Mapped[datetime | None] = mapped_column(index=True)  # None: the page is not wanted (again)
    fetch_tries: Mapped[int] = mapped_column(default=0)
    fetched_at: Mapped[datetime | None]
    fetch_error: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]  # the page answered 404 or 410 after it had been there
    page_record_id: Mapped[str | None] = mapped_column(Text)  # the newest page in the archive
    page_url: Mapped[str | None] = mapped_column(Text)  # where that page was, after redirects
    canonical_refused: Mapped[str | None] = mapped_column(
        Text
    )  # what it calls its own and is another article's
    page_etag: Mapped[str | None] = mapped_column(Text)
    page_last_modified: Mapped[str | None] = mapped_column(Text)
    page_hash: Mapped[str | None] = mapped_column(String(64))  # of its bytes
    rights: Mapped[str | None] = mapped_column(Text)  # why only the feed's entry is kept, where that is so

    todo: Mapped[str | None] = mapped_column(String(20), index=True)  # extract, tag, index; None: nothing
    tries: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)

    version: Mapped[int] = mapped_column(default=0)
    text_hash: Mapped[str | None] = mapped_column(String(64), index=True)  # of title and text
    body_hash: Mapped[str | None] = mapped_column(String(64), index=True)  # of the text alone: finds copies
    sketch: Mapped[bytes | None] = mapped_column(LargeBinary)  # of the text: finds near copies
    copy_of: Mapped[str | None] = mapped_column(String(40))  # the first article with this text, on any site
    similarity: Mapped[float | None]  # with that one, 0 to 1
    title: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    published: Mapped[dict[str, Any] | None]  # the whole claim
    indexed_version: Mapped[int] = mapped_column(default=0)
    indexed_at: Mapped[datetime | None]
    counted_version: Mapped[int] = mapped_column(default=0)  # its terms are in `sightings`
    decided_version: Mapped[int] = mapped_column(default=0)  # and the detector has seen them
    rules_version: Mapped[str | None] = mapped_column(String(40))


class AddressRow(Base):
    """Every form of every article's address; `key` is the normalised form and leads to one article."""

    __tablename__ = "addresses"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)
    url: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))  # feed, redirect, canonical, import, contested
    seen_at: Mapped[datetime]


class VersionRow(Base):
    """One version of one article: where it lies in the archive and how it differs from the one before."""

    __tablename__ = "versions"
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(20))
    seen_at: Mapped[datetime]
    entry_record_id: Mapped[str] = mapped_column(Text)
    page_record_id: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(64))
    dates: Mapped[list[Any]]  # every claim
    diff: Mapped[str | None] = mapped_column(Text)  # unified, from the second version on
    changed: Mapped[list[Any] | None]  # title, text, date, authors: which of them changed


class FetchRow(Base):
    """One request for one page and what came of it."""

    __tablename__ = "fetches"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(20))  # page, same, gone, refused, failed
    sentence: Mapped[str | None] = mapped_column(Text)
    record_id: Mapped[str | None] = mapped_column(Text)  # the page, or the revisit record of an unchanged one


class BandRow(Base):
    """One band of an article's sketch: articles that share one may be near copies."""

    __tablename__ = "bands"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)


class DraftRow(Base):
    """An article between two tasks, extracted or tagged, as JSON: emptied when it is indexed."""

    __tablename__ = "drafts"
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class SightingRow(Base):
    """One term seen in one article: what the detector of new topics counts."""

    __tablename__ = "sightings"
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    term: Mapped[str] = mapped_column(String(300), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    copy: Mapped[bool]


class AlertRow(Base):
    """One alert, with its reasons, as it was decided."""

    __tablename__ = "alerts"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    fired_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20), default="topic", server_default="topic")  # topic, operator
    topic: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class DeliveryRow(Leased, Base):
    """One alert on one channel. The channel is a digest of its address: the address is a secret."""

    __tablename__ = "deliveries"
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)  # pending, sent
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class HostRow(Leased, Base):
    """What one host asks of us: its robots.txt, and how long to leave it alone. A cache; not tallied.

    Its lease is one request's: no two workers ask one host at once.
    """

    __tablename__ = "hosts"
    key: Mapped[str] = mapped_column(String(300), primary_key=True)  # scheme://host:port
    robots: Mapped[str | None] = mapped_column(Text)  # "" where there is none; None where it could not be had
    robots_fetched_at: Mapped[datetime | None]
    blocked_until: Mapped[datetime | None]
    blocked_why: Mapped[str | None] = mapped_column(Text)
    troubles: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # in a row: busy, silent, unreachable
    crawl_delay_s: Mapped[float | None]  # what robots.txt asks of us
    tdm: Mapped[str | None] = mapped_column(Text)  # /.well-known/tdmrep.json; "" where there is none
    tdm_fetched_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]  # not before then: the gap after the last request of any worker


class TallyRow(Base):
    """How many rows a table should have: kept in the transaction that adds or removes them (see `tallies`)."""

    __tablename__ = "tallies"
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    rows: Mapped[int] = mapped_column(default=0)


Index("ix_polls_of_feed", PollRow.feed_id, PollRow.at)
Index("ix_articles_due", ArticleRow.todo, ArticleRow.retry_at)
TALLIED: tuple[type[Base], ...] = (
    FeedRow,
    PollRow,
    EntryRow,
    ArticleRow,
    AddressRow,
    VersionRow,
    FetchRow,
    SightingRow,
    AlertRow,
    DeliveryRow,
)
