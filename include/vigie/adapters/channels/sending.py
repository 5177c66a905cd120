"""One message to one channel."""

from datetime import datetime

import apprise
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.email.base import NotifyEmail

from vigie.adapters.channels import mails, services, webhooks
from vigie.adapters.channels.channel import Channel
from vigie.adapters.channels.hush import hushed
from vigie.adapters.channels.mail_account import can_be_read, read_account
from vigie.alerts.messages import Message
from vigie.errors import TransientError


def send(message: Message, channel: Channel, now: datetime) -> str | None:
    """Send a message. Returns what an operator should know although the channel took it (a refused recipient).

    Raises TransientError, naming channel and message and nothing of the address, when the channel did not take it.
    """
    try:
        with hushed():
            return _send(message, channel, now)
    except TransientError as error:
        said = f"channel {channel.label} ({channel.key}) did not take {message.id}: {error}"
    except Exception as error:  # plugins of 100 services: whatever they raise, the channel did not take it
        said = f"channel {channel.label} ({channel.key}) did not take {message.id}: {type(error).__name__}"
    raise TransientError(said) from None  # what was raised may name the address


def _send(message: Message, channel: Channel, now: datetime) -> str | None:
    plugin = apprise.Apprise.instantiate(channel.address, suppress_exceptions=False)
    if type(plugin) is NotifyJSON:
        webhooks.post(message, plugin, channel.secret, now)
        return None
    if type(plugin) is NotifyEmail and can_be_read(plugin):
        return mails.send_mail(message, read_account(plugin), channel.key, now)
    services.notify(message, channel.address)
    return None
