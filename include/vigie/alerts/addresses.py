"""Where an alert and its topic are on Vigie's page, for those who read of them elsewhere. Pure.

`page_url` is where people open the page, None where nobody said: then nothing has an address.
"""

from urllib.parse import quote

from vigie.model import Alert


def alert_address(page_url: str | None, alert: Alert) -> str | None:
    """The alert with its whole why, and the buttons that rate it."""
    return place(page_url, alert_path(alert))


def topic_address(page_url: str | None, alert: Alert) -> str | None:
    """The trend that an alert is of; None for an alert that is of none."""
    path = topic_path(alert.about) if alert.kind == "topic" and alert.about else ""
    return place(page_url, path)


def place(page_url: str | None, path: str) -> str | None:
    """A path of the page as an address."""
    return f"{page_url}{path}" if page_url and path else None


def alert_path(alert: Alert) -> str:
    """The path of an alert under the page's address."""
    return f"/alerts/{quote(alert.id, safe='')}"


def topic_path(topic_id: str) -> str:
    """The path of a trend or of a topic under the page's address."""
    return f"/topics/{quote(topic_id, safe=':')}"
