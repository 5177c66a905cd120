"""What the filters read, a line each, and the line that stands for one that cannot be done."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from vigie.cli.lines import Object

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


def error_of(raw: Object, error: Exception) -> Object:
    """The line that stands for a document that cannot be done."""
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        message = f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
    else:
        message = " ".join(str(error).split()) or type(error).__name__
    return {"id": raw.get("id"), "error": message}
