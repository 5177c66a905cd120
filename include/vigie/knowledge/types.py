"""What a desk knows, as frozen values: one type a table or file of `include/leaders` and `include/topics`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigie.model import PersonId, TopicId

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


class TopicRule(Checked):
    """A topic and the words that speak for it and against it; `topics/mediatopics.yml` says what each list is for.

    `broader` has all topics above, the nearest of the main line first.
    """

    id: Annotated[str, Field(pattern=r"^(medtop:\d{8}|desk:[a-z0-9-]+)$")]
    label: str
    broader: tuple[TopicId, ...] = ()
    strong: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


class TopicFile(Checked):
    """A file of topic rules, of idioms whose words count for no topic, or of both."""

    topics: tuple[TopicRule, ...] = ()
    idioms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWeights:
    """What single words say of broad topics, learned from texts: `topics/weights.txt` says how it was made.

    `words` has a weight for each of `topics`, positive where the word speaks for it.
    """

    topics: tuple[TopicId, ...]
    bias: tuple[float, ...]
    words: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicKnowledge:
    """All that recognises topics. The rules are in an order in which a topic stands after those above it."""

    rules: tuple[TopicRule, ...]
    idioms: tuple[str, ...]
    weights: TopicWeights


PlaceKind = Literal[
    "continent", "country", "territory", "region", "department", "city", "site", "street", "area", "sea", "water",
    "mountain",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place by its usual French name and its others. `country` is ISO 3166 alpha-2, empty where it is of several.

    `near` are names of other places that tell it from its namesakes, `cue` those of its forms that mean something else
    as well ("Nice").
    """

    name: str
    others: tuple[str, ...]
    country: str
    kind: PlaceKind
    near: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    wikidata: str | None
    geonames: str | None

    @property
    def id(self) -> str | None:
        """The Wikidata id, else the one of GeoNames, else none."""
        return self.wikidata or (f"geonames:{self.geonames}" if self.geonames else None)


class Organization(Checked):
    """A body by its usual name and its others; those of `cue` mean something else as well."""

    name: str
    also: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None


class PlaceWords(Checked):
    """The words around places and bodies; `include/places/organizations.yml` says what each list is for."""

    at: tuple[str, ...]
    area: tuple[str, ...]
    streets: tuple[str, ...]
    before: tuple[str, ...]
    people: tuple[str, ...]
    civil: tuple[str, ...]
    things: tuple[str, ...]
    openers: tuple[str, ...]
    never: tuple[str, ...]
    not_places: tuple[str, ...]
    not_bodies: tuple[str, ...]
    heads: tuple[str, ...]
    formal: tuple[str, ...]
    named: tuple[str, ...]
    soft: tuple[str, ...]
    of: tuple[str, ...]
    states: tuple[str, ...]
    towns: tuple[str, ...]
    plain: tuple[str, ...]
    cues: tuple[str, ...]


class OrganizationFile(Checked):
    """`places/organizations.yml`."""

    words: PlaceWords
    bodies: tuple[Organization, ...]


class SpeechVerbs(Checked):
    """Verbs of speech, in the infinitive, by how they stand beside somebody's words."""

    saying: tuple[str, ...]
    judging: tuple[str, ...]
    weak: tuple[str, ...]
    manner: tuple[str, ...]
    mute: tuple[str, ...]
    faire: tuple[str, ...]


class GivenNames(Checked):
    """Usual given names, by gender."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]


class Speech(Checked):
    """The words of speech; `include/quotes/speech.yml` says what each list is for."""

    verbs: SpeechVerbs
    according: tuple[str, ...]
    doubtful: tuple[str, ...]
    sayings: tuple[str, ...]
    documents: tuple[str, ...]
    issuers: tuple[str, ...]
    naming: tuple[str, ...]
    works: tuple[str, ...]
    makers: tuple[str, ...]
    charges: tuple[str, ...]
    terms: tuple[str, ...]
    judgements: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...]
    loose: tuple[str, ...]
    apart: tuple[str, ...]
    attached: tuple[str, ...]
    trades: tuple[str, ...]
    collectives: tuple[str, ...]
    renaming: tuple[str, ...]
    persons: tuple[str, ...]
    times: tuple[str, ...]
    prepositions: tuple[str, ...]
    given: GivenNames


class IrregularVerb(Checked):
    """A verb's principal parts, from which its other forms follow."""

    verb: str
    present: tuple[str, ...]
    participle: str
    future: str
    imperfect: str
    simple: tuple[str, ...] = ()


class EventClue(Checked):
    """Words that tell of an event, and what must stand beside them; `include/events/kinds.yml` says what each means."""

    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    announced: bool = False
    groups: bool = False
    persons: bool = False
    object: bool = False
    passive: bool = False
    people: int = 0
    place: bool = False
    there: str | None = None
    dated: bool = False
    tenses: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class EventKind(Checked):
    """A kind of event and the words that tell of one."""

    kind: str
    label: str
    clues: tuple[EventClue, ...]
    never: tuple[str, ...] = ()
    happen: tuple[str, ...] = ()
    undated: bool = False
    recalls: bool = False


class EventGrammar(Checked):
    """The verbs and words around an event; `include/events/kinds.yml` says what each list is for."""

    happen: tuple[str, ...]
    plan: tuple[str, ...]
    doubt: tuple[str, ...]
    cancel: tuple[str, ...]
    say: tuple[str, ...]
    judge: tuple[str, ...]
    during: tuple[str, ...]
    doubtful: tuple[str, ...]
    groups: tuple[str, ...]
    satellites: tuple[str, ...]
    venues: Mapping[str, str]


class EventFile(Checked):
    """`events/kinds.yml`."""

    kinds: tuple[EventKind, ...]
    grammar: EventGrammar
    irregular: tuple[IrregularVerb, ...]

    @property
    def labels(self) -> Mapping[str, str]:
        """What a reader sees of each kind."""
        return {kind.kind: kind.label for kind in self.kinds}


class StopWords(Checked):
    """Words that are no subject by themselves; `include/keyphrases/stop.yml` says what each list is for."""

    calendar: tuple[str, ...]
    units: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    cliches: tuple[str, ...] = ()
    invariable: tuple[str, ...] = ()
    irregular: Mapping[str, str] = {}
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All of it. `digest` changes when any of the files does."""

    terms: tuple[Term, ...]
    stretches: tuple[Stretch, ...]
    countries: tuple[Country, ...]
    offices: Mapping[str, Office]
    seats: tuple[Seat, ...]
    periphrases: tuple[Periphrasis, ...]
    aliases: Aliases
    grammar: Grammar
    topics: TopicKnowledge
    places: tuple[Place, ...]
    organizations: OrganizationFile
    speech: Speech
    event_kinds: EventFile
    stop_words: StopWords
    digest: str
