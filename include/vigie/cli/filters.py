"""The filters: JSON Lines in on standard input, JSON Lines out, one line per document, in input order.

A document that cannot be done gives `{"id", "error"}` and the filter goes on. Input that is not JSON Lines ends it
with exit 2.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from vigie.cli.lines import Object, read_batches, read_objects, write_object
from vigie.errors import UsageError
from vigie.model import DateClaim
from vigie.settings import read_settings

FILTER_ZONE = "Europe/Paris"
"""Reads the dates of pages that write no offset: a filter knows no publisher."""
TAGGED_AT_ONCE = 32
OLDEST_YEAR, NEWEST_YEAR = 1800, 2200
"""A stream in time order is lost once a junk date is believed: the rest would all be late, or early, by centuries."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)
    id: str


class PageLine(_Line):
    """What `extract` reads. `date` is the moment the page was seen, as far as it is known."""

    url: str | None = None
    html: str | None = None
    html_path: Path | None = None
    date: str | None = None


class TextLine(_Line):
    """What `tag` reads."""

    text: str
    title: str | None = None
    date: str | None = None
    language: str | None = None
    source_country: str | None = None


class ArticleLine(_Line):
    """What `detect` reads: tags beside it (`keyphrases`, `leaders`…) when it was tagged already."""

    title: str | None = None
    text: str | None = None
    published_at: datetime
    source: str | None = None
    url: str | None = None
    kind: str | None = None

    @field_validator("published_at")
    @classmethod
    def _plausible(cls, value: datetime) -> datetime:
        if not OLDEST_YEAR <= value.year <= NEWEST_YEAR:
            raise ValueError(f"the year must be {OLDEST_YEAR} to {NEWEST_YEAR}")
        return value


def extract() -> None:
    """Pages in, articles out: {"id", "url"?, "html_path"|"html", "date"?} a line."""
    now = read_settings().now or datetime.now(UTC)
    for raw in read_objects(sys.stdin.buffer):
        write_object(_answer(raw, lambda raw: _extract_one(raw, now)))


def tag() -> None:
    """Texts in, tags out: {"id", "date", "title"?, "text", "language"?, "source_country"?} a line."""
    from vigie.cli.tagging import tag_lines

    for batch in read_batches(sys.stdin.buffer, TAGGED_AT_ONCE):
        for answer in tag_lines(batch):
            write_object(answer)


def detect() -> None:
    """Articles in time order in, the alerts they would have made out."""
    from vigie.cli.detecting import detect_lines

    for alert in detect_lines(read_batches(sys.stdin.buffer, TAGGED_AT_ONCE)):
        write_object(alert)


def error_of(raw: Object, error: Exception) -> Object:
    """The line that stands for a document that cannot be done."""
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        message = f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
    else:
        message = " ".join(str(error).split()) or type(error).__name__
    return {"id": raw.get("id"), "error": message}


def _answer(raw: Object, work: Callable[[Object], Object]) -> Object:
    try:
        return work(raw)
    except Exception as error:  # one odd document must not end the filter
        return error_of(raw, error)


def _extract_one(raw: Object, now: datetime) -> Object:
    from vigie.dates import choose_published
    from vigie.extract import extract_page
    from vigie.languages import detect_language

    line = PageLine.model_validate(raw)
    page = extract_page(_html_of(line), url=line.url, zone=FILTER_ZONE)
    if not (page.title or page.text):
        return {"id": raw["id"], "error": page.problem or "no title and no text"}
    published = choose_published(page.claims, _seen_at(line.date, now))
    return {
        "id": raw["id"],
        "title": page.title,
        "text": page.text,
        "description": page.description,
        "published_at": _local(published) if published else None,
        "published_origin": published.origin if published else None,
        "published_precision": published.precision if published else None,
        "language": detect_language(page.text or page.title, page.language),
        "authors": list(page.authors),
        "url": page.canonical or line.url,
        "problem": page.problem,
    }


def _html_of(line: PageLine) -> bytes | str:
    if line.html is not None:
        return line.html
    if line.html_path is None:
        raise UsageError("html or html_path is missing")
    try:
        return line.html_path.read_bytes()
    except OSError as error:
        raise UsageError(f"html_path: {line.html_path}: {error.strerror}") from error


def _seen_at(date: str | None, now: datetime) -> datetime:
    """The end of the day that is given: a page may have been published at any hour of it."""
    try:
        seen = datetime.fromisoformat(date or "")
        return seen.astimezone(UTC) if seen.tzinfo else seen.replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        return now


def _local(claim: DateClaim) -> str:
    """With the offset it was written with, so that the day reads as the page says it."""
    if claim.offset_minutes is None:
        return claim.at.astimezone(ZoneInfo(FILTER_ZONE)).isoformat()
    return claim.at.astimezone(timezone(timedelta(minutes=claim.offset_minutes))).isoformat()
