"""Named things as keyphrases, each under its usual name: leaders, bodies and places as their taggers read them, then what
else the model sees ("Marc Joly")."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc

from vigie.model import NamedThing
from vigie.tagging.keyphrases.nominal import MAX_WORDS
from vigie.tagging.keyphrases.stop import Stop
from vigie.tagging.keyphrases.view import View

# A name may begin with an article that is its own ("Le Havre", "La Poste"), never with these.
_NOT_FIRST = frozenset(
    {"l'", "d'", "qu'", "s'", "n'", "j'", "c'", "de", "du", "des", "au", "aux", "un", "une", "ce", "cet", "cette", "ces", "son",
     "sa", "ses", "leur", "leurs", "m.", "mme", "mm.", "mgr"}
)  # fmt: skip
_BREAKS = frozenset('«»":;')
_NEAR = 8
"""How many named spans can begin before one place and still reach it: more never stood on one."""


class Known(NamedTuple):
    """A span that another tagger has named."""

    start: int
    end: int
    name: str
    person: bool


class KnownNames:
    """What the taggers before have named, in order; of two on one span both."""

    def __init__(self, doc: Doc) -> None:
        people = [Known(one.start, one.end, one.name, True) for one in doc._.leaders]
        things: tuple[NamedThing, ...] = (*doc._.organizations, *doc._.places)
        self.spans = sorted([*people, *(Known(one.start, one.end, one.name, False) for one in things)])
        self._starts = [one.start for one in self.spans]
        self._reach = list(accumulate((one.end for one in self.spans), max))

    def over(self, start: int, end: int) -> list[Known]:
        """Those that overlap a span of characters."""
        last = bisect_left(self._starts, end)
        if not last or self._reach[last - 1] <= start:
            return []  # mostly
        return [one for one in self.spans[max(0, last - _NEAR) : last] if one.end > start]

    def tell(self, view: View, first: int, last: int) -> bool:
        """Whether a phrase says no more than a name does: it lies within one, cuts one, or is one with its title."""
        start, end = view.starts[first], view.end(last - 1)
        for one in self.over(start, end):
            if one.start <= start or one.end > end:
                return True
            before = (at for at in range(first, last) if view.starts[at] < one.start)
            if one.person and not any(view.tags[at] == "L" for at in before):
                return True
        return False


def list_entities(stop: Stop, view: View, doc: Doc) -> Iterator[tuple[int, int]]:
    """The model's entities as spans of tokens, trimmed to a name; nothing where none is left."""
    for ent in doc.ents:
        first, last = _trim(view, ent.start, ent.end)
        inside = range(first, last)
        if not 0 < last - first <= MAX_WORDS or any(view.lowers[at] in stop.calendar for at in inside):
            continue
        if any(stop.is_name_word(view, at) for at in inside):
            yield first, last


def _trim(view: View, first: int, last: int) -> tuple[int, int]:
    while first < last and _is_before_name(view, first):
        first += 1
    while last > first and (view.tags[last - 1] in ".LDV" or not view.words[last - 1].strip()):
        last -= 1
    broken = any(view.words[at] in _BREAKS or not view.words[at].strip() for at in range(first, last))
    return (first, first) if broken else (first, last)


def _is_before_name(view: View, at: int) -> bool:
    return view.lowers[at].replace("’", "'") in _NOT_FIRST or not view.words[at][0].isupper()
