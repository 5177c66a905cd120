"""One watch: a saved search with filters, checked as a person wrote it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from vigie.errors import UsageError
from vigie.model import FeedKind
from vigie.plaintext import fold_line
from vigie.search.questions import read_typed_text

WatchId = NewType("WatchId", str)
MAX_NAME_CHARS = 120
MAX_ID_CHARS = 80

Wrong = PydanticCustomError
"""A code, by which the page says it in its reader's language, and the sentence that a file and the command are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search: filters are and-ed, the values of one are or-ed, as `vigie search` has them."""

    id: WatchId
    name: str
    query: str = ""
    leaders: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[FeedKind, ...] = ()


def _is_id(value: str) -> str:
    if not re.fullmatch(rf"[\w.-]{{1,{MAX_ID_CHARS}}}", value):
        raise Wrong("id", "use letters, digits, `-`, `_` and `.` only, 80 at most")
    return value


def _is_name(value: str) -> str:
    name = fold_line(value)
    if not name:
        raise Wrong("unnamed", "is empty; write what an alert shall be called")
    if len(name) > MAX_NAME_CHARS:
        raise Wrong(
            "long", "has {count} characters; {most} at most", {"count": len(name), "most": MAX_NAME_CHARS}
        )
    return name


def _is_query(value: str) -> str:
    try:
        typed = read_typed_text(value)
    except UsageError as error:
        raise Wrong("long", "{said}", {"said": str(error)}) from error
    if typed.is_unanswerable:
        raise Wrong("wordless", "has no word, so nothing would ever match; write one")
    return fold_line(value)


def _is_value(value: str) -> str:
    if not fold_line(value):
        raise Wrong("blank", "has an empty value; take it out")
    return fold_line(value)


_Value = Annotated[str, AfterValidator(_is_value)]


class WatchForm(BaseModel):
    """A watch as people write it: a row of the file, the options of the command."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, AfterValidator(_is_id)]
    name: Annotated[str, AfterValidator(_is_name)]
    query: Annotated[str, AfterValidator(_is_query)] = ""
    leaders: list[_Value] = []
    topics: list[_Value] = []
    sources: list[_Value] = []
    kinds: list[Literal["official", "press"]] = []

    @model_validator(mode="after")
    def _narrows(self) -> "WatchForm":
        if self.leaders or self.topics or self.sources or self.kinds:
            return self
        typed = read_typed_text(self.query)
        if typed.is_blank:
            raise Wrong(
                "everything",
                "asks for nothing, so every article would match; add a query, leaders, topics or sources",
            )
        if not typed.required:
            raise Wrong("negative", "only says what it does not want; add a word that it does, or a filter")
        return self


def read_watch(value: Mapping[str, Any]) -> Watch:
    """The watch that was written. Raises pydantic's `ValidationError`."""
    form = WatchForm.model_validate(value)
    lists = {name: tuple(getattr(form, name)) for name in ("leaders", "topics", "sources", "kinds")}
    return Watch(id=WatchId(form.id), name=form.name, query=form.query, **lists)


def make_watch_id(name: str) -> str:
    """An id for a watch of this name, without accents or spaces; empty where the name has neither letter nor digit."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.lower()).strip("-")[:MAX_ID_CHARS].rstrip("-")


def describe_watch(watch: Watch) -> str:
    """What it looks for, in French, on one line."""
    parts = [watch.query] if watch.query else []
    named = {
        "personne": watch.leaders,
        "thème": watch.topics,
        "source": watch.sources,
        "nature": tuple({"official": "officielle", "press": "presse"}[kind] for kind in watch.kinds),
    }
    parts += [f"{what} : {' ou '.join(values)}" for what, values in named.items() if values]
    return " ; ".join(parts)
