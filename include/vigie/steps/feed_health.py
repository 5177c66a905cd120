"""Feed health: do the feeds bring what they should?"""

from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.feeds.health import judge_silence
from vigie.model import Sums
from vigie.stores import Stores


def check_feeds(stores: Stores) -> Sums:
    """Say which feeds have gone quiet."""
    now = stores.now()
    week = ledger_feeds.week_counts(stores.ledger, now)
    silent = 0
    for activity in week:
        verdict = judge_silence(
            activity.feed, activity.last_entry_at, activity.week_count, activity.polled_since, now
        )
        if verdict and activity.health == "ok":
            ledger_feeds.set_health(stores.ledger, activity.feed.id, verdict.health, verdict.sentence)
            silent += 1
    return Sums(taken=len(week), done=len(week) - silent, refused={"silencieux": silent} if silent else {})
