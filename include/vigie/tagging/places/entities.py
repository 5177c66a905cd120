"""What the model alone calls a place or a body: kept where its form and the words around it bear that out.

The French model is noisy: an entity in lower case, with a verb in it, cut out of an elision, or that is a day, a
demonym, a person or a word that only opens the sentence, is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from vigie.model import NamedThing
from vigie.tagging.places.gazetteer import Lookup
from vigie.tagging.places.neighbours import stands_at
from vigie.tagging.places.reading import Entity, Reading
from vigie.tagging.words import fold

_LEADING = re.compile(
    r"(?:l|d|la|le|les|de|du|des|au|aux|à|en|un|une|qu|dans|sur|ce|cette|son|sa|ses|leur|leurs)\s*['’]?\s+|[ldLDqQ]u?['’]",
    re.IGNORECASE,
)
_KEPT_ARTICLE = re.compile(r"(?:Le|La|Les|L['’])\s?[A-ZÀ-Ý]")
_WORD = re.compile(r"\w")
_JOINT = re.compile(r"\s[-–—]|\n|[,;:.!?…«»\"“”()|•]\s|[«»\"“”()|•@#]")
"""Where the model ran two things together: "DÉCRYPTAGE - La chaîne"."""
_MAX_WORDS = 6
_SHORT = 2
_LISTING = frozenset({",", "et", "ou", "à"})
_NOT_IN_NAMES = frozenset({"VERB", "AUX", "PRON", "ADV", "SCONJ", "INTJ"})
_MARKS = frozenset('«»"“”[]@#')
_COMMUNE = re.compile(
    r"-(?:sur|sous|en|lès|les|le|la|de|du|des|aux|près|d['’])-|^(?:Saint|Sainte|Notre-Dame)-|^(?:Cité|Parc|Place|Pont|Mont|Lac|Île|Col) "
)
"""How French communes and sites are written: "Épinay-sur-Orge", "Saint-Gilles"."""
_SIGLE = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9&-]{1,6}")


def list_entities(doc: Doc) -> list[Entity]:
    """The model's entities, as the finder reads them."""
    return [Entity(ent.start_char, ent.end_char, ent.label_, len(ent)) for ent in doc.ents]


def read_entities(
    doc: Doc, reading: Reading, lookup: Lookup, taken: list[tuple[int, int]], ends: set[int]
) -> Iterator[tuple[str, NamedThing]]:
    """The places ("LOC") and bodies ("ORG") that the model adds to what is taken already; `ends` are those of places."""
    spans = sorted(taken)
    for ent in doc.ents:
        if ent.label_ == "PER":
            continue
        start, end = _trim(ent.text, ent.start_char)
        mention = reading.text[start:end]
        if _overlaps(spans, start, end) or not _is_well_formed(ent, mention):
            continue
        label = _relabel(ent, reading, lookup, start)
        if label and _is_name(ent, mention, label, reading, lookup, start, ends):
            ends.update({end} if label == "LOC" else ())
            yield label, NamedThing(name=mention, mention=mention, start=start, end=end)


def _relabel(ent: Span, reading: Reading, lookup: Lookup, start: int) -> str | None:
    """The model's label; what it does not know, but stands where places do, is a place."""
    if ent.label_ in ("LOC", "ORG"):
        return ent.label_
    at = _token_at(reading, start)
    return "LOC" if at is not None and stands_at(reading, lookup, at) and not reading.opens(at) else None


def _token_at(reading: Reading, start: int) -> int | None:
    at = bisect_left(reading.tokens, start, key=lambda token: token.start)
    return at if at < len(reading.tokens) and reading.tokens[at].start == start else None


def _trim(text: str, offset: int) -> tuple[int, int]:
    """The span without quotation marks, and without a leading article unless it is the name's own ("Le Havre")."""
    start, end = 0, len(text)
    while start < end and not _WORD.match(text[start]):
        start += 1
    while end > start and not _WORD.match(text[end - 1]):
        end -= 1
    while (found := _LEADING.match(text, start, end)) and not _KEPT_ARTICLE.match(text, start, end):
        start = found.end()
    return offset + start, offset + end


def _is_well_formed(ent: Span, mention: str) -> bool:
    if len(mention) <= _SHORT or not mention[0].isupper() or len(mention.split()) > _MAX_WORDS:
        return False
    return not any(token.pos_ in _NOT_IN_NAMES for token in ent) and not _JOINT.search(mention)


def _is_name(
    ent: Span, mention: str, label: str, reading: Reading, lookup: Lookup, start: int, ends: set[int]
) -> bool:
    """Whether the form is that of a name of its kind, in its place."""
    words = fold(mention).split()
    known = lookup.not_places if label == "LOC" else lookup.not_bodies
    if fold(mention) in known or all(word in lookup.demonyms or word in lookup.civil for word in words):
        return False
    at = _token_at(reading, start)
    if at is None or reading.is_loud(at) or _is_quoted(reading, at, start + len(mention)):
        return False
    if fold(mention.split()[-1]) in reading.surnames:
        return False
    if label == "LOC":
        return _is_place_name(ent, mention, reading, lookup, at, ends)
    return _is_body_name(ent, mention, reading, lookup, at)


def _is_place_name(
    ent: Span, mention: str, reading: Reading, lookup: Lookup, at: int, ends: set[int]
) -> bool:
    """A place that only the model sees needs a word of place before it, a place that it is listed with, or the form of
    a French commune."""
    if _SIGLE.fullmatch(mention) or any(character.isdigit() for character in mention):
        return False
    if ent[-1].pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    if reading.word(at - 1) in _LISTING and reading.tokens[at - 2].end in ends:
        return True
    return _is_placed(reading, lookup, at) or bool(_COMMUNE.search(mention))


def _is_placed(reading: Reading, lookup: Lookup, at: int) -> bool:
    """Whether a word of place stands before; "dans" and "en" alone also open titles of works and cups."""
    return stands_at(reading, lookup, at) and reading.words_before(at, 1)[-1] not in ("dans", "en")


def _is_body_name(ent: Span, mention: str, reading: Reading, lookup: Lookup, at: int) -> bool:
    first = fold(mention.split()[0])
    if first in lookup.given or first in lookup.civil:
        return False
    if reading.opens(at) and sum(word[0].isupper() for word in mention.split()) < _SHORT:
        return bool(_SIGLE.fullmatch(mention))
    return " " in mention or any(token.pos_ == "PROPN" for token in ent) or bool(_SIGLE.fullmatch(mention))


def _is_quoted(reading: Reading, at: int, end: int) -> bool:
    """Whether marks stand on both sides: the title of a work, a rubric."""
    return reading.word(at - 1) in _MARKS and reading.text[end : end + 2].strip()[:1] in _MARKS


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)
