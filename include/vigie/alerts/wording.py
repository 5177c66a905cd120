"""Alerts as a person reads them: a title and a body in plain French, one alert alone or several gathered."""

from collections.abc import Iterator, Mapping, Sequence

from vigie.alerts.addresses import alert_address, topic_address
from vigie.alerts.messages import Message
from vigie.model import Alert, AlertKind, Passage, TrendState
from vigie.topics.sparkline import draw_sparkline

MAX_TITLE_CHARS = 120
_HEADS: Mapping[AlertKind, str] = {
    "topic": "Nouveau sujet",
    "watch": "Veille",
    "communique": "Communiqué",
    "operator": "Vigie, exploitation",
    "digest": "Synthèse",
}
_UPDATES: Mapping[TrendState, str] = {
    "growing": "le sujet grandit",
    "steady": "le sujet se maintient",
    "fading": "le sujet retombe",
    "quiet": "le sujet s'est tu",
}
_BETWEEN = f"\n\n{'—' * 10}\n\n"


def alert_message(alert: Alert, page_url: str | None = None) -> Message:
    """The message of one alert alone; its id is the alert's. It links to Vigie's page, where that has an address."""
    title, text = alert_text(alert, page_url)
    return Message(id=alert.id, title=title, text=text, alerts=(alert,), page_url=page_url)


def gathered_message(message_id: str, alerts: Sequence[Alert], page_url: str | None = None) -> Message:
    """The message of several alerts: how many there are, then each with its text."""
    title = f"{len(alerts)} alertes : {' ; '.join(alert.topic for alert in alerts)}"
    texts = ["\n".join(alert_text(alert, page_url)) for alert in alerts]
    text = _BETWEEN.join(f"{number}. {said}" for number, said in enumerate(texts, start=1))
    return Message(id=message_id, title=shorten(title), text=text, alerts=tuple(alerts), page_url=page_url)


def alert_text(alert: Alert, page_url: str | None = None) -> tuple[str, str]:
    """Title and body of a message. Plain text, no control or bidirectional characters of other people's."""
    title = clean_text(f"{_head(alert)} : {alert.topic}")
    lines = [title, ""] if len(title) > MAX_TITLE_CHARS else []
    lines += [alert.reason, *_why(alert, page_url), "", *_evidence(alert)]
    lines.append(f"Alerte {alert.id}, {alert.fired_at:%d/%m/%Y à %H:%M} UTC")
    lines += [address] if (address := alert_address(page_url, alert)) else []
    return shorten(title), "\n".join(clean_text(line) for line in lines)


def _head(alert: Alert) -> str:
    if alert.kind != "topic" or alert.update in (None, "new"):
        return _HEADS[alert.kind]
    if alert.update == "back":
        weeks = weeks_away(alert.trend)
        return f"De retour après {weeks} semaine{'s' if weeks > 1 else ''}" if weeks else "De retour"
    return "Suite"


def _why(alert: Alert, page_url: str | None) -> Iterator[str]:
    if alert.kind == "topic" and alert.update and alert.update in _UPDATES:
        yield f"Depuis la dernière alerte, {_UPDATES[alert.update]}."
    if alert.matched:
        yield f"Mots trouvés : {', '.join(alert.matched)}"
    if len(alert.terms) > 1:
        yield f"Termes : {', '.join(alert.terms)}"
    if alert.sources and alert.kind != "operator":
        yield f"Sources : {', '.join(alert.sources)}"
    if sum(alert.trend):
        yield f"Articles par jour : {draw_sparkline(alert.trend)} (le dernier jour : {alert.trend[-1]})"
    if alert.kind == "topic" and alert.about:
        yield f"Tendance {topic_address(page_url, alert) or f'{alert.about} (vigie topics)'}"


def _evidence(alert: Alert) -> Iterator[str]:
    for passage in alert.passages:
        yield from _passage_lines(passage)
    more = len(set(alert.article_ids) - {passage.article_id for passage in alert.passages})
    if more and alert.passages:
        yield f"Et {more} autre{'s' if more > 1 else ''} article{'s' if more > 1 else ''}."


def _passage_lines(passage: Passage) -> list[str]:
    head = f"• {passage.title} ({passage.source})"
    said = [f"  {passage.text}"] if passage.text and passage.text != passage.title else []
    return [head, *said, *([f"  {passage.url}"] if passage.url else []), ""]


def weeks_away(trend: Sequence[int]) -> int:
    """How many whole weeks a topic was away before it came back; 0 when its trend does not reach back so far."""
    days = list(trend)
    while days and days[-1]:  # the days since it is back
        days.pop()
    quiet = 0
    while days and not days[-1]:
        days.pop()
        quiet += 1
    return quiet // 7 if days else 0


def shorten(title: str) -> str:
    """A title in one line of a mail or a telephone; cut at a word, and it shows."""
    title = clean_text(title)
    if len(title) <= MAX_TITLE_CHARS:
        return title
    return title[: MAX_TITLE_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def clean_text(text: str) -> str:
    """One line without what a terminal or a chat would obey: controls, bidirectional marks, private characters."""
    return "".join(c if c.isprintable() else " " for c in text).rstrip()
