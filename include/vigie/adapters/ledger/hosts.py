"""What hosts ask of us, remembered across runs and workers: robots.txt and Retry-After."""

from dataclasses import dataclass
from datetime import datetime

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import HostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What is known of `scheme://host:port`. `robots` is "" where the host has none."""

    key: str
    robots: str | None = None
    robots_fetched_at: datetime | None = None
    blocked_until: datetime | None = None


def read_host(ledger: Ledger, key: str) -> Host:
    """What is known of a host; a blank one where nothing is."""
    with ledger.reading() as session:
        row = session.get(HostRow, key)
        if row is None:
            return Host(key=key)
        return Host(
            key=key,
            robots=row.robots,
            robots_fetched_at=row.robots_fetched_at,
            blocked_until=row.blocked_until,
        )


def record_robots(ledger: Ledger, key: str, robots: str, now: datetime) -> None:
    """The host's robots.txt as of now."""
    with ledger.writing() as session:
        session.merge(HostRow(key=key, robots=robots, robots_fetched_at=now))


def record_block(ledger: Ledger, key: str, until: datetime) -> None:
    """Leave this host alone until then: it said so."""
    with ledger.writing() as session:
        session.merge(HostRow(key=key, blocked_until=until))
