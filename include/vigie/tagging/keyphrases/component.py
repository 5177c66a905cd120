"""What an article is about in its own words: a spaCy component, after the tagger and the entity recogniser.

Two sources, no model of its own: the named things (people, places, organisations, works) and the noun phrases that
match a part-of-speech pattern. "violences sexuelles", "Notre-Dame-de-Bétharram" and "pneumonie" pass; "ce matin",
"lundi", "mardi 4 février", "selon", "hausse" do not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from vigie.knowledge.types import StopWords

FACTORY = "vigie_keyphrases"

MAX_PHRASES = 24
"""A feed entry of February 2025 (title and summary) has 13 in the median and 24 at the 99th percentile; a long
article keeps those it repeats and those it opens with."""
LEAD_TOKENS = 120
"""About the title and the first two paragraphs, where French press articles say what they are about."""
MAX_WORDS = 6

_LINKS = frozenset({"de", "du", "des", "d'", "d’", "à", "au", "aux", "en"})
_LETTERS = {"NOUN": "N", "PROPN": "P", "ADJ": "A", "DET": "D"}
# One letter a token: N noun, P proper noun, A adjective, D determiner, L linking preposition, x anything else.
_PHRASE = re.compile(r"P+|A?N(?:P|A)*(?:LD?A?[NP]+A*)?")
_TRIM = "«»\"'’“”()[],;:.!?…–—-|/ \n\t"
# A name may begin with an article that is its own ("Le Havre", "La Poste"), never with these.
_NOT_FIRST = frozenset(
    [
        "l'",
        "l’",
        "d'",
        "d’",
        "de",
        "du",
        "des",
        "au",
        "aux",
        "un",
        "une",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "m.",
        "mme",
        "mm.",
        "mgr",
        "qu'",
        "s'",
        "n'",
        "j'",
        "c'",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The desk's stop words, ready to be looked up."""

    calendar: frozenset[str]
    nouns: frozenset[str]


@Language.factory(FACTORY)
def create_keyphrases(nlp: Language, name: str) -> "Keyphrases":
    """Make the component: it writes `Doc._.keyphrases`, a tuple of str in order of appearance, without repeats."""
    return Keyphrases()


class Keyphrases:
    """Writes `Doc._.keyphrases`. Needs `pos_` and `ents`; never raises on an empty text."""

    def __init__(self) -> None:
        self._stop = Stop(calendar=frozenset(), nouns=frozenset())
        if not Doc.has_extension("keyphrases"):
            Doc.set_extension("keyphrases", default=())

    def use(self, words: StopWords) -> None:
        """Leave these out from now on. (A spaCy factory takes nothing but JSON.)"""
        self._stop = Stop(calendar=frozenset(words.calendar), nouns=frozenset(words.nouns))

    def __call__(self, doc: Doc) -> Doc:
        doc._.keyphrases = choose_phrases(self._stop, doc)
        return doc


def choose_phrases(stop: Stop, doc: Doc) -> tuple[str, ...]:
    """At most `MAX_PHRASES` phrases of a parsed text, in order of appearance."""
    first: dict[str, tuple[int, str]] = {}
    counts: Counter[str] = Counter()
    for start, phrase in [*_named(stop, doc), *_nominal(stop, doc)]:
        key = phrase.casefold()
        counts[key] += 1
        if key not in first or start < first[key][0]:
            first[key] = (start, phrase)
    kept = [key for key in first if first[key][0] < LEAD_TOKENS or counts[key] > 1]
    kept.sort(key=lambda key: (-min(counts[key], 5), first[key][0]))
    return tuple(phrase for _, phrase in sorted(first[key] for key in kept[:MAX_PHRASES]))


def _named(stop: Stop, doc: Doc) -> Iterator[tuple[int, str]]:
    for ent in doc.ents:
        tokens = _trim_name(ent)
        if 0 < len(tokens) <= MAX_WORDS and any(_is_name_word(stop, t) for t in tokens):
            yield tokens[0].i, _join(tokens)


def _trim_name(ent: Span) -> list[Token]:
    tokens = list(ent)
    while tokens and (
        tokens[0].lower_ in _NOT_FIRST or tokens[0].is_punct or not tokens[0].text[0].isupper()
    ):
        tokens.pop(0)
    while tokens and (
        tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].pos_ in ("ADP", "DET", "VERB", "AUX")
    ):
        tokens.pop()
    return [] if any(t.is_space or t.text in '«»":;' for t in tokens) else tokens


def _is_name_word(stop: Stop, token: Token) -> bool:
    word = token.text
    plain = token.lower_ not in stop.calendar and token.lower_ not in stop.nouns and not token.is_stop
    return word[0].isupper() and len(word) > 1 and plain


def _nominal(stop: Stop, doc: Doc) -> Iterator[tuple[int, str]]:
    letters = "".join("L" if t.lower_ in _LINKS else _LETTERS.get(_pos(t), "x") for t in doc)
    for match in _PHRASE.finditer(letters):
        tokens = list(doc[match.start() : match.end()])
        is_phrase = len(tokens) > 1 or (tokens[0].pos_ == "PROPN" and _is_name_word(stop, tokens[0]))
        if is_phrase and len(tokens) <= MAX_WORDS and not _is_calendar(stop, tokens):
            yield tokens[0].i, _uncapitalise(_join(tokens), tokens[0])
        if len(tokens) > 1 and tokens[-1].pos_ == "PROPN" and tokens[0].pos_ != "PROPN":
            yield from _name_within(stop, tokens)
        for token in tokens:
            if token.pos_ == "NOUN" and _stands_alone(stop, token):
                yield token.i, _uncapitalise(token.text.strip(_TRIM), token)


def _name_within(stop: Stop, tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """The name that a noun leads to: "Bétharram" in "violences à Bétharram"."""
    last = len(tokens)
    while last and tokens[last - 1].pos_ == "PROPN":
        last -= 1
    name = tokens[last:]
    if any(_is_name_word(stop, t) for t in name):
        yield name[0].i, _join(name)


def _uncapitalise(phrase: str, first: Token) -> str:
    """A common noun is capital only because it opens a sentence, or because the house writes its rubric so."""
    return (
        phrase[0].lower() + phrase[1:] if first.pos_ != "PROPN" and not first.text[1:].isupper() else phrase
    )


def _pos(token: Token) -> str:
    """The part of speech, with what is no word at all (a mark, a figure, an elided article) taken out."""
    return token.pos_ if token.text[:1].isalpha() and len(token.text.strip(_TRIM)) > 1 else "X"


def _is_calendar(stop: Stop, tokens: list[Token]) -> bool:
    content = [t for t in tokens if t.pos_ in ("NOUN", "PROPN", "ADJ")]
    plain = [
        t for t in content if t.lower_ not in stop.calendar and t.lower_ not in stop.nouns and not t.is_stop
    ]
    return not plain or any(t.lower_ in stop.calendar for t in content)


def _stands_alone(stop: Stop, token: Token) -> bool:
    word = token.lower_.strip(_TRIM)
    return (
        len(word) >= 5
        and word.isalpha()
        and word not in stop.nouns
        and word not in stop.calendar
        and not token.is_stop
    )


def _join(tokens: list[Token]) -> str:
    return "".join(t.text_with_ws for t in tokens).strip(_TRIM)
