"""Notify: send every message that is due, channel by channel."""

import logging
from dataclasses import replace

from vigie.adapters.channels.channel import Channel
from vigie.adapters.channels.sending import send
from vigie.adapters.ledger import deliveries
from vigie.adapters.ledger.deliveries import Outgoing
from vigie.alerts.messages import Message
from vigie.alerts.wording import alert_message, gathered_message
from vigie.errors import StoreAway, TransientError
from vigie.model import Alert, Sums
from vigie.stores import Stores

log = logging.getLogger(__name__)


def notify_channels(stores: Stores) -> Sums:
    """Send every message that is due; a channel that is down is tried again later. The sums count alerts."""
    return sum((_notify_channel(stores, channel) for channel in stores.channels), start=Sums())


def _notify_channel(stores: Stores, channel: Channel) -> Sums:
    """Send what goes now on one channel. One that did not take a message is left alone for this time."""
    sums = Sums()
    while True:
        turn = deliveries.take_message(stores.ledger, channel.key, stores.now(), channel.rules)
        if turn.message is None:
            break
        done = _deliver(stores, channel, turn.message)
        sums += done
        if not done.done:
            return sums
    if turn.waiting:
        log.info("channel %s: %s alerts wait until %s", channel.label, turn.waiting, turn.again_at)
    return sums


def _deliver(stores: Stores, channel: Channel, outgoing: Outgoing) -> Sums:
    """Send one message, and record what came of it."""
    alerts = len(outgoing.alerts)
    try:
        note = send(_build_message(stores, outgoing), channel, stores.now())
    except StoreAway:
        raise
    except TransientError as error:
        others = stores.channels_for("operator")
        if deliveries.record_unsent(stores.ledger, outgoing, str(error), stores.now(), others):
            log.error("given up after a day: %s", error)
            return Sums(taken=alerts, refused={"abandonné": alerts})
        log.warning("%s", error)
        return Sums(taken=alerts, failed=alerts)
    deliveries.record_sent(stores.ledger, outgoing, stores.now(), note)
    return Sums(taken=alerts, done=alerts)


def _build_message(stores: Stores, outgoing: Outgoing) -> Message:
    """The message, by the kind of its alert."""
    if len(outgoing.alerts) > 1:
        return gathered_message(outgoing.id, outgoing.alerts, stores.settings.page_url)
    [alert] = outgoing.alerts
    if alert.kind == "digest":
        return _build_digest(stores, alert)
    return alert_message(alert, stores.settings.page_url)


def _build_digest(stores: Stores, alert: Alert) -> Message:
    """A digest is made of what the ledger has. TransientError when that fails: other alerts must not wait for it."""
    from vigie.steps.digesting import build_message

    try:
        return replace(build_message(stores, alert), id=alert.id, alerts=(alert,))
    except StoreAway:
        raise
    except Exception as error:
        log.exception("digest %s cannot be made", alert.id)
        raise TransientError(f"digest {alert.id} cannot be made: {type(error).__name__}") from error
