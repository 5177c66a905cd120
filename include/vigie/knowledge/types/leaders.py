"""Who held which office when, and what the press calls them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vigie.knowledge.types.checked import Checked
from vigie.model import PersonId

Role = Literal["hos", "hog", "fm", "dm", "min", "io", "elect", "parl", "party", "region", "royal", "pope"]


StretchKind = Literal["vacant", "unknown", "absent", "shared"]


Holders = Literal["one", "label", "many"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of office: `start` is in it, `end` (the day the next holder takes over) is not; None is open.

    Both are days of which we are sure: see `days`. `written` is what the table says. `label` is what the press calls
    the holder, `titles` is that and every other title of the same office, the official one too.
    """

    person: PersonId
    name: str
    country: str
    office: str
    label: str
    start: date
    end: date | None
    titles: tuple[str, ...] = ()
    written: tuple[str, str] = ("", "")

    def covers(self, day: date) -> bool:
        """Whether the term runs on that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A while in which an office of a country has another rule: nobody holds it, we do not know who, or several do."""

    country: str
    office: str
    start: date
    end: date | None
    kind: StretchKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Names and demonyms of a country, and what it calls its two offices. `leads` is the office that governs."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    leads: str
    titles: Mapping[str, tuple[str, ...]]


class Title(Checked):
    """How an office is called; `include/leaders/offices.yml` says what each field means."""

    titles: tuple[str, ...]
    plural: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    place: str | None = None
    bare: bool = False
    generic: bool = False
    roundabout: bool = False
    default: str | None = None
    strict: bool = False


class Office(Checked):
    """An office: the role that it gives its holder, and its titles."""

    role: Role
    titles: tuple[Title, ...]
    holders: Holders = "one"
    bodies: tuple[str, ...] = ()
    always: bool = True


class Successors(Checked):
    """The words for who comes after and who came before."""

    next: tuple[str, ...]
    previous: tuple[str, ...]


class PastWords(Checked):
    """The words of a date in the past; `include/leaders/grammar.yml` says what each list is for."""

    months: tuple[str, ...]
    numbers: Mapping[str, int]
    opening: tuple[str, ...]
    leading: tuple[str, ...]
    refusing: tuple[str, ...]


class Grammar(Checked):
    """The words around a title, a name or a seat; `include/leaders/grammar.yml` says what each list is for."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    former: tuple[str, ...]
    coming: tuple[str, ...]
    late: tuple[str, ...]
    fallen: tuple[str, ...]
    elected: tuple[str, ...]
    hosts: tuple[str, ...]
    here: tuple[str, ...]
    counterparts: tuple[str, ...]
    successors: Successors
    civilities: tuple[str, ...]
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    honorifics: tuple[str, ...]
    humans: tuple[str, ...]
    institutions: tuple[str, ...]
    not_before: tuple[str, ...]
    little: tuple[str, ...]
    namesakes: tuple[str, ...]
    homonyms: tuple[str, ...]
    bodies: Mapping[str, tuple[str, ...]]
    portfolios: tuple[tuple[str, ...], ...]
    past: PastWords


class Aliases(Checked):
    """Other names of people, and words that are spelt several ways."""

    people: Mapping[str, tuple[str, ...]]
    spellings: tuple[tuple[str, ...], ...] = ()
    homonyms: Mapping[str, tuple[PersonId, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A building or street that stands for the holder of an office, when somebody is said to live there."""

    name: str
    country: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Periphrasis:
    """A roundabout name of the holder of an office, or of one `person` (a name), between two days.

    With `near`, it is theirs only where one of these words stands in the same sentence.
    """

    phrase: str
    country: str
    office: str
    person: str | None
    start: date | None
    end: date | None
    near: tuple[str, ...] = ()
