"""What may be imported: JSON Lines of old articles, one object a line. Pure: lines in, entries out.

Each line has a `title` or a text, and what else is known: `url`, `feed` (an id of the feeds file, or any name of a
source), `text` or `summary`, `html` (a whole page, extracted as if it had been fetched), `published_at` or
`published`, `authors`, `language`, `country`, `kind`, `categories`. Unknown keys are kept out and harm nothing.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vigie.dates.parsing import parse_date
from vigie.dates.zones import ZONE_OF_COUNTRY
from vigie.errors import UsageError
from vigie.model import Entry, EntryId, Feed, FeedId, FeedKind
from vigie.plaintext import drop_invisible, fold_line, strip_markup
from vigie.urls import is_web_address


class ImportLine(BaseModel):
    """One line of an import, as people write it."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, row: Any) -> Any:
        return {k: v for k, v in row.items() if v is not None} if isinstance(row, dict) else row

    url: str | None = None
    feed: str | None = None
    source: str | None = None
    publisher: str | None = None
    title: str = ""
    text: str = ""
    summary: str = ""
    html: str | None = None
    published_at: str | None = None
    published: str | None = None
    authors: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)
    language: str | None = Field(None, max_length=20)
    country: str = Field("FR", max_length=20)
    kind: FeedKind = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One line, read: the entry, the source it belongs to, and its page if it came with one."""

    feed: Feed
    entry: Entry
    html: str | None


def read_line(line: str, *, where: str, feeds: Mapping[FeedId, Feed]) -> Import:
    """One line of an import; `UsageError` names the place and the field that is wrong."""
    try:
        row = ImportLine.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"]) or "line"
        raise UsageError(f"{where}: {field}: {fault['msg']}") from error
    feed = _feed_of(row, feeds)
    return Import(feed=feed, entry=_entry_of(row, feed), html=row.html)


def _feed_of(row: ImportLine, feeds: Mapping[FeedId, Feed]) -> Feed:
    name = row.feed or row.source or row.publisher or "import"
    known = feeds.get(FeedId(name))
    if known:
        return known
    return Feed(
        id=FeedId(f"import:{_slug_of(name)}"[:200]),
        url="",
        publisher=fold_line(row.publisher or row.source or name),
        kind=row.kind,
        language=row.language or "fr",
        country=row.country,
        zone=ZONE_OF_COUNTRY.get(row.country.upper(), "UTC"),
        enabled=False,
        reason="source d'un import",
    )


def _slug_of(name: str) -> str:
    """A name in letters that an id may have; two names without any of these letters stay two."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
    return slug or hashlib.sha256(name.encode()).hexdigest()[:12]


def _entry_of(row: ImportLine, feed: Feed) -> Entry:
    url = row.url if row.url and is_web_address(row.url) else None
    title, text = fold_line(row.title), drop_invisible(row.text).strip()
    raw = row.published_at or row.published
    guid = url or hashlib.sha256(f"{title}\n{text or row.summary}\n{raw}".encode()).hexdigest()
    return Entry(
        id=EntryId(hashlib.sha256(f"{feed.id}\n{guid}".encode()).hexdigest()[:32]),
        feed_id=feed.id,
        guid=guid,
        url=url,
        title=title,
        summary=strip_markup(row.summary),
        text=text,
        authors=tuple(map(fold_line, row.authors)),
        categories=tuple(map(fold_line, row.categories)),
        published_raw=raw,
        published=parse_date(raw, origin="import", zone=feed.zone),
        language=row.language,
        origin="import",
    )
