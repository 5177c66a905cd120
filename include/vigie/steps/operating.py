"""Operating: tell operators of feeds that turned bad and of stages that fail, once for each occurrence."""

from vigie.adapters.ledger import operations
from vigie.alerts.operations import judge_stages
from vigie.model import Sums
from vigie.steps.feed_alerts import alert_operators as alert_of_feeds
from vigie.stores import Stores


def alert_operators(stores: Stores) -> Sums:
    """Write the alerts, with a delivery per channel; `notify_channels` sends them. `done` counts alerts."""
    return alert_of_feeds(stores) + alert_of_stages(stores)


def alert_of_stages(stores: Stores) -> Sums:
    """As above, of the stages alone: that one fails, and that it does no more."""
    works, last_indexed_at = operations.read_stages(stores.ledger, stores.now())
    findings = judge_stages(works, last_indexed_at, stores.now())
    told = operations.tell_operators(stores.ledger, findings, stores.channels_for("operator"), stores.now())
    return Sums(taken=len(told), done=len(told))
