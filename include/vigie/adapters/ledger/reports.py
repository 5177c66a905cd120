"""What people and scripts read from the ledger: counts, one article with its history, the feeds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, tallies
from vigie.adapters.ledger.schema import (
    AddressRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    PollRow,
    VersionRow,
)
from vigie.model import ArticleId, DateClaim, RecordId
from vigie.wire import load_json


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCounts:
    """Every entry is in exactly one of these."""

    total: int
    waiting: int = 0
    indexed: int = 0
    duplicate: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    failed: int = 0

    @property
    def adds_up(self) -> bool:
        """True when the states sum to the total."""
        return (
            self.total
            == self.waiting + self.indexed + self.duplicate + sum(self.rejected.values()) + self.failed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version in an article's history."""

    number: int
    origin: str
    seen_at: datetime
    title: str
    dates: tuple[DateClaim, ...]
    diff: str | None
    page_record_id: RecordId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the ledger knows of one article. `addresses` are (URL, where it came from)."""

    id: ArticleId
    state: str
    duplicate_of: ArticleId | None
    reason: str | None
    error: str | None
    url: str | None
    title: str | None
    feed_id: str
    publisher: str
    first_seen_at: datetime
    fetched_at: datetime | None
    indexed_at: datetime | None
    withdrawn_at: datetime | None
    published: DateClaim | None
    fetch_error: str | None
    versions: tuple[Version, ...]
    addresses: tuple[tuple[str, str], ...]
    copies: tuple[ArticleId, ...]
    entries: tuple[tuple[str, str], ...]  # (feed id, entry id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """How one feed fares. `sentence` is for people."""

    id: str
    url: str
    publisher: str
    kind: str
    health: str
    sentence: str
    last_polled_at: datetime | None
    next_poll_at: datetime | None
    last_entry_at: datetime | None
    failures: int
    entries: int


def count_entries(ledger: Ledger) -> EntryCounts:
    """The first half of the audit: every entry ever seen, by state."""
    with ledger.reading() as session:
        primary = EntryRow.id == ArticleRow.entry_id
        state = sa.case(
            (EntryRow.rejected.is_not(None), "rejected"),
            (ArticleRow.id.is_(None), "lost"),
            (sa.and_(primary, ArticleRow.state != "duplicate"), ArticleRow.state),
            else_="duplicate",
        )
        reason = sa.func.coalesce(EntryRow.rejected, ArticleRow.reason, "")
        grouped = sa.case((state == "rejected", reason), else_="")
        query = sa.select(state, grouped, sa.func.count()).select_from(EntryRow).outerjoin(ArticleRow)
        rows = list(session.execute(query.group_by(state, grouped)))
        total = session.scalar(sa.select(sa.func.count()).select_from(EntryRow)) or 0
    counts: Counter[str] = Counter()
    for name, _why, count in rows:
        counts[name] += count
    return EntryCounts(
        total=total,
        waiting=counts["waiting"],
        indexed=counts["indexed"],
        duplicate=counts["duplicate"],
        failed=counts["failed"],
        rejected={why: count for name, why, count in rows if name == "rejected"},
    )


def count_work(ledger: Ledger) -> dict[str, int]:
    """How many articles wait at each stage: fetch, extract, tag, index."""
    with ledger.reading() as session:
        stage = sa.func.coalesce(ArticleRow.todo, "fetch")
        open_ = sa.or_(ArticleRow.todo.is_not(None), ArticleRow.state == "waiting")
        counted = sa.select(stage, sa.func.count()).where(open_).group_by(stage)
        found = {name: count for name, count in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
        return {name: found.get(name, 0) for name in ("fetch", "extract", "tag", "index")}


def ledger_problems(ledger: Ledger) -> Iterator[str]:
    """One sentence for each thing in the ledger that contradicts another."""
    with ledger.reading() as session:
        yield from tallies.differences(session)
        orphans = sa.select(EntryRow.id).where(EntryRow.rejected.is_(None), EntryRow.article_id.is_(None))
        for entry_id in session.scalars(orphans):
            yield f"ledger: entry {entry_id} has no article and no reason"
        yield from _articles_without_entry(session)
        yield from _articles_without_versions(session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the index should hold of an article: the version that is recorded, or the one in work if any."""

    indexed: int
    in_work: int | None

    def allows(self, version: int | None) -> bool:
        """True for what the index may hold; None stands for nothing."""
        return version == (self.indexed or None) or (
            self.in_work is not None and version in (None, self.in_work)
        )


def expected_documents(ledger: Ledger) -> dict[ArticleId, Expected]:
    """What the index should hold, for every article."""
    with ledger.reading() as session:
        query = sa.select(ArticleRow.id, ArticleRow.indexed_version, ArticleRow.version, ArticleRow.todo)
        return {
            ArticleId(article_id): Expected(indexed=indexed, in_work=version if todo else None)
            for article_id, indexed, version, todo in session.execute(query)
        }


def archive_references(ledger: Ledger) -> Iterator[tuple[RecordId, str]]:
    """Every record that the ledger counts on, and what it is."""
    with ledger.reading() as session:
        for record_id, entry_id in session.execute(sa.select(EntryRow.record_id, EntryRow.id)):
            yield RecordId(record_id), f"entry {entry_id}"
        pages = sa.select(VersionRow.page_record_id, VersionRow.article_id).where(
            VersionRow.page_record_id.is_not(None)
        )
        for page_id, article_id in session.execute(pages):
            yield RecordId(page_id or ""), f"page of article {article_id}"
        current = sa.select(ArticleRow.page_record_id, ArticleRow.id).where(
            ArticleRow.page_record_id.is_not(None)
        )
        for page_id, article_id in session.execute(current):
            yield RecordId(page_id or ""), f"page of article {article_id}"
        polls = sa.select(PollRow.record_id, PollRow.feed_id).where(PollRow.record_id.is_not(None))
        for body_id, feed_id in session.execute(polls):
            yield RecordId(body_id or ""), f"body of feed {feed_id}"


def read_history(ledger: Ledger, article_id: ArticleId) -> History | None:
    """One article's whole history; None when the ledger does not know it."""
    with ledger.reading() as session:
        row = session.get(ArticleRow, article_id)
        return _history(session, row) if row else None


def report_feeds(ledger: Ledger) -> list[FeedReport]:
    """The feeds of the feeds file, by id."""
    with ledger.reading() as session:
        counted = sa.select(EntryRow.feed_id, sa.func.count()).group_by(EntryRow.feed_id)
        entries = {feed_id: count for feed_id, count in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
        rows = session.scalars(sa.select(FeedRow).where(FeedRow.listed).order_by(FeedRow.id))
        return [_feed_report(row, entries.get(row.id, 0)) for row in rows]


def alert_deliveries(ledger: Ledger) -> dict[str, list[tuple[str, str, datetime | None]]]:
    """For each alert: (channel's label, state, when it was sent)."""
    with ledger.reading() as session:
        found: dict[str, list[tuple[str, str, datetime | None]]] = {}
        for row in session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.alert_id, DeliveryRow.label)):
            found.setdefault(row.alert_id, []).append((row.label, row.state, row.sent_at))
        return found


def _articles_without_entry(session: Session) -> Iterator[str]:
    missing = sa.select(ArticleRow.id).outerjoin(EntryRow, EntryRow.id == ArticleRow.entry_id)
    for article_id in session.scalars(missing.where(EntryRow.id.is_(None))):
        yield f"ledger: article {article_id} has lost the entry it came from"


def _articles_without_versions(session: Session) -> Iterator[str]:
    have = sa.func.count(VersionRow.number)
    counted = (
        sa.select(ArticleRow.id, ArticleRow.version, have)
        .outerjoin(VersionRow)
        .group_by(ArticleRow.id, ArticleRow.version)
    )
    for article_id, version, count in session.execute(counted.having(have != ArticleRow.version)):
        yield f"ledger: article {article_id} is at version {version} and has {count}"


def _history(session: Session, row: ArticleRow) -> History:
    versions = session.scalars(
        sa.select(VersionRow).where(VersionRow.article_id == row.id).order_by(VersionRow.number)
    )
    addresses = session.scalars(
        sa.select(AddressRow).where(AddressRow.article_id == row.id).order_by(AddressRow.seen_at)
    )
    entries = session.scalars(
        sa.select(EntryRow).where(EntryRow.article_id == row.id).order_by(EntryRow.first_seen_at)
    )
    return History(
        id=ArticleId(row.id),
        state=row.state,
        duplicate_of=ArticleId(row.duplicate_of) if row.duplicate_of else None,
        reason=row.reason,
        error=row.error,
        url=row.url,
        title=row.title,
        feed_id=row.feed_id,
        publisher=session.get_one(FeedRow, row.feed_id).publisher,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at,
        indexed_at=row.indexed_at,
        withdrawn_at=row.withdrawn_at,
        published=load_json(DateClaim, row.published) if row.published else None,
        fetch_error=row.fetch_error,
        versions=tuple(_version(version) for version in versions),
        addresses=tuple((address.url, address.origin) for address in addresses),
        copies=_copies(session, row),
        entries=tuple((entry.feed_id, entry.id) for entry in entries),
    )


def _copies(session: Session, row: ArticleRow) -> tuple[ArticleId, ...]:
    if row.body_hash is None:
        return ()
    same = sa.select(ArticleRow.id).where(
        ArticleRow.body_hash == row.body_hash, ArticleRow.id != row.id, ArticleRow.state == "indexed"
    )
    return tuple(
        ArticleId(article_id) for article_id in session.scalars(same.order_by(ArticleRow.first_seen_at))
    )


def _version(row: VersionRow) -> Version:
    return Version(
        number=row.number,
        origin=row.origin,
        seen_at=row.seen_at,
        title=row.title,
        dates=tuple(load_json(DateClaim, claim) for claim in row.dates),
        diff=row.diff,
        page_record_id=RecordId(row.page_record_id) if row.page_record_id else None,
    )


def _feed_report(row: FeedRow, entries: int) -> FeedReport:
    return FeedReport(
        id=row.id,
        url=row.url,
        publisher=row.publisher,
        kind=row.kind,
        health=row.health,
        sentence=row.sentence,
        last_polled_at=row.last_polled_at,
        next_poll_at=row.next_poll_at,
        last_entry_at=row.last_entry_at,
        failures=row.failures,
        entries=entries,
    )
