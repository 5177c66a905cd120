"""`vigie detect`: the detector of new topics behind the filter.

    lines -> articles -> their tags, or ours (tagging_ahead) -> copies -> detector -> alerts

An alert comes out as soon as the article that makes it due was tagged: nothing that has arrived waits for what has not.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from vigie.adapters.knowledge_files import load_knowledge, load_never_new
from vigie.articles.recent import RecentTexts
from vigie.batches import in_batches
from vigie.cli.arrivals import Arrivals
from vigie.cli.lines import Object
from vigie.cli.shapes import ArticleLine, error_of
from vigie.cli.tagging_ahead import MANY, Later, TaggingAhead
from vigie.model import Article, ArticleId, DateClaim, FeedId, TaggedArticle, Tags
from vigie.tagging.texts import TextToTag, Untaggable
from vigie.topics.detector import Detector
from vigie.wire import dump_object, load_json

TAG_NAMES = ("leaders", "topics", "places", "organizations", "quotes", "events", "keyphrases")
TAKEN_AT_ONCE = 2 * MANY
TAGGED_AT_ONCE = 128
"""As many as the tagger puts through its model at once."""
SUMMARY_CHARS = 700
"""No longer than a feed's summary: an article of its own says its subject again."""
LINGER_S = 0.3
"""For more than the first lines, once, before we know whether many wait: the model takes seconds to load anyway."""

Read = tuple[Article, Tags | None] | Object
"""An article, with its tags if it came with some; or the error that stands for what is none."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was read, in order, and the tags that come for those that have none."""

    items: list[Read]
    later: Later


def detect_lines(arrivals: Arrivals, ahead: TaggingAhead) -> Iterator[Object]:
    """The alerts of a stream, as they would have been sent."""
    never_new = load_never_new()
    detector = Detector(
        never=never_new.never,
        routine=never_new.routine,
        routine_titles=never_new.routine_titles,
        known_names=load_knowledge().names,
    )
    texts = RecentTexts()
    for tagged in _tag_all(arrivals, ahead):
        if isinstance(tagged, TaggedArticle):
            is_copy = texts.add(tagged.article)
            yield from (dump_object(alert) for alert in detector.observe(tagged, copy=is_copy))
        else:
            yield tagged


def _tag_all(arrivals: Arrivals, ahead: TaggingAhead) -> Iterator[TaggedArticle | Object]:
    """Each article with its tags, in order: those that are being tagged before those that are still to come."""
    waiting: deque[_Batch] = deque()
    linger_s = LINGER_S
    while lines := arrivals.take(TAKEN_AT_ONCE, linger_s=linger_s):
        linger_s = 0.0
        items = [_read(raw) for raw in lines]
        ahead.expect(len(_untagged(items)))
        waiting.extend(_Batch(part, ahead.tag(_untagged(part))) for part in in_batches(items, TAGGED_AT_ONCE))
        while waiting and (len(waiting) >= ahead.ahead or not arrivals.is_waiting()):
            yield from _finish(waiting.popleft())
    while waiting:
        yield from _finish(waiting.popleft())


def _untagged(items: Iterable[Read]) -> list[TextToTag]:
    return [_text(item[0]) for item in items if isinstance(item, tuple) and item[1] is None]


def _finish(batch: _Batch) -> Iterator[TaggedArticle | Object]:
    """The articles of a batch with their tags; the error of what is none, or cannot be tagged."""
    found = iter(batch.later())
    for item in batch.items:
        if not isinstance(item, tuple):
            yield item
            continue
        article, given = item
        tags = next(found) if given is None else given
        if isinstance(tags, Untaggable):
            yield {"id": article.id, "error": tags.reason}
        else:
            yield TaggedArticle(article=article, tags=tags, rules_version="")


def _read(raw: Object) -> Read:
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
    """What is tagged of an article: of a feed's entry the title too, which says as much as its summary, or is all of it."""
    whole = article.text if len(article.text) > SUMMARY_CHARS else f"{article.title}.\n{article.text}"
    return TextToTag(id=article.id, text=whole, title=article.title, date=article.date)


def _read_tags(raw: Object) -> Tags | None:
    """The tags that stand beside an article, or under `tags`; None where there are none."""
    given = raw.get("tags")
    if given is None:
        given = raw
    if not isinstance(given, dict):
        raise ValueError("tags: an object is expected")
    named = {name: given[name] for name in TAG_NAMES if given.get(name) is not None}
    return load_json(Tags, named) if named or given is not raw else None
