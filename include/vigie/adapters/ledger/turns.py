"""Whose turn it is to ask a host: a lease of one request, and the gap after it, for all workers of a ledger.

Each turn is written twice, when it is taken and when it is given back, and the ledger has one writer at a time: so what
many threads write at the same moment goes into one transaction, written by the first of them. A hundred hosts at once
cost some dozens of commits, not two hundred.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.hosts import Host, find_row, to_host
from vigie.errors import TransientError


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Until when a host is to be left alone, and why."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class _Change:
    apply: Callable[[Session], Any]
    result: Future[Any] = field(default_factory=Future)


class Turns:
    """The turns that this process takes; safe to share between threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._writing = threading.Lock()
        self._waiting: deque[_Change] = deque()

    def take(
        self, key: str, real_now: datetime, lease: timedelta, is_ready: Callable[[Host], bool]
    ) -> Host | None:
        """Take this host's turn for so long; None where another worker has it, or where it is not ready.

        `is_ready` judges the host as it is now. What it raises (the host wants to be left alone) leaves the turn free.
        """

        def apply(session: Session) -> Host | None:
            row = find_row(session, key)
            host = to_host(row, self._ledger.owner, real_now)
            if not is_ready(host) or host.taken:
                return None
            row.lease_owner, row.lease_until = self._ledger.owner, real_now + lease
            return host

        found: Host | None = self._write(apply)
        return found

    def give_back(
        self, key: str, next_at: datetime | None, *, troubles: int = 0, block: Block | None = None
    ) -> None:
        """Nobody asks this host before `next_at`; None: nothing was sent, all stays as it was."""

        def apply(session: Session) -> None:
            row = find_row(session, key)
            if row.lease_owner == self._ledger.owner:
                leases.release(row)
            if next_at is None:
                return
            row.next_at, row.troubles = next_at, troubles
            if block:
                row.blocked_until, row.blocked_why = block.until, block.why

        self._write(apply)

    def _write(self, apply: Callable[[Session], Any]) -> Any:
        """Have a change written, by this thread with all that wait, or by another one that came first."""
        change = _Change(apply)
        self._waiting.append(change)
        with self._writing:
            if not change.result.done():
                self._write_all([self._waiting.popleft() for _ in range(len(self._waiting))])
        return change.result.result()

    def _write_all(self, changes: list[_Change]) -> None:
        """One transaction; nobody is told before it is durable, and all are told when it is not."""
        outcomes: list[tuple[_Change, Any, BaseException | None]] = []
        try:
            with self._ledger.writing() as session:
                outcomes = [(change, *_try(change, session)) for change in changes]
        except BaseException as error:
            for change in changes:
                change.result.set_exception(error)
            return
        for change, value, refusal in outcomes:
            if refusal is None:
                change.result.set_result(value)
            else:
                change.result.set_exception(refusal)


def _try(change: _Change, session: Session) -> tuple[Any, BaseException | None]:
    """A host that wants to be left alone is one thread's business: it has changed nothing."""
    try:
        return change.apply(session), None
    except TransientError as error:
        return None, error
