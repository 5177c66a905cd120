"""Tagged articles to index documents and back. `include/elasticsearch/` maps each field; both are tested together."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from vigie.model import (
    Article,
    ArticleId,
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
from vigie.search.agenda_days import days_of
from vigie.wire import dump_object, load_json

Document = Mapping[str, Any]
"""A JSON object of the index: the one bare mapping that crosses functions."""

LATEST = timedelta(days=3)
"""An index that is away for longer than a weekend is an accident, and no measure of a day's delays."""

PLAIN = (
    *("id", "version", "origin", "url", "title", "standfirst", "text"),
    *("language", "publisher", "kind", "country"),
)
NESTED: Mapping[str, type[Any]] = {
    "leaders": LeaderMention,
    "topics": TopicTag,
    "quotes": Quote,
    "events": Event,
    "people": PersonTag,
    "reported": Quote,
}


def build_document(
    tagged: TaggedArticle, *, indexed_at: datetime, copy_of: ArticleId | None, before: Document | None = None
) -> Document:
    """The document of one version of one article; `before` is the one that it stands in for, if there is one.

    Lists of objects stand beside flat lists of their ids and names: dashboards cannot draw nested fields.
    """
    article, tags = tagged.article, tagged.tags
    return {
        **{name: getattr(article, name) for name in PLAIN},
        "source": article.feed_id,
        "authors": list(article.authors),
        **_dates(article, indexed_at),
        "delay_s": before.get("delay_s") if before else _delay_s(article, indexed_at),
        **{name: [dump_object(item) for item in getattr(tags, name)] for name in NESTED},
        "leader_ids": [person.id for person in tags.people],
        "leader_names": _once(person.name for person in tags.people),
        "leader_countries": _once(person.country for person in tags.people if person.country),
        "quote_speaker_ids": _once(q.speaker_id for q in (*tags.quotes, *tags.reported) if q.speaker_id),
        "subject_ids": [person.id for person in tags.people if person.subject],
        "topic_ids": [topic.id for topic in tags.topics],
        "topic_labels": [topic.label for topic in tags.topics],
        "places": _once(place.name for place in tags.places),
        "place_countries": _once(place.country for place in tags.places if place.country),
        "organizations": _once(organization.name for organization in tags.organizations),
        "event_dates": _once(day for event in tags.events for day in days_of(event)),
        "keyphrases": list(tags.keyphrases),
        "tag_limits": list(tags.limits),
        "copy_of": copy_of,
        "rules_version": tagged.rules_version,
    }


def complete_document(document: Document) -> Document:
    """A document of before some field was there, with what can be said of that field now; the others stay."""
    copy_of = document["copy_of"] and ArticleId(document["copy_of"])
    indexed_at = datetime.fromisoformat(document["indexed_at"])
    built = build_document(read_document(document), indexed_at=indexed_at, copy_of=copy_of)
    return {**built, **document}


def read_document(document: Document) -> TaggedArticle:
    """The tagged article that a document was built from; places and organisations come back by name only."""
    article = Article(
        # A document of before a field was there has its default.
        **{name: document[name] for name in PLAIN if name in document},
        feed_id=document["source"],
        authors=tuple(document["authors"]),
        published=_read_published(document),
        dates=(),
        first_seen_at=datetime.fromisoformat(document["first_seen_at"]),
        fetched_at=datetime.fromisoformat(document["fetched_at"]),
    )
    nested: dict[str, Any] = {
        # As above: what a document of before a field was there has not is empty.
        name: tuple(load_json(kind, item) for item in document.get(name, ()))
        for name, kind in NESTED.items()
    }
    tags = Tags(
        **nested,
        places=tuple(_named(name) for name in document["places"]),
        organizations=tuple(_named(name) for name in document["organizations"]),
        keyphrases=tuple(document["keyphrases"]),
        limits=tuple(document.get("tag_limits", ())),
    )
    return TaggedArticle(article=article, tags=tags, rules_version=document["rules_version"])


def passage_of(document: Document) -> str:
    """What a snippet is cut from: the standfirst, where there is one, and the text."""
    return f"{document.get('standfirst') or ''}\n{document['text']}".lstrip("\n")


def _dates(article: Article, indexed_at: datetime) -> dict[str, Any]:
    published = article.published
    return {
        "published_at": _iso(published.at) if published else None,
        "published_origin": published.origin if published else None,
        "published_precision": published.precision if published else None,
        "published_offset_minutes": published.offset_minutes if published else None,
        "first_seen_at": _iso(article.first_seen_at),
        "fetched_at": _iso(article.fetched_at),
        "indexed_at": _iso(indexed_at),
    }


def _delay_s(article: Article, indexed_at: datetime) -> int | None:
    """Seconds from when it was published to when it could be found, or None where that says nothing of Vigie.

    A day without its hour is no moment; an import was not waited for; and what was fetched long before is old news that
    is indexed again.
    """
    published = article.published
    if published is None or published.precision not in ("second", "minute") or article.origin == "import":
        return None
    if indexed_at - article.fetched_at > LATEST:
        return None
    return max(0, int((indexed_at - published.at).total_seconds()))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_published(document: Document) -> DateClaim | None:
    if document["published_at"] is None:
        return None
    return DateClaim(
        at=datetime.fromisoformat(document["published_at"]),
        origin=document["published_origin"],
        precision=document["published_precision"],
        offset_minutes=document["published_offset_minutes"],
        raw=document["published_at"],
    )


def _named(name: str) -> NamedThing:
    return NamedThing(name=name, mention=name, start=0, end=0)


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
