"""The texts of a stream's last weeks, in memory: is this article a copy of one that came before it? Pure."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vigie.articles.changes import drop_noise
from vigie.articles.compose import hash_text
from vigie.articles.kinship import Likeness, rate_copy
from vigie.articles.sketches import bands_of, is_short, sketch_text
from vigie.model import Article

WINDOW = timedelta(days=31)
"""As far as the detector of new topics looks back, and a little: about 8 kB an article."""
MOST_IN_BAND = 64
"""As in the ledger: a formula that thousands share costs no more than one that few do."""


@dataclass(slots=True)
class RecentTexts:
    """What came in the `WINDOW` before the newest article. An article is compared with those before it only."""

    _likenesses: dict[int, Likeness] = field(default_factory=dict)
    _bands: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _arrived: deque[tuple[datetime, int, tuple[str, ...]]] = field(default_factory=deque)
    _count: int = 0

    def add(self, article: Article) -> bool:
        """Remember an article; True when it is a copy of an earlier one, or the same at another address."""
        self._forget(article.date - WINDOW)
        likeness, keys = _look_at(article)
        met = sorted({number for key in keys for number in self._bands.get(key, ())})
        is_copy = any(rate_copy(self._likenesses[number], likeness) is not None for number in met)
        self._remember(article.date, likeness, keys)
        return is_copy

    def _remember(self, at: datetime, likeness: Likeness, keys: tuple[str, ...]) -> None:
        self._count += 1
        self._likenesses[self._count] = likeness
        self._arrived.append((at, self._count, keys))
        for key in keys:
            if len(self._bands[key]) < MOST_IN_BAND:
                self._bands[key].add(self._count)

    def _forget(self, before: datetime) -> None:
        while self._arrived and self._arrived[0][0] < before:
            _at, number, keys = self._arrived.popleft()
            del self._likenesses[number]
            for key in keys:
                self._bands[key].discard(number)
                if not self._bands[key]:
                    del self._bands[key]


def _look_at(article: Article) -> tuple[Likeness, tuple[str, ...]]:
    # A feed's summary is too short for a sketch; to find that out costs six times what all else does.
    sketch = None if is_short(article.text) else sketch_text(drop_noise(article.text))
    body_hash = hash_text(article)
    likeness = Likeness(
        id=article.id,
        first_seen_at=article.first_seen_at,
        feed_id=article.feed_id,
        url=article.url,
        title=article.title,
        body_hash=body_hash,
        sketch=sketch.dump() if sketch else None,
        is_whole=True,
    )
    return likeness, (*([f"text.{body_hash}"] if body_hash else []), *(bands_of(sketch) if sketch else ()))
