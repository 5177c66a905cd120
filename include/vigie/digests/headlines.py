"""A digest as an alert: its headline, its sums in a sentence, and what it leads with.

The sums are written once, with the alert: what is counted later (a re-index, a late rating) does not change them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigie.digests.contents import Gathered, Section, list_sections
from vigie.digests.items import MAX_NAME
from vigie.digests.periods import Period
from vigie.digests.phrases import count_of, safe_link, say_number, say_period, tidy
from vigie.model import Alert, Passage

LEADS = 5
"""Items that stand in the alert itself, for channels that show neither HTML nor a long text."""
NOTHING = "rien de nouveau"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Articles that arrived and their sources; `before` are the articles of the period before. Alerts that were rated."""

    articles: int = 0
    sources: int = 0
    before: int = 0
    useful: int = 0
    noise: int = 0


def make_alert(period: Period, gathered: Gathered, figures: Figures) -> Alert:
    """The digest of a period. `now` and `before` are the articles of its period and of the one before."""
    sections = list_sections(period, gathered)
    return Alert(
        id=period.id,
        fired_at=period.end,
        topic=f"Vigie, {say_period(period)} : {next(iter(_counts(sections)), NOTHING)}",
        terms=(),
        article_ids=(),
        now=figures.articles,
        before=float(figures.before),
        window_h=period.hours,
        sources=(),
        reason=sum_up(sections, figures, period),
        passages=tuple(_leads(sections, gathered.alerts)),
        kind="digest",
        about=period.cadence,
    )


def sum_up(sections: Sequence[Section], figures: Figures, period: Period) -> str:
    """One sentence of sums."""
    parts = _counts(sections) or [NOTHING]
    sentence = " ; ".join([", ".join(parts), *_say_figures(figures, period)]) + "."
    return sentence[0].upper() + sentence[1:]


def _counts(sections: Iterable[Section]) -> list[str]:
    return [count_of(len(section.items), section.one, section.many) for section in sections]


def _say_figures(figures: Figures, period: Period) -> Iterator[str]:
    if figures.articles:
        was = "la veille" if period.cadence == "daily" else "la semaine d'avant"
        articles = count_of(figures.articles, "article nouveau", "articles nouveaux")
        yield f"{articles} de {count_of(figures.sources, 'source')} ({say_number(figures.before)} {was})"
    else:
        yield "aucun article n'est arrivé : Vigie était peut-être à l'arrêt (`vigie feeds` en dit plus)"
    if figures.useful or figures.noise:
        rated = count_of(figures.useful, "alerte jugée utile", "alertes jugées utiles")
        yield f"{rated}, {count_of(figures.noise, 'jugée du bruit', 'jugées du bruit')}"


def _leads(sections: Iterable[Section], alerts: Iterable[Alert]) -> Iterator[Passage]:
    """The first items that have an article, as passages of the digest."""
    first = {alert.id: alert.passages[0] for alert in alerts if alert.passages}
    items = [item for section in sections for item in section.items if item.key in first]
    for item in items[:LEADS]:
        passage = next(found for alert_id, found in first.items() if alert_id == item.key)
        yield Passage(
            article_id=passage.article_id,
            title=item.title,
            url=safe_link(passage.url),
            source=tidy(passage.source, MAX_NAME),
            text=item.said,
        )
