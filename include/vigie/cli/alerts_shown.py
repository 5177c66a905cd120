"""What `vigie alerts` prints for people, in French: a paragraph an alert, with why, and the figures.

No table: an address that is folded by a table's frame can be neither clicked nor copied.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from textwrap import TextWrapper

from rich.text import Text

from vigie.alerts.figures import Figures
from vigie.cli import tables
from vigie.cli.lessons_shown import VERDICTS
from vigie.model import Alert, AlertKind, Passage, TrendState, Verdict
from vigie.plaintext import fold_line

KINDS: Mapping[AlertKind, str] = {
    "topic": "nouveau sujet",
    "watch": "veille",
    "communique": "communiqué",
    "operator": "exploitation",
    "digest": "résumé",
}
STATES: Mapping[TrendState, str] = {
    "new": "nouveau",
    "growing": "en hausse",
    "steady": "stable",
    "fading": "en baisse",
    "quiet": "calme",
    "back": "de retour",
}
DELIVERED = {"sent": "envoyée", "pending": "en attente", "abandoned": "abandonnée"}
PASSAGES_SHOWN = 3
PASSAGE_CHARS = 240
WIDTH = 78
_INDENT = "  "

Deliveries = Mapping[str, Sequence[tuple[str, str, datetime | None]]]


def print_alerts(
    alerts: Sequence[Alert], last: int, deliveries: Deliveries, ratings: Mapping[str, Verdict | None]
) -> None:
    """The newest `last`, each with its reasons, its first articles, and where it went."""
    tables.print_line(_count(len(alerts), "alerte"))
    if len(alerts) > last:
        tables.print_line(f"Les {last} dernières ; toutes avec --last {len(alerts)}.")
    for alert in alerts[-last:]:
        tables.print_line()
        tables.print_text(Text(_head(alert, ratings.get(alert.id)), style="dim"))
        tables.print_text(Text(fold_line(alert.topic), style="bold"))
        for line in _body(alert, deliveries.get(alert.id, ())):
            tables.print_line(line)


def print_figures(figures: Figures) -> None:
    """Two short lines."""
    tables.print_line()
    kinds = (
        ", ".join(f"{number} {_plural(KINDS[kind], number)}" for kind, number in figures.alerts.items())
        or "aucune alerte"
    )
    tables.print_line(f"30 derniers jours : {kinds}.")
    tables.print_line(f"{_describe_ratings(figures)} {_describe_wishes(figures)}")


def _plural(words: str, number: int) -> str:
    """ "communiqués", "nouveaux sujets"; what ends in s or x stays."""
    return words if number < 2 else " ".join(_plural_word(word) for word in words.split(" "))


def _plural_word(word: str) -> str:
    if word.endswith(("s", "x", "de", "d'")):
        return word
    return f"{word}x" if word.endswith("eau") else f"{word}s"


def _head(alert: Alert, rating: Verdict | None) -> str:
    kind = f"suite, {STATES[alert.update]}" if alert.update else KINDS[alert.kind]
    rated = [f"notée {VERDICTS[rating]}"] if rating else []
    return " · ".join([f"━━ {alert.fired_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC", kind, alert.id, *rated])


def _body(alert: Alert, deliveries: Sequence[tuple[str, str, datetime | None]]) -> Iterator[str]:
    yield from _wrap(alert.reason)
    yield from _wrap("Termes : " + ", ".join(alert.terms) if alert.terms else "")
    yield from _wrap("Mots trouvés : " + ", ".join(alert.matched) if alert.matched else "")
    yield from _wrap("Sources : " + ", ".join(alert.sources) if alert.sources else "")
    for passage in alert.passages[:PASSAGES_SHOWN]:
        yield from _passage(passage)
    sent = ", ".join(f"{to} ({DELIVERED.get(state, state)})" for to, state, _at in deliveries)
    yield from _wrap(f"Envoi : {sent}" if sent else "Envoi : aucun canal")
    yield from _wrap(f"Sujet : {alert.about}" if alert.kind == "topic" and alert.about else "")


def _passage(passage: Passage) -> Iterator[str]:
    yield from _wrap(f"• {passage.title} ({passage.source})")
    text = fold_line(passage.text)
    if text and text != fold_line(passage.title):
        cut = text if len(text) <= PASSAGE_CHARS else text[:PASSAGE_CHARS].rsplit(" ", 1)[0] + "…"
        yield from _wrap(cut, deeper=_INDENT)
    if passage.url:
        yield _INDENT * 2 + passage.url


def _wrap(text: str, deeper: str = "") -> list[str]:
    """Lines for 80 columns, a word that is longer stays whole."""
    indent = _INDENT + deeper
    more = indent + ("" if deeper else _INDENT)
    wrapper = TextWrapper(
        WIDTH, initial_indent=indent, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(fold_line(text))


def _describe_ratings(figures: Figures) -> str:
    if figures.precision is None:
        return "Aucune notée."
    rated = figures.useful + figures.noise
    share = round(100 * figures.precision)
    return f"Notées : {figures.useful} utile, {figures.noise} bruit, soit {share} % d'utiles sur {rated}."


def _describe_wishes(figures: Figures) -> str:
    return f"{_count(figures.muted, 'silence')}, {_count(figures.followed, 'suivi')}."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number > 1 else ''}"
