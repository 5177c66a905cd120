"""How two articles are related by their texts: the same article twice, a copy and its original, or neither. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vigie.articles.sketches import copy_similarity, load_sketch, similarity
from vigie.urls import same_site

TELLING_WORDS = 4
"""So many words of a title are enough to know it inside a longer one: "Vidéo. Le pont de Sarvoles rouvre". Of 24 pairs
of one text under two addresses of a site (3,625 entries of four publishers) all have such titles, and none of 9 pairs of
a series with one text ("Les tabous de la santé : …") has."""
UNLIKE_TEXTS = 0.1
"""Texts that have less in common are two articles, whatever address they claim. Versions of one page have more; the
same event written twice 0.05 (tests/unit/alike.py)."""
_WORD_RE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What of an article is compared. `body_hash` and `sketch` are None where the text is too short for them.

    `is_whole` says that the text is the article's own, not a feed's summary of it.
    """

    id: str
    first_seen_at: datetime
    feed_id: str
    url: str | None
    title: str
    body_hash: str | None
    sketch: bytes | None
    is_whole: bool

    @property
    def order(self) -> tuple[datetime, str]:
        """Of two copies the smaller one is the first."""
        return self.first_seen_at, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The article that had a text first, and how alike the two are, 0 to 1."""

    id: str
    similarity: float


def is_same_article(one: Likeness, other: Likeness) -> bool:
    """The same text to the letter, under titles that are alike, at two addresses of one site."""
    return (
        _same_text(one, other)
        and one.is_whole
        and other.is_whole
        and _on_one_site(one, other)
        and are_titles_alike(one.title, other.title)
    )


def find_original(article: Likeness, others: Iterable[Likeness]) -> Original | None:
    """The first of the articles that came before this one and have its text."""
    earlier = sorted(
        (other for other in others if other.order < article.order), key=lambda other: other.order
    )
    for other in earlier:
        alike = rate_copy(other, article)
        if alike is not None:
            return Original(id=other.id, similarity=alike)
    return None


def rate_copy(one: Likeness, other: Likeness) -> float | None:
    """How alike two texts are when one is a copy of the other; None when it is not.

    On one site a copy is exact and has a like title: a site's series repeats itself, and its wall of text for those
    who have not paid stands under many titles.
    """
    if _on_one_site(one, other):
        return 1.0 if _same_text(one, other) and are_titles_alike(one.title, other.title) else None
    if _same_text(one, other):
        return 1.0
    if one.sketch is None or other.sketch is None:
        return None
    return copy_similarity(load_sketch(one.sketch), load_sketch(other.sketch))


def are_unlike(one: Likeness, other: Likeness) -> bool:
    """True for two articles that cannot be one: their titles have no word in common, nor their texts any sentence."""
    titles = set(_words(one.title)), set(_words(other.title))
    if _same_text(one, other) or titles[0] & titles[1] or not all(titles):
        return False
    if one.sketch is None or other.sketch is None:
        return True
    return similarity(load_sketch(one.sketch), load_sketch(other.sketch)) < UNLIKE_TEXTS


def are_titles_alike(one: str, other: str) -> bool:
    """True for the same words, or when all of one title stands in the other."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if shorter == longer:
        return True
    size = len(shorter)
    return size >= TELLING_WORDS and any(
        longer[start : start + size] == shorter for start in range(len(longer) - size + 1)
    )


def _words(title: str) -> list[str]:
    folded = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return _WORD_RE.findall(folded.casefold())


def _same_text(one: Likeness, other: Likeness) -> bool:
    return one.body_hash is not None and one.body_hash == other.body_hash


def _on_one_site(one: Likeness, other: Likeness) -> bool:
    if one.url and other.url:
        return same_site(one.url, other.url)
    return one.feed_id == other.feed_id
