"""Tantivy's side of the mapping: its fields, a document in them, a question as its query."""

import json

import tantivy
from tantivy import FieldType, Occur, Query

from vigie.adapters.index.port import Question
from vigie.search.documents import Document
from vigie.search.french import fold_word, reduce_word, split_words
from vigie.search.mapping import SEARCHED, is_filterable, read_milliseconds
from vigie.search.questions import Clause, TypedText

SCHEMA_VERSION = "4"
"""Raise it with every change of the fields or of the analysis: an index of another version asks for a rebuild."""

TITLE_BOOST = 3.0
"""A word of the title weighs as much as three of the text; the same in the Elasticsearch adapter."""

_LAST = "~"
"""Sorts behind every digit: documents without a date come last."""
_FAR_MS = 10**15
"""More milliseconds than lie between 1970 and year 9999 or year 1."""


def _build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for name in SEARCHED:
        builder.add_text_field(name, tokenizer_name="vigie_terms")
        builder.add_text_field(f"{name}_exact", tokenizer_name="vigie_terms")
    for name in ("leader_key", "topic_key", "source_key", "event_dates"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("leader_names", "topic_labels", "publisher", "kind", "language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("order", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("published_ms", fast=True)
    builder.add_integer_field("version", fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


SCHEMA = _build_schema()


def register_analysis(index: tantivy.Index) -> None:
    """Texts come analysed by `vigie.search.french`; Tantivy only splits them at the spaces again."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("vigie_terms", analyzer)


def build_fields(document: Document) -> tantivy.Document:
    """A document in Tantivy's fields; the whole of it once more, as JSON, in the one stored field."""
    fields = tantivy.Document()
    fields.add_text("id", document["id"])
    for name in SEARCHED:
        words = split_words(document[name])
        fields.add_text(name, " ".join(map(reduce_word, words)))
        fields.add_text(f"{name}_exact", " ".join(map(fold_word, words)))
    for name in ("leader_names", "topic_labels", "event_dates"):
        _add_names(fields, name, document[name])
    for name in ("publisher", "kind", "language"):
        _add_names(fields, name, [document[name]])
    _add_names(fields, "leader_key", _keys(document["leader_ids"], document["leader_names"]))
    _add_names(fields, "topic_key", _keys(document["topic_ids"], document["topic_labels"]))
    _add_names(fields, "source_key", _keys([document["source"]], [document["publisher"]]))
    fields.add_text("order", order_key(document))
    if document["published_at"] is not None:
        fields.add_integer("published_ms", read_milliseconds(document["published_at"]))
    fields.add_integer("version", document["version"])
    fields.add_bytes("document", json.dumps(document, ensure_ascii=False).encode())
    return fields


def order_key(document: Document) -> str:
    """What ascending order of makes newest first, undated last, ties by id."""
    if document["published_at"] is None:
        return f"{_LAST} {document['id']}"
    return f"{_FAR_MS - read_milliseconds(document['published_at']):017d} {document['id']}"


def dated_at_or_before(key: str) -> Query:
    """The documents whose order key can be that of `key` or behind it."""
    undated = Query.boolean_query(
        [(Occur.Must, Query.all_query()), (Occur.MustNot, Query.exists_query("published_ms"))]
    )
    date = key.split(" ", 1)[0]
    if not date.isdecimal():
        return undated
    return Query.boolean_query(
        [(Occur.Should, undated), (Occur.Should, published_between(None, _FAR_MS - int(date)))]
    )


def build_query(question: Question, typed: TypedText) -> Query:
    """All filters and all required clauses; without a clause every document scores the same."""
    if typed.is_unanswerable:
        return Query.empty_query()
    parts = [(Occur.Must, Query.all_query())] if not typed.required else []
    parts += [(Occur.Must, _somewhere(clause)) for clause in typed.required]
    parts += [(Occur.MustNot, _somewhere(clause)) for clause in typed.excluded]
    parts += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in _build_filters(question)]
    return Query.boolean_query(parts)


def _build_filters(question: Question) -> list[Query]:
    named = {"leader_key": question.leaders, "topic_key": question.topics, "source_key": question.sources}
    filters = [
        Query.term_set_query(SCHEMA, f, _keys(values, values)) for f, values in named.items() if values
    ]
    for field, values in (("kind", question.kinds), ("event_dates", question.event_days)):
        if values:
            filters.append(Query.term_set_query(SCHEMA, field, list(values)))
    if question.since:
        filters.append(published_between(read_milliseconds(question.since), None))
    if question.until:
        filters.append(published_between(None, read_milliseconds(question.until) - 1))
    return filters


def published_between(first_ms: int | None, last_ms: int | None) -> Query:
    """Documents with a date from the first to the last millisecond, both included."""
    return Query.range_query(SCHEMA, "published_ms", FieldType.Integer, first_ms, last_ms)


def _somewhere(clause: Clause) -> Query:
    """In the title, the standfirst or the text; where it stands in several, the best counts."""
    title, *others = (_side_by_side(field, clause) for field in SEARCHED)
    return Query.disjunction_max_query([Query.boost_query(title, TITLE_BOOST), *others])


def _side_by_side(field: str, clause: Clause) -> Query:
    searched = f"{field}_exact" if clause.exact else field
    if len(clause.terms) == 1:
        return Query.term_query(SCHEMA, searched, clause.terms[0])
    return Query.phrase_query(SCHEMA, searched, list(clause.terms))


def _keys(ids: list[str] | tuple[str, ...], names: list[str] | tuple[str, ...]) -> list[str]:
    """Ids as they are and names in lower case, told apart by a first letter."""
    return [f"i {i}" for i in ids if is_filterable(i)] + [f"n {n.lower()}" for n in names if is_filterable(n)]


def _add_names(fields: tantivy.Document, field: str, values: list[str]) -> None:
    for value in dict.fromkeys(values):
        if is_filterable(value):
            fields.add_text(field, value)
