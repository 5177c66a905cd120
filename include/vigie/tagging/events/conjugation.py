"""The forms of French verbs that news is told in: third persons, "je" and "nous" to come, participles, infinitive.

From an infinitive, or from the principal parts that `include/events/kinds.yml` gives of an irregular one. Folded.
"""

from collections.abc import Iterator
from typing import Literal

from vigie.knowledge.types.events import IrregularVerb
from vigie.tagging.words import fold

Form = Literal[
    "present", "imperfect", "simple", "future", "conditional", "participle", "gerund", "infinitive"
]
Forms = Iterator[tuple[str, Form]]


def conjugate(infinitive: str, irregular: IrregularVerb | None = None) -> Forms:
    """Each form with what it is; one form may come as two things ("visite")."""
    verb = fold(infinitive)
    yield verb, "infinitive"
    if irregular:
        yield from _irregular(irregular)
    elif verb.endswith("er"):
        yield from _first_group(verb[:-2])
    elif verb.endswith("ir"):
        yield from _second_group(verb[:-2])
    else:
        yield from _third_group(verb.removesuffix("re"))


def _first_group(stem: str) -> Forms:
    soft = stem + "e" if stem.endswith("g") else stem
    yield from _told(stem, "present", "e", "ent")
    yield from _told(stem, "participle", "e", "ee", "es", "ees")
    yield from _told(soft, "simple", "a")
    yield from _told(stem, "simple", "erent")
    yield from _told_from(soft)
    yield from _told_ahead(stem + "er")


def _second_group(stem: str) -> Forms:
    yield from _told(stem, "present", "it", "issent")
    yield from _told(stem, "participle", "i", "ie", "is", "ies")
    yield from _told(stem, "simple", "irent")
    yield from _told_from(stem + "iss")
    yield from _told_ahead(stem + "ir")


def _third_group(stem: str) -> Forms:
    yield from _told(stem, "present", "", "ent")
    yield from _told(stem, "participle", "u", "ue", "us", "ues")
    yield from _told(stem, "simple", "it", "irent")
    yield from _told_from(stem)
    yield from _told_ahead(stem + "r")


def _irregular(parts: IrregularVerb) -> Forms:
    participle = fold(parts.participle)
    plural = participle.removesuffix("s") + "s"
    yield from ((fold(form), "present") for form in parts.present)
    yield from _told("", "participle", participle, participle + "e", plural, participle + "es")
    yield from ((fold(form), "simple") for form in parts.simple)
    yield from _told_from(fold(parts.imperfect))
    yield from _told_ahead(fold(parts.future))


def _told_from(stem: str) -> Forms:
    yield from _told(stem, "imperfect", "ait", "aient")
    yield from _told(stem, "gerund", "ant")


def _told_ahead(stem: str) -> Forms:
    yield from _told(stem, "future", "a", "ont", "ai", "ons")
    yield from _told(stem, "conditional", "ait", "aient")


def _told(stem: str, form: Form, *endings: str) -> Forms:
    for ending in endings:
        yield stem + ending, form
