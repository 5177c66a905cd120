"""What a row of the channels file may hold, field by field; what fields ask of one another is in `file`. Pure."""

import re
from datetime import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

from vigie.delivery.rules import USUAL_KINDS, QuietHours, Rules
from vigie.model import AlertKind

SOURCE = re.compile(r"(env|airflow):([\w.-]{1,200})")


def _is_id(value: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,80}", value):
        raise ValueError("use letters, digits, `-`, `_` and `.` only, 80 at most")
    return value


def _is_time(value: Any) -> time:
    if isinstance(value, str) and (found := re.fullmatch(r"(\d\d?):(\d\d)", value)):
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError('is no time of day; write hours and minutes between quotes, such as "22:00"')


def _is_zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ValueError, OSError, KeyError, TypeError) as error:  # ZoneInfo says "unknown" in all these ways
        raise ValueError("is no time zone; write an IANA name, such as Europe/Paris") from error


def _is_source(value: str) -> str:
    if not SOURCE.fullmatch(value):
        raise ValueError(
            "write `env:NAME` for a variable or `airflow:CONNECTION_ID` for a connection of Airflow"
        )
    return value


def _are_kinds(value: list[AlertKind]) -> list[AlertKind]:
    if not value:
        raise ValueError("is empty; name one kind or more, or take the line out")
    return value


Source = Annotated[str, AfterValidator(_is_source)]
_Time = Annotated[time, BeforeValidator(_is_time)]


class QuietRow(BaseModel):
    """Quiet hours."""

    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)

    start: Annotated[_Time, Field(alias="from")]
    end: Annotated[_Time, Field(alias="to")]
    zone: Annotated[ZoneInfo, BeforeValidator(_is_zone)]

    @model_validator(mode="after")
    def _last(self) -> "QuietRow":
        if self.start == self.end:
            raise ValueError("`from` and `to` are the same time; take the hours out, or the whole channel")
        return self


class ChannelRow(BaseModel):
    """One row, each field right by itself. An address is a secret: it is in no message, whatever is wrong with it."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    id: Annotated[str, AfterValidator(_is_id)]
    address: SecretStr | None = None
    address_from: Source | None = None
    kinds: Annotated[list[AlertKind], AfterValidator(_are_kinds)] = Field(
        default_factory=lambda: sorted(USUAL_KINDS)
    )
    quiet_hours: QuietRow | None = None
    most_per_hour: Annotated[int, Field(ge=1)] | None = None
    secret_from: Source | None = None

    @property
    def rules(self) -> Rules:
        """When it may be spoken to."""
        quiet = self.quiet_hours
        hours = QuietHours(start=quiet.start, end=quiet.end, zone=quiet.zone) if quiet else None
        return Rules(quiet=hours, most_per_hour=self.most_per_hour)
