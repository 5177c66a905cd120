"""The index in process, on disk: Tantivy. One folder, one writer at a time across processes, readers without locks.

The folder holds `articles/` (Tantivy's own files), `schema-version`, `writer.lock` and `findings.db`. A commit is one rename, so a
process that is killed leaves the index as it was before its `put`, or as after it.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock
import tantivy
from tantivy import Query

from vigie.adapters.full_disk import describe_full, has_no_room, is_full
from vigie.adapters.index.port import Answer, Findings, Question, Refusal, SetUp
from vigie.adapters.index.tantivy.facets import count_facets
from vigie.adapters.index.tantivy.findings import FindingsFile, clear_findings
from vigie.adapters.index.tantivy.pages import find_page
from vigie.adapters.index.tantivy.schema import (
    SCHEMA,
    SCHEMA_VERSION,
    build_fields,
    build_query,
    register_analysis,
)
from vigie.errors import OutdatedStore, PermanentError, TransientError, UsageError
from vigie.model import ArticleId
from vigie.search.documents import Document
from vigie.search.findings import FindingKind
from vigie.search.mapping import find_fault
from vigie.search.questions import read_typed_text

HEAP_BYTES = 64_000_000
"""Memory of one writer; Tantivy writes a segment when it is full."""

_BATCH = 50_000


class TantivyIndex:
    """An `Index` in a folder. Cheap to make; the folder is opened, or created, at the first use."""

    can_refill = False

    def __init__(self, folder: Path, *, lock_timeout_s: float = 60.0) -> None:
        self._folder = folder
        self._files = folder / "articles"
        self._version_file = folder / "schema-version"
        # One object, because a thread that holds it may take it again: a first `put` creates the index on its way.
        self._lock = filelock.FileLock(folder / "writer.lock")
        self._lock_timeout_s = lock_timeout_s
        self._index: tantivy.Index | None = None

    def begin(self) -> None:
        """Nothing: a folder is made at its first use."""

    def set_up(self) -> tuple[SetUp, ...]:
        """Create the folder and the index if they are not there."""
        with self._write_lock():
            made = self._create_if_missing()
        self._open()
        return (SetUp(name="articles", change="made" if made else "none", generation=int(SCHEMA_VERSION)),)

    def roll_back(self) -> tuple[SetUp, ...]:
        """There is one index, made for one schema."""
        raise UsageError(
            f"the index in {self._folder} keeps no older one: after going back to an older Vigie, run `vigie rebuild-index`"
        )

    def drop_kept(self) -> tuple[str, ...]:
        """Nothing is kept."""
        return ()

    def put(self, documents: Sequence[Document]) -> tuple[Refusal, ...]:
        """Add or replace in one commit; what cannot be taken is refused and the rest goes in."""
        good, refusals = _sort_out(documents)
        if good:
            with self._write_lock():
                self._write(good)
        return refusals

    def delete(self, ids: Iterable[ArticleId]) -> None:
        """Remove by id in one commit."""
        with self._write_lock(), self._writer() as writer:
            for article_id in ids:
                writer.delete_documents_by_term("id", article_id)

    def get(self, article_id: ArticleId) -> Document | None:
        """The document, from the one stored field."""
        searcher = self._searcher()
        found = searcher.search(Query.term_query(SCHEMA, "id", article_id), 1, count=False).hits
        return _read(searcher, found[0][1]) if found else None

    def get_many(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Document]:
        """From one commit, whatever the number."""
        asked = list(dict.fromkeys(ids))
        if not asked:
            return {}
        searcher = self._searcher()
        query = Query.term_set_query(SCHEMA, "id", asked)
        read = (_read(searcher, at) for _, at in searcher.search(query, len(asked), count=False).hits)
        return {ArticleId(document["id"]): document for document in read}

    def search(self, question: Question) -> Answer:
        """Answer from the last commit of any process."""
        typed = read_typed_text(question.text)
        searcher = self._searcher()
        query = build_query(question, typed)
        page = find_page(searcher, query, question, typed, lambda at: _read(searcher, at))
        facets = count_facets(searcher, query, question.facets)
        return Answer(total=page.total, hits=page.hits, facets=facets, next=page.next)

    def versions(self) -> Iterator[tuple[ArticleId, int]]:
        """Every id and version of one commit, read from columns, not from documents."""
        searcher = self._searcher()
        for offset in range(0, searcher.num_docs, _BATCH):
            yield from _read_versions(searcher, Query.all_query(), _BATCH, offset)

    def findings(self, kind: FindingKind) -> Findings:
        """The alerts or the topics, in a file beside the articles."""
        return FindingsFile(self._folder, kind, lock_timeout_s=self._lock_timeout_s)

    def clear(self) -> None:
        """Throw the files away and start again; the way out of an old schema or a broken index too."""
        with self._write_lock():
            self._index = None
            shutil.rmtree(self._files, ignore_errors=True)
            clear_findings(self._folder)
            self._version_file.unlink(missing_ok=True)
            self._create_if_missing()

    def close(self) -> None:
        """Let go of the files."""
        self._index = None

    def _write(self, documents: Sequence[Document]) -> None:
        known = self._known_versions([d["id"] for d in documents])
        with self._writer() as writer:
            for document in documents:
                if document["version"] >= known.get(document["id"], 0):
                    writer.delete_documents_by_term("id", document["id"])
                    writer.add_document(build_fields(document))

    def _known_versions(self, ids: Sequence[str]) -> dict[str, int]:
        searcher = self._searcher()
        return dict(_read_versions(searcher, Query.term_set_query(SCHEMA, "id", list(ids)), len(ids), 0))

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """A writer that commits when the block ends well, and waits until its merges are done."""
        try:
            writer = self._open().writer(HEAP_BYTES, num_threads=1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except (OSError, ValueError) as cause:
            raise self._unwritable(cause) from cause

    @contextmanager
    def _write_lock(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._lock.acquire(timeout=self._lock_timeout_s):
                yield
        except filelock.Timeout as cause:
            waited = f"another process has been writing for {self._lock_timeout_s:g} s"
            raise TransientError(f"the index in {self._folder} is busy: {waited}") from cause
        except OSError as cause:
            raise self._unwritable(cause) from cause

    def _create_if_missing(self) -> bool:
        """Needs the lock. The version is written first: an index without one is older than versions."""
        if tantivy.Index.exists(str(self._files)) if self._files.exists() else False:
            return False
        self._files.mkdir(parents=True, exist_ok=True)
        self._version_file.write_text(SCHEMA_VERSION)
        tantivy.Index(SCHEMA, str(self._files))
        return True

    def _searcher(self) -> tantivy.Searcher:
        index = self._open()
        try:
            index.reload()
        except ValueError as cause:
            raise self._unreadable(cause) from cause
        return index.searcher()

    def _open(self) -> tantivy.Index:
        if self._index is None or not self._files.exists():
            self._index = self._open_files()
        return self._index

    def _open_files(self) -> tantivy.Index:
        if not self._version_file.exists() and not self._files.exists():
            with self._write_lock():
                self._create_if_missing()
        self._check_version()
        try:
            index = tantivy.Index(SCHEMA, str(self._files))
        except (OSError, ValueError) as cause:
            raise self._unreadable(cause) from cause
        register_analysis(index)
        return index

    def _check_version(self) -> None:
        found = self._version_file.read_text().strip() if self._version_file.exists() else "none"
        if found != SCHEMA_VERSION:
            raise OutdatedStore(
                f"the index in {self._folder} has schema {found}, this Vigie writes {SCHEMA_VERSION}:"
                " run `vigie rebuild-index`"
            )

    def _unwritable(self, cause: Exception) -> TransientError:
        what = f"the index in {self._folder}"
        full = is_full(cause) or has_no_room(self._folder)
        return TransientError(describe_full(what) if full else f"cannot write {what}: {cause}")

    def _unreadable(self, cause: Exception) -> PermanentError:
        return PermanentError(f"cannot read the index in {self._folder}: {cause}; run `vigie rebuild-index`")


def _sort_out(documents: Sequence[Document]) -> tuple[list[Document], tuple[Refusal, ...]]:
    """The documents to write, one an id (of equal versions the last), and the refusals."""
    refusals: list[Refusal] = []
    good: dict[str, Document] = {}
    for document in documents:
        fault = find_fault(document)
        if fault:
            refusals.append(Refusal(id=ArticleId(str(document.get("id"))), reason=fault))
        elif document["version"] >= good.get(document["id"], document)["version"]:
            good[document["id"]] = document
    return list(good.values()), tuple(refusals)


def _read(searcher: tantivy.Searcher, at: tantivy.DocAddress) -> Document:
    stored: Any = searcher.doc(at).get_first("document")
    document: Document = json.loads(bytes(stored))
    return document


def _read_versions(
    searcher: tantivy.Searcher, query: Query, limit: int, offset: int
) -> Iterator[tuple[ArticleId, int]]:
    """Ids stand at the end of the sort key, versions in a column: no document is read."""
    if limit == 0:
        return
    found = searcher.search(
        query, limit, count=False, offset=offset, order_by_field="order", order=tantivy.Order.Asc
    )
    versions = searcher.fast_field_values("version", [at for _, at in found.hits])
    for (key, _), version in zip(found.hits, versions, strict=True):
        yield ArticleId(key.split(" ", 1)[1]), int(version or 0)
