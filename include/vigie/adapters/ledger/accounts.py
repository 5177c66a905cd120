"""The accounts of the ledger: what is in which state, what contradicts what, and what the other stores should hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, tallies
from vigie.adapters.ledger.schema import ArticleRow, EntryRow, FetchRow, PollRow, VersionRow
from vigie.model import ArticleId, RecordId

_Column = sa.orm.InstrumentedAttribute[Any]


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


def count_entries(ledger: Ledger) -> EntryCounts:
    """The first half of the audit: every entry ever seen, by state."""
    with ledger.reading() as session:
        state, grouped = state_and_reason()
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


def state_and_reason() -> tuple[sa.ColumnElement[str], sa.ColumnElement[str]]:
    """Of an entry, outer joined to its article: the one state it is in, and why if that is rejected, else ""."""
    primary = EntryRow.id == ArticleRow.entry_id
    state = sa.case(
        (EntryRow.rejected.is_not(None), "rejected"),
        (ArticleRow.id.is_(None), "lost"),
        (sa.and_(primary, ArticleRow.state != "duplicate"), ArticleRow.state),
        else_="duplicate",
    )
    reason = sa.func.coalesce(EntryRow.rejected, ArticleRow.reason, "")
    return state, sa.case((state == "rejected", reason), else_="")


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
    """Every record that the ledger counts on, and what it is; one may come several times."""
    with ledger.reading() as session:
        for record_id, owner, what in _references():
            named = sa.select(record_id, owner).where(record_id.is_not(None))
            for place, of in session.execute(named):
                yield RecordId(place), f"{what} {of}"


def _references() -> tuple[tuple[_Column, _Column, str], ...]:
    """Each column that holds the place of a record, whose it is, and what."""
    return (
        (EntryRow.record_id, EntryRow.id, "entry"),
        (VersionRow.entry_record_id, VersionRow.article_id, "entry of article"),
        (VersionRow.page_record_id, VersionRow.article_id, "page of article"),
        (ArticleRow.page_record_id, ArticleRow.id, "page of article"),
        (FetchRow.record_id, FetchRow.article_id, "page of article"),
        (PollRow.record_id, PollRow.feed_id, "body of feed"),
    )


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
