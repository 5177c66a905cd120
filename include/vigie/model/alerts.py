"""What is new, who is told, and what people taught."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from vigie.model.articles import ArticleId
from vigie.model.feeds import FeedKind

AlertId = NewType("AlertId", str)
AlertKind = Literal["topic", "watch", "communique", "operator", "digest"]
"""A new topic, an article that a watch found, a leader's communiqué, something for operators. A digest gathers the
others; it is sent as they are and listed apart."""
TrendId = NewType("TrendId", str)
TrendState = Literal["new", "growing", "steady", "fading", "quiet", "back"]
"""`new` when first told, then by its counts; `quiet` when nothing came for days; `back` when it rises after that."""
LessonId = NewType("LessonId", str)
LessonKind = Literal["mute", "rate", "follow"]
Verdict = Literal["useful", "noise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One term seen in one article: the unit that the detector of new topics counts.

    `term` is the normalised key, `label` the form to show. `source` is the publisher. `at` is the article's date.
    `copy` marks agency copies of another article, which count once.
    """

    term: str
    label: str
    article_id: ArticleId
    at: datetime
    source: str
    kind: FeedKind
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Evidence for an alert: where a term stands in an article."""

    article_id: ArticleId
    title: str
    url: str | None
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something new, and why we say so.

    `topic` is the label a person reads. `now` counts articles in the last `window_h` hours; `before` is the mean
    count of such a window over the baseline. `fired_at` is the date of the last article that was seen. An operator's
    alert has no terms and no articles: `topic` is its headline and `reason` its sentence.

    `about` is what it is of: a trend's id, a watch's, a person's, a feed's. `update` is the state that a trend turned to,
    None when it is told for the first time. `matched` are the words of the article that a watch found, as written there.
    `trend` is its articles a day, oldest first, the day of `fired_at` last (UTC).
    """

    id: AlertId
    fired_at: datetime
    topic: str
    terms: tuple[str, ...]
    article_ids: tuple[ArticleId, ...]
    now: int
    before: float
    window_h: int
    sources: tuple[str, ...]
    reason: str
    passages: tuple[Passage, ...] = ()
    kind: AlertKind = "topic"
    about: str | None = None
    update: TrendState | None = None
    matched: tuple[str, ...] = ()
    trend: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A topic that people talk about, as its counts go: what an alert was of, or may yet be of.

    `terms` are its labels, the leading one first. `counts` are its articles a day, oldest first, the day of `touched_at`
    last (UTC). `weight` is what its leading term weighs, `peak` the most it ever did. `told_at` is None until it was told.
    `article_ids` are the newest, oldest first.
    """

    id: TrendId
    label: str
    terms: tuple[str, ...]
    state: TrendState
    opened_at: datetime
    touched_at: datetime
    weight: float
    peak: float
    now: int
    before: float
    window_h: int
    counts: tuple[int, ...]
    sources: tuple[str, ...]
    article_ids: tuple[ArticleId, ...]
    told_at: datetime | None = None
    alert_id: AlertId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a person taught the detector; `vigie.topics.lessons` says what it does to later decisions.

    `target` is a term's key (`mute`), a trend's id (`mute`, `follow`) or an alert's (`rate`), `label` what a person reads
    for it. `terms` are the keys of the words it bears on. `until` ends it; None is for ever. `verdict` is of a rating.
    """

    id: LessonId
    kind: LessonKind
    target: str
    label: str
    made_at: datetime
    terms: tuple[str, ...] = ()
    verdict: Verdict | None = None
    until: datetime | None = None
