"""Alerts as an Atom feed (RFC 4287). The same alerts give the same bytes: it knows no clock.

An entry's id is made from the alert's, so that a reader shows an alert once. `updated` is when the alert fired, the
feed's is its newest alert's. Content is HTML with every word of other people's escaped.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from jinja2 import Environment, PackageLoader, StrictUndefined

from vigie.alerts.addresses import alert_address, topic_address
from vigie.digests.items import MAX_SAID, MAX_TITLE, list_sources
from vigie.digests.phrases import count_of, list_names, safe_link, say_number, tidy
from vigie.model import Alert, AlertKind

PUBLIC: tuple[AlertKind, ...] = ("topic", "watch", "communique")
"""What readers want; operators' alerts name feeds and hosts, and a digest says again what the others said."""
LABELS: dict[AlertKind, str] = {
    "topic": "Sujet",
    "watch": "Veille",
    "communique": "Communiqué",
    "operator": "Exploitation",
    "digest": "Résumé",
}
FEED_ID = "urn:vigie:alerts"
BEFORE_ANY = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without alerts was updated: Atom wants a date, and we know none."""
PASSAGES = 10


def entry_id(alert: Alert) -> str:
    """What a feed reader knows an alert by."""
    return f"urn:vigie:alert:{quote(alert.id, safe='')}"


def build_feed(alerts: Sequence[Alert], *, self_url: str | None = None, page_url: str | None = None) -> bytes:
    """The feed, the newest alert first. `self_url` is where it will be served, when that is known.

    With the address of Vigie's page an entry links to its alert there, and its content to the articles.
    """
    feed = FeedGenerator()
    feed.id(FEED_ID)
    feed.title("Vigie : alertes")
    feed.subtitle("Ce qui est nouveau dans la presse et à l'Élysée, et pourquoi Vigie le dit.")
    feed.author(name="Vigie")
    feed.generator("Vigie")
    feed.language("fr")
    feed.updated(max((alert.fired_at for alert in alerts), default=BEFORE_ANY))
    if self_url:
        feed.link(href=self_url, rel="self", type="application/atom+xml")
    for alert in sorted(alerts, key=lambda alert: (alert.fired_at, alert.id), reverse=True):
        feed.add_entry(_entry(alert, page_url), order="append")
    body: bytes = feed.atom_str(pretty=True)
    return body


def _entry(alert: Alert, page_url: str | None) -> FeedEntry:
    entry = FeedEntry()
    entry.id(entry_id(alert))
    entry.title(tidy(alert.topic, MAX_TITLE) or alert.id)
    entry.updated(alert.fired_at)
    entry.published(alert.fired_at)
    entry.category(term=alert.kind, label=LABELS[alert.kind])
    entry.content(_content(alert, page_url), type="html")
    urls = (
        alert_address(page_url, alert),
        *(safe_link(passage.url) for passage in alert.passages[:PASSAGES]),
    )
    if first := next((url for url in urls if url), None):  # Atom has one; the others stand in the content
        entry.link(href=first)
    return entry


def _content(alert: Alert, page_url: str | None) -> str:
    said = []
    if alert.kind == "topic":
        now, before = count_of(alert.now, "article"), say_number(alert.before)
        said.append(("Maintenant", f"{now} en {alert.window_h} h, contre {before} d'ordinaire"))
    if alert.terms:
        said.append(("Termes", list_names(alert.terms, 12)))
    if alert.matched:
        said.append(("Mots trouvés", list_names(alert.matched, 12)))
    if alert.sources:
        said.append(("Sources", list_names(alert.sources, 12)))
    return _TEMPLATES.get_template("entry.html").render(
        reason=tidy(alert.reason, 2 * MAX_SAID),
        said=said,
        sources=list_sources(alert, most=PASSAGES, texts=PASSAGES),
        alert_url=alert_address(page_url, alert),
        topic_url=topic_address(page_url, alert),
    )


_TEMPLATES = Environment(
    loader=PackageLoader("vigie.digests"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
