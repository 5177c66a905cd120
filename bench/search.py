"""Search: how long questions and bulks take on an index of many articles, and how much room each article takes.

Beside each other: Tantivy in process, and a real Elasticsearch on the same machine (one node, 2 GB of heap, its data in
memory where there is room).
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import httpx

from bench.corpus import PER_DAY, Corpus
from bench.figures import Job, peak_mb
from bench.newsroom import START
from bench.questions import QUESTIONS, Asked
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import PREFIX, Index
from vigie.batches import in_batches
from vigie.search.documents import Document, build_document

BULK = 500
BULKS = 8
"""Measured after the corpus is in: by then merging is under way."""
RUNS = 60
WARMING = 5
LONGEST_S = 30.0
"""For one thing, however often it should be asked: what is as slow as that needs no more runs to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long one thing took, over some runs, in milliseconds; `answers` is the mean of what it found."""

    name: str
    p50_ms: float
    p95_ms: float
    runs: int
    answers: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFigures:
    """One engine. `peak_mb` is this process's memory: of Elasticsearch the client alone."""

    engine: str
    articles: int
    seed_s: float
    peak_mb: float
    bytes_per_article: float
    text_bytes_per_article: float
    bulk: Times
    questions: tuple[Times, ...]


def search_tantivy(job: Job) -> Mapping[str, SearchFigures]:
    """Of the embedded index, in a folder of the job's home."""
    folder = job.home / "home" / "index"  # where the screens look for it
    with _opened(f"tantivy://{folder.resolve()}") as index:
        return {"search": _measure("Tantivy", index, job.entries, lambda: _folder_bytes(folder))}


def search_elasticsearch(job: Job) -> Mapping[str, SearchFigures]:
    """Of a server that lives as long as the measurement; `ServerUnavailable` where this machine has none."""
    from tests.servers.elasticsearch import RUNS_FAST, running_elasticsearch

    with running_elasticsearch(RUNS_FAST) as url, _opened(url) as index:
        return {"search": _measure("Elasticsearch", index, job.entries, lambda: _server_bytes(url))}


def take_times(name: str, runs: int, ask: Callable[[int], int]) -> Times:
    """Ask so many times, after some that are not counted; `ask` is given the run's number and says what it found."""
    spans: list[float] = []
    found, first = 0, time.perf_counter()
    for run in range(-WARMING, runs):
        began = time.perf_counter()
        if spans and began - first > LONGEST_S:
            break
        answers = ask(run)
        if run >= 0:
            spans.append((time.perf_counter() - began) * 1000)
            found += answers
    spans.sort()
    return Times(
        name=name,
        p50_ms=spans[len(spans) // 2],
        p95_ms=spans[min(int(len(spans) * 0.95), len(spans) - 1)],
        runs=len(spans),
        answers=found / len(spans),
    )


def seed(index: Index, documents: Iterator[Document]) -> int:
    """Put all of them, a bulk at a time; the bytes of their JSON are not looked at here. Says how many."""
    index.set_up()
    done = 0
    for batch in in_batches(documents, BULK):
        refusals = index.put(batch)
        if refusals:
            raise RuntimeError(f"refused: {refusals[0]}")
        done += len(batch)
        if done % 10_000 == 0:
            sys.stderr.write(f"bench: {done:,} articles are in\n")
    return done


def write_documents(corpus: Corpus, count: int, start: int = 0) -> Iterator[Document]:
    """The documents of the corpus from number `start` on."""
    for number, tagged in enumerate(corpus.write(count)):
        if number >= start:
            yield build_document(tagged, indexed_at=tagged.article.date + timedelta(minutes=3), copy_of=None)


def _measure(engine: str, index: Index, count: int, measure_bytes: Callable[[], int]) -> SearchFigures:
    corpus = Corpus()
    began = time.perf_counter()
    seed(index, write_documents(corpus, count))
    seed_s = time.perf_counter() - began
    stored = measure_bytes()
    asked = Asked(words=corpus.words, first=START, days=count // PER_DAY)
    questions = tuple(_ask(name, make, asked, index) for name, make in QUESTIONS)
    bulk = _put_bulks(index, write_documents(corpus, count + BULK * (BULKS + WARMING), start=count))
    return SearchFigures(
        engine=engine,
        articles=count,
        seed_s=seed_s,
        peak_mb=peak_mb(),
        bytes_per_article=stored / count,
        text_bytes_per_article=_mean_text_bytes(corpus, min(count, 1000)),
        bulk=bulk,
        questions=questions,
    )


def _ask(name: str, make: Callable[[Asked, Random], object], asked: Asked, index: Index) -> Times:
    chance = Random(name)  # noqa: S311 - the same questions every time, no secret
    return take_times(name, RUNS, lambda _run: index.search(make(asked, chance)).total)  # type: ignore[arg-type]


def _put_bulks(index: Index, documents: Iterator[Document]) -> Times:
    """Each is durable and searchable when it is over."""
    batches = list(in_batches(documents, BULK))

    def put(run: int) -> int:
        index.put(batches[run + WARMING])
        return BULK

    return take_times(f"a bulk of {BULK}", BULKS, put)


def _mean_text_bytes(corpus: Corpus, count: int) -> float:
    return sum(len(tagged.article.text.encode()) for tagged in corpus.write(count)) / count


def _folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _server_bytes(url: str) -> int:
    """As the server counts them, once everything is on its disk."""
    httpx.post(f"{url}/{PREFIX}*/_flush", timeout=120).raise_for_status()
    said = httpx.get(f"{url}/{PREFIX}*/_stats/store", timeout=60).raise_for_status().json()
    return int(said["_all"]["primaries"]["store"]["size_in_bytes"])


@contextmanager
def _opened(address: str) -> Iterator[Index]:
    index = open_index(address, timeout_s=120)
    try:
        yield index
    finally:
        index.close()
