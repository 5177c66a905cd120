"""Counting with Tantivy: how many articles have each value of a facet, and how many each day."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import tantivy

from vigie.adapters.index.port import FACET_FIELDS, MAX_BUCKETS, Bucket, FacetName

_DAY_MS = 86_400_000.0
_MOST_VALUES = 50_000
"""Distinct values that are counted exactly; a feeds file and a gazetteer have a few thousand."""


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[FacetName]
) -> Mapping[str, tuple[Bucket, ...]]:
    """The buckets of each facet asked for, over every article that answers."""
    if not facets:
        return {}
    asked = {name: _aggregation(name) for name in dict.fromkeys(facets)}
    counted = searcher.aggregate(query, asked)
    return {name: _buckets(name, counted[name]["buckets"]) for name in asked}


def _aggregation(name: FacetName) -> dict[str, object]:
    if name == "day":
        return {"histogram": {"field": "published_ms", "interval": _DAY_MS, "min_doc_count": 1}}
    return {"terms": {"field": FACET_FIELDS[name], "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}


def _buckets(name: FacetName, counted: Sequence[Mapping[str, object]]) -> tuple[Bucket, ...]:
    if name == "day":
        days = (Bucket(value=_day(float(str(b["key"]))), count=int(str(b["doc_count"]))) for b in counted)
        return tuple(sorted(days, key=lambda bucket: bucket.value))
    found = [Bucket(value=str(b["key"]), count=int(str(b["doc_count"]))) for b in counted]
    return tuple(sorted(found, key=lambda bucket: (-bucket.count, bucket.value))[:MAX_BUCKETS])


def _day(milliseconds: float) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date().isoformat()
