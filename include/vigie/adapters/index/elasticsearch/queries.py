"""A question in Elasticsearch's words, and what it says back in ours. Nothing here talks to a server."""

from collections.abc import Mapping, Sequence
from typing import Any

from vigie.adapters.index.port import FACET_FIELDS, MAX_BUCKETS, Bucket, FacetName, Question
from vigie.search.mapping import SEARCHED, read_milliseconds
from vigie.search.questions import Clause, TypedText, choose_sort, read_cursor, write_cursor

TITLE_BOOST = 3.0
"""The same as in the Tantivy adapter."""

_MOST_VALUES = 10_000
_UNDATED_MS = -(10**15)
"""Stands in for a missing date in the sort, so that a cursor can say it; earlier than any date there is."""


def build_search(question: Question, typed: TypedText) -> dict[str, Any]:
    """The arguments of one search: a hit more than the page, to know whether there is another page."""
    by_date = choose_sort(question.sort, typed) == "date"
    body: dict[str, Any] = {
        "query": _build_query(question, typed),
        "size": question.size + 1 if question.size else 0,
        "track_total_hits": True,
        "sort": ([] if by_date else [{"_score": "desc"}]) + _BY_DATE,
        # One month's rare word is another's common one: weigh words over all months, as one index would.
        "search_type": "query_then_fetch" if by_date else "dfs_query_then_fetch",
    }
    if question.facets:
        body["aggregations"] = {name: _aggregation(name) for name in question.facets}
    if question.after:
        body["search_after"] = _read_after(question.after, by_date)
    return body


_BY_DATE: list[dict[str, Any]] = [
    {"published_at": {"order": "desc", "missing": _UNDATED_MS, "numeric_type": "date"}},
    {"id": {"order": "asc"}},
]


def write_next(question: Question, typed: TypedText, found: Sequence[Mapping[str, Any]]) -> str | None:
    """The cursor behind the last hit of the page, if there is one more."""
    if question.size == 0 or len(found) <= question.size:
        return None
    return write_cursor(choose_sort(question.sort, typed), *found[question.size - 1]["sort"])


def read_facets(
    facets: Sequence[FacetName], counted: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, tuple[Bucket, ...]]:
    """The buckets of each facet that was asked for."""
    return {name: _buckets(name, counted.get(name, {}).get("buckets", ())) for name in facets}


def _buckets(name: FacetName, counted: Sequence[Mapping[str, Any]]) -> tuple[Bucket, ...]:
    value = "key_as_string" if name == "day" else "key"
    return tuple(Bucket(value=str(b[value]), count=int(b["doc_count"])) for b in counted)


def _aggregation(name: FacetName) -> dict[str, Any]:
    if name == "day":
        days = {"field": "published_at", "calendar_interval": "day", "min_doc_count": 1}
        return {"date_histogram": {**days, "format": "uuuu-MM-dd"}}
    order = [{"_count": "desc"}, {"_key": "asc"}]
    # As many values a month as there may be: a shard that sends only its own best would make the sums wrong.
    sizes = {"size": MAX_BUCKETS, "shard_size": _MOST_VALUES}
    return {"terms": {"field": FACET_FIELDS[name], **sizes, "order": order}}


def _read_after(after: str, by_date: bool) -> list[str | int | float]:
    return read_cursor(after, "date", 2) if by_date else read_cursor(after, "relevance", 3)


def _build_query(question: Question, typed: TypedText) -> dict[str, Any]:
    if typed.is_unanswerable:
        return {"match_none": {}}
    return {
        "bool": {
            "must": [_somewhere(clause) for clause in typed.required],
            "must_not": [_somewhere(clause) for clause in typed.excluded],
            "filter": _build_filters(question),
        }
    }


def _somewhere(clause: Clause) -> dict[str, Any]:
    """In the title, the standfirst or the text; where it stands in several, the best counts."""
    boosts = {**dict.fromkeys(SEARCHED, 1.0), "title": TITLE_BOOST}
    return {"dis_max": {"queries": [_side_by_side(field, clause, boosts[field]) for field in SEARCHED]}}


def _side_by_side(field: str, clause: Clause, boost: float) -> dict[str, Any]:
    """The terms are ready: analysed once, by `vigie.search.french`, whose terms are those in the index."""
    searched = f"{field}.exact" if clause.exact else field
    if len(clause.terms) == 1:
        return {"term": {searched: {"value": clause.terms[0], "boost": boost}}}
    terms = [{"span_term": {searched: term}} for term in clause.terms]
    return {"span_near": {"clauses": terms, "slop": 0, "in_order": True, "boost": boost}}


def _build_filters(question: Question) -> list[dict[str, Any]]:
    filters = [
        _one_of("leader_ids", "leader_names.folded", question.leaders),
        _one_of("topic_ids", "topic_labels.folded", question.topics),
        _one_of("source", "publisher.folded", question.sources),
        {"terms": {"kind": list(question.kinds)}} if question.kinds else None,
        {"terms": {"event_dates": list(question.event_days)}} if question.event_days else None,
        _published(question),
    ]
    return [found for found in filters if found]


def _one_of(ids: str, names: str, values: Sequence[str]) -> dict[str, Any] | None:
    if not values:
        return None
    lowered = [value.lower() for value in values]
    return {"bool": {"should": [{"terms": {ids: list(values)}}, {"terms": {names: lowered}}]}}


def _published(question: Question) -> dict[str, Any] | None:
    bounds: dict[str, Any] = {}
    if question.since:
        bounds["gte"] = read_milliseconds(question.since)
    if question.until:
        bounds["lt"] = read_milliseconds(question.until)
    return {"range": {"published_at": {**bounds, "format": "epoch_millis"}}} if bounds else None
