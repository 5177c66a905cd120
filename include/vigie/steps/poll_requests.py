"""Poll now: what a person asks for on the page. The next pass of `collect_pages` does it."""

from vigie.adapters.ledger import poll_requests
from vigie.adapters.ledger.feed_reports import FeedReport
from vigie.adapters.ledger.poll_requests import PollAnswer
from vigie.adapters.web.polite import host_key
from vigie.model import FeedId
from vigie.stores import Stores


def ask_for_poll(stores: Stores, feed: FeedReport) -> PollAnswer | None:
    """Make a feed due, or say why it is not asked; None when the ledger has it no more."""
    host = host_key(feed.moved_url or feed.url)
    return poll_requests.ask_for_poll(stores.ledger, FeedId(feed.id), host, stores.now())
