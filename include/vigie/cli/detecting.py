"""`vigie detect`: the detector of new topics behind the filter."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from vigie.adapters.knowledge_files import load_never_new
from vigie.articles.recent import RecentTexts
from vigie.cli.lines import Object
from vigie.cli.shapes import ArticleLine, error_of
from vigie.model import Article, ArticleId, DateClaim, FeedId, TaggedArticle, Tags
from vigie.stores import load_tagger_once
from vigie.tagging.pipeline import TextToTag
from vigie.tagging.trials import Untaggable, tag_each
from vigie.topics.detector import Detector
from vigie.wire import dump_object, load_json

TAG_NAMES = ("leaders", "topics", "places", "organizations", "quotes", "events", "keyphrases")


def detect_lines(batches: Iterable[Sequence[Object]]) -> Iterator[Object]:
    """The alerts of a stream, as they would have been sent."""
    never_new = load_never_new()
    detector = Detector(never=never_new.never, routine=never_new.routine)
    texts = RecentTexts()
    for batch in batches:
        for tagged in _tag(batch):
            if isinstance(tagged, TaggedArticle):
                is_copy = texts.add(tagged.article)
                yield from (dump_object(alert) for alert in detector.observe(tagged, copy=is_copy))
            else:
                yield tagged


def _tag(batch: Sequence[Object]) -> Iterator[TaggedArticle | Object]:
    """Each article with its tags, its own or ours; the error of what is none."""
    read = [_read(raw) for raw in batch]
    untagged = [item[0] for item in read if isinstance(item, tuple) and item[1] is None]
    found = iter(tag_each(load_tagger_once(), [_text(article) for article in untagged]) if untagged else ())
    for raw, item in zip(batch, read, strict=True):
        if not isinstance(item, tuple):
            yield item
            continue
        article, given = item
        tags = next(found) if given is None else given
        if isinstance(tags, Untaggable):
            yield {"id": raw["id"], "error": tags.reason}
        else:
            yield TaggedArticle(article=article, tags=tags, rules_version="")


def _read(raw: Object) -> tuple[Article, Tags | None] | Object:
    """An article, with its tags if it came with some."""
    try:
        return _article(ArticleLine.model_validate(raw)), _read_tags(raw)
    except (ValueError, OverflowError) as error:  # pydantic's errors are ValueErrors too
        return error_of(raw, error)


def _article(line: ArticleLine) -> Article:
    at, source = _utc(line.published_at), line.source or ""
    return Article(
        id=ArticleId(line.id),
        version=1,
        feed_id=FeedId(source),
        publisher=source,
        kind="official" if line.kind == "official" else "press",
        country="FR",
        url=line.url,
        title=line.title or "",
        text=line.text or "",
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


def _read_tags(raw: Object) -> Tags | None:
    """The tags that stand beside an article, or under `tags`; None where there are none."""
    given = raw.get("tags")
    if given is None:
        given = raw
    if not isinstance(given, dict):
        raise ValueError("tags: an object is expected")
    named = {name: given[name] for name in TAG_NAMES if given.get(name) is not None}
    return load_json(Tags, named) if named or given is not raw else None
