"""Digests of days and weeks, and the Atom feed: what gathers alerts that were decided.

What writes HTML and XML is imported where it is used: every command imports this module, few write.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vigie.adapters.feed_file import write_if_changed
from vigie.adapters.ledger import digests as ledger_digests
from vigie.alerts.messages import Message
from vigie.digests.contents import Gathered, is_empty
from vigie.digests.headlines import Figures, make_alert
from vigie.digests.periods import Cadence, Period, Timing, last_period, period_of, previous_period
from vigie.model import Alert, Sums
from vigie.stores import Stores

FEED_ALERTS = 100
"""Weeks of them at an alert a day; a reader that was away longer has `vigie alerts`."""
STILL = timedelta(days=14)
"""How long ago a topic may have had its last article to be looked at: one that fell silent longer has faded before."""


def timing_of(stores: Stores) -> Timing:
    """When digests come, as the settings say."""
    settings = stores.settings
    return Timing(zone=ZoneInfo(settings.digest_zone), hour=settings.digest_hour)


def write_digests(stores: Stores) -> Sums:
    """Write each digest that is due, with a delivery per channel that takes digests; `notify_channels` sends it.

    Of periods that were missed, only the last is written: nothing was decided while nothing ran, so the others would
    say so one by one to someone who reads them all at once. What was decided late is in the period it was decided in.
    """
    channels, now = stores.channels_for("digest"), stores.now()
    if not channels:
        return Sums()
    due = _due_periods(stores, now)
    written = [alert for period in due if (alert := _make(stores, period)) is not None]
    new = ledger_digests.record_digests(stores.ledger, written, channels, now)
    return Sums(taken=len(due), done=len(new), refused={"rien de nouveau": len(due) - len(written)})


def last_digest_period(stores: Stores, cadence: Cadence) -> Period:
    """The newest period that is over."""
    return last_period(cadence, stores.now(), timing_of(stores))


def find_digest(stores: Stores, period: Period) -> Alert | None:
    """The digest of a period, when it is written."""
    return ledger_digests.read_digest(stores.ledger, period.id)


def make_digest(stores: Stores, period: Period) -> Alert:
    """The digest of a period, due or not; it is not written."""
    return make_alert(period, _gather(stores, period), _figures(stores, period))


def build_message(stores: Stores, alert: Alert) -> Message:
    """A digest as it is sent: the same however often and however late it is built.

    Its sums are its own; the rest is what the ledger has of its period: alerts, which do not change, and whole days of
    counts.
    """
    from vigie.digests.writing import write_message

    period = period_of(alert, timing_of(stores).zone)
    return write_message(period, alert, _gather(stores, period), stores.settings.page_url)


def write_alerts_feed(stores: Stores) -> Sums:
    """Write the Atom feed of alerts where VIGIE_ALERTS_FEED says, when it changed."""
    path = stores.settings.alerts_feed_file
    if path is None:
        return Sums()
    from vigie.digests import atom

    alerts = ledger_digests.newest_alerts(stores.ledger, atom.PUBLIC, FEED_ALERTS)
    body = atom.build_feed(alerts, page_url=stores.settings.page_url)
    written = write_if_changed(path, body, setting="VIGIE_ALERTS_FEED")
    return Sums(taken=int(written), done=int(written))


def _due_periods(stores: Stores, now: datetime) -> list[Period]:
    """The last period of each cadence, unless it is written, or was over before the first article came."""
    began, timing = ledger_digests.first_arrival(stores.ledger), timing_of(stores)
    periods = [last_period(cadence, now, timing) for cadence in stores.settings.digest_cadences]
    known = ledger_digests.known_digests(stores.ledger, [period.id for period in periods])
    return [
        period for period in periods if period.id not in known and began is not None and began < period.end
    ]


def _make(stores: Stores, period: Period) -> Alert | None:
    """None for a period in which nothing was told, where the settings want no digest of it."""
    gathered = _gather(stores, period)
    if is_empty(period, gathered) and not stores.settings.digest_empty:
        return None
    return make_alert(period, gathered, _figures(stores, period))


def _gather(stores: Stores, period: Period) -> Gathered:
    ledger = stores.ledger
    return Gathered(
        alerts=tuple(ledger_digests.alerts_decided(ledger, period.start, period.end)),
        trends=tuple(
            ledger_digests.trends_told(ledger, before=period.start, touched_since=period.start - STILL)
        ),
    )


def _figures(stores: Stores, period: Period) -> Figures:
    ledger = stores.ledger
    before = previous_period(period).start
    here = ledger_digests.count_arrivals(ledger, period.start, period.end)
    earlier = ledger_digests.count_arrivals(ledger, before, period.start)
    ratings = ledger_digests.count_ratings(ledger, period.start, period.end)
    return Figures(
        articles=here.articles,
        sources=here.sources,
        before=earlier.articles,
        useful=ratings["useful"],
        noise=ratings["noise"],
    )
