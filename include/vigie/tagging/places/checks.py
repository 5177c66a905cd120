"""Whether a form of the gazetteer, met in a text, is the place or the body that the desk means."""

from vigie.tagging.places.gazetteer import BodyForm, Lookup, PlaceForm
from vigie.tagging.places.neighbours import (
    follows_name,
    has_given_name,
    is_bracketed,
    is_cued,
    is_glued,
    leads_name,
    stands_at,
)
from vigie.tagging.places.reading import Reading
from vigie.tagging.words import fold

_ONE_MAN = frozenset({"le", "un", "une", "du", "au", "ce", "cette", "cet", "aucun", "aucune", "autre"})
_SIGLE = 3
_AFTER_RUBRIC = frozenset(",:(")


def is_place(
    reading: Reading, lookup: Lookup, form: PlaceForm, first: int, last: int, *, after_place: bool
) -> bool:
    """Whether `tokens[first:last]` is a place by this form."""
    if reading.count_capitals(first, last) < form.capitals:
        return False
    before = reading.tokens[first - 1].form if first else ""
    if form.contracted and before not in form.contracted.split():
        return False
    if reading.tokens[first].form in lookup.people and (
        before in _ONE_MAN or (reading.is_capital(last) and reading.gap(last) == " ")
    ):
        return False
    if before in lookup.things and reading.gap(first) == " ":
        return False
    if is_glued(reading, lookup, first, last, after_place=after_place):
        return False
    at = stands_at(reading, lookup, first)
    if follows_name(reading, lookup, first) or (
        leads_name(reading, lookup, first, last) and not (at and not form.cue)
    ):
        return False
    return not form.cue or _is_place_for_sure(reading, lookup, first, last, at=at)


def _is_place_for_sure(reading: Reading, lookup: Lookup, first: int, last: int, *, at: bool) -> bool:
    """For a name that means something else as well: a word of place before, parentheses, or the model's word."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    labels = {entity.label for entity in reading.entities_over(start, end)}
    if "PER" in labels and (not at or fold(reading.text[start:end]) in lookup.given):
        return False
    if at or is_bracketed(reading, first, last):
        return True
    return "LOC" in labels and (not reading.opens(first) or reading.word(last) in _AFTER_RUBRIC)


def is_body(
    reading: Reading, lookup: Lookup, form: BodyForm, first: int, last: int, *, in_list: bool
) -> bool:
    """Whether `tokens[first:last]` is a body by this form; `in_list` when it follows another ("LR et Horizons")."""
    mention = reading.cut(first, last)
    if not _is_written_as(mention, form, reading.count_capitals(first, last)):
        return False
    if _is_hyphenated(reading, first, last):
        return False
    before = reading.tokens[first - 1].form if first else ""
    if form.contracted and before not in form.contracted.split():
        return False
    if has_given_name(reading, lookup, first):
        return False
    if not form.cue:
        return True
    return in_list or _is_body_for_sure(reading, lookup, form, first, last)


def _is_written_as(mention: str, form: BodyForm, capitals: int) -> bool:
    if mention == form.form or form.plain:
        return True
    if not mention.isalnum():
        return capitals > 0
    if form.form.isupper():
        return mention.isupper() or (len(form.form) > _SIGLE and mention[0].isupper())
    return mention[0].isupper() and (form.form[1:].islower() or mention.isupper())


def _is_hyphenated(reading: Reading, first: int, last: int) -> bool:
    """Whether a hyphen ties it to a word in small letters; "RN-LR" is two bodies."""
    if reading.word(last) == "-" and not reading.gap(last) and last + 1 < len(reading.tokens):
        return not reading.gap(last + 1) and not reading.is_capital(last + 1)
    if reading.word(first - 1) == "-" and not reading.gap(first) and not reading.gap(first - 1):
        return not reading.is_capital(first - 2) and reading.tokens[first - 2].form not in (
            "ex",
            "pro",
            "anti",
        )
    return False


def _is_body_for_sure(reading: Reading, lookup: Lookup, form: BodyForm, first: int, last: int) -> bool:
    """For a name that means something else as well: a word before, parentheses, a capital where none is due, or the
    model's word."""
    if is_cued(reading, lookup, first) or is_bracketed(reading, first, last):
        return True
    if leads_name(reading, lookup, first, last):
        return False
    if form.form.isupper() and not reading.is_loud(first):
        return True
    if form.has_article and reading.is_capital(first) and not reading.opens(first):
        return not reading.is_loud(first)
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    over = reading.entities_over(start, end)
    seen = any(entity.label == "ORG" and entity.end <= end for entity in over)
    return seen and (form.has_article or not reading.opens(first))
