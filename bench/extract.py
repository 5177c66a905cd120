"""Extract: pages a second from the archive to a recorded article; beside it, bare trafilatura on the same pages."""

import trafilatura

from bench.figures import Figure, Job, measure
from bench.press import Press
from bench.stores import open_bench_stores
from vigie.batches import in_batches
from vigie.model import Sums
from vigie.steps import articles, extracting
from vigie.stores import Stores


def extract(job: Job) -> dict[str, Figure]:
    """What `index_articles` does first, with ledger and archive, on a home where `collect` has been."""
    with open_bench_stores(job) as stores:
        extracting.extract_articles(stores, articles.choose_articles(stores)[:1])  # loads what is loaded once
        return {"extract": measure(lambda: _extract(stores).done)}


def extract_bare(job: Job) -> dict[str, Figure]:
    """The baseline: trafilatura's text and metadata of each page, nothing kept."""
    press = Press(feeds=job.feeds, entries=job.entries)
    pages = [press.page_body(number, entry) for number in range(job.feeds) for entry in range(job.entries)]
    return {
        "extract": measure(
            lambda: sum(1 for page in pages if trafilatura.bare_extraction(page, with_metadata=True))
        )
    }


def _extract(stores: Stores) -> Sums:
    batches = in_batches(articles.choose_articles(stores))
    return sum((extracting.extract_articles(stores, batch) for batch in batches), Sums())
