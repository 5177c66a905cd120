"""`vigie extract`: the extractor behind the filter."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from vigie.adapters.confined.extractor import extract_confined
from vigie.cli.lines import Object
from vigie.cli.shapes import PageLine, error_of
from vigie.dates.choosing import choose_modified, explain_choice
from vigie.errors import UsageError
from vigie.languages import detect_language
from vigie.model import DateClaim
from vigie.wire import dump_object

FILTER_ZONE = "Europe/Paris"
"""Reads the dates of pages that write no offset: a filter knows no publisher."""


def extract_line(raw: Object, now: datetime) -> Object:
    """The answer to one line; what cannot be done is said in it."""
    try:
        return _extract(raw, now)
    except Exception as error:  # one odd document must not end the filter
        return error_of(raw, error)


def _extract(raw: Object, now: datetime) -> Object:
    line = PageLine.model_validate(raw)
    page = extract_confined(_html_of(line), url=line.url, zone=FILTER_ZONE)
    if not (page.title or page.text):
        return {"id": raw["id"], "error": page.problem or "no title and no text"}
    seen_at = _seen_at(line.date, now)
    choice = explain_choice(page.claims, seen_at)
    published, modified = choice.claim, choose_modified(page.claims, choice.claim, seen_at)
    refused = dict(choice.refused)
    return {
        "id": raw["id"],
        "title": page.title,
        "standfirst": page.standfirst,
        "text": page.text,
        "description": page.description,
        "published_at": _local(published) if published else None,
        "published_origin": published.origin if published else None,
        "published_precision": published.precision if published else None,
        "modified_at": _local(modified) if modified else None,
        "dates": [{**dump_object(claim), "reason": refused.get(claim)} for claim in page.claims],
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
