"""The forms under which one person's name appears: whole, surname, aliases, other spellings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vigie.tagging.words import fold

NameKind = Literal["full", "alias", "surname", "regnal"]
"""`full` names a person by itself; `alias` too, though shorter; `surname` needs support; `regnal` ("François", of a
pope) needs its title."""

_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "VN", "KH", "TW"})
_PARTICLES = frozenset({"de", "du", "des", "von", "van", "der", "den", "le", "la", "ben", "bin", "ould", "dos", "da", "di", "ter", "el", "al"})  # fmt: skip
_ROMAN = frozenset("ivxlcdm")


@dataclass(frozen=True, slots=True)
class NameForm:
    """One form of a name."""

    text: str
    kind: NameKind


def name_forms(
    name: str, country: str, aliases: tuple[str, ...], spellings: tuple[tuple[str, ...], ...]
) -> Iterator[NameForm]:
    """All forms of a name of somebody of that country, whom the press also calls by `aliases`."""
    words = name.split()
    if len(words) == 1:
        yield NameForm(name, "regnal")
    for variant in {name, *_respell(words, spellings)}:
        if " " in variant:
            yield NameForm(variant, "full")
    if len(words) > 2 and not _PARTICLES.intersection(fold(name).split()) and country not in _FAMILY_FIRST:
        yield NameForm(f"{words[0]} {words[-1]}", "full")
    for alias in aliases:
        yield NameForm(alias, "alias")
    for surname in _surnames(words, country):
        if surname not in aliases and fold(surname) not in _PARTICLES:
            yield NameForm(surname, "surname")


def is_regnal(name: str) -> bool:
    """Whether a name ends in a number, as those of kings and popes do: "Albert II"."""
    last = name.split()[-1]
    return len(last) < 6 and last.isupper() and set(fold(last)) <= _ROMAN


def _surnames(words: list[str], country: str) -> Iterator[str]:
    if len(words) < 2 or is_regnal(words[-1]):
        return
    if country in _FAMILY_FIRST:
        yield words[0]
        return
    start = next((i for i, word in enumerate(words) if i and fold(word) in _PARTICLES), len(words) - 1)
    surname = " ".join(words[start:])
    yield surname
    if fold(surname).startswith(("al-", "el-")):
        yield surname[3:]


def _respell(words: list[str], spellings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for group in spellings:
        for index, word in enumerate(words):
            if word in group:
                yield from (" ".join([*words[:index], other, *words[index + 1 :]]) for other in group)
    if any(word.startswith(("al-", "el-")) for word in words):
        other = [
            word.replace("al-", "el-") if word.startswith("al-") else word.replace("el-", "al-")
            for word in words
        ]
        yield " ".join(other)
