"""What came of each poll of a feed, and what a feed brought over time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.entries import EntryToRecord, record_entries_in
from vigie.adapters.ledger.feeds import read_feed
from vigie.adapters.ledger.schema import FeedRow, PollRow
from vigie.feeds.conditions import Condition, Verdict
from vigie.feeds.silence import LEAST_SILENCE, LOOKED_BACK, Past
from vigie.model import Feed, FeedHealth, FeedId, RecordId

HEALTHY: frozenset[FeedHealth] = frozenset({"ok", "new", "disabled"})
WEEK = timedelta(days=7)
ENTRIES_AT_ONCE = 500
"""New entries of one transaction: 7 ms of work each (5,000 in 34 s), and on SQLite nobody else writes meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What came of one request for a feed.

    `entries` are those that the ledger had not seen, of `entries_seen`. `etag` and `last_modified` are those of a whole
    good answer, or None: then the next request is unconditional. A conditional 304 leaves them as they were.
    `whole` is true of a good answer that came with its body. `moved_url` and `passed_over` are what they should be
    from now on; `passed_over` None leaves it. `error` is the fault in its own words.
    """

    feed_id: FeedId
    at: datetime
    status: int | None
    health: FeedHealth
    sentence: str
    next_poll_at: datetime | None
    condition: Condition = "ok"
    entries: tuple[EntryToRecord, ...] = ()
    entries_seen: int = 0
    record_id: RecordId | None = None
    whole: bool = False
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    body_bytes: int | None = None
    duration_ms: int | None = None
    interval: timedelta | None = None
    moved_url: str | None = None
    no_validators_until: datetime | None = None
    passed_over: bytes | None = None
    error: str | None = None

    @property
    def failed(self) -> bool:
        """True when this poll brought no feed at all."""
        return self.health in ("blocked", "failing", "gone") or (
            self.health == "malformed" and not self.entries_seen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """New entries of the last week and day, without those of the very first poll, which brings a backlog.

    `hours` is how long it was polled in that week.
    """

    week: int = 0
    day: int = 0
    hours: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A feed that answers well and has been quiet for a while. `was_silent` says that it was called so before."""

    feed: Feed
    past: Past
    was_silent: bool


def record_polls(ledger: Ledger, polls: Sequence[Poll], pending: Collection[FeedId] = ()) -> int:
    """Record some polls with the entries they brought; how many were new. Keeps the leases of `pending` feeds.

    One transaction, unless a poll brings very many entries: then the first of them go ahead, so that other writers get
    their turn; killed between the two, the next poll brings the rest.
    """
    new = {poll.feed_id: _record_ahead(ledger, poll) for poll in polls}
    with ledger.writing() as session:
        for poll in polls:
            new[poll.feed_id] += _record_poll(session, poll, new[poll.feed_id])
        if pending:
            leases.renew(session, FeedRow, FeedRow.id.in_(pending), ledger.owner, polls[-1].at)
    return sum(new.values())


def _ahead_of(poll: Poll) -> int:
    return max(0, len(poll.entries) - ENTRIES_AT_ONCE)


def _record_ahead(ledger: Ledger, poll: Poll) -> int:
    new = 0
    for start in range(0, _ahead_of(poll), ENTRIES_AT_ONCE):
        with ledger.writing() as session:
            some = poll.entries[start : min(start + ENTRIES_AT_ONCE, _ahead_of(poll))]
            new += record_entries_in(session, some, poll.at)
    return new


def _record_poll(session: Session, poll: Poll, ahead: int) -> int:
    """The poll itself, with its last entries; how many of those were new."""
    new = record_entries_in(session, poll.entries[_ahead_of(poll) :], poll.at)
    _update_state(session.get_one(FeedRow, poll.feed_id), poll, ahead + new)
    session.add(
        PollRow(
            feed_id=poll.feed_id,
            at=poll.at,
            status=poll.status,
            health=poll.health,
            condition=poll.condition,
            sentence=poll.sentence,
            body_bytes=poll.body_bytes,
            duration_ms=poll.duration_ms,
            entries_seen=poll.entries_seen,
            entries_new=ahead + new,
            record_id=poll.record_id,
        )
    )
    return new


def recent_arrivals(ledger: Ledger, ids: Collection[FeedId], now: datetime) -> dict[FeedId, Recent]:
    """What each of these feeds brought lately."""
    in_day = sa.case((PollRow.at >= now - timedelta(days=1), PollRow.entries_new), else_=0)
    query = (
        sa.select(FeedRow.id, FeedRow.first_polled_at, sa.func.sum(PollRow.entries_new), sa.func.sum(in_day))
        .join(PollRow, PollRow.feed_id == FeedRow.id)
        .where(FeedRow.id.in_(ids), PollRow.at >= now - WEEK, PollRow.at > FeedRow.first_polled_at)
        .group_by(FeedRow.id, FeedRow.first_polled_at)
    )
    with ledger.reading() as session:
        return {
            FeedId(feed_id): Recent(week=week, day=day, hours=min(now - first, WEEK).total_seconds() / 3600)
            for feed_id, first, week, day in session.execute(query)
        }


def read_passed_over(session: Session, feed_id: FeedId) -> bytes | None:
    """What the first poll of a listing or sitemap left, 8 bytes an entry; None before its first poll."""
    return session.scalar(sa.select(FeedRow.passed_over).where(FeedRow.id == feed_id))


def quiet_feeds(ledger: Ledger, now: datetime) -> list[Activity]:
    """The feeds that answer well and might be called silent, each with its past."""
    quiet = sa.or_(
        FeedRow.min_per_week.is_not(None),
        FeedRow.last_entry_at.is_(None),
        FeedRow.last_entry_at < now - LEAST_SILENCE,
    )
    answers = sa.or_(FeedRow.health == "ok", FeedRow.condition.in_(("silent", "fewer")))
    with ledger.reading() as session:
        feeds = list(
            session.scalars(sa.select(FeedRow).where(FeedRow.listed, FeedRow.enabled, answers, quiet))
        )
        arrivals = _arrivals(session, [row.id for row in feeds], now)
        return [_activity(row, arrivals.get(row.id, ()), now) for row in feeds]


def set_condition(ledger: Ledger, feed_id: FeedId, verdict: Verdict, now: datetime) -> None:
    """What `maintain` found of a feed between two polls."""
    with ledger.writing() as session:
        row = session.get_one(FeedRow, feed_id)
        row.health, row.condition, row.sentence = verdict.health, verdict.condition, verdict.sentence
        _note_trouble(row, now)


def _arrivals(
    session: Session, ids: Collection[str], now: datetime
) -> Mapping[str, list[tuple[datetime, int]]]:
    query = (
        sa.select(PollRow.feed_id, PollRow.at, PollRow.entries_new)
        .where(PollRow.feed_id.in_(ids), PollRow.at >= now - LOOKED_BACK, PollRow.entries_new > 0)
        .order_by(PollRow.at)
    )
    found: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for feed_id, at, new in session.execute(query):
        found[feed_id].append((at, new))
    return found


def _activity(row: FeedRow, arrivals: Iterable[tuple[datetime, int]], now: datetime) -> Activity:
    brought = list(arrivals)
    past = Past(
        polled_since=row.first_polled_at,
        asked_at=row.last_polled_at,
        week_count=sum(new for at, new in brought if at >= now - WEEK),
        arrivals=tuple(at for at, _new in brought),
    )
    return Activity(feed=read_feed(row), past=past, was_silent=row.condition in ("silent", "fewer"))


def _update_state(row: FeedRow, poll: Poll, new: int) -> None:
    leases.release(row)
    row.last_polled_at, row.next_poll_at = poll.at, poll.next_poll_at
    row.health, row.condition, row.sentence = poll.health, poll.condition, poll.sentence
    row.moved_url = poll.moved_url
    if poll.interval is not None:
        row.interval_s = round(poll.interval.total_seconds())
    if poll.condition != "waiting":  # nothing was sent: it neither failed nor worked
        row.failures = row.failures + 1 if poll.failed else 0
        row.first_polled_at = row.first_polled_at or poll.at
    if new:
        row.last_entry_at = poll.at
    if poll.whole:
        row.full_polled_at = poll.at
    if poll.passed_over is not None:
        row.passed_over = poll.passed_over
    _update_validators(row, poll)
    _note_trouble(row, poll.at)
    if poll.health not in HEALTHY and poll.health != "silent":
        row.last_error, row.last_error_at = poll.error or poll.sentence, poll.at


def _update_validators(row: FeedRow, poll: Poll) -> None:
    """A 304 is only asked for after a whole good answer: it could not tell a feed that is mended from one that is not."""
    row.no_validators_until = poll.no_validators_until
    if poll.status == 304 and poll.health in ("ok", "silent"):
        return
    row.etag, row.last_modified = poll.etag, poll.last_modified
    row.body_hash = poll.body_hash or row.body_hash


def _note_trouble(row: FeedRow, at: datetime) -> None:
    if row.health in HEALTHY:
        row.troubled_since = None
    elif row.troubled_since is None:
        row.troubled_since = at
