"""The forms under which one person's name appears: whole, surname, aliases, other spellings."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from vigie.tagging.words import fold

NameKind = Literal["full", "alias", "surname", "regnal"]
"""`full` names a person by itself; `alias` too, though shorter; `surname` needs support; `regnal` ("François", of a
pope) needs its title."""

_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "VN", "KH", "TW"})
_PARTICLES = frozenset({"de", "du", "des", "von", "van", "der", "den", "le", "la", "ben", "bin", "ould", "dos", "da", "di", "ter", "el", "al"})  # fmt: skip
_ROMAN = frozenset("ivxlcdm")
_MOST = 200
"""So many spellings of one name at most."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """One form of a name."""

    text: str
    kind: NameKind


class Speller:
    """Knows words that are written in several ways. Built once."""

    def __init__(self, groups: tuple[tuple[str, ...], ...]) -> None:
        self._groups = {fold(word): group for group in groups for word in group}

    def spell(self, name: str) -> list[str]:
        """A name in all its spellings, as given first."""
        ways = (
            tuple({fold(way): way for way in (*self._spell_word(word), word)}.values())
            for word in name.split()
        )
        return [" ".join(words).replace("  ", " ") for words in islice(product(*ways), _MOST)]

    def _spell_word(self, word: str) -> tuple[str, ...]:
        article, hyphen, rest = word.partition("-")
        if hyphen and fold(article) in ("al", "el") and rest:
            rests = self._groups.get(fold(rest), (rest,))
            return tuple(form for one in rests for form in (f"al-{one}", f"el-{one}", one))
        if hyphen and word[-1].islower() and len(article) < 5 and len(rest) < 6:
            return (*self._groups.get(fold(word), ()), article + rest)
        return self._groups.get(fold(word), ())


def name_forms(name: str, country: str, aliases: tuple[str, ...], speller: Speller) -> Iterator[NameForm]:
    """All forms of a name of somebody of that country, whom the press also calls by `aliases`."""
    words = name.split()
    if len(words) == 1:
        yield NameForm(name, "regnal")
    for whole in (name, *(alias for alias in aliases if " " in alias)):
        for variant in speller.spell(whole):
            if " " in variant:
                yield NameForm(variant, "full" if whole == name else "alias")
    if len(words) > 2 and not _PARTICLES.intersection(fold(name).split()) and country not in _FAMILY_FIRST:
        for variant in speller.spell(f"{words[0]} {words[-1]}"):
            yield NameForm(variant, "full")
    for alias in aliases:
        yield NameForm(alias, "alias")
    for surname in _surnames(words, country):
        if surname not in aliases and fold(surname) not in _PARTICLES:
            for variant in speller.spell(surname):
                yield NameForm(variant, "surname")


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
    yield " ".join(words[start:])
