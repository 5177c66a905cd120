"""Notify: send every delivery that is due."""

from vigie.adapters.ledger import deliveries
from vigie.adapters.notify import notify
from vigie.errors import TransientError
from vigie.model import Sums
from vigie.stores import Stores


def notify_channels(stores: Stores) -> Sums:
    """Send every delivery that is due; a channel that is down is tried again later."""
    channels = {channel.key: channel for channel in stores.channels}
    sent = failed = 0
    while claimed := deliveries.claim_deliveries(stores.ledger, list(channels), stores.now()):
        for delivery in claimed:
            try:
                notify(delivery.alert, channels[delivery.channel])
            except TransientError as error:
                deliveries.record_unsent(stores.ledger, delivery, str(error), stores.now())
                failed += 1
            else:
                deliveries.record_sent(stores.ledger, delivery, stores.now())
                sent += 1
    return Sums(taken=sent + failed, done=sent, failed=failed)
