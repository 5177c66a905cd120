"""Search: words and what narrows them, what was found with its matches marked, and how it lies in time.

A facet in which something is chosen counts what each of its other values would bring, as if nothing of it were chosen:
its values are alternatives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from babel import Locale
from babel.dates import format_date
from fastapi import APIRouter, HTTPException, Query, status
from fastapi.responses import Response

from vigie.adapters.index.port import Answer, FacetName, Index, Question
from vigie.dates.moments import is_day
from vigie.errors import PermanentError, UsageError
from vigie.page.drawing.charts import draw_timeline
from vigie.page.drawing.language import Language
from vigie.page.drawing.periods import gather_days
from vigie.page.drawing.rendering import ZONE
from vigie.page.searching.asking import Asked, AskedDep
from vigie.page.searching.facets import FILTERS, list_chips, list_choices, name_values
from vigie.page.searching.faults import Fault
from vigie.page.serving.desk import Desk, DeskDep
from vigie.page.serving.replies import wants_html
from vigie.page.shapes import Count, ShortArticle, shorten_hit
from vigie.search.questions import read_typed_text
from vigie.stores import Stores

routes = APIRouter()
FACETS: tuple[FacetName, ...] = ("leader", "topic", "source", "kind", "language", "day")
SPANS_DAYS = (1, 7, 30, 365)
"""What is offered beside the dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """For each facet its values, the most frequent first; `day` is in order of time, and of UTC."""

    leader: tuple[Count, ...] = ()
    topic: tuple[Count, ...] = ()
    source: tuple[Count, ...] = ()
    kind: tuple[Count, ...] = ()
    language: tuple[Count, ...] = ()
    day: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`total` is exact. `next` is the `after` of the next page, None on the last; `names` are of ids that were asked for."""

    asked: Asked
    total: int
    articles: tuple[ShortArticle, ...]
    facets: Facets
    names: Mapping[str, str]
    next: str | None


@routes.get("/search", response_model=Search, summary="Articles that answer words and filters")
def show_search(
    desk: DeskDep,
    asked: AskedDep,
    size: Annotated[int, Query(ge=0, le=100, description="Articles of one page.")] = 20,
    after: Annotated[str | None, Query(max_length=2000, description="`next` of the page before.")] = None,
) -> Response:
    """What was found, exactly how much, by whom, about what and when; one page of it."""
    found = asked if isinstance(asked, Fault) else read_search(desk.stores, asked, size, after)
    if isinstance(found, Fault):
        return _refuse(desk, found)
    return desk.reply("search.html", found, **_draw(desk, found))


def read_search(stores: Stores, asked: Asked, size: int, after: str | None) -> Search | Fault:
    """One page of an answer: a question, and one more for each facet in which something is chosen."""
    index = stores.index
    question = replace(asked.question, size=size, after=after or None, facets=FACETS)
    try:
        answer = index.search(question)
    except (UsageError, PermanentError, ValueError, OverflowError):
        if not after:
            raise
        # A cursor that we never gave: each engine says so in its own way.
        return Fault(field="after", code="after", sentence="is not the `next` of an answer to this question")
    return Search(
        asked=asked,
        total=answer.total,
        articles=tuple(shorten_hit(hit) for hit in answer.hits),
        facets=_count(index, question, answer),
        names=name_values(asked, (hit.document for hit in answer.hits), stores),
        next=answer.next,
    )


def _count(index: Index, question: Question, answer: Answer) -> Facets:
    buckets = dict(answer.facets)
    for name, field in FILTERS.items():
        if getattr(question, field):
            facet: Any = name
            without: Any = {field: ()}
            open_question = replace(question, size=0, after=None, facets=(facet,), **without)
            buckets |= index.search(open_question).facets
    counts = {
        name: tuple(Count(value=b.value, count=b.count) for b in found) for name, found in buckets.items()
    }
    return Facets(**counts)


def _refuse(desk: Desk, fault: Fault) -> Response:
    """The screen with the fault beside its field; what was typed stays."""
    if not wants_html(desk.request):
        raise HTTPException(status.HTTP_400_BAD_REQUEST, str(fault))
    names = _shared(desk, fault)
    return desk.reply("search.html", None, status_code=status.HTTP_400_BAD_REQUEST, **names)


def _draw(desk: Desk, found: Search) -> dict[str, Any]:
    """What the template needs beside the view."""
    asked = found.asked
    since = asked.since.astimezone(ZONE).date() if asked.since else None
    timeline = gather_days(found.facets.day, since)
    facets: Mapping[str, tuple[Count, ...]] = {name: getattr(found.facets, name) for name in FILTERS}
    return {
        **_shared(desk, None),
        "timeline": timeline,
        "chart": draw_timeline(timeline, desk.language) if timeline and len(timeline.bars) > 1 else None,
        "choices_of": list_choices(asked, facets, found.names),
        "chips": list_chips(asked, found.names),
        "peak_month": format_date(timeline.highest.start, "MMMM y", locale=desk.language) if timeline else "",
        "dates": _dates(desk, asked),
        "languages": _name_languages(found.facets.language, desk.language),
        "typed": read_typed_text(asked.text),
    }


def _shared(desk: Desk, fault: Fault | None) -> dict[str, Any]:
    today = desk.now.astimezone(ZONE).date()
    spans = [(days, (today - timedelta(days=days - 1)).isoformat()) for days in SPANS_DAYS]
    return {"fault": fault, "given": desk.request.query_params, "spans": spans}


def _dates(desk: Desk, asked: Asked) -> dict[str, date | datetime]:
    """The bounds that were asked for, as days where days were typed."""
    last = asked.until - timedelta(microseconds=1) if asked.until else None
    found = {"since": (asked.since, asked.since), "until": (last, asked.until)}
    given = desk.request.query_params
    return {
        name: inner.astimezone(ZONE).date() if is_day(given.get(name, "")) else moment
        for name, (inner, moment) in found.items()
        if inner and moment
    }


def _name_languages(counts: tuple[Count, ...], language: Language) -> list[tuple[str, int]]:
    names = Locale(language).languages
    return [(str(names.get(count.value, count.value)), count.count) for count in counts]
