"""Digests that are due are written once, with their deliveries; the feed file is whole and written when it changes."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.builders import NOW, alert, entry
from tests.digests.happened import trend
from tests.ledger.flow import SOURCES, assert_sound, poll
from tests.ledger.test_digests import decide, keep, rate
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger.feeds import sync_feeds
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.errors import UsageError
from vigie.settings import Settings
from vigie.steps import digesting
from vigie.stores import Stores, open_stores

MORNING = datetime(2026, 3, 10, 6, tzinfo=UTC)
"""Seven o'clock in Paris, on the Tuesday of the builders' `NOW`."""
HOUR = timedelta(hours=1)
CHANNELS = """
channels:
  - id: mail
    address: json://127.0.0.1:9/mail
    kinds: [digest]
  - id: autre
    address: json://127.0.0.1:9/autre
    kinds: [topic]
"""
Open = Callable[..., Stores]


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Vigie as it is at a moment: one home, and settings that a test names. Something had come the day before."""
    (tmp_path / "channels.yml").write_text(CHANNELS)
    with ExitStack() as stack:

        def open_at(now: datetime = NOW, **settings: Any) -> Stores:
            usual = {"home": tmp_path / "home", "channels_file": tmp_path / "channels.yml"}
            return stack.enter_context(open_stores(Settings(now=now, **{**usual, **settings})))

        ledger = open_at().ledger
        sync_feeds(ledger, SOURCES, NOW)
        poll(ledger, entry("hier"), at=MORNING - 30 * HOUR)
        poll(ledger, entry("une"), entry("deux"), at=MORNING - 5 * HOUR)
        yield open_at


def written(stores: Stores) -> list[str]:
    """The digests in the ledger, by id."""
    return [one.id for one in ledger_alerts.recent_alerts(stores.ledger, kind="digest")]


def test_a_digest_is_written_once_for_the_channels_that_take_it(open_at: Open) -> None:
    stores = open_at()
    decide(stores.ledger, alert("hier soir", fired_at=MORNING - 12 * HOUR), MORNING - 12 * HOUR)
    decide(stores.ledger, alert("ce matin", fired_at=MORNING), MORNING)
    rate(stores.ledger, "l1", "useful", MORNING - HOUR)
    first, again = digesting.write_digests(stores), digesting.write_digests(open_at(NOW + 3 * HOUR))
    assert (first.taken, first.done, again.taken) == (1, 1, 0)
    (found,) = ledger_alerts.recent_alerts(stores.ledger, kind="digest")
    assert found.id == "digest-daily-2026-03-10"
    assert found.topic == "Vigie, mardi 10 mars 2026 : 1 sujet nouveau"
    assert found.reason == (
        "1 sujet nouveau ; 2 articles nouveaux de 1 source (1 la veille) ; 1 alerte jugée utile, 0 jugée du bruit."
    )
    assert [label for label, _state, _at in alert_deliveries(stores.ledger)[found.id]] == [
        channel.label for channel in stores.channels if "digest" in channel.kinds
    ]
    assert_sound(stores.ledger)


def test_no_digest_before_its_hour(open_at: Open) -> None:
    early = open_at(MORNING - timedelta(seconds=1))
    digesting.write_digests(early)
    assert written(early) == ["digest-daily-2026-03-09"]
    digesting.write_digests(open_at(MORNING))
    assert written(early) == ["digest-daily-2026-03-09", "digest-daily-2026-03-10"]


@pytest.mark.parametrize(
    "settings",
    [{"digest": "none"}, {"channels_file": None}, {"channels_file": None, "channels": "json://h/x"}],
)
def test_no_digest_when_nobody_takes_it(open_at: Open, settings: dict[str, Any]) -> None:
    stores = open_at(**settings)
    assert digesting.write_digests(stores).taken == 0
    assert written(stores) == []


def test_a_week_on_monday_beside_the_day(open_at: Open) -> None:
    monday = datetime(2026, 3, 16, 6, tzinfo=UTC)
    stores = open_at(monday, digest="daily,weekly")
    decide(stores.ledger, alert("a"), MORNING + 24 * HOUR)
    assert digesting.write_digests(stores).done == 2
    by_id = {one.id: one for one in ledger_alerts.recent_alerts(stores.ledger, kind="digest")}
    assert by_id["digest-daily-2026-03-16"].topic.endswith("rien de nouveau")
    assert by_id["digest-weekly-2026-03-16"].topic == "Vigie, semaine du 9 mars 2026 : 1 sujet nouveau"


def test_of_periods_that_were_missed_only_the_last_is_written(open_at: Open) -> None:
    stores = open_at(NOW)
    digesting.write_digests(stores)
    digesting.write_digests(open_at(NOW + timedelta(days=12)))
    assert written(stores) == ["digest-daily-2026-03-10", "digest-daily-2026-03-22"]
    late = ledger_alerts.recent_alerts(stores.ledger, kind="digest")[-1]
    assert "Vigie était peut-être à l'arrêt" in late.reason


def test_nothing_new_is_said_or_not_as_the_settings_want(open_at: Open) -> None:
    silent = digesting.write_digests(open_at(digest_empty=False))
    assert (silent.taken, silent.done, dict(silent.refused)) == (1, 0, {"rien de nouveau": 1})
    assert digesting.write_digests(open_at()).done == 1


def test_no_digest_of_a_day_before_vigie_was_there(open_at: Open) -> None:
    assert digesting.write_digests(open_at(MORNING - 48 * HOUR)).taken == 0


def test_a_message_that_waited_says_what_it_said_at_first(open_at: Open) -> None:
    """A channel was down for two days, in which topics went on and a rating came."""
    stores = open_at()
    decide(stores.ledger, alert("a", trend=(1, 2, 3)), MORNING - HOUR)
    before = trend("s", [2] * 25 + [6, 7, 1], touched_at=MORNING, told_at=MORNING - 72 * HOUR)
    keep(stores.ledger, before)
    digesting.write_digests(stores)
    (digest,) = ledger_alerts.recent_alerts(stores.ledger, kind="digest")
    first = digesting.build_message(stores, digest)
    assert "Ce qui monte" in (first.html or "")
    assert len(first.pictures) == 2

    decide(stores.ledger, alert("b"), NOW + HOUR)
    rate(stores.ledger, "l1", "noise", MORNING - HOUR)
    poll(stores.ledger, entry("tard"), at=NOW + HOUR)
    _replace(
        stores, trend("s", [*before.counts, 40, 50], touched_at=MORNING + 48 * HOUR, told_at=before.told_at)
    )
    later = open_at(NOW + 48 * HOUR, digest_hour=9, digest="weekly")
    assert digesting.build_message(later, digest) == first


def _replace(stores: Stores, one: Any) -> None:
    from vigie.adapters.ledger.schema import TrendRow

    with stores.ledger.writing() as session:
        session.delete(session.get_one(TrendRow, one.id))
        session.flush()
    keep(stores.ledger, one)


def test_the_feed_file_is_written_when_it_changes(open_at: Open) -> None:
    stores = open_at()
    path = stores.settings.alerts_feed_file
    assert path is not None
    assert digesting.write_alerts_feed(stores).done == 1
    assert feedparser.parse(path.read_bytes()).entries == []
    for kind in ("topic", "watch", "operator", "digest"):
        decide(stores.ledger, alert(kind, kind=kind), NOW)
    assert digesting.write_alerts_feed(stores).done == 1
    assert {one.id for one in feedparser.parse(path.read_bytes()).entries} == {
        "urn:vigie:alert:topic",
        "urn:vigie:alert:watch",
    }
    os.utime(path, (1, 1))
    assert digesting.write_alerts_feed(stores).taken == 0
    assert path.stat().st_mtime == 1
    assert [item.name for item in path.parent.glob("*alerts*")] == ["alerts.atom"]
    assert path.stat().st_mode & 0o444 == 0o444


def test_a_feed_file_elsewhere_nowhere_or_where_it_cannot_be(open_at: Open, tmp_path: Path) -> None:
    elsewhere = tmp_path / "web" / "fil.atom"
    assert digesting.write_alerts_feed(open_at(alerts_feed=str(elsewhere))).done == 1
    assert elsewhere.is_file()
    assert digesting.write_alerts_feed(open_at(alerts_feed="none")).taken == 0
    (tmp_path / "fichier").touch()
    with pytest.raises(UsageError, match=r"^VIGIE_ALERTS_FEED: .*fichier/fil.atom: cannot be written: "):
        digesting.write_alerts_feed(open_at(alerts_feed=str(tmp_path / "fichier" / "fil.atom")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("digest", value) for value in ("hourly", "none,daily", "daily;weekly", ",")),
        *(("digest_zone", value) for value in ("Europe/Pari", "", "../etc/passwd", "Europe")),
        *(("digest_hour", value) for value in ("24", "-1", "sept")),
    ],
)
def test_settings_that_cannot_be(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(**{name: value})
