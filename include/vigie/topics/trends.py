"""A subject as people see it: its state and its counts, and what of it must be remembered. Pure."""

from datetime import timedelta

from vigie.model import Trend, TrendState
from vigie.topics.history import History
from vigie.topics.labels import name_terms
from vigie.topics.subjects import Subject

NEW_FOR = timedelta(days=1)
"""A day long a subject is new, or back, whatever its counts do."""
GROWS = 1.5
FADES = 0.5
"""Of what the day before had."""
QUIET = timedelta(days=3)


def judge_state(subject: Subject, history: History) -> TrendState:
    """What a subject's last day is beside the one before; `new` and `back` hold for a day."""
    if history.now - subject.touched_at >= QUIET:
        return "quiet"
    if subject.state in ("new", "back") and history.now - (subject.state_at or subject.opened_at) < NEW_FOR:
        return subject.state
    if subject.state == "quiet":
        return "back"
    last = len(history.recent(subject.lead, 24))
    start, edge = history.now - timedelta(hours=48), history.now - timedelta(hours=24)
    before = sum(start < seen.at <= edge for seen in history.recent(subject.lead, 72))
    if last >= 2 and last >= GROWS * before:
        return "growing"
    return "fading" if last <= FADES * before else "steady"


def turn_state(subject: Subject, history: History) -> bool:
    """Judge a subject anew; True when it turned to another state."""
    state = judge_state(subject, history)
    if state == subject.state:
        return False
    subject.state, subject.state_at = state, history.now
    return True


def make_trend(subject: Subject, history: History) -> Trend:
    """What is shown of a subject now."""
    terms = name_terms(subject)
    return Trend(
        id=subject.id,
        label=subject.headline or terms[0],
        terms=terms,
        state=subject.state,
        opened_at=subject.opened_at,
        touched_at=subject.touched_at,
        weight=round(subject.weight, 3),
        peak=round(subject.peak, 3),
        now=subject.now,
        before=round(subject.before, 3),
        window_h=subject.window_h,
        counts=history.daily(subject.lead, until=subject.touched_at),
        sources=subject.sources,
        article_ids=tuple(subject.article_ids),
        told_at=subject.told_at,
        alert_id=subject.alert_id,
    )
