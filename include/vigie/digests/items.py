"""One line of a digest: an alert or a trend, its words made fit to be shown."""

from dataclasses import dataclass
from datetime import UTC

from vigie.alerts.addresses import alert_path, topic_path
from vigie.digests import movements, phrases
from vigie.digests.movements import EARLIER_DAYS, RECENT_DAYS, Movement
from vigie.digests.periods import Period
from vigie.digests.phrases import count_of, safe_link, say_number, tidy
from vigie.model import Alert, Passage, Trend

MAX_TITLE, MAX_SAID, MAX_TEXT, MAX_NAME = 160, 300, 260, 60
ARTICLES_SHOWN = 3
"""Of a topic: enough to see that it is one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article behind an item. `url` is None or safe to link; `text` is its passage, where that says more."""

    title: str
    publisher: str
    url: str | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`key` is the alert's id or the trend's; `counts` are articles a day, oldest first, empty when there are none.

    `path` is where Vigie's page has more of it.
    """

    key: str
    title: str
    said: str
    sources: tuple[Source, ...] = ()
    counts: tuple[int, ...] = ()
    path: str = ""


def tell_topic(alert: Alert) -> Item:
    """A topic: its counts with the window, and its sources."""
    said = [
        f"{count_of(alert.now, 'article')} en {alert.window_h} h, contre {say_number(alert.before)} d'ordinaire"
    ]
    if alert.sources:
        said.append(phrases.list_names(alert.sources, 4))
    counts = (*[0] * movements.DAYS_SHOWN, *alert.trend)[-movements.DAYS_SHOWN :]
    return Item(
        key=alert.id,
        title=tidy(alert.topic, MAX_TITLE) or alert.id,
        said=" · ".join(said),
        sources=list_sources(alert, most=ARTICLES_SHOWN),
        counts=counts if any(counts) else (),
        path=topic_path(alert.about) if alert.about else alert_path(alert),
    )


def tell_find(alert: Alert) -> Item:
    """A communiqué, an article that a watch found, a matter for operators: its own sentence says why."""
    return Item(
        key=alert.id,
        title=tidy(alert.topic, MAX_TITLE) or alert.id,
        said=tidy(alert.reason, MAX_SAID),
        sources=list_sources(alert, most=1),
        path=alert_path(alert),
    )


def tell_trend(trend: Trend, period: Period) -> tuple[Movement | None, Item]:
    """What a topic that was told before is doing, by its whole days before the period's last."""
    days = movements.last_days(trend.counts, trend.touched_at.astimezone(UTC).date(), period.end.date())
    recent = RECENT_DAYS[period.cadence]
    usual = sum(days[-recent - EARLIER_DAYS : -recent]) / EARLIER_DAYS * recent
    said = (
        f"{count_of(sum(days[-recent:]), 'article')} en {recent} jours, "
        f"contre {say_number(usual)} en moyenne la semaine d'avant"
    )
    title, path = tidy(trend.label, MAX_TITLE) or trend.id, topic_path(trend.id)
    item = Item(key=trend.id, title=title, said=said, counts=days, path=path)
    return movements.judge_movement(days, period.cadence), item


def list_sources(alert: Alert, *, most: int, texts: int = 1) -> tuple[Source, ...]:
    """Its first articles; the passages of the first `texts` of them, and none that says the title again."""
    return tuple(
        _tell_source(passage, with_text=place < texts) for place, passage in enumerate(alert.passages[:most])
    )


def _tell_source(passage: Passage, *, with_text: bool) -> Source:
    title, text = tidy(passage.title, MAX_TITLE), tidy(passage.text, MAX_TEXT)
    repeats = title.rstrip("…").startswith(text.rstrip("…"))
    return Source(
        title=title or passage.article_id,
        publisher=tidy(passage.source, MAX_NAME),
        url=safe_link(passage.url),
        text=text if with_text and not repeats else "",
    )
