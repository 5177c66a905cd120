"""One page of hits from Tantivy, in an order without ties, starting after a cursor.

Tantivy orders by one column or by score. By date it is one column, `order`, that holds date and id together. By
relevance, equal scores are put in that same order here, and a page is fetched so deep that no tie is cut.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import tantivy
from tantivy import Occur, Query

from vigie.adapters.index.port import Hit, Question, check_page_size
from vigie.adapters.index.tantivy.schema import dated_at_or_before, order_key
from vigie.model import ArticleId
from vigie.search.documents import Document, passage_of
from vigie.search.questions import CursorKey, TypedText, choose_sort, read_cursor, write_cursor
from vigie.search.snippets import make_snippet

TIES = 100
"""Looked at behind a page at once: the last hit's equals come with it, and asking again is what costs."""

Read = Callable[[tantivy.DocAddress], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """The hits of one page, how many there are in all, and where the next page starts."""

    total: int
    hits: tuple[Hit, ...]
    next: str | None


Keyed = tuple[float, str, tantivy.DocAddress]
"""A score, the key that breaks its ties, and where the document lies."""


def find_page(
    searcher: tantivy.Searcher, query: Query, question: Question, typed: TypedText, read: Read
) -> FoundPage:
    """The page that `question` asks for. `read` fetches a document by its address."""
    check_page_size(question.size)
    by_date = choose_sort(question.sort, typed) == "date"
    total, found = (
        _by_date(searcher, query, question) if by_date else _by_score(searcher, query, question, read)
    )
    hits = tuple(_hit(read(at), typed) for _, _, at in found[: question.size])
    more = question.size > 0 and len(found) > question.size
    return FoundPage(total=total, hits=hits, next=_cursor(found, question, by_date) if more else None)


def _hit(document: Document, typed: TypedText) -> Hit:
    snippet = make_snippet(passage_of(document), typed.required)
    return Hit(id=ArticleId(document["id"]), document=document, snippet=snippet)


def _cursor(found: list[Keyed], question: Question, by_date: bool) -> str:
    score, key, _ = found[question.size - 1]
    if by_date:
        return write_cursor("date", key)
    behind = int(read_cursor(question.after, "relevance", 3)[2]) if question.after else 0
    return write_cursor("relevance", score, key, behind + question.size)


def _by_date(searcher: tantivy.Searcher, query: Query, question: Question) -> tuple[int, list[Keyed]]:
    """How many answer, and one hit more than the page, newest first.

    Only documents of the cursor's very millisecond are seen twice.
    """
    after = str(read_cursor(question.after, "date", 1)[0]) if question.after else ""
    total = None
    if after:
        total = _search(searcher, query, 1).count
        query = Query.boolean_query([(Occur.Must, query), (Occur.Must, dated_at_or_before(after))])
    wanted = limit = question.size + 1
    while True:
        answer = _search(searcher, query, limit, order_by_field="order", order=tantivy.Order.Asc)
        behind = [(0.0, key, at) for key, at in answer.hits if key > after]
        if len(behind) >= wanted or len(answer.hits) < limit:
            return answer.count if total is None else total, behind[:wanted]
        limit *= 2


def _by_score(
    searcher: tantivy.Searcher, query: Query, question: Question, read: Read
) -> tuple[int, list[Keyed]]:
    """How many answer, and one hit more than the page, best first; the cursor's third part says how deep it lies."""
    start: CursorKey = [math.inf, "", 0]
    cursor = read_cursor(question.after, "relevance", 3) if question.after else start
    score, key, behind = float(cursor[0]), str(cursor[1]), int(cursor[2])
    wanted = question.size + 1
    # A page lies no deeper than there are articles: for a forged cursor Tantivy would take all memory and end the process.
    limit = min(max(0, behind), searcher.num_docs) + wanted + TIES
    while True:
        answer = _search(searcher, query, limit)
        hits = answer.hits
        is_whole = len(hits) < limit
        # The last score may have ties that the limit cut off: it counts only once nothing is cut.
        safe = hits if is_whole else [hit for hit in hits if hit[0] > hits[-1][0]]
        found = list(islice(_after(safe, score, key, searcher, read), wanted))
        if len(found) == wanted or is_whole:
            return answer.count, found
        limit *= 2


def _search(searcher: tantivy.Searcher, query: Query, limit: int, **order: Any) -> Any:
    """Hits and their exact number in one go: a phrase is looked for in its documents once. The stub forgets `count`."""
    return searcher.search(query, limit, count=True, **order)


def _after(
    hits: list[tuple[float, tantivy.DocAddress]],
    score: float,
    key: str,
    searcher: tantivy.Searcher,
    read: Read,
) -> Iterator[Keyed]:
    """The hits behind a cursor, equal scores in the order of their dates and ids."""
    for tied_score, group in groupby(hits, key=lambda hit: hit[0]):
        if tied_score > score:
            continue
        keyed = _in_order([at for _, at in group], searcher, read)
        yield from ((tied_score, k, at) for k, at in keyed if tied_score < score or k > key)


def _in_order(
    tied: list[tantivy.DocAddress], searcher: tantivy.Searcher, read: Read
) -> Iterator[tuple[str, tantivy.DocAddress]]:
    """Newest first, undated last. A rare word has hundreds of equals: their dates come from a column, and a document
    is read only for its id, when its turn comes."""
    dates = searcher.fast_field_values("published_ms", tied)
    places = sorted((-int(ms) if ms is not None else math.inf, nr) for nr, ms in enumerate(dates))
    for _, same in groupby(places, key=lambda place: place[0]):
        keyed = sorted((order_key(read(tied[nr])), nr) for _, nr in same)
        yield from ((key, tied[nr]) for key, nr in keyed)
