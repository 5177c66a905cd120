"""What people taught the detector: each lesson once, withdrawn rather than deleted."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.schema import AlertRow, LessonRow
from vigie.model import AlertId, Lesson, LessonId, Verdict
from vigie.wire import dump_json, load_json


def add_lesson(ledger: Ledger, lesson: Lesson) -> Lesson:
    """Write a lesson down in place of what it contradicts: a mute and a follow of one target, two ratings of one alert.

    Returns the one that holds: the one that was there when it says the same. The id is given here.
    """
    with ledger.writing() as session:
        for row in _standing(session, lesson):
            earlier = load_json(Lesson, row.body)
            if _says(earlier) == _says(lesson):
                return earlier
            row.withdrawn_at = lesson.made_at
        added = replace(lesson, id=_id_of(lesson))
        _write(session, added)
        _show_rating(session, added)
        return added


def withdraw_lesson(ledger: Ledger, lesson_id: LessonId, now: datetime) -> Lesson | None:
    """Forget a lesson; it, or None where none has this id. One that was withdrawn stays as it was."""
    with ledger.writing() as session:
        row = session.get(LessonRow, lesson_id)
        if row is None:
            return None
        lesson = load_json(Lesson, row.body)
        if row.withdrawn_at is None:
            row.withdrawn_at = now
            _show_rating(session, lesson)
        return lesson


def read_lessons(ledger: Ledger) -> list[Lesson]:
    """Every lesson that was not withdrawn, the oldest first: what `vigie.topics.lessons.Lessons` is made of."""
    with ledger.reading() as session:
        query = sa.select(LessonRow.body).where(LessonRow.withdrawn_at.is_(None))
        bodies = session.scalars(query.order_by(LessonRow.made_at, LessonRow.id))
        return [load_json(Lesson, body) for body in bodies]


def read_ratings(session: Session) -> Mapping[AlertId, Verdict]:
    """What people said of each alert that they rated."""
    query = sa.select(LessonRow.body).where(LessonRow.withdrawn_at.is_(None), LessonRow.kind == "rate")
    rated = (load_json(Lesson, body) for body in session.scalars(query))
    return {AlertId(lesson.target): lesson.verdict for lesson in rated if lesson.verdict}


def _standing(session: Session, lesson: Lesson) -> list[LessonRow]:
    """The lessons of the same target that a new one repeats or replaces."""
    kinds = ("rate",) if lesson.kind == "rate" else ("mute", "follow")
    same = sa.and_(LessonRow.target == lesson.target, LessonRow.kind.in_(kinds))
    return list(session.scalars(sa.select(LessonRow).where(same, LessonRow.withdrawn_at.is_(None))))


def _says(lesson: Lesson) -> tuple[object, ...]:
    return lesson.kind, lesson.target, lesson.verdict, lesson.until


def _id_of(lesson: Lesson) -> LessonId:
    """Short enough to be typed; the same lesson of the same moment has the same."""
    told = "\n".join(map(str, (*_says(lesson), lesson.made_at.isoformat())))
    return LessonId(hashlib.sha256(told.encode()).hexdigest()[:12])


def _write(session: Session, lesson: Lesson) -> None:
    row = session.get(LessonRow, lesson.id) or LessonRow(id=lesson.id)
    row.kind, row.target, row.made_at = lesson.kind, lesson.target, lesson.made_at
    row.until, row.withdrawn_at, row.body = lesson.until, None, dump_json(lesson)
    session.add(row)


def _show_rating(session: Session, lesson: Lesson) -> None:
    """The index shows an alert with its rating: it goes there once more."""
    alert = session.get(AlertRow, lesson.target) if lesson.kind == "rate" else None
    if alert:
        alert.indexed_at = None
