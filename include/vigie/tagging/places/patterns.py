"""Names by their first word: "tribunal de Nanterre", "l'association Anticor", "rue de Varenne", "le village de Crépol"."""

from dataclasses import dataclass

from vigie.tagging.places.gazetteer import Lookup, PlaceForm
from vigie.tagging.places.neighbours import is_cued
from vigie.tagging.places.reading import Reading

_LINKS = frozenset({"de", "du", "des", "d"})
_INNER = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
_MAX_TOKENS = 12
_MAX_ADJECTIVES = 3
_SIGLE = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name read by its head: `first` and `last` are token indexes, as a slice has them."""

    kind: str
    first: int
    name: int
    """Where the name without its head begins."""
    last: int
    country: str | None = None


def read_pattern(reading: Reading, lookup: Lookup, kind: str, first: int, last: int) -> Pattern | None:
    """The name that a head at `tokens[first:last]` opens; `kind` of the answer is "place" or "body"."""
    if kind == "towns":
        return _read_town(reading, lookup, last)
    if kind == "area":
        return _read_area(reading, lookup, first, last)
    if kind == "named":
        return _read_named(reading, lookup, last)
    if kind == "soft":
        end = _cut_at_place(reading, lookup, last, _name_end(reading, last))
        return Pattern("body", first, last, end) if end > last else None
    if kind == "formal" and (not reading.is_capital(first) or reading.is_loud(first)):
        return None
    return _read_body(reading, lookup, kind, first, last)


def _read_body(reading: Reading, lookup: Lookup, kind: str, first: int, last: int) -> Pattern | None:
    """A head, what may stand behind it, and a name after "de"; or a head and an adjective of a country."""
    at, country = _skip_inside(reading, lookup, last)
    if kind == "states":
        at = _skip_field(reading, at)
        return Pattern("body", first, first, at, country) if country and _is_whole(reading, at) else None
    name = after_link(reading, at)
    end = _name_end(reading, name) if name else (_name_end(reading, at) if at > last else 0)
    if not end or _is_person(reading, name or at):
        return None
    at, late = _skip_inside(reading, lookup, end)
    country = country or late or _country_of(reading, lookup, name or at, end)
    return Pattern("body", first, first, at if late else end, country)


def _country_of(reading: Reading, lookup: Lookup, first: int, last: int) -> str | None:
    """The country of the place that a name is: "tribunal de Nanterre" is of France."""
    for index, forms in lookup.names.matches(reading.tokens, first):
        countries = {form.place.country for form in forms if isinstance(form, PlaceForm)}
        if index == last and len(countries) == 1:
            return countries.pop() or None
    return None


def _skip_field(reading: Reading, at: int) -> int:
    """The index after a field in small letters: "la Fédération tunisienne de football"."""
    if at + 1 < len(reading.tokens) and reading.gap(at) == " " and reading.tokens[at].form in _LINKS:
        index = at + 1
        while index < len(reading.tokens) and reading.tokens[index].form in ("la", "l", "'"):
            index += 1
        if reading.word(index).islower() and reading.word(index).isalpha():
            return index + 1
    return at


def _skip_inside(reading: Reading, lookup: Lookup, at: int) -> tuple[int, str | None]:
    """The index after the adjectives, and the country that one of them is of."""
    country = None
    for _ in range(_MAX_ADJECTIVES):
        if at >= len(reading.tokens) or reading.is_capital(at) or reading.gap(at) != " ":
            break
        found = lookup.inside.matches(reading.tokens, at)
        code = lookup.demonyms.get(reading.tokens[at].form)
        if not found and not code:
            break
        country = code or country
        at = found[0][0] if found else at + 1
    return at, country


def _is_whole(reading: Reading, at: int) -> bool:
    """Whether nothing behind goes on with the name."""
    return not (at < len(reading.tokens) and reading.word(at) == "-" and not reading.gap(at))


def _read_named(reading: Reading, lookup: Lookup, at: int) -> Pattern | None:
    at, _ = _skip_inside(reading, lookup, at)
    end = _name_end(reading, at)
    if not end or _is_person(reading, at) or _is_known_place(reading, lookup, at, end):
        return None
    return Pattern("body", at, at, end)


def _read_area(reading: Reading, lookup: Lookup, first: int, last: int) -> Pattern | None:
    """A street has any name behind "de"; a lake, an airport only one of its own."""
    street = reading.tokens[first].form in lookup.streets
    name = after_link(reading, last) if street else 0
    at = name or last
    end = _name_end(reading, at)
    if not end or reading.word(first - 1) == "-" or (name and _is_person(reading, at)):
        return None
    if street and reading.words_before(first, 2)[-2:] in (("a", "la"), ("mise", "en"), ("prise", "de")):
        return None
    if not street and _is_known_place(reading, lookup, at, end):
        return None
    return Pattern("place", first, at, end)


def _read_town(reading: Reading, lookup: Lookup, at: int) -> Pattern | None:
    at, _ = _skip_inside(reading, lookup, at)
    name = after_link(reading, at)
    if not name or _is_person(reading, name) or is_cued(reading, lookup, name):
        return None
    end = _name_end(reading, name)
    return Pattern("place", name, name, end) if end and not _is_known(reading, lookup, name) else None


def _cut_at_place(reading: Reading, lookup: Lookup, first: int, last: int) -> int:
    """A name without its place: "lycée Paul-Éluard de Saint-Denis"; `first` when it is nothing else."""
    for at in range(first, last):
        if reading.gap(at) == " " and _is_known_place(reading, lookup, at, last):
            return at - 1 if reading.tokens[at - 1].form in _LINKS else at
    return last


def after_link(reading: Reading, at: int) -> int:
    """The index after "de", "du", "de la", "de l'", "d'" and a space; 0 when none stands there."""
    if at >= len(reading.tokens) or reading.gap(at) != " " or reading.tokens[at].form not in _LINKS:
        return 0
    at += 1
    if reading.word(at) in ("la", "les", "l"):
        at += 1
    if at < len(reading.tokens) and reading.tokens[at].form == "'":
        at += 1
    return at if reading.is_capital(at) else 0


def _name_end(reading: Reading, at: int) -> int:
    """The index after the run of words with a capital that opens at a token; 0 when none does."""
    if not reading.is_capital(at) or "\n" in reading.gap(at) or reading.is_loud(at):
        return 0
    end = index = at + 1
    while index < min(len(reading.tokens), at + _MAX_TOKENS):
        gap = reading.gap(index)
        form = reading.tokens[index].form
        if gap not in ("", " "):
            break
        if gap == "" and (form in ("-", "'") or reading.tokens[index - 1].form in ("-", "'")):
            tied = reading.is_capital(index) or (form.isalnum() and reading.word(index - 1) == "-")
            end = index + 1 if tied else end
        elif gap == " " and _goes_on(reading, index):
            end = index + 1
        elif form not in _INNER:
            break
        index += 1
    return end


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether a word may belong to the name before it: with a capital, but no headline's word in capitals."""
    word = reading.word(at)
    return word.isdigit() or (word[0].isupper() and not (word.isupper() and len(word) > _SIGLE))


def _is_person(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    over = reading.entities_over(token.start, token.end)
    return reading.is_leader_name(token.start, token.end) or any(
        entity.label == "PER" and entity.words > 1 for entity in over
    )


def _is_known_place(reading: Reading, lookup: Lookup, first: int, last: int) -> bool:
    return any(
        index == last and isinstance(form, PlaceForm)
        for index, forms in lookup.names.matches(reading.tokens, first)
        for form in forms
    )


def _is_known(reading: Reading, lookup: Lookup, at: int) -> bool:
    return any(True for _ in lookup.names.matches(reading.tokens, at))
