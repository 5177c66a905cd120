"""The French analysis of the index: how a text becomes the terms that a search compares.

One analysis, said twice: here in Python, for questions, for snippets and for Tantivy, and in
`include/elasticsearch/analysis.json`, for Elasticsearch. A test runs both over the same words and wants the same terms.

Each word has two terms. Its *plain* term is the word in lower case, without accents and elided article: what a quoted
phrase is compared with, whatever the language. Its *light* term has French endings levelled as well, by the rules below:
plural, feminine, and what a verb shares with its participle. The rules leave alone what they would make one of two
names or of two things ("Françoise" and "François", "la droite" and "le droit"). No word is thrown away, however common
or long: a run of more than 200 letters becomes several terms side by side.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ELIDED = r"(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
APOSTROPHES = "'’‘‛ʼ′´`＇"


def _but(*words: str) -> str:
    """At the end of a pattern: none of these words, each ending as the pattern does."""
    lengths = sorted({len(word) for word in words})
    same = ("|".join(word for word in words if len(word) == length) for length in lengths)
    return "".join(f"(?<!^(?:{alike}))" for alike in same)


PLURALS = (
    ("aux$(?:(?<=^[a-z]{2}aux)|(?<=[a-z]{3}aux))(?<!eaux)", "al"),
    # A word of three letters is seldom a plural but for "ans", and these few are none although they look it.
    (
        "[sx]$(?:(?<=^ans)|(?<=[a-z0-9]{3}[sx])(?<!s[sx])"
        + _but("bras", "mais", "fils", "plus", "sous", "vers", "paris")
        + ")",
        "",
    ),
)
"""Regular expressions and what stands in their place, in order, on folded words; Java and Python read them alike.

Each begins with its ending and looks back from there: a word without it fails at every letter at once, and one rule in
fifteen is tried in earnest. The other way round a bulk took twice as long in Elasticsearch.
"""

_NAMES_IN_E = (
    *("armande", "augustine", "carole", "christiane", "constantine", "daniele", "fernande", "france"),
    *("germaine", "gilberte", "justine", "marine", "martine", "michele", "pascale", "raymonde", "rolande"),
    *("severine", "simone", "sylvaine", "valentine"),
)
_NAMES_IN_ELLE = ("danielle", "emmanuelle", "gabrielle", "marcelle", "michelle", "raphaelle")
_NAMES_IN_ENNE = (
    *("adrienne", "emilienne", "fabienne", "julienne", "lucienne", "sebastienne"),
    "vivienne",
)
_NAMES_IN_EE = ("andree", "crimee", "elysee", "entree", "portee")
_OTHER_THINGS_IN_E = ("arrete", "commune", "droite", "machine", "medecine", "pointe", "retraite", "traite")
"""Beside "arrêt", "commun", "droit", "machin", "médecin", "point", "retrait" and "trait"."""

LIGHT = (
    (
        "e(?:er$(?<=[a-z]{4}eer)|r$(?<=[a-z]{3}er)"
        + _but("anger", "berger", "etranger", "messager", "passager", "potager", "usager")
        + "|re$(?:(?<=[a-z]iere)|(?<=[a-z]{2}gere)|(?<=[a-z]chere)|(?<=illere))"
        + _but("etrangere")
        + "|rer$(?:(?<=[a-z]ierer)|(?<=[a-z]{2}gerer)|(?<=[a-z]cherer)|(?<=illerer))"
        + "|e$(?<=[a-z]{4}ee)"
        + _but(*_NAMES_IN_EE)
        + ")",
        "e",
    ),
    ("trice$(?<=[a-z]{2}trice)", "teur"),
    ("ive$(?<=[a-z]{3}ive)", "if"),
    (
        "[lns]e$(?<=[a-z]{3}(?:aise|elle|enne|euse|oise|onne))"
        + _but("colonne", "francoise", *_NAMES_IN_ELLE, *_NAMES_IN_ENNE),
        "",
    ),
    (
        "e$(?:(?<=^elue)|(?<=[a-z0-9]{5}e)"
        + _but(
            *(*_NAMES_IN_E, *_NAMES_IN_EE, *_NAMES_IN_ELLE, *_NAMES_IN_ENNE, "francoise", "colonne"),
            *_OTHER_THINGS_IN_E,
        )
        + ")",
        "",
    ),
)
"""The light stemming, after the plurals: feminine and participles. Words under six letters keep their -e."""


def _inner_characters() -> str:
    """Combining marks and invisible format characters: they belong to the word they stand in, and weigh nothing."""
    points = (*range(0xAD, 0x20000), *range(0xE0000, 0xE0200))
    return "".join(chr(p) for p in points if unicodedata.category(chr(p)) in ("Mn", "Mc", "Me", "Cf"))


_INNER = _inner_characters()
_INNER_SET = frozenset(_INNER)
_WEIGHTLESS = dict.fromkeys(map(ord, _INNER))
_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in (*PLURALS, *LIGHT))


def _word_pattern(letters: str) -> re.Pattern[str]:
    """The looks ahead change nothing but the time: most words have no apostrophe, and do not begin with an a."""
    elided = rf"(?:(?=\w{{1,8}}[{APOSTROPHES}]){ELIDED}[{APOSTROPHES}])?"
    return re.compile(rf"{elided}((?=[aA])(?i:aujourd['’]hui)|{letters})")


_WORD = _word_pattern(rf"\w[\w{re.escape(_INNER)}]{{0,199}}")
_PLAIN_WORD = _word_pattern(r"\w{1,200}")
"""For texts without a character of `_INNER`, nearly all: the class of 2,500 characters took six times as long."""


def _build_folder() -> TextAnalyzer:
    """Tantivy's port of Lucene's ASCII folding, so that "œ" is "oe" in both engines."""
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.ascii_fold()).build()


_FOLDER = _build_folder()


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """The plain term of one word: lower case, no marks, no accents."""
    return "".join(_FOLDER.analyze(word.lower().translate(_WEIGHTLESS)))


@lru_cache(maxsize=65_536)
def reduce_word(word: str) -> str:
    """The light term of one word: its plain one with the endings levelled."""
    term = fold_word(word)
    for pattern, replacement in _RULES:
        term = pattern.sub(replacement, term)
    return term


def find_words(text: str) -> Iterator[re.Match[str]]:
    """The words of `split_words` one after the other, each as group 1 of its match."""
    return _pattern_for(text).finditer(text.replace("_", " "))


def find_terms(text: str) -> tuple[str, ...]:
    """The light terms of a text in order, repeated as often as they stand there."""
    return tuple(map(reduce_word, split_words(text)))


def find_plain_terms(text: str) -> tuple[str, ...]:
    """The plain terms of a text in order, repeated as often as they stand there."""
    return tuple(map(fold_word, split_words(text)))


def split_words(text: str) -> list[str]:
    """The words of a text as they are written, without elided articles. What is no letter and no digit separates."""
    found: list[str] = _pattern_for(text).findall(text.replace("_", " "))
    return found


def _pattern_for(text: str) -> re.Pattern[str]:
    return _PLAIN_WORD if _INNER_SET.isdisjoint(text) else _WORD
