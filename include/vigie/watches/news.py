"""What a watch is told of an article, and when it stays silent. The clock is an argument.

- An article is told once to a watch, whichever of its versions matches first.
- One that was first seen before the watch was made is no news: a new watch does not begin with the past.
- Nor is an import that was published more than two days before it was loaded: a corpus of ten years is no alert. What
  comes by import on the day it appears is told like any other.
- A text is told once: an article with the same text as one that the watch has found is counted, not told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.model import ArticleId, ArticleOrigin, FeedKind

NEWS = timedelta(days=2)
"""What is older than this when it comes is history; `steps.deciding` says the same of topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """An indexed article that the watches have not seen in this `version`; `seen` is the one they saw before, or 0."""

    id: ArticleId
    version: int
    seen: int
    first_seen_at: datetime
    published_at: datetime | None
    kind: FeedKind
    origin: ArticleOrigin
    copy_of: ArticleId | None

    @property
    def text_id(self) -> ArticleId:
        """The article that had its text first."""
        return self.copy_of or self.id

    @property
    def is_history(self) -> bool:
        """Whether it came by import, long after it was published or without a date."""
        if self.origin != "import":
            return False
        return self.published_at is None or self.first_seen_at - self.published_at > NEWS

    def is_news_since(self, made_at: datetime) -> bool:
        """Whether a watch that was made then is told of it."""
        return not self.is_history and self.first_seen_at >= made_at

    def may_be_communique(self, now: datetime) -> bool:
        """Whether it is worth reading for that: official and of these days. Undated, the day it came is its day."""
        at = self.published_at or self.first_seen_at
        return self.kind == "official" and not self.is_history and now - at <= NEWS
