"""A tagged article survives its document; a page's schedule stays within its bounds."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import feed
from vigie.model import (
    Article,
    DateClaim,
    Event,
    LeaderMention,
    NamedThing,
    PersonTag,
    Quote,
    TaggedArticle,
    Tags,
    TopicTag,
)
from vigie.pages.schedule import next_fetch, next_try
from vigie.search.documents import build_document, read_document
from vigie.search.mapping import find_fault

day = datetime.fromisoformat  # hypothesis wants its bounds without a zone
MOMENTS = st.datetimes(day("1990-01-01"), day("2100-01-01"), timezones=st.just(UTC))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
IDS = st.text("abcdef0123456789", min_size=1, max_size=20)
PLACES = st.integers(0, 100_000)
SCORES = st.floats(0, 1)
CLAIMS = st.builds(
    DateClaim,
    at=MOMENTS,
    origin=st.sampled_from(["json-ld", "meta", "time", "page", "feed", "import", "url"]),
    precision=st.sampled_from(["second", "minute", "day", "month", "year"]),
    offset_minutes=st.none() | st.integers(-840, 840),
    raw=WORDS,
)
ARTICLES = st.builds(
    Article,
    id=IDS,
    version=st.integers(1, 1000),
    feed_id=WORDS,
    publisher=WORDS,
    kind=st.sampled_from(["official", "press"]),
    country=WORDS,
    url=st.none() | WORDS,
    title=WORDS,
    text=st.text(st.characters(exclude_categories=["Cs"])),
    authors=st.lists(WORDS, max_size=3).map(tuple),
    language=WORDS,
    published=st.none() | CLAIMS,
    dates=st.just(()),
    first_seen_at=MOMENTS,
    fetched_at=MOMENTS,
    origin=st.sampled_from(["page", "feed", "import"]),
)
LEADERS = st.builds(
    LeaderMention,
    id=WORDS,
    name=WORDS,
    mention=WORDS,
    start=PLACES,
    end=PLACES,
    via=st.sampled_from(["name", "title", "periphrasis", "pronoun-homologue"]),
    role=WORDS,
    country=WORDS,
    confidence=SCORES,
)
THINGS = st.builds(NamedThing, name=WORDS, mention=WORDS, start=PLACES, end=PLACES)


def few(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """A tuple of some."""
    return st.lists(items, max_size=3).map(tuple)


SPOKEN = st.builds(
    Quote,
    text=WORDS,
    start=PLACES,
    end=PLACES,
    speaker=st.none() | WORDS,
    speaker_id=st.none() | WORDS,
    kind=st.sampled_from(["direct", "partial", "indirect"]),
    mention=st.none() | WORDS,
)
EVENTS = st.builds(
    Event,
    kind=WORDS,
    text=WORDS,
    start=PLACES,
    end=PLACES,
    date=st.none() | st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]),
    last_date=st.none() | st.dates().map(str),
    participants=few(WORDS),
    participant_ids=few(WORDS),
    place=st.none() | WORDS,
    country=st.none() | WORDS,
)
PEOPLE = st.builds(
    PersonTag, id=WORDS, name=WORDS, role=WORDS, country=WORDS, mentions=PLACES, subject=st.booleans()
)
TAGS = st.builds(
    Tags,
    leaders=few(LEADERS),
    topics=few(st.builds(TopicTag, id=WORDS, label=WORDS, score=SCORES, words=few(WORDS))),
    places=few(THINGS),
    organizations=few(THINGS),
    quotes=few(SPOKEN),
    reported=few(SPOKEN),
    events=few(EVENTS),
    people=few(PEOPLE),
    limits=few(WORDS),
    keyphrases=few(WORDS),
)
TAGGED = st.builds(TaggedArticle, article=ARTICLES, tags=TAGS, rules_version=WORDS)


def as_indexed(item: TaggedArticle) -> TaggedArticle:
    """What a document keeps: the date as it was understood, places and organisations by name, each once."""
    published = item.article.published
    if published:
        published = replace(published, raw=published.at.isoformat().replace("+00:00", "Z"))
    names = {
        field: tuple(
            NamedThing(name=name, mention=name, start=0, end=0)
            for name in dict.fromkeys(thing.name for thing in getattr(item.tags, field))
        )
        for field in ("places", "organizations")
    }
    return replace(item, article=replace(item.article, published=published), tags=replace(item.tags, **names))


@given(TAGGED, MOMENTS, st.none() | IDS)
def test_a_document_gives_its_article_back(item: TaggedArticle, at: datetime, copy_of: str | None) -> None:
    document = build_document(item, indexed_at=at, copy_of=copy_of)  # type: ignore[arg-type]  # an id is a text
    assert find_fault(document) is None
    assert read_document(json.loads(json.dumps(document))) == as_indexed(item)


FEEDS = st.builds(
    feed,
    kind=st.sampled_from(["official", "press"]),
    poll_minutes=st.none() | st.integers(1, 10_000),
)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(0, 10_000))
def test_a_page_is_asked_later_or_never(seen: datetime, age: timedelta, tries: int) -> None:
    now = seen + age
    for following in (next_fetch(seen, now), next_try(seen, tries, now)):
        assert following is None or now < following <= max(now, seen) + timedelta(days=7)
