"""One article, and who and what it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from vigie.model.feeds import DateClaim, FeedId, FeedKind

ArticleId = NewType("ArticleId", str)
PersonId = NewType("PersonId", str)
"""A Wikidata id ("Q7747"), or `desk:` and a name where Wikidata's is not known."""
TopicId = NewType("TopicId", str)
"""`medtop:` and the eight digits of IPTC Media Topics, or `desk:` and a name of ours."""
ArticleOrigin = Literal["page", "feed", "import"]
ArticleState = Literal["waiting", "indexed", "duplicate", "rejected", "failed"]
Stage = Literal["extract", "tag", "index"]
QuoteKind = Literal["direct", "partial", "indirect"]
Via = Literal["name", "title", "periphrasis", "pronoun-homologue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article, extracted. `published` is None where nothing trustworthy says when.

    `standfirst` (the chapô) is not repeated in `text`. `rights` says why only the feed's entry is kept, where that is so.
    """

    id: ArticleId
    version: int
    feed_id: FeedId
    publisher: str
    kind: FeedKind
    country: str
    url: str | None
    title: str
    text: str
    authors: tuple[str, ...]
    language: str
    published: DateClaim | None
    dates: tuple[DateClaim, ...]
    first_seen_at: datetime
    fetched_at: datetime
    origin: ArticleOrigin
    standfirst: str = ""
    modified: DateClaim | None = None
    rights: str | None = None

    @property
    def date(self) -> datetime:
        """The moment this article speaks from: published, or else first seen."""
        return self.published.at if self.published else self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderMention:
    """A person in office named at `text[start:end]`, whatever they are called there."""

    id: PersonId
    name: str
    mention: str
    start: int
    end: int
    via: Via
    role: str
    country: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic of the taxonomy or of the desk; `words` are those that decided."""

    id: TopicId
    label: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """A place or an organisation named at `text[start:end]`; `name` is its usual form.

    `id` is a Wikidata id or `geonames:` and a number, where the gazetteer is certain; `country` is ISO 3166 alpha-2.
    """

    name: str
    mention: str
    start: int
    end: int
    id: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said, at `text[start:end]` without the marks, and who says it where that is known.

    `direct` and `partial` (a few words inside a sentence) stand between quotation marks; `indirect` is told without.
    `speaker` is a usual name, of a person or an institution, `mention` what the text calls them there ("il").
    """

    text: str
    start: int
    end: int
    speaker: str | None = None
    speaker_id: str | None = None
    kind: QuoteKind = "direct"
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens at a date: a call, a visit, a vote; `text[start:end]` is the sentence's part that tells it.

    `date` is the day meant ("2018-05-24") or as much of it as is known ("2018-05", "2018"), `last_date` the last one
    of several days. `participants` are usual names, `participant_ids` theirs where known.
    """

    kind: str
    text: str
    start: int
    end: int
    date: str | None = None
    last_date: str | None = None
    participants: tuple[str, ...] = ()
    participant_ids: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTag:
    """A leader in one article: how often it mentions them, headline and standfirst included, and whether they are its
    subject. Role and country are of the article's date."""

    id: PersonId
    name: str
    role: str
    country: str
    mentions: int
    subject: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Who and what an article is about. Each tuple is in order of appearance; topics are by score, people by mentions,
    highest first. `quotes` stand between quotation marks; `reported` is indirect speech.
    `limits` says in French what was not looked for, and why."""

    leaders: tuple[LeaderMention, ...] = ()
    topics: tuple[TopicTag, ...] = ()
    places: tuple[NamedThing, ...] = ()
    organizations: tuple[NamedThing, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    keyphrases: tuple[str, ...] = ()
    people: tuple[PersonTag, ...] = ()
    reported: tuple[Quote, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedArticle:
    """An article with its tags and the version of the rules that gave them."""

    article: Article
    tags: Tags
    rules_version: str
