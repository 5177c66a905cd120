"""What the server answers: a status, headers, and a body that is either there or made as it is sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Body = bytes | Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. A body that is a function is sent piece by piece, without a length, until it ends or we stop.

    `changed_at` gives Last-Modified; `cacheable` gives an ETag and 304 answers.
    """

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    body: Body = b""
    changed_at: datetime | None = None
    cacheable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came and what it was answered; `path` has its query."""

    at: datetime
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    status: int

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def as_json(self) -> dict[str, Any]:
        """For the log's page."""
        return {
            "at": self.at.isoformat(),
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "headers": dict(self.headers),
        }


@dataclass(slots=True)
class Counter:
    """How often each key was asked for."""

    counts: dict[str, int] = field(default_factory=dict)

    def next(self, key: str) -> int:
        """1 the first time, 2 the second."""
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]
