"""Words as the vectors of spaCy's French model (fastText, CC0), by the normal form that the taggers compare."""

import math
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import spacy
from spacy.util import get_lang_class

from vigie.tagging.pipeline import MODEL
from vigie.tagging.topics.patterns import normal

Matrix = npt.NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_]{2,}")
_SPELLINGS = 3
"""So many spellings of a word (capitals, accents, plural) have their vectors averaged, the commonest first."""
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt")
"""Their stop words say nothing of a topic; those of other languages would, as French texts have them in titles of films."""
_COMMON, _RARE = 50, 4_000
"""Ranks between which a word's weight grows from next to nothing to 1: "grand" says less than "séisme"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that weights are learned for: place, usual spelling and vector of each, scaled by how much it can say."""

    places: dict[str, int]
    spellings: list[str]
    vectors: Matrix


def read_vocabulary() -> Vocabulary:
    """The words that have a vector of their own in the model: the commonest of French on the web, 13,000."""
    nlp = spacy.load(MODEL, enable=[])
    table, strings = nlp.vocab.vectors, nlp.vocab.strings
    stop = {normal(word) for language in LANGUAGES for word in get_lang_class(language).Defaults.stop_words}
    rows: dict[str, list[int]] = {}
    spelled: dict[str, str] = {}
    own: dict[str, int] = {}
    seen: set[int] = set()
    for key, row in table.key2row.items():
        word = strings[key]
        if not _WORD.fullmatch(word) or (form := normal(word)) in stop:
            continue
        rows.setdefault(form, []).append(row)
        if row not in seen:
            seen.add(row)
            own.setdefault(form, len(own))
            spelled.setdefault(form, word)
    forms = list(own)
    vectors = np.stack([table.data[rows[form][:_SPELLINGS]].mean(axis=0) for form in forms])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    says = np.array([_weight(rank) for rank in range(len(forms))])
    return Vocabulary(
        places={form: place for place, form in enumerate(forms)},
        spellings=[spelled[form] for form in forms],
        vectors=(vectors * says[:, None]).astype(np.float32),
    )


def _weight(rank: int) -> float:
    return min(1.0, math.log1p(rank / _COMMON) / math.log1p(_RARE / _COMMON))
