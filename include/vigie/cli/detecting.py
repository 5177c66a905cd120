"""`vigie detect`: the detector of new topics behind the filter."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from vigie.adapters.knowledge_files import load_never_new
from vigie.batches import in_batches
from vigie.cli.filters import TAGGED_AT_ONCE, ArticleLine, error_of
from vigie.cli.tagging import tagger
from vigie.model import Article, ArticleId, DateClaim, FeedId, TaggedArticle, Tags
from vigie.tagging.pipeline import TextToTag
from vigie.topics.detector import Detector
from vigie.wire import dump_object, load_json

TAG_NAMES = ("leaders", "topics", "places", "organizations", "quotes", "events", "keyphrases")


def detect_lines(objects: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The alerts of a stream, as they would have been sent."""
    never_new = load_never_new()
    detector = Detector(never=never_new.never, routine=never_new.routine)
    for batch in in_batches(objects, TAGGED_AT_ONCE):
        for tagged in _tag(batch):
            if isinstance(tagged, TaggedArticle):
                yield from (dump_object(alert) for alert in detector.observe(tagged))
            else:
                yield tagged


def _tag(batch: list[dict[str, Any]]) -> Iterator[TaggedArticle | dict[str, Any]]:
    articles = [_read(raw) for raw in batch]
    untagged = [
        a for a, raw in zip(articles, batch, strict=True) if isinstance(a, Article) and not _has_tags(raw)
    ]
    found = iter(tagger().tag(_text(article) for article in untagged) if untagged else ())
    for article, raw in zip(articles, batch, strict=True):
        if isinstance(article, Article):
            tags = _read_tags(raw) if _has_tags(raw) else next(found)
            yield TaggedArticle(article=article, tags=tags, rules_version="")
        else:
            yield article


def _read(raw: dict[str, Any]) -> Article | dict[str, Any]:
    try:
        return _article(raw)
    except ValueError as error:  # pydantic's errors are ValueErrors too
        return error_of(raw, error)


def _article(raw: dict[str, Any]) -> Article:
    line = ArticleLine.model_validate(raw)
    at = _utc(line.published_at)
    return Article(
        id=ArticleId(line.id),
        version=1,
        feed_id=FeedId(line.source),
        publisher=line.source,
        kind="official" if line.kind == "official" else "press",
        country="FR",
        url=line.url,
        title=line.title,
        text=line.text,
        authors=(),
        language="fr",
        published=DateClaim(at=at, origin="import", precision="second", offset_minutes=0, raw=at.isoformat()),
        dates=(),
        first_seen_at=at,
        fetched_at=at,
        origin="import",
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _text(article: Article) -> TextToTag:
    return TextToTag(id=article.id, text=article.text, title=article.title, date=article.date)


def _has_tags(raw: dict[str, Any]) -> bool:
    return "tags" in raw or any(name in raw for name in TAG_NAMES)


def _read_tags(raw: dict[str, Any]) -> Tags:
    given = raw.get("tags") or raw
    return load_json(Tags, {name: given[name] for name in TAG_NAMES if name in given})
