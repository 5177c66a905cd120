"""What a name leans on: the words right before and behind it that make it part of a longer one, or tell what it is."""

from vigie.tagging.places.gazetteer import Lookup, PlaceForm
from vigie.tagging.places.reading import Reading
from vigie.tagging.words import fold

_PREFIXES = frozenset(
    {"ex", "pro", "anti", "non", "sud", "nord", "est", "ouest", "centre", "hors", "post", "outre", "ville"}
)


def is_glued(reading: Reading, lookup: Lookup, first: int, last: int, *, after_place: bool) -> bool:
    """Whether a hyphen makes a name part of another ("Paris-Match"); not of two names ("Lyon-Turin") or "ex-URSS"."""
    if reading.word(first - 1) == "-" and not reading.gap(first) and not reading.gap(first - 1):
        before = reading.word(first - 2)
        return not after_place and not before.isupper() and fold(before) not in _PREFIXES
    if reading.word(last) == "-" and not reading.gap(last) and last + 1 < len(reading.tokens):
        part = reading.tokens[last + 1].form in _PREFIXES or _opens_place(reading, lookup, last + 1)
        return not reading.gap(last + 1) and not part
    return False


def follows_name(reading: Reading, lookup: Lookup, first: int) -> bool:
    """Whether the word before belongs to the name: "Jack London", "Mme Paris", "RC Lens"; not "région Bretagne"."""
    before = reading.word(first - 1)
    if before == "." and first > 1:
        return reading.tokens[first - 2].form in lookup.civil and reading.gap(first - 1) == ""
    form = reading.tokens[first - 1].form if first else ""
    if not before.isalpha() or reading.gap(first) != " ":
        return False
    if form in lookup.civil:
        return True
    if not before[0].isupper() or form in lookup.before or form in lookup.demonyms:
        return False
    if reading.is_loud(first - 1) or reading.opens(first - 1):
        return form in lookup.given or _is_person_over(reading, first - 1, first)
    return True


def has_given_name(reading: Reading, lookup: Lookup, first: int) -> bool:
    """Whether a first name stands before: "Louis Renault", "Walt Disney"."""
    if not reading.is_capital(first - 1) or reading.gap(first) != " ":
        return False
    return reading.tokens[first - 1].form in lookup.given or _is_person_over(reading, first - 1, first)


def leads_name(reading: Reading, lookup: Lookup, first: int, last: int) -> bool:
    """Whether the word behind belongs to the name: "Paris Hilton", "Bordeaux Métropole"."""
    behind = reading.word(last)
    if not behind.isalpha() or not behind[0].isupper() or reading.gap(last) != " " or reading.is_loud(last):
        return False
    start = reading.tokens[last].start
    if _is_person_over(reading, last - 1, last):
        return True
    form = reading.tokens[last].form
    if form in lookup.civil or form in lookup.openers or _opens_place(reading, lookup, last):
        return False
    opens_entity = any(entity.start == start for entity in reading.entities_over(start, start + 1))
    return not opens_entity and not reading.is_leader_name(start, start + 1)


def stands_at(reading: Reading, lookup: Lookup, first: int) -> bool:
    """Whether the words before say that a place comes: "à", "près de", "le maire de"."""
    before = reading.words_before(first)
    return any(before[-count:] in lookup.at for count in range(1, len(before) + 1))


def is_cued(reading: Reading, lookup: Lookup, first: int) -> bool:
    """Whether a word before says that a body comes ("le parti", "chez"), an article apart."""
    before = reading.words_before(first, 5)
    while before and before[-1] in ("l", "le", "la", "les"):
        before = before[:-1]
    return any(before[-count:] in lookup.cues for count in range(1, 4))


def is_bracketed(reading: Reading, first: int, last: int) -> bool:
    """Whether a name stands alone between parentheses."""
    return reading.word(first - 1) == "(" and reading.word(last) == ")"


def _opens_place(reading: Reading, lookup: Lookup, at: int) -> bool:
    found = lookup.names.matches(reading.tokens, at)
    return any(isinstance(form, PlaceForm) and form.capitals for _, forms in found for form in forms)


def _is_person_over(reading: Reading, first: int, last: int) -> bool:
    """Whether the model sees one person in both tokens."""
    start, end = reading.tokens[first].start, reading.tokens[last].end
    over = reading.entities_over(start, end)
    return any(entity.label == "PER" and entity.start <= start and end <= entity.end for entity in over)
