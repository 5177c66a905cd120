"""What a row of the feeds file may hold, field by field; what fields and rows ask of one another is in `file`. Pure."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from vigie.dates.zones import ZONE_OF_COUNTRY
from vigie.model import Expectation, Feed, FeedId


def _is_id(value: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,80}", value):
        raise ValueError("use letters, digits, `-`, `_` and `.` only, 80 at most")
    return value


def _is_web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s\x00-\x1f<>\"]", value):
        raise ValueError(f"`{value}` is no web address; write it whole, from http:// or https://")
    return value


def _is_country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError(f"`{value}` is no country code; write two capitals, such as FR")
    return value


def _is_language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"`{value}` is no language code; write it as fr or fr-CA")
    return value


def _is_zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, KeyError) as error:  # ZoneInfo says "unknown" in all three ways
        raise ValueError(f"`{value}` is no time zone; write an IANA name, such as Europe/Paris") from error


def _is_pattern(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"`{value}` is no regular expression: {error}") from error
    return value


def _is_said(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write something or take the line out")
    return value.strip()


_Said = Annotated[str, AfterValidator(_is_said)]
_Count = Annotated[int, Field(ge=0)]


class ExpectRow(BaseModel):
    """How much a feed is expected to bring."""

    model_config = ConfigDict(extra="forbid", strict=True)

    min_per_week: _Count | None = None
    max_per_day: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _can_be_met(self) -> "ExpectRow":
        if self.min_per_week and self.max_per_day and self.min_per_week > 7 * self.max_per_day:
            raise ValueError(
                "`min_per_week` is more than seven times `max_per_day`; lower one or raise the other"
            )
        return self


class FeedRow(BaseModel):
    """One row, each field right by itself."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[_Said, AfterValidator(_is_id)]
    url: Annotated[_Said, AfterValidator(_is_web_address)]
    publisher: _Said
    kind: Literal["official", "press"]
    language: Annotated[str, AfterValidator(_is_language)]
    country: Annotated[str, AfterValidator(_is_country)]
    poll_minutes: Annotated[int, Field(ge=1)] | None = None
    expect: ExpectRow = ExpectRow()
    zone: Annotated[str, AfterValidator(_is_zone)] | None = None
    enabled: bool = True
    reason: _Said | None = None
    note: _Said | None = None
    source: Literal["feed", "listing", "sitemap"] = "feed"
    pattern: Annotated[_Said, AfterValidator(_is_pattern)] | None = None
    beside: Annotated[_Said, AfterValidator(_is_id)] | None = None
    rights: Literal["licensed"] | None = None


def build_feed(read: FeedRow) -> Feed:
    """The feed that a row describes."""
    return Feed(
        id=FeedId(read.id),
        url=read.url,
        publisher=read.publisher,
        kind=read.kind,
        language=read.language,
        country=read.country,
        zone=read.zone or ZONE_OF_COUNTRY[read.country],
        poll_minutes=read.poll_minutes,
        expect=Expectation(min_per_week=read.expect.min_per_week, max_per_day=read.expect.max_per_day),
        enabled=read.enabled,
        reason=read.reason,
        source=read.source,
        pattern=read.pattern,
        beside=FeedId(read.beside) if read.beside else None,
        licensed=read.rights == "licensed",
        note=read.note,
    )
