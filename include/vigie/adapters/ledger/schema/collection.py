"""Feeds and hosts: what was asked of them and when they may be asked again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from vigie.adapters.ledger.schema.base import Base, Leased


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


Index("ix_polls_of_feed", PollRow.feed_id, PollRow.at)
