"""What goes out on a channel: one message, of one alert or of several gathered."""

from dataclasses import dataclass

from vigie.model import Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A small PNG that a message's HTML shows as `cid:<name>`."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`id` is the same however often it is sent. `text` stands alone; `html` says the same where a channel shows it.

    `alerts` are those that it tells of, for machines that receive it. `page_url` is where Vigie's page is, when known.
    """

    id: str
    title: str
    text: str
    html: str | None = None
    pictures: tuple[Picture, ...] = ()
    alerts: tuple[Alert, ...] = ()
    page_url: str | None = None
