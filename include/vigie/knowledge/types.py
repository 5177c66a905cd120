"""What a desk knows, as frozen values: one type a table or file of `include/leaders` and `include/topics`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigie.model import PersonId, TopicId

Role = Literal["hos", "hog", "fm", "dm", "min", "io", "elect", "parl", "party", "region", "royal", "pope"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of office: `start` is in it, `end` (the day the next holder takes over) is not; None is open."""

    person: PersonId
    name: str
    country: str
    office: str
    label: str
    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        """Whether the term runs on that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Names and demonyms of a country, and what it calls its two offices. `leads` is the office that governs."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    leads: str
    titles: Mapping[str, tuple[str, ...]]


class Checked(BaseModel):
    """What people write in YAML: no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(Checked):
    """How an office is called; `include/leaders/offices.yml` says what each field means."""

    titles: tuple[str, ...]
    plural: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    place: str | None = None
    bare: bool = False
    generic: bool = False
    roundabout: bool = False


class Office(Checked):
    """An office: the role that it gives its holder, and its titles."""

    role: Role
    titles: tuple[Title, ...]


class Successors(Checked):
    """The words for who comes after and who came before."""

    next: tuple[str, ...]
    previous: tuple[str, ...]


class Grammar(Checked):
    """The words around a title, a name or a seat; `include/leaders/grammar.yml` says what each list is for."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    former: tuple[str, ...]
    late: tuple[str, ...]
    hosts: tuple[str, ...]
    counterparts: tuple[str, ...]
    successors: Successors
    civilities: tuple[str, ...]
    honorifics: tuple[str, ...]
    institutions: tuple[str, ...]
    not_before: tuple[str, ...]
    namesakes: tuple[str, ...]
    homonyms: tuple[str, ...]


class Aliases(Checked):
    """Other names of people, and words that are spelt several ways."""

    people: Mapping[str, tuple[str, ...]]
    spellings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A building or street that stands for the holder of an office, when somebody is said to live there."""

    name: str
    country: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Periphrasis:
    """A roundabout name of the holder of an office, or of one `person` (a name), between two days."""

    phrase: str
    country: str
    office: str
    person: str | None
    start: date | None
    end: date | None


class TopicRule(Checked):
    """A topic: its words, each worth `weight` points, and the words that take points away."""

    id: Annotated[str, Field(pattern=r"^(medtop:\d{8}|desk:[a-z0-9-]+)$")]
    label: str
    broader: tuple[TopicId, ...] = ()
    strong: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


class TopicFile(Checked):
    """A file of topic rules."""

    topics: tuple[TopicRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place by its usual French name and its others. `kind` is one of the words that the table's README lists."""

    name: str
    others: tuple[str, ...]
    country: str
    kind: str
    wikidata: str | None
    geonames: str | None


class Organization(Checked):
    """A body by its usual name and its others."""

    name: str
    also: tuple[str, ...] = ()


class OrganizationFile(Checked):
    """`places/organizations.yml`."""

    organizations: tuple[Organization, ...]


class Speech(Checked):
    """The words of speech; `include/quotes/speech.yml` says what each list is for."""

    verbs: tuple[str, ...]


class EventKind(Checked):
    """A kind of event and the words that tell of one."""

    kind: str
    label: str
    words: tuple[str, ...]


class EventFile(Checked):
    """`events/kinds.yml`."""

    kinds: tuple[EventKind, ...]


class StopWords(Checked):
    """Words that are no subject by themselves; `include/keyphrases/stop.yml` says what each list is for."""

    calendar: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All of it. `digest` changes when any of the files does."""

    terms: tuple[Term, ...]
    countries: tuple[Country, ...]
    offices: Mapping[str, Office]
    seats: tuple[Seat, ...]
    periphrases: tuple[Periphrasis, ...]
    aliases: Aliases
    grammar: Grammar
    topics: tuple[TopicRule, ...]
    places: tuple[Place, ...]
    organizations: tuple[Organization, ...]
    speech: Speech
    event_kinds: tuple[EventKind, ...]
    stop_words: StopWords
    digest: str
