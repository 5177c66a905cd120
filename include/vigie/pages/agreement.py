"""How much two texts agree: the F1 of their shingles of four words, counted, as public benchmarks of extraction do. Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice

_WORD_RE = re.compile(r"\w+")
SHINGLE_WORDS = 4

Shingles = Counter[tuple[str, ...]]


def count_shingles(text: str) -> Shingles:
    """Each run of four words and how often it occurs; a shorter text is one run."""
    words = _WORD_RE.findall(text.lower())
    if len(words) <= SHINGLE_WORDS:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(islice(words, start, None) for start in range(SHINGLE_WORDS)), strict=False))


def measure_agreement(one: Shingles, other: Shingles) -> float:
    """From 0 (nothing in common) to 1 (the same words in the same order, but for white space and punctuation)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def choose_most_agreed(texts: Mapping[str, str], witnesses: Mapping[str, str]) -> str:
    """The name of the text that agrees most with all other texts and witnesses; of equals, the first."""
    shingles = {name: count_shingles(text) for name, text in (*texts.items(), *witnesses.items())}

    def _score(name: str) -> float:
        return sum(measure_agreement(shingles[name], shingles[other]) for other in shingles if other != name)

    return max(texts, key=_score)
