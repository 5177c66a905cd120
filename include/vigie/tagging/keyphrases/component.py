"""What an article is about in its own words: a spaCy component, after the taggers and the entity recogniser.

Two sources, no model of its own: the named things (people, places, organisations, works) and the noun phrases that
match a part-of-speech pattern. "violences sexuelles", "Notre-Dame-de-Bétharram" and "pneumonie" pass; "ce matin",
"lundi", "mardi 4 février", "selon", "hausse", "deux millions d'euros" do not.

A named thing goes by its usual name: "M. Macron", "le chef de l'État" and "son homologue français" are one keyphrase,
"Emmanuel Macron", as "Nations unies" and "ONU" are "ONU". Phrases that differ in number or in their articles are one,
shown as the text writes it most often, the first time deciding between equals; a surname goes by the whole name that
the text gives. A noun that only ever stands in one longer phrase is told by that phrase.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types.keyphrases import StopWords
from vigie.tagging.keyphrases.names import KnownNames, list_entities
from vigie.tagging.keyphrases.nominal import list_nominal
from vigie.tagging.keyphrases.stop import MARKS, Stop
from vigie.tagging.keyphrases.view import View
from vigie.tagging.words import fold

FACTORY = "vigie_keyphrases"

MAX_PHRASES = 24
"""A feed entry of February 2025 (title and summary; 1,500 of them) has 9 in the median, 16 at the 99th percentile and 22
at most: none is cut. A long article keeps those it repeats and those it opens with."""
LEAD_TOKENS = 120
"""About the title and the first two paragraphs, where French press articles say what they are about."""

_LINK = dict.fromkeys(("de", "du", "des", "d'", "d’"), "de") | dict.fromkeys(("à", "au", "aux"), "a")
_LINK |= dict.fromkeys(("le", "la", "les", "l'", "l’", "un", "une"), "")
"""Little words as a key has them: links as one, articles left out."""
_MOST_COUNTED = 5
_QUOTATION = frozenset('«»“”"')


class Phrase(NamedTuple):
    """One mention: `at` is its token, `key` what it has in common with its variants."""

    at: int
    key: str
    shown: str
    host: str = ""
    """The key of the longer phrase or name that it is a part of."""


@Language.factory(FACTORY)
def create_keyphrases(nlp: Language, name: str) -> "Keyphrases":
    """Make the component: it writes `Doc._.keyphrases`, a tuple of str in order of appearance, without repeats."""
    return Keyphrases()


class Keyphrases:
    """Writes `Doc._.keyphrases`. Needs `pos_`, `morph` and `ents`; never raises on an empty text."""

    def __init__(self) -> None:
        self._stop: Stop | None = None
        for extension in ("keyphrases", "leaders", "places", "organizations"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def use(self, words: StopWords) -> None:
        """Leave these out from now on. (A spaCy factory takes nothing but JSON.)"""
        self._stop = Stop.of(words)

    def __call__(self, doc: Doc) -> Doc:
        if self._stop is not None:
            doc._.keyphrases = choose_phrases(self._stop, doc)
        return doc


def choose_phrases(stop: Stop, doc: Doc) -> tuple[str, ...]:
    """At most `MAX_PHRASES` phrases of a tagged text, in order of appearance."""
    phrases = _merge_surnames(list(_list_phrases(stop, doc)))
    counts = Counter(phrase.key for phrase in phrases)
    first: dict[str, int] = {}
    for phrase in phrases:
        first[phrase.key] = min(phrase.at, first.get(phrase.key, phrase.at))
    hosts: dict[str, set[str]] = {}
    for phrase in phrases:
        hosts.setdefault(phrase.key, set()).add(phrase.host)
    free = {key for key, of in hosts.items() if "" in of or len(of) > 1}
    kept = [key for key in first if key in free and (first[key] < LEAD_TOKENS or counts[key] > 1)]
    kept.sort(key=lambda key: (-min(counts[key], _MOST_COUNTED), first[key]))
    chosen = sorted(kept[:MAX_PHRASES], key=lambda key: (first[key], key))
    shown = _most_usual(phrases, set(chosen))
    return tuple(dict.fromkeys(shown[key] for key in chosen))


def _most_usual(phrases: list[Phrase], chosen: set[str]) -> dict[str, str]:
    """The surface in which each key is written most often; the first one between equals."""
    forms: dict[str, Counter[str]] = {}
    for phrase in sorted(phrase for phrase in phrases if phrase.key in chosen):
        forms.setdefault(phrase.key, Counter())[phrase.shown] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in forms.items()}


def _merge_surnames(phrases: list[Phrase]) -> list[Phrase]:
    """Give a lone surname the one whole name that ends with it: "Joly" is "Marc Joly"."""
    whole: dict[str, set[str]] = {}
    for phrase in phrases:
        words = phrase.shown.split()
        if len(words) > 1 and all(word[0].isupper() for word in words):
            whole.setdefault(fold(words[-1]), set()).add(phrase.key)
    shown = {phrase.key: phrase.shown for phrase in phrases}
    merged = []
    for phrase in phrases:
        names = whole.get(phrase.key, ())
        if len(names) == 1 and phrase.shown[:1].isupper():
            key = next(iter(names))
            phrase = Phrase(phrase.at, key, shown[key])
        merged.append(phrase)
    return merged


def _list_phrases(stop: Stop, doc: Doc) -> Iterator[Phrase]:
    view, known = View(doc), KnownNames(doc)
    for one in known.spans:
        at = max(0, bisect_right(view.starts, one.start) - 1)
        yield Phrase(at, fold(one.name), one.name)
    names: dict[int, tuple[int, int]] = {}
    for first, last in list_entities(stop, view, doc):
        if not known.over(view.starts[first], view.end(last - 1)):
            names.update((at, (first, last)) for at in range(first, last))
            yield _phrase(stop, view, first, last)
    for first, last, host in list_nominal(stop, view):
        if not known.tell(view, first, last):
            phrase = _phrase(stop, view, first, last, host or _longer(names, first, last))
            if not _is_noise(stop, phrase):
                yield phrase


def _longer(names: dict[int, tuple[int, int]], first: int, last: int) -> tuple[int, int] | None:
    """The name of the model's that holds a phrase and more."""
    name = names.get(first)
    return name if name and name != (first, last) and last <= name[1] else None


def _is_noise(stop: Stop, phrase: Phrase) -> bool:
    """Whether a phrase is a cliché, or runs over a quotation mark."""
    if not _QUOTATION.isdisjoint(phrase.shown):
        return True
    return phrase.key in stop.cliches or fold(phrase.shown) in stop.cliches


def _phrase(stop: Stop, view: View, first: int, last: int, host: tuple[int, int] | None = None) -> Phrase:
    key = _key(stop, view, first, last)
    return Phrase(first, key, _show(view, first, last), _key(stop, view, *host) if host else "")


def _key(stop: Stop, view: View, first: int, last: int) -> str:
    """The words of a phrase in the singular, without articles; links as one ("du", "des" and "d'" are "de")."""
    known = view.keys.get((first, last))
    if known is None:
        words = [
            link if (link := _LINK.get(view.lowers[at])) is not None else stop.one(view, at)
            for at in range(first, last)
        ]
        known = " ".join(fold(" ".join(words)).replace("-", " ").split())
        view.keys[first, last] = known
    return known


def _show(view: View, first: int, last: int) -> str:
    """The phrase as written. A common noun is capital only because it opens a sentence or a headline; "Wim Vandekeybus"
    is a name."""
    shown = view.cut(first, last).strip(MARKS)
    word = view.words[first]
    if view.tags[first] == "P" or word[1:].isupper() or not view.opens(first):
        return shown
    if last - first > 1 and view.words[first + 1][:1].isupper():
        return shown
    return shown[:1].lower() + shown[1:]
