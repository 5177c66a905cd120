"""What hosts ask of us, kept for all workers and runs: robots.txt, reservations, rests; and whose turn it is.

A turn is a lease of one request (see `turns`): while a worker has it, no other asks that host, and after it none does
before `next_at`. A worker that died gives its turn up at once on its own machine, elsewhere when the lease is over.

Two clocks. Turns and gaps are about real time, and every `real_now` here is that of this machine, whatever VIGIE_NOW
says: a replay may not ask faster. What is remembered for hours (robots.txt, a Retry-After) is by the steps' clock.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, leases
from vigie.adapters.ledger.leases import Owner
from vigie.adapters.ledger.schema import HostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What is known of `scheme://host:port`. `robots` and `tdm` are "" where the host has none.

    `robots` is None with a `robots_fetched_at` where it could not be had then. `next_at` is in real time. `taken` says
    that another worker asks it now. `troubles` are in a row.
    """

    key: str
    robots: str | None = None
    robots_fetched_at: datetime | None = None
    tdm: str | None = None
    tdm_fetched_at: datetime | None = None
    blocked_until: datetime | None = None
    blocked_why: str | None = None
    troubles: int = 0
    crawl_delay_s: float = 0.0
    next_at: datetime | None = None
    taken: bool = False


def read_host(ledger: Ledger, key: str, real_now: datetime) -> Host:
    """What is known of a host; a blank one where nothing is."""
    with ledger.reading() as session:
        row = session.get(HostRow, key)
        return to_host(row, ledger.owner, real_now) if row else Host(key=key)


def record_robots(
    ledger: Ledger, key: str, robots: str | None, at: datetime, crawl_delay_s: float | None
) -> None:
    """The host's robots.txt as of `at`, and the gap it asks for."""
    with ledger.writing() as session:
        row = find_row(session, key)
        row.robots, row.robots_fetched_at, row.crawl_delay_s = robots, at, crawl_delay_s


def record_tdm(ledger: Ledger, key: str, tdm: str, at: datetime) -> None:
    """The host's tdmrep.json as of `at`."""
    with ledger.writing() as session:
        row = find_row(session, key)
        row.tdm, row.tdm_fetched_at = tdm, at


def find_row(session: Session, key: str) -> HostRow:
    """The host's row, made when it is not there."""
    row = session.get(HostRow, key)
    if row is None:
        row = HostRow(key=key, troubles=0)
        session.add(row)
    return row


def to_host(row: HostRow, owner: Owner, real_now: datetime) -> Host:
    """The row as others see it."""
    return Host(
        key=row.key,
        robots=row.robots,
        robots_fetched_at=row.robots_fetched_at,
        tdm=row.tdm,
        tdm_fetched_at=row.tdm_fetched_at,
        blocked_until=row.blocked_until,
        blocked_why=row.blocked_why,
        troubles=row.troubles,
        crawl_delay_s=row.crawl_delay_s or 0.0,
        next_at=row.next_at,
        taken=_is_taken(row, owner, real_now),
    )


def _is_taken(row: HostRow, owner: Owner, real_now: datetime) -> bool:
    """This process takes its own turns one at a time itself (`PoliteWeb`): a lease of its own is one left behind."""
    if row.lease_owner is None or row.lease_owner == owner:
        return False
    return (row.lease_until is None or row.lease_until > real_now) and not leases.is_gone(row.lease_owner)
