"""The French analysis of the index: how a text becomes the terms that a search compares.

One analysis, said twice: here in Python, for questions, for snippets and for Tantivy, and in
`include/elasticsearch/analysis.json`, for Elasticsearch. A test runs both over the same words and wants the same terms.

A term is a word in lower case, without accents, elided article or plural ending. Number is all that is levelled:
rules for gender or verbs would make one of Françoise and François, of "communiqué" and "commune". No word is thrown
away, however common or long: a run of more than 200 letters becomes several terms side by side.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ELIDED = r"(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
APOSTROPHES = "'’‘‛ʼ′´`＇"

PLURALS = (
    ("(?<=e)aux$", "au"),
    ("(?<=^[a-z]{2})aux$|(?<=[a-z]{3})aux$", "al"),
    # A word of three letters is seldom a plural, and these few are none although they look it.
    ("(?<!s)(?<=[a-z0-9]{3})(?<!^pari)(?<!^mai)(?<!^ver)(?<!^fil)(?<!^sou)(?<!^plu)(?<!^bra)[sx]$", ""),
    ("^ans$", "an"),
)
"""Regular expressions and what stands in their place, in order, on folded words; Java and Python read them alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A term and where its word stands: `text[start:end]`."""

    term: str
    start: int
    end: int


def _inner_characters() -> str:
    """Combining marks and invisible format characters: they belong to the word they stand in, and weigh nothing."""
    points = (*range(0xAD, 0x20000), *range(0xE0000, 0xE0200))
    return "".join(chr(p) for p in points if unicodedata.category(chr(p)) in ("Mn", "Mc", "Me", "Cf"))


_INNER = _inner_characters()
_WEIGHTLESS = dict.fromkeys(map(ord, _INNER))
_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in PLURALS)


def _word_pattern() -> re.Pattern[str]:
    letters = rf"\w[\w{re.escape(_INNER)}]{{0,199}}"
    return re.compile(rf"(?:{ELIDED}[{APOSTROPHES}])?((?i:aujourd['’]hui)|{letters})")


_WORD = _word_pattern()


def _build_folder() -> TextAnalyzer:
    """Tantivy's port of Lucene's ASCII folding, so that "œ" is "oe" in both engines."""
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.ascii_fold()).build()


_FOLDER = _build_folder()


@lru_cache(maxsize=65_536)
def reduce_word(word: str) -> str:
    """The term of one word: lower case, no marks, no accents, no plural ending."""
    lowered = word.lower().translate(_WEIGHTLESS)
    term = "".join(_FOLDER.analyze(lowered))
    for pattern, replacement in _RULES:
        term = pattern.sub(replacement, term)
    return term


def find_words(text: str) -> Iterator[Word]:
    """The words of a text in order, with their terms. Everything that is no letter and no digit separates."""
    for match in _WORD.finditer(text.replace("_", " ")):
        yield Word(term=reduce_word(match[1]), start=match.start(1), end=match.end(1))


def find_terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order, repeated as often as they stand there."""
    return tuple(reduce_word(word) for word in _WORD.findall(text.replace("_", " ")))
