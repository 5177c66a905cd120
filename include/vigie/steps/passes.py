"""One pass over all that is due, without a scheduler: what `vigie run` does."""

import logging
from collections.abc import Callable, Iterable

from vigie.batches import in_batches
from vigie.model import Sums
from vigie.steps import (
    articles,
    counting,
    deciding,
    digesting,
    extracting,
    feed_health,
    fetching,
    notifying,
    polling,
    publishing,
    watching,
)
from vigie.stores import Stores

log = logging.getLogger(__name__)
COLLECTED_AT_ONCE = 1000
"""Feeds or pages: hosts are asked in parallel within one batch, which takes as long as the slowest of them."""
Report = Callable[[str, Sums], None]
"""Told of each step's sums as they come."""


def run_pass(stores: Stores, report: Report) -> dict[str, Sums]:
    """Collect, index and detect over all that is due now; the sums of each step by its name."""
    # Read now: a wrong address is better said before the work than after it. No server is asked yet.
    stores.channels, stores.archive, stores.index  # noqa: B018
    watching.sync_watches_file(stores)
    sums: dict[str, Sums] = {}

    def add(name: str, more: Sums) -> None:
        log.info("%s: %s", name, more)
        sums[name] = sums.get(name, Sums()) + more
        report(name, sums[name])

    for feeds in in_batches(polling.choose_feeds(stores), COLLECTED_AT_ONCE):
        add("poll", polling.poll_feeds(stores, feeds))
    for pages in in_batches(fetching.choose_pages(stores), COLLECTED_AT_ONCE):
        add("fetch", fetching.fetch_pages(stores, pages))
    add("health", feed_health.check_feeds(stores))
    index_all(stores, add)
    add("count", counting.count_terms(stores))
    add("decide", deciding.decide_alerts(stores))
    add("watch", watching.match_watches(stores))
    add("digest", digesting.write_digests(stores))
    add("notify", notifying.notify_channels(stores))
    add("publish", publishing.publish_findings(stores))
    add("feed", digesting.write_alerts_feed(stores))
    return sums


def index_all(stores: Stores, add: Report) -> None:
    """Extract, tag and index every article that needs it, a batch at a time."""
    stages: Iterable[tuple[str, Callable[..., Sums]]] = (
        ("extract", extracting.extract_articles),
        ("tag", articles.tag_articles),
        ("index", articles.index_articles),
    )
    stores.index.begin()
    for _ in range(2):  # an article that came late makes copies of others: they go through once more
        for batch in in_batches(articles.choose_articles(stores)):
            for name, step in stages:
                add(name, step(stores, batch))
