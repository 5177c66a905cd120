"""Noun phrases by parts of speech: "violences sexuelles", "réforme des retraites"; no parser is asked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vigie.tagging.keyphrases.stop import MARKS, Stop
from vigie.tagging.keyphrases.view import View

MAX_WORDS = 6

_SHORTEST = 2
_PLAIN = frozenset("xV.")
_LINKS = frozenset({"de", "du", "des", "d'", "d’", "à", "au", "aux", "en"})
# One letter a token: N noun, P proper noun, A adjective, D determiner, L linking preposition, x anything else.
_PHRASE = re.compile(r"P+|A?N(?:P|A)*(?:LD?A?[NP]+A*)?")


class Nominal(NamedTuple):
    """A noun phrase, `tokens[first:last]`; `host` is the longer phrase that a lone noun stands in."""

    first: int
    last: int
    host: tuple[int, int] | None = None


def list_nominal(stop: Stop, view: View) -> Iterator[Nominal]:
    """The noun phrases of a text, then the name that a phrase leads to and the nouns that stand by themselves."""
    letters = "".join([tag if tag in _PLAIN else _letter(view, at, tag) for at, tag in enumerate(view.tags)])
    at = 0
    while match := _PHRASE.search(letters, at):
        light = _light_head(stop, view, *match.span())
        at = match.end() if light is None else light + 1
        if light is None:
            yield from _read_phrase(stop, view, *match.span())


def _read_phrase(stop: Stop, view: View, first: int, last: int) -> Iterator[Nominal]:
    start = first + _drops_weak(stop, view, first, last)
    told = _is_phrase(stop, view, start, last)
    if told:
        yield Nominal(start, last)
    if last - first > 1 and view.is_name(last - 1) and not view.is_name(first):
        yield from _name_within(stop, view, first, last)
    host = (start, last) if told and last - start > 1 else None
    for at in range(first, last):
        if view.tags[at] == "N" and stop.stands_alone(view, at):
            yield Nominal(at, at + 1, host)


def _light_head(stop: Stop, view: View, first: int, last: int) -> int | None:
    """The index of a noun that is half a preposition: "face à", "marge de", "l'objet d'une censure"."""
    noun = next((at for at in range(first, last) if view.tags[at] == "N"), None)
    if noun is None or view.lowers[noun] not in stop.light:
        return None
    return noun if any(view.lowers[at] in _LINKS for at in range(noun, last)) else None


def _is_phrase(stop: Stop, view: View, first: int, last: int) -> bool:
    if last - first == 1:
        return view.is_name(first) and stop.is_name_word(view, first)
    return 1 < last - first <= MAX_WORDS and not _is_empty(stop, view, first, last)


def _drops_weak(stop: Stop, view: View, first: int, last: int) -> bool:
    """Whether the adjective that opens a phrase says nothing: "nouvelle attaque chimique"."""
    return last - first > 1 and view.tags[first] == "A" and view.lowers[first] in stop.weak


def _is_empty(stop: Stop, view: View, first: int, last: int) -> bool:
    """Whether a phrase is a date, an amount or nothing but empty words."""
    content = [at for at in range(first, last) if view.tags[at] in "NPA"]
    if any(view.lowers[at] in stop.calendar for at in content):
        return True
    head = next((at for at in content if view.tags[at] == "N"), None)
    if head is not None and stop.one(view, head) in stop.units:
        return True
    return not any(stop.says_something(view, at) for at in content)


def _name_within(stop: Stop, view: View, first: int, last: int) -> Iterator[Nominal]:
    """The name that a noun leads to: "Bétharram" in "violences à Bétharram"."""
    start = last
    while start > first and view.is_name(start - 1):
        start -= 1
    if any(stop.is_name_word(view, at) for at in range(start, last)):
        yield Nominal(start, last)


def _letter(view: View, at: int, tag: str) -> str:
    """What no word is (a mark, a figure, an elided article) is "x"; a noun with a capital inside a sentence a name."""
    if tag in "LD":
        return "L" if view.lowers[at] in _LINKS else "D" if tag == "D" else "x"
    word = view.words[at]
    if not word[:1].isalpha() or len(word.strip(MARKS)) < _SHORTEST:
        return "x"
    return "P" if view.is_name(at) else tag
