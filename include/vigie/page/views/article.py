"""All that is shown of one article, read from the ledger and the index."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vigie.adapters.ledger import reports
from vigie.adapters.ledger.reports import History, Relative, Request
from vigie.articles.changes import Piece, read_diff
from vigie.dates.explaining import ToldDates, tell_dates
from vigie.errors import TransientError, UsageError
from vigie.knowledge.leaders import Leaders
from vigie.model import ArticleId, ArticleState, Tags
from vigie.page.drawing.people import Person, gather_people
from vigie.search.documents import Document, read_document
from vigie.stores import Stores

log = logging.getLogger(__name__)
VERSIONS_COMPARED = 30
"""The newest, word by word: a live page has hundreds. The older ones keep their diff as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version. `changes` are the paragraphs that changed, `is_upgrade`: the page replaced the feed's summary."""

    number: int
    origin: str
    seen_at: datetime
    title: str
    changed: tuple[str, ...]
    is_upgrade: bool
    has_page: bool
    diff: str | None
    changes: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """An address that leads to the article, and who said so."""

    url: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One article. `is_indexed` says that the index has it: then there are text and tags, of version `version`.

    `index_fault` says why the index could not be asked. `offices` of people are those of the article's date,
    `moment`. Offsets of `tags` are characters into `text`. Places and organisations have their names only.
    """

    id: ArticleId
    state: ArticleState
    duplicate_of: ArticleId | None
    reason: str | None
    error: str | None
    index_fault: str | None
    rights: str | None
    title: str
    url: str | None
    publisher: str
    feed_id: str
    feeds: tuple[str, ...]
    kind: str | None
    country: str | None
    language: str | None
    authors: tuple[str, ...]
    moment: datetime
    first_seen_at: datetime
    fetched_at: datetime | None
    indexed_at: datetime | None
    withdrawn_at: datetime | None
    fetch_error: str | None
    is_indexed: bool
    version: int | None
    origin: str | None
    standfirst: str
    text: str
    people: tuple[Person, ...]
    tags: Tags
    rules_version: str | None
    event_labels: dict[str, str]
    dates: ToldDates
    addresses: tuple[AddressView, ...]
    canonical_refused: str | None
    versions: tuple[VersionView, ...]
    has_archived: bool
    copy_of: ArticleId | None
    similarity: float | None
    copies: tuple[Relative, ...]
    requests: tuple[Request, ...]


def read_article(stores: Stores, article_id: str) -> ArticleView | None:
    """One article; None when the ledger does not know it."""
    history = reports.read_history(stores.ledger, ArticleId(article_id))
    if history is None:
        return None
    try:
        document, fault = stores.index.get(history.id), None
    except TransientError as error:
        document, fault = None, str(error)
    return _view(stores, history, document, fault)


def _view(stores: Stores, history: History, document: Document | None, fault: str | None) -> ArticleView:
    tagged = read_document(document) if document else None
    article, tags = (tagged.article, tagged.tags) if tagged else (None, Tags())
    dates = _tell_dates(history)
    moment = dates.published.at if dates.published else history.first_seen_at
    return ArticleView(
        **{name: getattr(history, name) for name in _FROM_HISTORY},
        title=(article.title if article else history.title) or "",
        index_fault=fault,
        feeds=tuple(dict.fromkeys(feed for feed, _entry in history.entries)),
        kind=article.kind if article else None,
        country=article.country if article else None,
        language=article.language if article else None,
        authors=article.authors if article else (),
        moment=moment,
        is_indexed=article is not None,
        version=article.version if article else None,
        origin=article.origin if article else None,
        standfirst=article.standfirst if article else "",
        text=article.text if article else "",
        people=gather_people(tags, _leaders(stores), moment.date()) if article else (),
        tags=tags,
        rules_version=tagged.rules_version if tagged else None,
        event_labels=_event_labels(stores, tags),
        dates=dates,
        addresses=tuple(AddressView(url=url, origin=origin) for url, origin in history.addresses if url),
        versions=tuple(_versions(history)),
        has_archived=_may_show_page(history) and any(each.page_record_id for each in history.versions),
        copies=history.family,
    )


_FROM_HISTORY = (
    *("id", "state", "duplicate_of", "reason", "error", "rights", "url", "publisher", "feed_id"),
    *("first_seen_at", "fetched_at", "indexed_at", "withdrawn_at", "fetch_error"),
    *("canonical_refused", "copy_of", "similarity", "requests"),
)


def _may_show_page(history: History) -> bool:
    """A publisher that reserves its texts leaves us what its feed says, and no more is shown."""
    return history.rights is None


def _tell_dates(history: History) -> ToldDates:
    return tell_dates(
        history.versions[-1].dates if history.versions else (),
        history.published,
        first_seen_at=history.first_seen_at,
        fetched_at=history.fetched_at,
    )


def _versions(history: History) -> Iterator[VersionView]:
    """The newest first."""
    for place, version in enumerate(reversed(history.versions)):
        compared = version.diff and not version.is_upgrade and place < VERSIONS_COMPARED
        yield VersionView(
            number=version.number,
            origin=version.origin,
            seen_at=version.seen_at,
            title=version.title,
            changed=version.changed,
            is_upgrade=version.is_upgrade,
            has_page=version.page_record_id is not None and _may_show_page(history),
            diff=version.diff,
            changes=tuple(read_diff(version.diff)) if compared and version.diff else (),
        )


def _leaders(stores: Stores) -> Leaders | None:
    """An article can be read while a table of the desk is being mended."""
    try:
        return stores.leaders
    except UsageError as error:
        log.warning("offices are not shown: %s", error)
        return None


def _event_labels(stores: Stores, tags: Tags) -> dict[str, str]:
    try:
        labels = stores.event_labels if tags.events else {}
    except UsageError as error:
        log.warning("kinds of events are shown by their ids: %s", error)
        labels = {}
    return {event.kind: labels.get(event.kind, event.kind) for event in tags.events}
