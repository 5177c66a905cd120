"""Leases: who is working on what right now.

A lease ends when its work is recorded, when its time is over, or when the process that took it is gone from this
machine: a worker that was killed blocks nothing, and ten workers may drain one ledger.
"""

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NewType, TypeVar

import psutil
import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger.schema import Leased

Owner = NewType("Owner", str)
"""`host|pid|start time of the process`: the start time tells a process from a later one of the same number."""

LEASE = timedelta(minutes=15)
"""Longer than any batch takes; a worker on another machine that died is waited for this long."""

L = TypeVar("L", bound=Leased)


def current_owner() -> Owner:
    """This process."""
    process = psutil.Process(os.getpid())
    return Owner(f"{socket.gethostname()}|{process.pid}|{process.create_time()}")


def is_gone(owner: str) -> bool:
    """True when the owner was a process of this machine and no longer runs; False when that cannot be told."""
    host, pid, started = owner.rsplit("|", 2)
    if host != socket.gethostname():
        return False
    try:
        process = psutil.Process(int(pid))
        # A zombie works no more; in a container without an init it may stay for ever.
        return process.status() == psutil.STATUS_ZOMBIE or abs(process.create_time() - float(started)) > 1
    except psutil.NoSuchProcess:
        return True


def claim(
    session: Session,
    table: type[L],
    due: sa.ColumnElement[bool],
    owner: Owner,
    now: datetime,
    *,
    limit: int,
    order_by: Sequence[sa.orm.InstrumentedAttribute[Any]],
) -> list[L]:
    """Lease up to `limit` rows that are due and that nobody holds, those first in `order_by` first.

    The lease is visible to other workers when the transaction of `session` ends.
    """
    _release_gone(session, table)
    free = sa.or_(table.lease_owner.is_(None), table.lease_until < now)
    statement = sa.select(table).where(due, free).order_by(*order_by).limit(limit)
    rows = list(session.scalars(statement))  # needs no lock: there is one writer at a time
    for row in rows:
        row.lease_owner, row.lease_until = owner, now + LEASE
    return rows


def release(row: Leased) -> None:
    """End a lease: its work is recorded in the same transaction."""
    row.lease_owner = row.lease_until = None


def renew(
    session: Session, table: type[L], which: sa.ColumnElement[bool], owner: Owner, now: datetime
) -> None:
    """Work that goes on keeps what it holds."""
    statement = sa.update(table).where(which, table.lease_owner == owner).values(lease_until=now + LEASE)
    session.execute(statement, execution_options={"synchronize_session": False})


def _release_gone(session: Session, table: type[L]) -> None:
    held = session.scalars(sa.select(table.lease_owner).where(table.lease_owner.is_not(None)).distinct())
    gone = [owner for owner in held if owner and is_gone(owner)]
    if gone:
        session.execute(
            sa.update(table).where(table.lease_owner.in_(gone)).values(lease_owner=None, lease_until=None),
            execution_options={"synchronize_session": False},
        )
