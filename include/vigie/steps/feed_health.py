"""Feed health: do the feeds bring what they should?"""

from vigie.adapters.ledger import polls
from vigie.adapters.ledger.polls import Activity
from vigie.feeds.conditions import Verdict
from vigie.feeds.silence import judge_silence
from vigie.model import Sums
from vigie.stores import Stores

RECOVERED = Verdict(condition="ok", sentence="Apporte de nouveau ce qui est attendu.")


def check_feeds(stores: Stores) -> Sums:
    """Say which feeds have gone quiet, and which are so no more."""
    now = stores.now()
    quiet = polls.quiet_feeds(stores.ledger, now)
    silent = sum(_check(stores, activity) for activity in quiet)
    return Sums(taken=len(quiet), done=len(quiet) - silent, refused={"silencieux": silent} if silent else {})


def _check(stores: Stores, activity: Activity) -> bool:
    verdict = judge_silence(activity.feed, activity.past)
    if verdict or activity.was_silent:
        polls.set_condition(stores.ledger, activity.feed.id, verdict or RECOVERED, stores.now())
    return verdict is not None
