"""Measure: what Vigie's gauges show now, by the names of `vigie.metrics`."""

from datetime import datetime
from typing import get_args

from vigie.adapters.ledger.accounts import count_entries, count_work
from vigie.adapters.ledger.gauges import Pulse, take_pulse
from vigie.metrics import take_quantiles
from vigie.model import FeedHealth
from vigie.stores import Stores


def measure(stores: Stores) -> dict[str, float]:
    """Every gauge that has a value now; it reads the ledger alone, and changes nothing."""
    now = stores.now()
    counts, work, pulse = (
        count_entries(stores.ledger),
        count_work(stores.ledger),
        take_pulse(stores.ledger, now),
    )
    entries = {name: getattr(counts, name) for name in ("total", "waiting", "indexed", "duplicate", "failed")}
    return {
        **_named("entries", {**entries, "rejected": sum(counts.rejected.values())}),
        **_named("work", work),
        **_named("errors", {stage: pulse.errors.get(stage, 0) for stage in ("extract", "tag", "index")}),
        **_named("polls", {"hour": pulse.polls, "failed": pulse.polls_failed}),
        **_named("feeds", {health: pulse.feeds.get(health, 0) for health in get_args(FeedHealth)}),
        **_named("deliveries", {state: pulse.deliveries.get(state, 0) for state in ("pending", "abandoned")}),
        **take_quantiles("published", pulse.published_delays_s),
        **take_quantiles("seen", pulse.seen_delays_s),
        **_since(pulse, now),
    }


def _since(pulse: Pulse, now: datetime) -> dict[str, float]:
    moments = {"polled": pulse.last_polled_at, "indexed": pulse.last_indexed_at}
    return _named("since", {name: (now - at).total_seconds() for name, at in moments.items() if at})


def _named(group: str, values: dict[str, int] | dict[str, float]) -> dict[str, float]:
    return {f"vigie.{group}.{name}": value for name, value in values.items()}
