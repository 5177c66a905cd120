"""Voices: the people and bodies that a text names, each once, under the fullest name it gives them.

"Durand", "Mme Durand" and "Anne Durand" are one voice; a leader is known by their id.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vigie.model import LeaderMention
from vigie.tagging.quotes.grammar import CIVIL_ROLES, CIVILITIES
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import Mention
from vigie.tagging.words import fold

_IN_OFFICE = frozenset({"hos", "hog", "fm", "dm", "min", "royal", "pope", "io"})
_OFFICES = {
    "hos": ("president", "presidente", "chef de l' etat"), "hog": ("premier ministre", "premiere ministre"),
    "min": ("ministre", "secretaire d' etat"), "fm": ("ministre",), "dm": ("ministre",), "royal": ("roi",), "pope": ("pape",),
    "ex": ("president", "premier ministre", "chef de l' etat", "ministre"),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Voice:
    """Somebody who may speak: a person, several of them, or a body. `roles` are functions, with their whole phrase."""

    name: str
    id: str | None = None
    gender: str = ""
    plural: bool = False
    human: bool = True
    named: bool = True
    in_office: bool = False
    roles: list[tuple[str, str]] = field(default_factory=list)


class Voices:
    """The named voices of a text, from all its mentions: a surname finds its person wherever the whole name stands."""

    def __init__(self, lexicon: Lexicon, mentions: Iterable[Mention]) -> None:
        self._lexicon = lexicon
        self._voices: dict[str, Voice] = {}
        self._by_surname: dict[str, Voice] = {}
        named = [m for mention in mentions for m in (mention, mention.inner) if m is not None]
        self._enrol_leaders([m for m in named if m.kind == "leader"])
        people = [m for m in named if m.kind == "person"]
        for mention in sorted(people, key=lambda m: -len(m.name.split())):
            self._learn(self.person(mention.name), mention)
        for mention in named:
            if mention.kind == "body" and mention.name:
                self._learn(self.body(mention.name), mention)

    def __iter__(self) -> Iterator[Voice]:
        return iter(self._voices.values())

    def leader(self, leader: LeaderMention) -> Voice:
        """The voice of a person in office."""
        return self._voices.setdefault(leader.id, Voice(leader.name, leader.id))

    def body(self, name: str) -> Voice:
        """The voice of an institution, apart from people: a street may bear a minister's name."""
        return self._voices.setdefault(f"body:{fold(name)}", Voice(name, human=False))

    def _enrol_leaders(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            for leader in mention.people:
                voice = self.leader(leader)
                voice.gender = voice.gender or self._given_gender(leader.name)
                voice.in_office = leader.role in _IN_OFFICE
                voice.roles += [
                    (head, "") for head in _OFFICES.get(leader.role, ()) if (head, "") not in voice.roles
                ]
                self._by_surname.setdefault(fold(leader.name.split()[-1]), voice)
            if len(mention.people) == 1:
                self._learn(self.leader(mention.people[0]), mention)

    def _learn(self, voice: Voice, mention: Mention) -> None:
        """What a mention tells of its person: gender, functions."""
        voice.gender = voice.gender or mention.gender
        civil = CIVIL_ROLES.get(fold(mention.civility))
        for role in [*mention.roles, *([(civil, "")] if civil else [])]:
            if role not in voice.roles:
                voice.roles.append(role)

    def _given_gender(self, name: str) -> str:
        given = fold(name.split()[0]) if name.split() else ""
        return self._lexicon.given.get(given) or self._lexicon.given.get(given.split("-")[0], "")

    def person(self, name: str) -> Voice:
        """The voice of a person so named, a new one if there is none."""
        words = name.split()
        while len(words) > 1 and fold(words[0]).rstrip(".") in CIVILITIES:
            words = words[1:]
        whole, surname = " ".join(words), fold(words[-1])
        known = self._voices.get(fold(whole)) or self._known(words, surname)
        if known is not None:
            return known
        voice = self._voices[fold(whole)] = Voice(whole, gender=self._given_gender(whole))
        self._by_surname.setdefault(surname, voice)
        return voice

    def _known(self, words: list[str], surname: str) -> Voice | None:
        voice = self._by_surname.get(surname)
        if len(words) == 1:
            return voice or self._by_given(surname)
        return voice if voice and _is_same(voice.name, words) else None

    def _by_given(self, given: str) -> Voice | None:
        """ "Jeanne" alone, after "Jeanne Martin"; of somebody whom the press calls by a given name."""
        found = [v for v in self if v.human and " " in v.name and fold(v.name.split()[0]) == given]
        return found[0] if len(found) == 1 and found[0].id is None else None


def _is_same(name: str, words: list[str]) -> bool:
    """Whether two names with one surname have one given name, or one of them its initial."""
    one, other = fold(name.split()[0]), fold(words[0]).rstrip(".")
    return one == other or (len(other) == 1 and one.startswith(other))
