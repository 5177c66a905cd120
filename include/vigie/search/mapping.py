"""What the index takes: the fields of a document and their kinds, and the check that both engines share.

`include/elasticsearch/template.json` says the same to Elasticsearch; a test holds one against the other. A document is
checked here before either engine sees it, so both refuse the same documents, for the same reason.
"""

import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

MAX_ID_BYTES = 512
"""Elasticsearch takes no longer `_id`."""
MAX_DOCUMENT_BYTES = 50_000_000
"""Half of the largest request that Elasticsearch takes by default."""
MAX_FILTER_LENGTH = 512
"""Longer names are kept and shown but not found by a filter: `ignore_above` in the mapping, in UTF-16 units."""

_LARGEST_INTEGER = 2**31 - 1
_LARGEST_VERSION = 2**63 - 1

Fields = Mapping[str, str]
"""Names of fields and the kind of each."""

_SPOKEN = {
    **{"text": "text", "start": "integer", "end": "integer", "kind": "keyword"},
    **dict.fromkeys(("speaker", "speaker_id", "mention"), "keyword?"),
}

NESTED: Mapping[str, Fields] = {
    "leaders": {
        **dict.fromkeys(("id", "name", "mention", "via", "role", "country"), "keyword"),
        **{"start": "integer", "end": "integer", "confidence": "float"},
    },
    "topics": {"id": "keyword", "label": "keyword", "score": "float", "words": "keywords"},
    "quotes": _SPOKEN,
    "reported": _SPOKEN,
    "events": {
        **{"kind": "keyword", "text": "text", "start": "integer", "end": "integer"},
        **dict.fromkeys(("date", "last_date", "place", "country"), "keyword?"),
        **dict.fromkeys(("participants", "participant_ids"), "keywords"),
    },
    "people": {
        **dict.fromkeys(("id", "name", "role", "country"), "keyword"),
        **{"mentions": "integer", "subject": "boolean"},
    },
}
"""The fields of the objects that a document holds lists of."""

FIELDS: Fields = {
    **dict.fromkeys(("id", "origin", "language", "source", "publisher", "kind", "country"), "keyword"),
    **dict.fromkeys(("url", "published_origin", "published_precision", "copy_of"), "keyword?"),
    **dict.fromkeys(("authors", "leader_ids", "leader_names", "subject_ids"), "keywords"),
    **dict.fromkeys(("leader_countries", "quote_speaker_ids"), "keywords"),
    **dict.fromkeys(("topic_ids", "topic_labels", "keyphrases", "event_dates", "tag_limits"), "keywords"),
    **dict.fromkeys(("places", "place_countries", "organizations"), "keywords"),
    **dict.fromkeys(("title", "standfirst", "text"), "text"),
    **dict.fromkeys(("first_seen_at", "fetched_at", "indexed_at"), "date"),
    **{"version": "long", "published_at": "date?", "published_offset_minutes": "integer?"},
    **{"rules_version": "keyword", "delay_s": "long?"},
    **dict.fromkeys(NESTED, "objects"),
}
"""Every field of a document and its kind; a question mark allows null."""


EXACT: Fields = dict.fromkeys(("leaders", "quotes", "reported"), "nested")
"""The lists whose objects Elasticsearch keeps apart, so that one question can ask for a speaker and his words together."""
MAX_OBJECTS = 100_000
"""Of all lists of a document together: Elasticsearch has a limit on those that it keeps apart."""

SEARCHED = ("title", "standfirst", "text")
"""The fields that a question's words are looked for in."""


def find_fault(
    document: Mapping[str, Any], fields: Fields = FIELDS, nested: Mapping[str, Fields] = NESTED
) -> str | None:
    """Why the index cannot take a document, an article's unless it is said otherwise, or None when it can."""
    fault = _find_fault_in(document, fields, "", nested) or _find_fault_in_id(document["id"])
    if fault:
        return fault
    objects = sum(len(document[name]) for name, kind in fields.items() if kind == "objects")
    if objects > MAX_OBJECTS:
        return f"{objects} objects in its lists are too many"
    try:
        size = len(json.dumps(document, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return "a text holds half of a surrogate pair"
    return f"{size} bytes are too many" if size > MAX_DOCUMENT_BYTES else None


def _find_fault_in(
    value: Mapping[str, Any], fields: Fields, where: str, nested: Mapping[str, Fields]
) -> str | None:
    unknown = sorted(str(name) for name in value if name not in fields)
    if unknown:
        return f"unknown field {where}{unknown[0]}"
    for name, kind in fields.items():
        if name not in value:
            return f"field {where}{name} is missing"
        fault = _find_fault_in_field(value[name], kind, where + name, nested)
        if fault:
            return fault
    return None


def _find_fault_in_field(value: Any, kind: str, where: str, nested: Mapping[str, Fields]) -> str | None:
    if kind == "objects":
        return _find_fault_in_objects(value, where, nested)
    if value is None and kind.endswith("?"):
        return None
    if _CHECKS[kind.removesuffix("?")](value):
        return None
    return f"field {where} is no {kind.removesuffix('?')}: {repr(value)[:80]}"


def _find_fault_in_objects(value: Any, where: str, nested: Mapping[str, Fields]) -> str | None:
    if not isinstance(value, list | tuple) or not all(isinstance(v, Mapping) for v in value):
        return f"field {where} is no list of objects"
    faults = (_find_fault_in(v, nested[where], f"{where}.", nested) for v in value)
    return next((fault for fault in faults if fault), None)


def _find_fault_in_id(article_id: str) -> str | None:
    if not article_id:
        return "field id is empty"
    too_long = len(article_id.encode(errors="replace")) > MAX_ID_BYTES
    return f"field id is longer than {MAX_ID_BYTES} bytes" if too_long else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)


def _is_whole(value: Any, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -largest <= value <= largest


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_version(value: Any) -> bool:
    return _is_whole(value, _LARGEST_VERSION) and value >= 0


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) > 10 and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "keyword": _is_text,
    "text": _is_text,
    "keywords": _is_list_of_text,
    "integer": lambda value: _is_whole(value, _LARGEST_INTEGER),
    "long": _is_version,
    "float": _is_finite,
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_moment,
}


def read_milliseconds(moment: str | datetime) -> int:
    """Milliseconds since 1970 in UTC, rounded down as Elasticsearch does: the grain of every date in the index."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    since = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def is_filterable(value: str) -> bool:
    """Whether a name is short enough to be found by a filter."""
    return len(value.encode("utf-16-le", errors="replace")) // 2 <= MAX_FILTER_LENGTH
