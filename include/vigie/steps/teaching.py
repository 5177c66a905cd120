"""Teach: mute, follow, rate, forget. What a lesson does to later decisions is said in `vigie.topics.lessons`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from vigie.adapters.ledger import lessons as ledger_lessons
from vigie.adapters.ledger.findings import read_alert
from vigie.adapters.ledger.trends import read_trend
from vigie.errors import UsageError
from vigie.model import Alert, AlertId, Lesson, LessonId, LessonKind, TrendId, Verdict
from vigie.plaintext import fold_line
from vigie.stores import Stores
from vigie.topics.lessons import Lessons, leading_keys
from vigie.topics.terms import normalize_term

UNSET = LessonId("")
"""The ledger gives a lesson its id."""
MAX_TERM_CHARS = 300
"""As long as a term is in the ledger."""
_LOOKS_LIKE_AN_ID = re.compile(r"[0-9a-f]{10,40}")
_NO_TREND = {
    "watch": "a watch found it: change the watch, `vigie watches`",
    "communique": "it is a communiqué, not a topic",
    "operator": "it is for operators: mend or disable what it is about, `vigie feeds`",
    "digest": "it gathers other alerts: name one of them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaught:
    """Nothing was changed, and why."""

    reason: str


def mute(stores: Stores, what: str, until: datetime | None) -> Lesson | NotTaught:
    """Silence a topic, by its id or an alert's, or else a word."""
    found = _find_trend(stores, what)
    if isinstance(found, NotTaught):
        return found
    if found:
        return _add(stores, "mute", found, until=until)
    if _LOOKS_LIKE_AN_ID.fullmatch(what):
        return _unknown(what)
    return _mute_word(stores, what, until)


def follow(stores: Stores, what: str, until: datetime | None) -> Lesson | NotTaught:
    """Ask for the updates of a topic, by its id or an alert's."""
    found = _find_trend(stores, what)
    if found is None:
        return _unknown(what)
    return found if isinstance(found, NotTaught) else _add(stores, "follow", found, until=until)


def rate(stores: Stores, alert_id: str, verdict: Verdict) -> Lesson | NotTaught:
    """Say what an alert was worth. Only a topic's bears on words."""
    alert = read_alert(stores.ledger, AlertId(alert_id))
    if alert is None:
        return _unknown(alert_id)
    terms = leading_keys(alert.terms) if alert.kind == "topic" else ()
    about = _Target(id=alert.id, label=alert.topic, terms=terms)
    return _add(stores, "rate", about, verdict=verdict)


def forget(stores: Stores, lesson_id: str) -> Lesson | NotTaught:
    """Take a lesson back."""
    gone = ledger_lessons.withdraw_lesson(stores.ledger, LessonId(lesson_id), stores.now())
    return gone or NotTaught(
        reason=f"no lesson has the id {fold_line(lesson_id)}; `vigie alerts lessons` shows ids"
    )


def weight_of(stores: Stores, lesson: Lesson) -> float:
    """What the words of a lesson weigh now, by all that was said of them."""
    return Lessons(ledger_lessons.read_lessons(stores.ledger)).factor(lesson.terms, stores.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """What a lesson is of, by what people call it."""

    id: str
    label: str
    terms: tuple[str, ...]


def _find_trend(stores: Stores, what: str) -> _Target | NotTaught | None:
    """The trend with this id, or that the alert with this id is of; None where neither is known."""
    trend = read_trend(stores.ledger, TrendId(what))
    if trend:
        return _Target(id=trend.id, label=trend.label, terms=leading_keys(trend.terms))
    alert = read_alert(stores.ledger, AlertId(what))
    return _trend_of(alert) if alert else None


def _trend_of(alert: Alert) -> _Target | NotTaught:
    if alert.kind == "topic" and alert.about:
        return _Target(id=alert.about, label=alert.topic, terms=leading_keys(alert.terms))
    why = _NO_TREND.get(alert.kind, "it was made before topics had ids: mute its word")
    return NotTaught(reason=f"alert {alert.id} has no topic: {why}")


def _mute_word(stores: Stores, word: str, until: datetime | None) -> Lesson:
    key = normalize_term(word)[:MAX_TERM_CHARS]
    if not key:
        raise UsageError(f"TERM: {fold_line(word)!r}: no word to mute")
    return _add(stores, "mute", _Target(id=key, label=fold_line(word), terms=(key,)), until=until)


def _add(
    stores: Stores,
    kind: LessonKind,
    about: _Target,
    *,
    verdict: Verdict | None = None,
    until: datetime | None = None,
) -> Lesson:
    lesson = Lesson(
        id=UNSET,
        kind=kind,
        target=about.id,
        label=about.label,
        made_at=stores.now().astimezone(UTC),
        terms=about.terms,
        verdict=verdict,
        until=until,
    )
    return ledger_lessons.add_lesson(stores.ledger, lesson)


def _unknown(what: str) -> NotTaught:
    shown = "`vigie alerts` and `vigie topics` show ids"
    return NotTaught(reason=f"no alert and no topic has the id {fold_line(what)}; {shown}")
