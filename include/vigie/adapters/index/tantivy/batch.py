"""A batch of documents in memory, to be asked many questions and thrown away: what watches are matched with.

The same fields and the same queries as the index on disk, so a watch finds what a search would; and the contract tests
hold Elasticsearch to the same answers, so no server need be asked a question a watch.
"""

from collections.abc import Sequence

import tantivy

from vigie.adapters.index.port import Question
from vigie.adapters.index.tantivy.schema import SCHEMA, build_fields, build_query, register_analysis
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.questions import read_typed_text

HEAP_BYTES = 15_000_000
"""The least that Tantivy takes: a batch has some hundred documents."""


class DocumentBatch:
    """Documents as the index would have them; each has an id of its own."""

    def __init__(self, documents: Sequence[Document]) -> None:
        index = tantivy.Index(SCHEMA)
        register_analysis(index)
        writer = index.writer(HEAP_BYTES, num_threads=1)
        for document in documents:
            writer.add_document(build_fields(document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self._size = len(documents)

    def find(self, question: Question) -> list[ArticleId]:
        """Every document that answers, newest first; the question's page and facets are not looked at."""
        if not self._size:
            return []
        query = build_query(question, read_typed_text(question.text))
        hits = self._searcher.search(query, self._size, False, "order", order=tantivy.Order.Asc).hits
        return [ArticleId(key.split(" ", 1)[1]) for key, _at in hits]
