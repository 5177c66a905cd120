"""Sketches of texts, to find near copies: agency copy with another lead, a byline more, a paragraph less. Pure.

A sketch holds the MinHash signature of a text's runs of five words (Broder, "On the resemblance and containment of
documents", 1997), read by bands (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4), and its facts:
figures, days and names, each with the words around it. Two texts that state other facts between the same words are two
issues of a series (a diary, a weather report, condolences) or a dispatch and its update: no copies.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from vigie.plaintext import drop_invisible

RUN_WORDS = 5
LEAST_WORDS = 50
"""A shorter text is a copy only to the letter: of 45 runs of words, three changed words break a third."""
VALUES = 128
"""16 bits each. The standard error of a similarity of 0.6 is 0.043."""
BANDS, ROWS = 32, 3
"""Two texts meet in a band with probability 1 - (1 - s^3)^32: 0.98 at s = 0.5, 0.05 at s = 0.12."""
LEAST_SIMILARITY = 0.45
"""Measured on pairs of our own (tests/unit/alike.py): edited agency copies 0.59 and more, two of them 0.45 and more;
the same event written twice 0.05. Communiqués that share formulas reach 0.95: their facts tell them apart."""
FACTS = 96
"""How many facts are compared, at most: those with the smallest hashes of their surroundings, the same in copies."""
MOST_OTHER_FACTS = 0.1
"""What share of the places that two texts have in common may hold other facts: a figure that was corrected in a long
dispatch. Copies of our pairs have none; two diaries of two Mondays differ in one place of seven."""
FORM = "1"
"""Bands of another form of sketch never meet these: raise it with any change above."""

_WORD_RE = re.compile(r"\w+")
_SENTENCE_END_RE = re.compile(r"(?:(?<!\bM)(?<!\bMM)(?<!\bDr)\.|[!?…:\n«»\"“”•|-])\s*$")
_DAYS = frozenset(
    (
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
        *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """`minima` are `VALUES` numbers of 16 bits; `facts` pairs of 16 bits: the hash of a place, and of what is there."""

    minima: bytes
    facts: bytes

    def dump(self) -> bytes:
        """For a column of the ledger: at most 0.7 kB."""
        return self.minima + self.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    is_fact: bool


def load_sketch(data: bytes) -> Sketch:
    """What `dump` wrote."""
    return Sketch(minima=data[: 2 * VALUES], facts=data[2 * VALUES :])


def sketch_text(text: str) -> Sketch | None:
    """The sketch of a text; None for one of fewer than `LEAST_WORDS` words."""
    words = list(_read_words(drop_invisible(text)))
    if len(words) < LEAST_WORDS:
        return None
    runs = {
        " ".join(word.text for word in words[start : start + RUN_WORDS])
        for start in range(len(words) - RUN_WORDS + 1)
    }
    hashes = np.fromiter((_hash(run) for run in runs), dtype=np.uint64, count=len(runs))
    facts = sorted({(_hash(place) & 0xFFFF, _hash(fact) & 0xFFFF) for place, fact in _list_facts(words)})
    return Sketch(minima=_minima(hashes).tobytes(), facts=np.array(facts[:FACTS], dtype="<u2").tobytes())


def is_short(text: str) -> bool:
    """True for a text that has no sketch, however it is cleaned: what is dropped of a text only takes words away."""
    return len(_WORD_RE.findall(text)) < LEAST_WORDS


def bands_of(sketch: Sketch) -> tuple[str, ...]:
    """The keys under which a sketch is kept; near copies share at least one."""
    size = 2 * ROWS
    return tuple(
        f"{FORM}.{band}.{sketch.minima[band * size : (band + 1) * size].hex()}" for band in range(BANDS)
    )


def similarity(one: Sketch, other: Sketch) -> float:
    """The share of runs of words that two texts have in common, estimated: 0 to 1."""
    equal = np.frombuffer(one.minima, "<u2") == np.frombuffer(other.minima, "<u2")
    return float(np.mean(equal))


def copy_similarity(one: Sketch, other: Sketch) -> float | None:
    """How alike two texts are when one is a copy of the other, with small edits; None when it is not."""
    alike = similarity(one, other)
    return alike if alike >= LEAST_SIMILARITY and not _facts_differ(one, other) else None


def _facts_differ(one: Sketch, other: Sketch) -> bool:
    """True when places that both texts have hold other facts. "lundi" and "lundi 3 mars" go together."""
    mine, theirs = _by_place(one), _by_place(other)
    shared = mine.keys() & theirs.keys()
    conflicts = sum(1 for place in shared if mine[place] - theirs[place] and theirs[place] - mine[place])
    return conflicts > MOST_OTHER_FACTS * len(shared)


def _by_place(sketch: Sketch) -> dict[int, set[int]]:
    """The facts at each place; the last place of a sample that is full may be cut, and is left out."""
    found: dict[int, set[int]] = {}
    pairs = np.frombuffer(sketch.facts, "<u2").reshape(-1, 2).tolist()
    for place, fact in pairs:
        found.setdefault(place, set()).add(fact)
    if len(pairs) == FACTS:
        found.pop(pairs[-1][0])
    return found


def _read_words(text: str) -> Iterator[_Word]:
    """The words of a text, folded. Facts: figures, days, months, and capitals that do not begin a sentence."""
    for match in _WORD_RE.finditer(text):
        word, before = _fold(match[0]), text[max(0, match.start() - 5) : match.start()]
        is_name = match[0][0].isupper() and bool(before) and not _SENTENCE_END_RE.search(before)
        yield _Word(text=word, is_fact=is_name or word in _DAYS or any(c.isdigit() for c in word))


def _list_facts(words: Sequence[_Word]) -> Iterator[tuple[str, str]]:
    """Each fact with its place: the two plain words before it and the two after it."""
    plain = [word.text for word in words if not word.is_fact]
    passed = 0
    for is_fact, group in groupby(words, key=lambda word: word.is_fact):
        together = list(group)
        if not is_fact:
            passed += len(together)
            continue
        place = f"{' '.join(plain[max(0, passed - 2) : passed])} _ {' '.join(plain[passed : passed + 2])}"
        for fact in together:
            yield place, fact.text


def _minima(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """The smallest hash under each of `VALUES` multiply-add functions modulo 2^64, folded to 16 bits."""
    factors, terms = _functions()
    smallest = np.full(VALUES, 2**64 - 1, dtype=np.uint64)
    for start in range(0, len(hashes), 1024):  # in parts: a long debate has 100,000 runs
        part = hashes[start : start + 1024, None] * factors + terms
        smallest = np.minimum(smallest, part.min(axis=0))
    mixed = (smallest ^ (smallest >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(48)).astype("<u2")


@cache
def _functions() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """From a digest, not from a random generator: the same on every machine and with every release of numpy."""
    factors = [_hash(f"factor {i}") | 1 for i in range(VALUES)]
    terms = [_hash(f"term {i}") for i in range(VALUES)]
    return np.array(factors, dtype=np.uint64), np.array(terms, dtype=np.uint64)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
