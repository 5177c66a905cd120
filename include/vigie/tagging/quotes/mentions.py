"""A mention: whoever may be speaking, named, titled or told by a pronoun, and how it stands in its frame."""

from dataclasses import dataclass, field
from typing import Literal

from vigie.model import LeaderMention

MentionKind = Literal["leader", "person", "body", "place", "role", "document", "generic", "pronoun", "thing"]
"""`generic`: a noun for somebody already spoken of ("l'intéressé"); `body`: an institution, by name or noun."""

SPEAKERS: frozenset[MentionKind] = frozenset(
    {"leader", "person", "body", "place", "role", "document", "generic", "pronoun"}
)


@dataclass(slots=True)
class Mention:
    """Units `first` to `last` (not in it) of a frame; `start` and `end` are characters, without an apposition behind.

    `governed` is the preposition before it, empty where it stands free; `object` says that a verb stands before it;
    `head` its noun, folded; `words` all of them; `roles` the nouns that an apposition gives a name, each with its
    phrase; `inner` what the phrase holds ("le porte-parole du Kremlin"); `partner` the other of two.
    """

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    head: str = ""
    name: str = ""
    gender: str = ""
    plural: bool = False
    governed: str = ""
    definite: bool = True
    object: bool = False
    people: tuple[LeaderMention, ...] = ()
    inner: "Mention | None" = None
    partner: "Mention | None" = None
    civility: str = ""
    words: tuple[str, ...] = ()
    roles: list[tuple[str, str]] = field(default_factory=list)
