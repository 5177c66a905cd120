"""The filters: JSON Lines in on standard input, JSON Lines out, one line per document, in input order.

A document that cannot be done gives `{"id", "error"}` and the filter goes on. Input that is not JSON Lines ends it
with exit 2.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError

from vigie.batches import in_batches
from vigie.errors import UsageError
from vigie.model import DateClaim

FILTER_ZONE = "Europe/Paris"
"""Reads the dates of pages that write no offset: a filter knows no publisher."""
TAGGED_AT_ONCE = 32


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

    title: str = ""
    text: str = ""
    published_at: datetime
    source: str = ""
    url: str | None = None
    kind: str = "press"


def extract() -> None:
    """Pages in, articles out: {"id", "url"?, "html_path"|"html", "date"?} a line."""
    for raw in _read_objects():
        _write(_answer(raw, _extract_one))


def tag() -> None:
    """Texts in, tags out: {"id", "date", "title"?, "text", "language"?, "source_country"?} a line."""
    from vigie.cli.tagging import tag_lines

    for batch in in_batches(_read_objects(), TAGGED_AT_ONCE):
        for answer in tag_lines(batch):
            _write(answer)


def detect() -> None:
    """Articles in time order in, the alerts they would have made out."""
    from vigie.cli.detecting import detect_lines

    for alert in detect_lines(_read_objects()):
        _write(alert)


def error_of(raw: dict[str, Any], error: Exception) -> dict[str, Any]:
    """The line that stands for a document that cannot be done."""
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        message = f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
    else:
        message = " ".join(str(error).split()) or type(error).__name__
    return {"id": raw.get("id"), "error": message}


def _answer(raw: dict[str, Any], work: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = work(raw)
    except Exception as error:  # one odd document must not end the filter
        return error_of(raw, error)
    return answer


def _extract_one(raw: dict[str, Any]) -> dict[str, Any]:
    from vigie.dates import choose_published
    from vigie.extract import extract_page
    from vigie.languages import detect_language

    line = PageLine.model_validate(raw)
    page = extract_page(_html_of(line), url=line.url, zone=FILTER_ZONE)
    if not (page.title or page.text):
        return {"id": line.id, "error": page.problem or "no title and no text"}
    published = choose_published(page.claims, _seen_at(line.date))
    return {
        "id": line.id,
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


def _seen_at(date: str | None) -> datetime:
    """The end of the day that is given: a page may have been published at any hour of it."""
    if not date:
        return datetime.now(UTC)
    try:
        seen = datetime.fromisoformat(date)
    except ValueError:
        return datetime.now(UTC)
    return seen.astimezone(UTC) if seen.tzinfo else seen.replace(tzinfo=UTC) + timedelta(days=1)


def _local(claim: DateClaim) -> str:
    """With the offset it was written with, so that the day reads as the page says it."""
    if claim.offset_minutes is None:
        return claim.at.astimezone(ZoneInfo(FILTER_ZONE)).isoformat()
    return (claim.at + timedelta(minutes=claim.offset_minutes)).replace(tzinfo=None).isoformat() + _offset(
        claim.offset_minutes
    )


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _read_objects() -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise UsageError(f"standard input, line {number}: not JSON: {error}") from error
        if not isinstance(value, dict):
            raise UsageError(
                f"standard input, line {number}: a JSON object is expected, not {type(value).__name__}"
            )
        yield value


def _write(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
