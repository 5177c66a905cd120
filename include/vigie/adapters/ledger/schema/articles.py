"""Entries, the articles that they became, and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vigie.adapters.ledger.schema.base import Base, Leased


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
    watched_version: Mapped[int] = mapped_column(default=0, server_default="0")  # the watches have seen it
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


Index("ix_articles_due", ArticleRow.todo, ArticleRow.retry_at)
Index(  # what is not counted or decided on yet, found without reading the rows
    "ix_articles_counted",
    ArticleRow.state,
    ArticleRow.counted_version,
    ArticleRow.indexed_version,
    ArticleRow.decided_version,
)
