"""Poll: which feeds are due, and what they bring."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.adapters.ledger import polls as ledger_polls
from vigie.adapters.ledger.feeds import FeedToPoll
from vigie.adapters.ledger.polls import Poll, Recent
from vigie.batches import BATCH
from vigie.errors import UsageError
from vigie.feeds.file import load_feeds
from vigie.model import FeedId, Sums
from vigie.steps.asking_feeds import Asked, ask_feeds
from vigie.steps.poll_answers import read_answer
from vigie.stores import Stores

log = logging.getLogger(__name__)
RECORDED_AFTER_S = 60.0
"""What came is recorded after a batch or so many seconds: what is lost when a worker is killed is asked for again."""


def sync_feeds_file(stores: Stores) -> None:
    """Bring the ledger up to the feeds file; `UsageError` when the file is not there or says something wrong."""
    path = stores.settings.feeds
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"VIGIE_FEEDS: {path} cannot be read: {error}") from error
    ledger_feeds.sync_feeds(stores.ledger, load_feeds(text, where=str(path)), stores.now())


def choose_feeds(stores: Stores) -> list[FeedId]:
    """The feeds that are due, once the ledger has read the feeds file."""
    sync_feeds_file(stores)
    return ledger_feeds.due_feeds(stores.ledger, stores.now())


def poll_feeds(stores: Stores, ids: Sequence[FeedId]) -> Sums:
    """Ask each feed, archive what is new, and record it; `done` counts new entries.

    Listings and sitemaps come after the feeds: what a feed has just shown is no news.
    """
    claimed = ledger_feeds.claim_feeds(stores.ledger, ids, stores.now())
    feeds = [item for item in claimed if item.feed.source == "feed"]
    others = [item for item in claimed if item.feed.source != "feed"]
    sums = [_poll_some(stores, some) for some in (feeds, others) if some]
    return sum(sums, Sums())


def _poll_some(stores: Stores, items: Sequence[FeedToPoll]) -> Sums:
    """As they come, in small groups: a run over many feeds is held in memory and in one transaction nowhere."""
    now = stores.now()
    recent = ledger_polls.recent_arrivals(stores.ledger, [item.feed.id for item in items], now)
    pending = {item.feed.id: None for item in items}  # a set that keeps its order
    new = failed = 0
    with closing(ask_feeds(stores.web, items, now)) as answers:
        while polls := _read_some(stores, answers, recent):
            for poll in polls:
                del pending[poll.feed_id]
                failed += poll.failed
                _log(poll)
            new += ledger_polls.record_polls(stores.ledger, polls, tuple(pending))
    return Sums(taken=len(items), done=new, failed=failed)


def _read_some(stores: Stores, answers: Iterator[Asked], recent: Mapping[FeedId, Recent]) -> list[Poll]:
    """Read and archive the next answers; the ledger is told of them once the archive has them."""
    polls: list[Poll] = []
    began = time.monotonic()
    with stores.archive.writer(stores.now()) as writer:
        for asked in answers:
            polls.append(read_answer(stores, writer, asked, recent.get(asked.item.feed.id, Recent())))
            if len(polls) >= BATCH or time.monotonic() - began > RECORDED_AFTER_S:
                break
    return polls


def _log(poll: Poll) -> None:
    if poll.health not in ("ok", "silent"):
        said = f" ({poll.error})" if poll.error else ""
        log.warning("feed %s: %s: %s%s", poll.feed_id, poll.health, poll.sentence, said)
