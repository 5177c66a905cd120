"""Collect: entries a second through poll, pages a second through fetch; beside it, bare requests for the same."""

import httpx

from bench.figures import Figure, Job, measure
from bench.press import Press
from bench.site import Site
from bench.stores import open_bench_stores
from vigie.batches import in_batches
from vigie.model import Sums
from vigie.steps import fetching, passes, polling
from vigie.stores import Stores


def collect(job: Job) -> dict[str, Figure]:
    """Poll every feed, then fetch every page, with ledger and archive: what `collect_pages` does.

    The first feed is done before the clock starts: what is loaded once for all is not what is measured.
    """
    with open_bench_stores(job) as stores:
        polling.poll_feeds(stores, polling.choose_feeds(stores)[:1])
        fetching.fetch_pages(stores, fetching.choose_pages(stores))
        poll = measure(lambda: _poll(stores).done)
        fetch = measure(lambda: _fetch(stores).done)
    expected = (job.feeds - 1) * job.entries
    if (poll.done, fetch.done) != (expected, expected):
        raise RuntimeError(f"{poll.done} entries and {fetch.done} pages of {expected}: nothing was measured")
    return {"poll": poll, "fetch": fetch}


def ask_bare(job: Job) -> dict[str, Figure]:
    """The baseline: httpx in one thread, one address after the other, nothing kept."""
    site = Site(press=Press(feeds=job.feeds, entries=job.entries), ports=job.ports)
    with httpx.Client() as client:
        return {
            "poll": measure(lambda: _ask(client, site.addresses[: job.feeds]) * job.entries),
            "fetch": measure(lambda: _ask(client, site.addresses[job.feeds :])),
        }


def _poll(stores: Stores) -> Sums:
    batches = in_batches(polling.choose_feeds(stores), passes.COLLECTED_AT_ONCE)
    return sum((polling.poll_feeds(stores, batch) for batch in batches), Sums())


def _fetch(stores: Stores) -> Sums:
    batches = in_batches(fetching.choose_pages(stores), passes.COLLECTED_AT_ONCE)
    return sum((fetching.fetch_pages(stores, batch) for batch in batches), Sums())


def _ask(client: httpx.Client, addresses: list[str]) -> int:
    for address in addresses:
        client.get(address).raise_for_status()
    return len(addresses)
