"""Watches, and what each found: once an article, with its alert, before anything is sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.schema import AlertRow, ArticleRow, FeedRow, MatchRow, VersionRow, WatchRow
from vigie.errors import UsageError
from vigie.model import Alert, AlertId, AlertKind, ArticleId, ArticleOrigin, FeedKind
from vigie.watches.news import Unwatched
from vigie.watches.watch import Watch, WatchId
from vigie.wire import dump_json, load_json

FILE_DELAY = timedelta(hours=1)
"""A row of the file is read some minutes after it was written: what came since counts as news, if no pass saw it."""
KEYS_AT_ONCE = 500
"""Of one query; SQLite takes 32,766 at most."""

WatchOrigin = Literal["file", "hand"]
Told = Mapping[AlertKind, Sequence[tuple[str, str]]]
"""The channels, by key and label, that take each kind of alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWatch:
    """A watch that is on, and what it found so far: articles, copies of one text included."""

    watch: Watch
    origin: WatchOrigin
    made_at: datetime
    found: int = 0
    last_found_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One article that one watch found. `alert_id` is None where its text was told before."""

    watch_id: WatchId
    article_id: ArticleId
    version: int
    alert_id: AlertId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBefore:
    """Pairs of a watch and an article that it found, and of a watch and the article that had such a text first."""

    articles: set[tuple[WatchId, ArticleId]] = field(default_factory=set)
    texts: set[tuple[WatchId, ArticleId]] = field(default_factory=set)


def sync_watches(ledger: Ledger, watches: Sequence[Watch], now: datetime) -> None:
    """Bring the ledger up to the watches file: new rows, changed ones, and those that were taken out.

    Raises `UsageError` for a row whose id is that of a watch made by hand.
    """
    with ledger.writing() as session:
        rows = {row.id: row for row in session.scalars(sa.select(WatchRow))}
        for watch in watches:
            row = rows.get(watch.id)
            if row is not None and row.origin == "hand" and row.removed_at is None:
                raise UsageError(
                    f"VIGIE_WATCHES: watch `{watch.id}`: was made by hand already; give the row another id, or"
                    f" run `vigie watches remove {watch.id}`"
                )
            _keep(session, row, watch, "file", now - FILE_DELAY)
        kept = {watch.id for watch in watches}
        for row in rows.values():
            if row.origin == "file" and row.removed_at is None and row.id not in kept:
                row.removed_at = now


def save_watch(ledger: Ledger, watch: Watch, now: datetime) -> None:
    """Keep a watch that was made by hand, instead of the one of this id. `UsageError` when that is the file's."""
    with ledger.writing() as session:
        row = session.get(WatchRow, watch.id)
        if row is not None and row.origin == "file" and row.removed_at is None:
            raise UsageError(
                f"watch `{watch.id}` stands in the watches file; change it there, or choose another id"
            )
        _keep(session, row, watch, "hand", now)


def remove_watch(ledger: Ledger, watch_id: str, now: datetime) -> bool:
    """Remove a watch that was made by hand; whether there is or was one. `UsageError` when it is the file's."""
    with ledger.writing() as session:
        row = session.get(WatchRow, watch_id)
        if row is not None and row.removed_at is None:
            if row.origin == "file":
                raise UsageError(f"watch `{watch_id}` stands in the watches file; take the row out there")
            row.removed_at = now
        return row is not None


def kept_watches(ledger: Ledger) -> list[KeptWatch]:
    """The watches that are on, by id, each with what it found."""
    found = (
        sa.select(MatchRow.watch_id, sa.func.count().label("count"), sa.func.max(MatchRow.at).label("last"))
        .group_by(MatchRow.watch_id)
        .subquery()
    )
    query = (
        sa.select(WatchRow, found.c.count, found.c.last)
        .outerjoin(found, found.c.watch_id == WatchRow.id)
        .where(WatchRow.removed_at.is_(None))
        .order_by(WatchRow.id)
    )
    with ledger.reading() as session:
        return [_read_watch(row, count or 0, last) for row, count, last in session.execute(query)]


def unwatched_articles(ledger: Ledger, limit: int) -> list[Unwatched]:
    """The indexed articles that the watches have not seen in the version that is in the index, first seen first."""
    due = sa.and_(ArticleRow.state == "indexed", ArticleRow.watched_version != ArticleRow.indexed_version)
    current = sa.and_(VersionRow.article_id == ArticleRow.id, VersionRow.number == ArticleRow.indexed_version)
    query = (
        sa.select(ArticleRow, FeedRow.kind, VersionRow.origin)
        .join(FeedRow, FeedRow.id == ArticleRow.feed_id)
        .outerjoin(VersionRow, current)
        .where(due)
        .order_by(ArticleRow.first_seen_at, ArticleRow.id)
        .limit(limit)
    )
    with ledger.reading() as session:
        return [_read_unwatched(row, kind, origin) for row, kind, origin in session.execute(query)]


def found_before(ledger: Ledger, articles: Iterable[Unwatched]) -> FoundBefore:
    """Which watch has found which of these articles, and which of their texts in any article."""
    keys = sorted({key for each in articles for key in (each.id, each.text_id)})
    found = FoundBefore()
    with ledger.reading() as session:
        for chunk in _chunks(keys):
            query = (
                sa.select(MatchRow.watch_id, MatchRow.article_id, ArticleRow.copy_of)
                .join(ArticleRow, ArticleRow.id == MatchRow.article_id)
                .where(sa.or_(MatchRow.article_id.in_(chunk), ArticleRow.copy_of.in_(chunk)))
            )
            for watch_id, article_id, copy_of in session.execute(query):
                found.articles.add((WatchId(watch_id), ArticleId(article_id)))
                texts = (key for key in (article_id, copy_of) if key)
                found.texts.update((WatchId(watch_id), ArticleId(key)) for key in texts)
    return found


def known_alerts(ledger: Ledger, ids: Collection[AlertId]) -> set[AlertId]:
    """Those of `ids` that are alerts already."""
    known: set[AlertId] = set()
    with ledger.reading() as session:
        for chunk in _chunks(sorted(ids)):
            known |= set(map(AlertId, session.scalars(sa.select(AlertRow.id).where(AlertRow.id.in_(chunk)))))
    return known


def record_watched(
    ledger: Ledger,
    articles: Sequence[Unwatched],
    matches: Sequence[Match],
    alerts: Sequence[Alert],
    channels: Told,
    now: datetime,
) -> bool:
    """The watches have seen these articles, found this in them, and these alerts came of it: all in one transaction.

    False, and nothing is written, when another process has recorded one of the articles meanwhile: they are to be
    looked at again.
    """
    with ledger.writing() as session:
        if not _are_unwatched(session, articles):
            return False
        for kind, to in channels.items():
            add_alerts(session, [alert for alert in alerts if alert.kind == kind], to, now)
        session.add_all(_match_row(match, now) for match in matches)
        for version in sorted({each.version for each in articles}):
            _mark(session, [each.id for each in articles if each.version == version], version)
        return True


def _are_unwatched(session: Session, articles: Sequence[Unwatched]) -> bool:
    expected = {each.id: each.seen for each in articles}
    for chunk in _chunks(sorted(expected)):
        query = sa.select(ArticleRow.id, ArticleRow.watched_version).where(ArticleRow.id.in_(chunk))
        if any(expected[ArticleId(i)] != seen for i, seen in session.execute(query)):
            return False
    return True


def _mark(session: Session, ids: Sequence[ArticleId], version: int) -> None:
    for chunk in _chunks(ids):
        update = sa.update(ArticleRow).where(ArticleRow.id.in_(chunk)).values(watched_version=version)
        session.execute(update, execution_options={"synchronize_session": False})


def _keep(
    session: Session, row: WatchRow | None, watch: Watch, origin: WatchOrigin, made_at: datetime
) -> None:
    body = dump_json(watch)
    if row is None:
        session.add(WatchRow(id=watch.id, origin=origin, made_at=made_at, removed_at=None, body=body))
        return
    if row.removed_at is not None:  # it comes back: what it slept through is no news
        row.made_at, row.removed_at = made_at, None
    row.origin, row.body = origin, body


def _match_row(match: Match, now: datetime) -> MatchRow:
    return MatchRow(
        watch_id=match.watch_id,
        article_id=match.article_id,
        version=match.version,
        at=now,
        alert_id=match.alert_id,
    )


def _read_watch(row: WatchRow, found: int, last: datetime | None) -> KeptWatch:
    return KeptWatch(
        watch=load_json(Watch, row.body),
        origin=cast(WatchOrigin, row.origin),
        made_at=row.made_at,
        found=found,
        last_found_at=last,
    )


def _read_unwatched(row: ArticleRow, kind: str, origin: str | None) -> Unwatched:
    return Unwatched(
        id=ArticleId(row.id),
        version=row.indexed_version,
        seen=row.watched_version,
        first_seen_at=row.first_seen_at,
        published_at=row.published_at,
        kind=cast(FeedKind, kind),
        origin=cast(ArticleOrigin, origin or "feed"),
        copy_of=ArticleId(row.copy_of) if row.copy_of else None,
    )


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + KEYS_AT_ONCE] for start in range(0, len(keys), KEYS_AT_ONCE))
