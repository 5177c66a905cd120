"""Frozen types to JSON and back: for drafts, for entries in the archive, and for JSON Lines.

pydantic does the work: it reads dataclasses as they are, checks every field and names the one that is wrong.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_adapter: Callable[[Any], TypeAdapter[Any]] = functools.cache(TypeAdapter)  # made once a type: it compiles


def dump_json(value: Any) -> str:
    """A dataclass as one line of JSON; times as ISO 8601."""
    return _adapter(type(value)).dump_json(value).decode()


def dump_object(value: Any) -> dict[str, Any]:
    """A dataclass as a JSON object: for a JSON column of the ledger and for an index document."""
    dumped: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return dumped


def load_json(kind: type[T], body: str | bytes | dict[str, Any]) -> T:
    """The value that `dump_json` wrote; pydantic's `ValidationError` when it is something else."""
    adapter: TypeAdapter[T] = _adapter(kind)
    return adapter.validate_python(body) if isinstance(body, dict) else adapter.validate_json(body)
