"""A person asks for a poll: the feed becomes due, and the next pass takes it as any other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.schema import FeedRow, HostRow
from vigie.model import FeedId

Refusal = Literal["unlisted", "disabled", "gone", "polling", "resting"]
"""Not in the feeds file; switched off there; deleted by its publisher; asked right now; its host is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnswer:
    """`refused` is None when the feed is due. `until` and `why` say how long its host is left alone, and for what."""

    refused: Refusal | None = None
    until: datetime | None = None
    why: str | None = None


def ask_for_poll(ledger: Ledger, feed_id: FeedId, host: str, now: datetime) -> PollAnswer | None:
    """Make a feed due, or say why not; None when there is no such feed. One that is due stays as it is.

    `host` is the host that it will be asked on, as `hosts` knows it.
    """
    with ledger.writing() as session:
        row = session.get(FeedRow, feed_id)
        if row is None:
            return None
        answer = _judge(session, row, host, now)
        if answer.refused is None and (row.next_poll_at is None or row.next_poll_at > now):
            row.next_poll_at = now
        return answer


def _judge(session: Session, row: FeedRow, host: str, now: datetime) -> PollAnswer:
    if not row.listed:
        return PollAnswer(refused="unlisted")
    if not row.enabled:
        return PollAnswer(refused="disabled", why=row.reason)
    if row.health == "gone":
        return PollAnswer(refused="gone")
    if _is_polled_now(row, now):
        return PollAnswer(refused="polling")
    known = session.get(HostRow, host)
    if known and known.blocked_until and known.blocked_until > now:
        return PollAnswer(refused="resting", until=known.blocked_until, why=known.blocked_why)
    return PollAnswer()


def _is_polled_now(row: FeedRow, now: datetime) -> bool:
    """What a poll that is under way records would overwrite the request."""
    held = row.lease_owner is not None and row.lease_until is not None and row.lease_until > now
    return held and not leases.is_gone(row.lease_owner or "")
