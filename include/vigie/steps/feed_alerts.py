"""Tell operators of feeds that turned bad, once for each occurrence."""

from vigie.adapters.ledger import troubles as ledger_troubles
from vigie.feeds.troubles import make_alerts
from vigie.model import Sums
from vigie.stores import Stores


def alert_operators(stores: Stores) -> Sums:
    """Write the alerts, with a delivery per channel; `notify_channels` sends them. `done` counts alerts."""
    now = stores.now()
    found = ledger_troubles.feeds_in_trouble(stores.ledger)
    news = [trouble for trouble in found if trouble.is_news(now)]
    channels = stores.channels_for("operator")
    new = ledger_troubles.record_operator_alerts(stores.ledger, make_alerts(found, now), news, channels, now)
    return Sums(taken=len(news), done=len(new))
