"""A search as its address says it: read once, for the screen, its JSON, its feed, and the watch that is made of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal, cast, get_args

from fastapi import Depends, Query
from pydantic import WithJsonSchema

from vigie.adapters.index.port import Question
from vigie.dates import moments
from vigie.errors import UsageError
from vigie.model import FeedKind
from vigie.page.drawing.rendering import ZONE
from vigie.page.searching.faults import Fault
from vigie.search.questions import read_typed_text

MAX_CHARS = 4_000
"""Of the words: servers and proxies take addresses of 8,000 bytes or so, and accents are three each."""
MAX_VALUES = 50
"""Of one filter."""
MAX_VALUE_CHARS = 300

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as it was understood: filters are and-ed, the values of one are or-ed; times are UTC."""

    text: str = ""
    leaders: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[FeedKind, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sort: Sort = "relevance"

    @property
    def question(self) -> Question:
        """What the index is asked."""
        return Question(
            text=self.text,
            leaders=self.leaders,
            topics=self.topics,
            sources=self.sources,
            kinds=self.kinds,
            since=self.since,
            until=self.until,
            sort=self.sort,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for anything that a watch could."""
        return bool(self.text.strip() or self.leaders or self.topics or self.sources or self.kinds)


def _one_of(values: tuple[str, ...]) -> WithJsonSchema:
    """Said in the description only: what is wrong is told by a `Fault`, beside its field."""
    return WithJsonSchema({"type": "string", "enum": list(values)})


Text = Annotated[str, Query(description='Words, "a phrase", -without. Empty: everything.')]
Leader = Annotated[list[str], Query(description="Wikidata id or name; several are alternatives.")]
Topic = Annotated[list[str], Query(description="Topic id or label; several are alternatives.")]
Source = Annotated[list[str], Query(description="Feed id or publisher; several are alternatives.")]
Kind = Annotated[list[Annotated[str, _one_of(get_args(FeedKind))]], Query(description="official or press.")]
Since = Annotated[
    str, Query(description="Published from this day (of Paris) or time on.", examples=["2026-11-23"])
]
Until = Annotated[str, Query(description="Published up to this day (of Paris), included, or time.")]
SortBy = Annotated[
    Annotated[str, _one_of(("", *get_args(Sort)))],
    Query(description="By relevance unless there are no words."),
]


def read_asked(
    q: Text = "",
    leader: Leader = [],  # noqa: B006  # FastAPI copies it, and its description wants a list
    topic: Topic = [],  # noqa: B006
    source: Source = [],  # noqa: B006
    kind: Kind = [],  # noqa: B006
    since: Since = "",
    until: Until = "",
    sort: SortBy = "",
) -> Asked | Fault:
    """The search, or the first thing that is wrong with it. An empty value is none: forms send them."""
    filters = {"leader": leader, "topic": topic, "source": source, "kind": kind}
    values = {name: tuple(dict.fromkeys(v.strip() for v in of if v.strip())) for name, of in filters.items()}
    fault = _find_fault(q, values, sort)
    if fault:
        return fault
    asked = Asked(
        text=q,
        leaders=values["leader"],
        topics=values["topic"],
        sources=values["source"],
        kinds=cast(tuple[FeedKind, ...], values["kind"]),
        sort=cast(Sort, sort) if sort else "relevance" if q.strip() else "date",
    )
    return _read_dates(asked, since.strip(), until.strip())


AskedDep = Annotated[Asked | Fault, Depends(read_asked)]


def _find_fault(text: str, values: dict[str, tuple[str, ...]], sort: str) -> Fault | None:
    if len(text) > MAX_CHARS:
        return Fault(field="q", code="long", sentence=f"has {len(text)} characters; {MAX_CHARS} at most")
    try:
        read_typed_text(text)
    except UsageError as error:
        return Fault(field="q", code="long", sentence=str(error))
    for name, chosen in values.items():
        if len(chosen) > MAX_VALUES or any(len(value) > MAX_VALUE_CHARS for value in chosen):
            limits = f"takes {MAX_VALUES} values of {MAX_VALUE_CHARS} characters at most"
            return Fault(field=name, code="long", sentence=limits)
    if not set(values["kind"]) <= set(get_args(FeedKind)):
        return Fault(field="kind", code="choice", sentence="must be official or press")
    if sort not in ("", *get_args(Sort)):
        return Fault(field="sort", code="choice", sentence="must be relevance or date")
    return None


def _read_dates(asked: Asked, since: str, until: str) -> Asked | Fault:
    """Bare days are those of the desk's zone, as all that a reader sees."""
    fields = {"since": (moments.read_start, since), "until": (moments.read_end, until)}
    found: dict[str, datetime | None] = {}
    for name, (read, typed) in fields.items():
        try:
            found[name] = read(typed or None, name, ZONE)
        except UsageError as error:
            return Fault(field=name, code="date", sentence=str(error).removeprefix(f"{name}: "))
    first, end = found["since"], found["until"]
    if first and end and first >= end:
        return Fault(field="until", code="order", sentence="lies before `since`")
    return replace(asked, since=first, until=end)
