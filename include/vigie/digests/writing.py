"""A digest as text and as HTML for mail clients: tables, inline styles, under 100 KB, whole without its pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from vigie.alerts.messages import Message, Picture
from vigie.digests import pictures
from vigie.digests.contents import Gathered, Section, list_sections
from vigie.digests.items import Item
from vigie.digests.periods import Period
from vigie.digests.phrases import bind_marks, count_of, say_bounds
from vigie.model import Alert

MAX_HTML_BYTES = 100_000
"""Gmail cuts a message off at 102 KB, and hides the rest behind a link."""
LIMITS = (12, 8, 5, 3, 1)
"""Items a section, tried in turn until the HTML fits: what people send is escaped, and may grow fivefold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section as it is written; `left` are the items that it has no room for."""

    section: Section
    items: tuple["ShownItem", ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item with the name of its picture and what that shows."""

    item: Item
    picture: str | None = None
    alt: str = ""


def write_message(period: Period, alert: Alert, gathered: Gathered, page_url: str | None = None) -> Message:
    """The whole digest: its headline and sums as the alert has them, the rest from what was gathered.

    Where Vigie's page has an address, each item links to it.
    """
    sections = list_sections(period, gathered)
    for limit in LIMITS:
        shown = tuple(_show(sections, limit))
        html = _render("digest.html", alert, period, shown, page_url)
        if len(html.encode()) <= MAX_HTML_BYTES:
            break
    return Message(
        id=alert.id,
        title=alert.topic,
        text=_render("digest.txt", alert, period, shown, page_url),
        html=html,
        pictures=tuple(_draw(shown)),
        page_url=page_url,
    )


def _show(sections: Iterable[Section], limit: int) -> Iterable[Shown]:
    place = 0
    for section in sections:
        items = []
        for item in section.items[:limit]:
            named = ShownItem(item=item)
            if item.counts:
                place += 1
                alt = pictures.describe_days(item.counts)
                named = replace(named, picture=f"tendance-{place}.png", alt=alt)
            items.append(named)
        yield Shown(section=section, items=tuple(items), left=len(section.items) - len(items))


def _draw(shown: Sequence[Shown]) -> Iterable[Picture]:
    for one in (one for section in shown for one in section.items):
        if one.picture:
            yield Picture(name=one.picture, png=pictures.draw_days(one.item.counts))


def _render(template: str, alert: Alert, period: Period, shown: Sequence[Shown], page_url: str | None) -> str:
    values: dict[str, Any] = {
        "alert": alert,
        "bounds": say_bounds(period),
        "zone": period.zone.key,
        "sections": shown,
        "width": pictures.WIDTH,
        "height": pictures.HEIGHT,
        "has_pictures": any(one.picture for section in shown for one in section.items),
        "count_of": count_of,
        "page_url": page_url,
    }
    text = _TEMPLATES.get_template(template).render(values)
    return text if template.endswith(".html") else _trim(text)


def _trim(text: str) -> str:
    """At most one empty line in a row, no spaces at the end of any."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip() + "\n"


_TEMPLATES = Environment(
    loader=PackageLoader("vigie.digests"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["bind"] = bind_marks
