"""What people taught, in French: what a lesson changes, in one line, and all of them in a table."""

from collections.abc import Sequence
from datetime import datetime

from vigie.cli import tables
from vigie.model import Lesson
from vigie.plaintext import fold_line
from vigie.topics.lessons import ends_at, holds

VERDICTS = {"useful": "utile", "noise": "bruit"}


def describe_lesson(lesson: Lesson, weight: float | None) -> str:
    """One line. `weight` is what the words of a rating weigh now, None where it bears on none."""
    label = f"« {fold_line(lesson.label)} »"
    if lesson.kind == "rate":
        return f"Alerte {label} notée {_verdict(lesson)} : {_describe_weight(lesson, weight)}"
    if lesson.kind == "follow":
        return f"Les suites du sujet {label} seront envoyées {_describe_end(lesson)}."
    if lesson.target in lesson.terms:
        return f"Le mot {label} ne sera plus en tête d'aucune alerte {_describe_end(lesson)}."
    return f"Le sujet {label} ne sera plus annoncé ni suivi {_describe_end(lesson)}."


def describe_forgotten(lesson: Lesson) -> str:
    """One line."""
    label = f"« {fold_line(lesson.label)} »"
    if lesson.kind == "rate":
        return f"La note « {_verdict(lesson)} » de l'alerte {label} est retirée : elle ne pèse plus sur rien."
    if lesson.kind == "follow":
        return f"Les suites du sujet {label} ne sont plus demandées."
    what = "Le mot" if lesson.target in lesson.terms else "Le sujet"
    return f"{what} {label} n'est plus muet : il peut de nouveau être annoncé."


def print_lessons(lessons: Sequence[Lesson], now: datetime) -> None:
    """A row a lesson."""
    rows = [
        (lesson.made_at, _describe_kind(lesson), lesson.label, _describe_state(lesson, now), lesson.id)
        for lesson in lessons
    ]
    plural = "s" if len(lessons) > 1 else ""
    tables.print_table(
        ("Quand", "Quoi", "De quoi", "Jusqu'à", "Id"), rows, title=f"{len(lessons)} leçon{plural}"
    )


def _describe_kind(lesson: Lesson) -> str:
    if lesson.kind == "rate":
        return f"note : {_verdict(lesson)}"
    if lesson.kind == "follow":
        return "sujet suivi"
    return "mot muet" if lesson.target in lesson.terms else "sujet muet"


def _describe_state(lesson: Lesson, now: datetime) -> str:
    end = ends_at(lesson)
    if end is None:
        return "toujours"
    return f"{end:%Y-%m-%d %H:%M}" + ("" if holds(lesson, now) else " (fini)")


def _describe_end(lesson: Lesson) -> str:
    return f"jusqu'au {lesson.until:%Y-%m-%d à %H:%M} UTC" if lesson.until else "(sans date de fin)"


def _describe_weight(lesson: Lesson, weight: float | None) -> str:
    if weight is None:
        return "cela compte dans les chiffres, et ne change rien à la détection."
    words = ", ".join(f"« {term} »" for term in lesson.terms)
    said = f"{weight:g}".replace(".", ",")
    changed = "pèse son poids ordinaire" if weight == 1 else f"pèse {said} fois son poids ordinaire"
    end = ends_at(lesson)
    return (
        f"{words} {changed}, d'après les notes des 90 derniers jours (celle-ci vaut jusqu'au {end:%Y-%m-%d})."
    )


def _verdict(lesson: Lesson) -> str:
    return VERDICTS[lesson.verdict or "noise"]
