"""What a desk knows, checked: who held which office when, what titles and seats mean, which words make a topic.

`read_knowledge` takes the texts of the files of `include/leaders` and `include/topics` and gives frozen values.
Whatever is odd in them raises `UsageError` with the file, the line and the field. Nothing here touches a file.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigie.errors import UsageError
from vigie.model import PersonId, TopicId

LEADER_FILES = (
    "terms.csv",
    "countries.csv",
    "seats.csv",
    "periphrases.csv",
    "offices.yml",
    "aliases.yml",
    "grammar.yml",
)
TOPIC_FILES = ("mediatopics.yml", "desk.yml")
FILES = (*(f"leaders/{name}" for name in LEADER_FILES), *(f"topics/{name}" for name in TOPIC_FILES))

Role = Literal["hos", "hog", "fm", "dm", "min", "io", "elect", "parl", "party", "region", "royal", "pope"]
Row = Mapping[str, str]
Model = TypeVar("Model", bound=BaseModel)


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


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Checked):
    """How an office is called; `include/leaders/offices.yml` says what each field means."""

    titles: tuple[str, ...]
    plural: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    place: str | None = None
    bare: bool = False
    generic: bool = False
    roundabout: bool = False


class Office(_Checked):
    """An office: the role that it gives its holder, and its titles."""

    role: Role
    titles: tuple[Title, ...]


class Successors(_Checked):
    """The words for who comes after and who came before."""

    next: tuple[str, ...]
    previous: tuple[str, ...]


class Grammar(_Checked):
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


class Aliases(_Checked):
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


class TopicRule(_Checked):
    """A topic: its words, each worth `weight` points, and the words that take points away."""

    id: Annotated[str, Field(pattern=r"^(medtop:\d{8}|desk:[a-z0-9-]+)$")]
    label: str
    broader: tuple[TopicId, ...] = ()
    strong: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


class _TopicFile(_Checked):
    topics: tuple[TopicRule, ...]


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
    digest: str


def read_knowledge(texts: Mapping[str, str]) -> Knowledge:
    """Check the texts of `FILES` (keys as there) and give what they say. Raises `UsageError`."""
    for name in FILES:
        if name not in texts:
            raise UsageError(f"{name}: the file is missing")
    offices = _read_offices(texts["leaders/offices.yml"])
    countries = tuple(_read_countries(texts["leaders/countries.csv"]))
    terms = tuple(_read_terms(texts["leaders/terms.csv"], offices))
    return Knowledge(
        terms=terms,
        countries=countries,
        offices=offices,
        seats=tuple(_read_seats(texts["leaders/seats.csv"], offices)),
        periphrases=tuple(
            _read_periphrases(texts["leaders/periphrases.csv"], offices, {t.name for t in terms})
        ),
        aliases=_read_aliases(texts["leaders/aliases.yml"], {t.name for t in terms}),
        grammar=_read_yaml("leaders/grammar.yml", texts["leaders/grammar.yml"], Grammar),
        topics=_read_topics(texts),
        digest=hashlib.sha256("\0".join(texts[name] for name in FILES).encode()).hexdigest()[:12],
    )


def slug_person(name: str) -> PersonId:
    """The id of a person whose Wikidata id is not known: `desk:` and the name in plain letters."""
    return PersonId("desk:" + "-".join(re.findall(r"\w+", name.lower())))


def _read_terms(text: str, offices: Mapping[str, Office]) -> Iterator[Term]:
    file = "leaders/terms.csv"
    columns = ("country", "office", "start", "end", "person", "wikidata", "label", "checked")
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(file, text, columns):
        _known_office(file, line, row["office"], offices)
        key = (row["country"], row["office"], row["start"], row["person"], row["label"])
        if key in seen:
            raise UsageError(f"{file}, line {line}: the same row stands in line {seen[key]}")
        seen[key] = line
        if row["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
            raise UsageError(f"{file}, line {line}, wikidata: {row['wikidata']!r} is not a Wikidata id")
        if not row["person"] or not row["start"]:
            raise UsageError(f"{file}, line {line}, {'start' if row['person'] else 'person'}: is empty")
        start, end = _span(file, line, row)
        yield Term(
            person=PersonId(row["wikidata"]) if row["wikidata"] else slug_person(row["person"]),
            name=row["person"],
            country=row["country"],
            office=row["office"],
            label=row["label"],
            start=start or date.min,
            end=end,
        )


def _read_countries(text: str) -> Iterator[Country]:
    file = "leaders/countries.csv"
    demonyms = ("masculine", "feminine", "masculine_plural", "feminine_plural")
    titles = ("state_title", "state_title_f", "government_title", "government_title_f")
    seen: set[str] = set()
    for line, row in _rows(file, text, ("code", "name", "also", *demonyms, "capital", "leads", *titles)):
        if row["code"] in seen:
            raise UsageError(f"{file}, line {line}, code: {row['code']!r} stands twice")
        seen.add(row["code"])
        if row["leads"] not in ("head_of_state", "head_of_government"):
            raise UsageError(f"{file}, line {line}, leads: must be head_of_state or head_of_government")
        yield Country(
            code=row["code"],
            names=(row["name"], *_split(row["also"])),
            demonyms=tuple(dict.fromkeys(form for field in demonyms for form in _split(row[field]))),
            capitals=_split(row["capital"]),
            leads=row["leads"],
            titles={
                "head_of_state": _split(f"{row['state_title']}|{row['state_title_f']}"),
                "head_of_government": _split(f"{row['government_title']}|{row['government_title_f']}"),
            },
        )


def _read_seats(text: str, offices: Mapping[str, Office]) -> Iterator[Seat]:
    file = "leaders/seats.csv"
    for line, row in _rows(file, text, ("seat", "country", "office")):
        _known_office(file, line, row["office"], offices)
        yield Seat(name=row["seat"], country=row["country"], office=row["office"])


def _read_periphrases(text: str, offices: Mapping[str, Office], people: set[str]) -> Iterator[Periphrasis]:
    file = "leaders/periphrases.csv"
    seen: set[tuple[str, str]] = set()
    for line, row in _rows(file, text, ("phrase", "country", "office", "person", "start", "end")):
        _known_office(file, line, row["office"], offices)
        if row["person"] and row["person"] not in people:
            raise UsageError(f"{file}, line {line}, person: {row['person']!r} has no row in terms.csv")
        if (row["phrase"], row["start"]) in seen:
            raise UsageError(f"{file}, line {line}, phrase: {row['phrase']!r} stands twice")
        seen.add((row["phrase"], row["start"]))
        start, end = _span(file, line, row)
        yield Periphrasis(
            phrase=row["phrase"],
            country=row["country"],
            office=row["office"],
            person=row["person"] or None,
            start=start,
            end=end,
        )


def _read_offices(text: str) -> Mapping[str, Office]:
    raw = _load_yaml("leaders/offices.yml", text)
    if not isinstance(raw, dict):
        raise UsageError("leaders/offices.yml, line 1: must be a mapping of offices")
    return {name: _check("leaders/offices.yml", text, Office, value, (name,)) for name, value in raw.items()}


def _read_aliases(text: str, people: set[str]) -> Aliases:
    file = "leaders/aliases.yml"
    aliases = _read_yaml(file, text, Aliases)
    for name in aliases.people:
        if name not in people:
            raise UsageError(
                f"{file}, line {_line_of(text, ('people', name))}: {name!r} has no row in terms.csv"
            )
    return aliases


def _read_topics(texts: Mapping[str, str]) -> tuple[TopicRule, ...]:
    rules: dict[str, TopicRule] = {}
    for name in TOPIC_FILES:
        file, text = f"topics/{name}", texts[f"topics/{name}"]
        for index, rule in enumerate(_read_yaml(file, text, _TopicFile).topics):
            wrong = _complaint(rule, rules)
            if wrong:
                raise UsageError(f"{file}, line {_line_of(text, ('topics', index))}, {wrong}")
            rules[rule.id] = rule
    return tuple(rules.values())


def _complaint(rule: TopicRule, above: Mapping[str, TopicRule]) -> str | None:
    """What is wrong with a topic's place among those above it."""
    if rule.id in above:
        return f"id: {rule.id!r} stands twice"
    unknown = [broader for broader in rule.broader if broader not in above]
    return f"broader: {unknown[0]!r} has no rule above this one" if unknown else None


def _rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise UsageError(f"{file}, line 1: the columns must be {','.join(columns)}")
    for row in reader:
        if None in row or None in row.values():
            raise UsageError(f"{file}, line {reader.line_num}: must have {len(columns)} fields")
        yield reader.line_num, {key: value.strip() for key, value in row.items()}


def _span(file: str, line: int, row: Row) -> tuple[date | None, date | None]:
    start, end = (_read_day(file, line, field, row[field]) for field in ("start", "end"))
    if start and end and end < start:
        raise UsageError(f"{file}, line {line}, end: {row['end']} is before the start, {row['start']}")
    return start, end


def _read_day(file: str, line: int, field: str, value: str) -> date | None:
    """YYYY-MM-DD, or YYYY-MM, which is taken as the first of the month; empty is None."""
    if not value:
        return None
    try:
        return date.fromisoformat(value if len(value) != len("2026-01") else f"{value}-01")
    except ValueError:
        raise UsageError(
            f"{file}, line {line}, {field}: {value!r} is not a date (YYYY-MM-DD or YYYY-MM)"
        ) from None


def _known_office(file: str, line: int, office: str, offices: Mapping[str, Office]) -> None:
    if office not in offices:
        raise UsageError(f"{file}, line {line}, office: {office!r} is not in offices.yml")


def _split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in value.split("|") if part))


def _load_yaml(file: str, text: str) -> Any:
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both loaders are safe
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{file}, line {line}: {error.problem}") from error


def _read_yaml(file: str, text: str, model: type[Model]) -> Model:
    return _check(file, text, model, _load_yaml(file, text), ())


def _check(file: str, text: str, model: type[Model], value: Any, path: tuple[str, ...]) -> Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = (*path, *first["loc"])
        field = ".".join(str(part) for part in where)
        raise UsageError(f"{file}, line {_line_of(text, where)}, {field}: {first['msg']}") from error


def _line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line where a path of keys and indexes stands in a YAML text; of its nearest parent when it is missing."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
